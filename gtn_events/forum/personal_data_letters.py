"""What letters keep about a person: told in the export, shredded in the erasure."""

from datetime import datetime
from typing import Any

from sqlalchemy import Select, select

from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.errors import DomainError
from gtn_events.core.sealing import shred_of

from .domain.letters import opened_letter
from .domain.passports import opened_passport
from .models import Letter, LetterRequest, Registration


def export_letters(account: Account) -> dict[str, Any]:  # Any: whatever JSON can hold
    """Return what the person gave for visa letters and every letter, JSON-ready; what was shredded says so."""
    return {
        "asked": [
            {"forum": each.registration.forum.title, "asked_at": each.asked_at.isoformat(), **_passport(each)}
            for each in db.session.scalars(_requests(account))
        ],
        "letters": [
            {
                "number": each.reference,
                "kind": each.kind.value,
                "state": each.state,
                "issued_at": each.issued_at.isoformat(),
                "revoke_reason": each.revoke_reason,
                "says": _says(each),
            }
            for each in db.session.scalars(_letters(account))
        ],
    }


def erase_letters(account: Account, now: datetime) -> None:
    """Shred passport data and letters of a person; the numbers stay spent."""
    for request in db.session.scalars(_requests(account)).all():
        shred_of(request, now=now)
        db.session.delete(request)
    for letter in db.session.scalars(_letters(account)).all():
        shred_of(letter, now=now)
        letter.revoke_reason = ""
    db.session.flush()


def _passport(request: LetterRequest) -> dict[str, Any]:
    try:
        return {"passport": opened_passport(request).as_json()}
    except DomainError as error:
        return {"passport": error.message}


def _says(letter: Letter) -> Any:
    try:
        return opened_letter(letter).__dict__
    except DomainError as error:
        return error.message


def _requests(account: Account) -> Select[LetterRequest]:
    return select(LetterRequest).join(Registration).where(Registration.account_id == account.id)


def _letters(account: Account) -> Select[Letter]:
    return (
        select(Letter)
        .join(Registration, Registration.id == Letter.registration_id)
        .where(Registration.account_id == account.id)
        .order_by(Letter.id)
    )
