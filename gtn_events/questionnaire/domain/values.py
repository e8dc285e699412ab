"""What a value must be to answer a question: one place for the form and for the store."""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from email_validator import EmailNotValidError, validate_email

from gtn_events.core.later import Later

from ..enums import QuestionKind
from ..wording import _, _n
from .questions import QuestionSpec

if TYPE_CHECKING:
    import phonenumbers
else:
    phonenumbers = Later("phonenumbers")

SHORT_TEXT_LENGTH = 200
LONG_TEXT_LENGTH = 5_000
URL_LENGTH = 500
LARGEST_NUMBER = 1e15
_TEXT_LENGTHS = {
    QuestionKind.SHORT_TEXT: SHORT_TEXT_LENGTH,
    QuestionKind.LONG_TEXT: LONG_TEXT_LENGTH,
    QuestionKind.URL: URL_LENGTH,
    QuestionKind.EMAIL: 320,
    QuestionKind.PHONE: 40,
    QuestionKind.ECONOMY: 8,
}


def longest(spec: QuestionSpec) -> int:
    """Return how many characters a text answer may have."""
    return spec.limits.max_length or _TEXT_LENGTHS.get(spec.kind, SHORT_TEXT_LENGTH)


def problem_with(spec: QuestionSpec, value: Any) -> str | None:  # Any: whatever JSON the caller has
    """Say in one sentence why a value does not answer the question; None when it does.

    ``value`` is as at rest (see ``QuestionKind``) and not empty. Whether an economy or
    an upload exists is not looked up here.
    """
    check = _CHECKS.get(spec.kind, _problem_with_text)
    return check(spec, value)


def _problem_with_number(spec: QuestionSpec, value: Any) -> str | None:
    if isinstance(value, bool) or not isinstance(value, int | float) or value != value:  # noqa: PLR0124  # not a number
        return _("Write a number, for example 12 or 12.5.")
    limits = spec.limits
    if abs(value) > LARGEST_NUMBER:
        return _("The number is too large.")
    if limits.minimum is not None and value < limits.minimum:
        return _("Write a number of at least %(number)s.", number=f"{limits.minimum:g}")
    if limits.maximum is not None and value > limits.maximum:
        return _("Write a number of at most %(number)s.", number=f"{limits.maximum:g}")
    return None


def _problem_with_date(spec: QuestionSpec, value: Any) -> str | None:
    try:
        day = date.fromisoformat(value)
    except (TypeError, ValueError):
        return _("Write a date, for example 2013-06-05.")
    limits = spec.limits
    if limits.earliest is not None and day < limits.earliest:
        return _("Choose a day from %(day)s on.", day=limits.earliest.isoformat())
    if limits.latest is not None and day > limits.latest:
        return _("Choose a day up to %(day)s.", day=limits.latest.isoformat())
    return None


def _problem_with_choices(spec: QuestionSpec, value: Any) -> str | None:
    known = {option.value for option in spec.options}
    if not isinstance(value, list) or len(set(map(str, value))) != len(value) or not known.issuperset(map(str, value)):
        return _("Choose from the list.")
    most = spec.limits.max_choices
    if most is not None and len(value) > most:
        return _n("Choose at most one.", "Choose at most %(num)d.", most)
    return None


def _problem_with_yes_no(_spec: QuestionSpec, value: Any) -> str | None:
    return None if isinstance(value, bool) else _("Choose yes or no.")


def _problem_with_file(_spec: QuestionSpec, value: Any) -> str | None:
    is_id = isinstance(value, int) and not isinstance(value, bool)
    return None if is_id else _("Choose a file.")


def _problem_with_text(spec: QuestionSpec, value: Any) -> str | None:
    if not isinstance(value, str):
        return _("Write a text.")
    match spec.kind:
        case QuestionKind.ONE_OF:
            known = {option.value for option in spec.options}
            return None if value in known else _("Choose from the list.")
        case QuestionKind.EMAIL if not _is_email(value):
            return _("Write an e-mail address, for example name@example.org.")
        case QuestionKind.PHONE if not _is_phone(value):
            return _("Write the number with + and the code, for example +62 812 3456 789.")
        case QuestionKind.URL if not _is_web_address(value):
            return _("Write a web address that begins with https:// or http://.")
    return _problem_with_length(spec, value)


def _problem_with_length(spec: QuestionSpec, value: str) -> str | None:
    limits, length = spec.limits, len(value)
    if length > longest(spec):
        return _n(
            "Write at most %(num)d character; these are %(length)d.",
            "Write at most %(num)d characters; these are %(length)d.",
            longest(spec),
            length=length,
        )
    if limits.min_length is not None and length < limits.min_length:
        return _n(
            "Write at least %(num)d character; these are %(length)d.",
            "Write at least %(num)d characters; these are %(length)d.",
            limits.min_length,
            length=length,
        )
    words = len(value.split())
    if limits.max_words is not None and words > limits.max_words:
        return _n(
            "Write at most %(num)d word; these are %(words)d.",
            "Write at most %(num)d words; these are %(words)d.",
            limits.max_words,
            words=words,
        )
    return None


def _is_email(value: str) -> bool:
    try:
        validate_email(value, check_deliverability=False)
    except EmailNotValidError:
        return False
    return True


def _is_phone(value: str) -> bool:
    try:
        return phonenumbers.is_possible_number(phonenumbers.parse(value, None))
    except phonenumbers.NumberParseException:
        return False


def _is_web_address(value: str) -> bool:
    try:
        parts = urlsplit(value)
        host = parts.hostname
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(host) and not any(mark in value for mark in ' \t\r\n"<>\\')


_CHECKS: dict[QuestionKind, Callable[[QuestionSpec, Any], str | None]] = {
    QuestionKind.NUMBER: _problem_with_number,
    QuestionKind.DATE: _problem_with_date,
    QuestionKind.YES_NO: _problem_with_yes_no,
    QuestionKind.FILE: _problem_with_file,
    QuestionKind.SEVERAL_OF: _problem_with_choices,
}
