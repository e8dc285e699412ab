"""What co-incubation keeps about an applicant: told in the export, let go in the erasure."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import joinedload, selectinload

from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.errors import DomainError
from gtn_events.core.journal import JournalEntry
from gtn_events.core.outbox import OutboxMail, forget_mails
from gtn_events.questionnaire.domain.purge import erase_answers
from gtn_events.questionnaire.queries.personal_data import export_answers

from .enums import BlockSource, CallState
from .models import (
    Application,
    ApplicationDraft,
    ApplicationVersion,
    Block,
    HostRank,
    Intake,
    Interview,
    Review,
    Wish,
)

OWN_WORDS = (BlockSource.APPLICANT, BlockSource.EXISTING_LINK)
TOLD = (
    "title",
    "summary",
    "plan",
    "results_expected",
    "organisation_name",
    "organisation_size",
    "founded_in",
    "economy_code",
    "website",
    "sector",
    "traits",
    "languages",
    "trl",
    "trl_reason",
    "needs",
    "weeks",
    "split_stays",
    "people",
    "home_name",
    "home_email",
    "seen_by_others",
    "from_entry",
    "state_reason",
)


class StillApplying(DomainError):
    """The person has an application that may still be matched; it has to be withdrawn first."""


def export_applications(account: Account) -> dict[str, Any]:
    """Return every application, each version that was sent, its talks, and every draft of a person, JSON-ready.

    What hosts think of it (scores, notes, ranks, what came of a talk) is theirs and not told.
    """
    applications = _applications_of(account)
    answers = export_answers([each.answer_set_id for each in applications])
    ids = [each.id for each in applications]
    talks, declared = _talks(ids), _declared(ids)
    drafts = select(ApplicationDraft).where(ApplicationDraft.account_id == account.id)
    return {
        "applications": [
            _told(each)
            | {"answers": answers[each.answer_set_id], "talks": talks.get(each.id, [])}
            | {"declared": declared.get(each.id, [])}
            for each in applications
        ],
        "drafts": [
            {"call": draft.call.title, "saved_at": draft.saved_at.isoformat(), "data": draft.data}
            for draft in db.session.scalars(drafts.options(joinedload(ApplicationDraft.call)))
        ],
    }


def erase_applications(account: Account, now: datetime) -> None:
    """Take the person and the firm out of their applications; the figures (economy, sector, state, weeks) stay.

    A version that was sent is emptied; its SHA-256 and when it was sent stay. What hosts wrote goes, too.

    Raises:
        StillApplying: an application may still be matched.
    """
    applications = _applications_of(account)
    for application in applications:
        _refuse_if_live(application)
    ids = [application.id for application in applications]
    for application in applications:
        _empty(application)
    erase_answers([application.answer_set_id for application in applications], now=now)
    emptied = {"content": {}, "declared_by": ""}
    db.session.execute(update(ApplicationVersion).where(ApplicationVersion.application_id.in_(ids)).values(**emptied))
    _forget_words(ids)
    db.session.execute(delete(ApplicationDraft).where(ApplicationDraft.account_id == account.id))
    db.session.flush()


def _applications_of(account: Account) -> Sequence[Application]:
    statement = (
        select(Application)
        .where(Application.account_id == account.id)
        .options(
            joinedload(Application.call),
            selectinload(Application.versions),
            selectinload(Application.wishes).joinedload(Wish.intake).joinedload(Intake.host),
        )
        .order_by(Application.id)
    )
    return db.session.scalars(statement).all()


def _refuse_if_live(application: Application) -> None:
    if application.state.is_live and application.call.state is not CallState.CLOSED:
        raise StillApplying(
            f"Your application “{application.title}” to {application.call.title} may still be matched. "
            "Withdraw it first; then your data can be erased."
        )


def _forget_words(ids: Sequence[int]) -> None:
    for table, values in (
        (Review, {"note": ""}),
        (HostRank, {"reason": ""}),
        (Block, {"detail": "", "reason": ""}),
        (Interview, {"message": "", "outcome": "", "reason": "", "meeting_url": ""}),
    ):
        db.session.execute(update(table).where(table.application_id.in_(ids)).values(**values))
    about = (JournalEntry.subject_type == Application.__tablename__, JournalEntry.subject_id.in_(ids))
    db.session.execute(update(JournalEntry).where(*about).values(reason=None))
    if ids:
        forget_mails(or_(*(OutboxMail.key.startswith(f"application:{each}:") for each in ids)))


def _empty(application: Application) -> None:
    application.title, application.organisation_name = "Erased application", ""
    for name in ("summary", "plan", "results_expected", "trl_reason", "website", "home_name", "home_email"):
        setattr(application, name, "")
    application.people, application.founded_in, application.from_entry = [], None, None
    if application.state_reason is not None:
        application.state_reason = "Erased"
    application.eligibility_override = {
        rule: exception | {"reason": ""} for rule, exception in application.eligibility_override.items()
    }
    db.session.flush()


def _talks(ids: Sequence[int]) -> dict[int, list[dict[str, Any]]]:
    statement = (
        select(Interview)
        .where(Interview.application_id.in_(ids))
        .options(joinedload(Interview.intake).joinedload(Intake.host))
        .order_by(Interview.id)
    )
    found: dict[int, list[dict[str, Any]]] = {}
    for talk in db.session.scalars(statement):
        found.setdefault(talk.application_id, []).append(
            {
                "host": talk.intake.host.name,
                "state": talk.state.value,
                "message": talk.message,
                "starts_at": talk.starts_at.isoformat() if talk.starts_at else None,
                "reason": talk.reason,
            }
        )
    return found


def _declared(ids: Sequence[int]) -> dict[int, list[dict[str, str]]]:
    statement = (
        select(Block)
        .where(Block.application_id.in_(ids), Block.source.in_(OWN_WORDS))
        .options(joinedload(Block.intake).joinedload(Intake.host))
        .order_by(Block.id)
    )
    found: dict[int, list[dict[str, str]]] = {}
    for block in db.session.scalars(statement):
        told = {"host": block.intake.host.name, "as": block.source.label}
        found.setdefault(block.application_id, []).append(told)
    return found


def _told(application: Application) -> dict[str, Any]:
    return {
        "call": application.call.title,
        "number": application.reference,
        "state": application.state.value,
        **{name: getattr(application, name) for name in TOLD},
        "preferred_from": application.preferred_from.isoformat(),
        "submitted_at": application.submitted_at.isoformat(),
        "rules_let_pass": [each["reason"] for each in application.eligibility_override.values()],
        "hosts": [wish.intake.host.name for wish in application.wishes],
        "versions": [
            {
                "number": version.number,
                "sent_at": version.sent_at.isoformat(),
                "declared_by": version.declared_by,
                "sha256": version.sha256,
                "content": version.content,
            }
            for version in application.versions
        ],
    }
