"""E-mail addresses: checked, and compared so that letter case makes no second person."""

from dataclasses import dataclass

from email_validator import EmailNotValidError, validate_email

from gtn_events.core.errors import DomainError


@dataclass(frozen=True)
class Address:
    """One e-mail address: ``email`` as it is written to, ``key`` as it is compared."""

    email: str
    key: str


def parse_address(typed: str) -> Address:
    """Return a well-formed address; domains in any script are allowed, no server is asked.

    Before the @ only Latin letters without accents, digits and signs are taken: few mail
    servers pass anything else on, and a person who is never reached would wait for nothing.

    Raises:
        DomainError: it is no e-mail address; belongs to the field ``email``.
    """
    try:
        valid = validate_email(typed.strip(), check_deliverability=False, allow_smtputf8=False)
    except EmailNotValidError:
        raise DomainError(_refusal(typed), field="email") from None
    return Address(email=valid.normalized, key=valid.normalized.lower())


def address_key(typed: str) -> str:
    """Return the comparable form of whatever was typed; what is no address is only lower-cased."""
    try:
        return parse_address(typed).key
    except DomainError:
        return typed.strip().lower()[:320]


def _refusal(typed: str) -> str:
    name, at, _domain = typed.strip().rpartition("@")
    if at and not name.isascii():
        return (
            "Our mail cannot reach an address with accents or other scripts before the @. Write another one of yours."
        )
    return "Write an e-mail address such as name@firm.example."
