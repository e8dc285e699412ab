"""What the competition keeps about an entrant: told in the export, let go in the erasure."""

from datetime import datetime
from typing import Any

from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import joinedload, selectinload

from gtn_events.accounts.enums import Gender
from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.errors import DomainError
from gtn_events.core.journal import JournalEntry
from gtn_events.core.outbox import OutboxMail, forget_mails
from gtn_events.core.uploads import delete_upload
from gtn_events.questionnaire.domain.purge import erase_answers
from gtn_events.questionnaire.queries.personal_data import export_answers

from .domain.appeal_transitions import Action, Party, actions_for
from .enums import AppealState, CompetitionState
from .models import Appeal, Award, Entry, EntryDraft, EntryVersion

ERASED = "Erased"


class StillEntered(DomainError):
    """The person has an entry that may still be judged; it has to be withdrawn first."""


def export_entries(account: Account) -> dict[str, Any]:
    """Return every entry, each version that was sent, and every draft of a person, JSON-ready."""
    entries = _entries_of(account)
    answers = export_answers([entry.answer_set_id for entry in entries])
    drafts = select(EntryDraft).where(EntryDraft.account_id == account.id).options(joinedload(EntryDraft.competition))
    return {
        "entries": [_told(entry) | {"answers": answers[entry.answer_set_id]} for entry in entries],
        "appeals": [_told_appeal(each) for each in _appeals_of(entries)],
        "drafts": [
            {"competition": draft.competition.title, "saved_at": draft.saved_at.isoformat(), "data": draft.data}
            for draft in db.session.scalars(drafts.order_by(EntryDraft.id))
        ],
    }


def erase_entries(account: Account, now: datetime) -> None:
    """Take the person and the team out of their entries; the figures (economy, category, state, size) stay.

    Title and firm of an entry that holds an award stay, too: they are part of a published
    result. A version that was sent is emptied; its SHA-256 and when it was sent stay.

    Raises:
        StillEntered: an entry may still be judged.
    """
    entries = _entries_of(account)
    for entry in entries:
        _refuse_if_judged(entry)
    ids = [entry.id for entry in entries]
    honoured = set(db.session.scalars(select(Award.entry_id).where(Award.entry_id.in_(ids))))
    for entry in entries:
        _empty(entry, keep_title=entry.id in honoured)
    erase_answers([entry.answer_set_id for entry in entries], now=now)
    db.session.execute(update(EntryVersion).where(EntryVersion.entry_id.in_(ids)).values(content={}, declared_by=""))
    about_them = (JournalEntry.subject_type == Entry.__tablename__, JournalEntry.subject_id.in_(ids))
    db.session.execute(update(JournalEntry).where(*about_them).values(reason=None))
    findings = update(JournalEntry).where(*about_them, JournalEntry.action.startswith("eligibility"))
    db.session.execute(findings.values(changes={}))
    if ids:
        forget_mails(or_(*(OutboxMail.key.startswith(f"entry:{each}:") for each in ids)))
    _erase_appeals(entries, now=now)
    db.session.execute(delete(EntryDraft).where(EntryDraft.account_id == account.id))
    db.session.flush()


def _entries_of(account: Account) -> list[Entry]:
    statement = (
        select(Entry)
        .where(Entry.account_id == account.id)
        .options(
            joinedload(Entry.competition),
            joinedload(Entry.economy),
            selectinload(Entry.members),
            selectinload(Entry.versions),
        )
        .order_by(Entry.id)
    )
    return list(db.session.scalars(statement))


def _refuse_if_judged(entry: Entry) -> None:
    competition = entry.competition
    over = competition.state is CompetitionState.CLOSED or competition.results_published_at is not None
    if entry.state.is_live and not over:
        raise StillEntered(
            f"Your entry “{entry.title}” to {competition.title} may still be judged. "
            "Withdraw it first; then your data can be erased."
        )


def _told(entry: Entry) -> dict[str, Any]:
    return {
        "competition": entry.competition.title,
        "number": entry.reference,
        "state": entry.state.value,
        "state_reason": entry.state_reason,
        "endorsement": entry.endorsement.value,
        "endorsement_reason": entry.endorsement_reason,
        "title": entry.title,
        "summary": entry.summary,
        "organisation": entry.organisation_name,
        "organisation_size": entry.organisation_size,
        "founded_in": entry.founded_in,
        "economy": entry.economy.formal_name,
        "website": entry.website,
        "video_url": entry.video_url,
        "submitted_at": entry.submitted_at.isoformat(),
        "extended_until": entry.extended_until.isoformat() if entry.extended_until else None,
        "rules_let_pass": [exception["reason"] for exception in entry.eligibility_override.values()],
        "team": [
            {
                "name": member.name,
                "role": member.role,
                "gender": member.gender,
                "economy": member.economy_code,
                "organisation": member.organisation_name,
                "email": member.email,
            }
            for member in entry.members
        ],
        "versions": [
            {
                "number": version.number,
                "sent_at": version.sent_at.isoformat(),
                "declared_by": version.declared_by,
                "sha256": version.sha256,
                "content": version.content,
            }
            for version in entry.versions
        ],
    }


def _appeals_of(entries: list[Entry]) -> list[Appeal]:
    statement = (
        select(Appeal)
        .where(Appeal.entry_id.in_([entry.id for entry in entries]))
        .options(joinedload(Appeal.upload))
        .order_by(Appeal.id)
    )
    return list(db.session.scalars(statement))


def _told_appeal(appeal: Appeal) -> dict[str, Any]:
    return {
        "entry": appeal.entry.reference,
        "about": appeal.subject,
        "state": appeal.state.value,
        "ground": appeal.ground.value if appeal.ground else None,
        "text": appeal.text,
        "file": appeal.upload.name if appeal.upload else None,
        "saved_at": appeal.saved_at.isoformat(),
        "sent_at": appeal.sent_at.isoformat() if appeal.sent_at else None,
        "decided_at": appeal.decided_at.isoformat() if appeal.decided_at else None,
        "decision": appeal.decision,
        "carried_out": appeal.carried_out,
    }


def _erase_appeals(entries: list[Entry], *, now: datetime) -> None:
    """Empty what was written in appeals, take their files away; that there was one, and how it ended, stays."""
    appeals = _appeals_of(entries)
    about_them = (
        JournalEntry.subject_type == Appeal.__tablename__,
        JournalEntry.subject_id.in_([a.id for a in appeals]),
    )
    db.session.execute(update(JournalEntry).where(*about_them).values(reason=None))
    for appeal in appeals:
        forget_mails(OutboxMail.key.startswith(f"appeal:{appeal.id}:"))
        if appeal.upload is not None:
            delete_upload(appeal.upload, now=now)
            appeal.upload = None
        appeal.text = ""
        appeal.decision, appeal.carried_out = (
            ERASED if words else "" for words in (appeal.decision, appeal.carried_out)
        )
        if Action.WITHDRAW in actions_for(appeal.state, Party.ENTRANT):
            appeal.state, appeal.state_changed_at = AppealState.WITHDRAWN, now
        elif appeal.state is AppealState.DRAFT:
            db.session.delete(appeal)
    db.session.flush()


def _empty(entry: Entry, *, keep_title: bool) -> None:
    if not keep_title:
        entry.title, entry.organisation_name = "Erased entry", ""
    entry.summary = entry.website = entry.video_url = ""
    entry.founded_in = None
    if entry.state_reason is not None:
        entry.state_reason = ERASED
    if entry.endorsement_reason is not None:
        entry.endorsement_reason = ERASED
    entry.eligibility_override = {
        rule: exception | {"reason": ""} for rule, exception in entry.eligibility_override.items()
    }
    for member in entry.members:
        member.name, member.role, member.organisation_name, member.email = "Erased person", "", "", ""
        member.gender = Gender.NOT_SAID.value
    db.session.flush()
