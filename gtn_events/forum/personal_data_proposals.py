"""What proposals and guest lists of side events keep about a person: told in the export, let go in the erasure."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, delete, or_, select, update

from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.journal import JournalEntry
from gtn_events.core.outbox import OutboxMail, forget_mails
from gtn_events.questionnaire.domain.purge import erase_answers
from gtn_events.questionnaire.queries.personal_data import export_answers

from .enums import ProposalState
from .models import ProposalCoHost, ProposalNote, SideEventGuest, SideEventProposal

ERASED = "Erased person"
_TOLD = ("title", "topic", "contact_name", "contact_email", "contact_phone", "description", "objectives", "speakers")


def export_proposals(account: Account) -> dict[str, Any]:
    """Return what a person proposed, co-hosts and noted, JSON-ready."""
    proposed = select(SideEventProposal).where(SideEventProposal.account_id == account.id)
    named = select(ProposalCoHost).where(ProposalCoHost.email_key == account.email_key)
    guests = list(db.session.scalars(_guests(account)))
    answers = export_answers([each.answer_set_id for each in guests if each.answer_set_id is not None])
    noted = select(ProposalNote).where(ProposalNote.account_id == account.id)
    return {
        "proposed_side_events": [
            {"forum": each.forum.title, "state": each.state.value, **{name: getattr(each, name) for name in _TOLD}}
            for each in db.session.scalars(proposed.order_by(SideEventProposal.id))
        ],
        "co_host_of": [
            {"side_event": each.proposal.title, "named_as": each.name, "confirmed": each.confirmed_at is not None}
            for each in db.session.scalars(named.order_by(ProposalCoHost.id))
        ],
        "guest_of_side_events": [
            {
                "side_event": each.side_event.title,
                "state": each.state.value,
                "name": each.name,
                "organisation": each.organisation_name,
                "invited_at": each.invited_at.isoformat(),
                "answers": answers.get(each.answer_set_id, {}) if each.answer_set_id else {},
            }
            for each in guests
        ],
        "notes_on_proposals": [
            {"at": each.at.isoformat(), "text": each.text}
            for each in db.session.scalars(noted.order_by(ProposalNote.id))
        ],
    }


def erase_proposals(account: Account, *, now: datetime) -> None:
    """Take the person out of proposals; what was sent stays as a text of its host, a draft goes. Flushes."""
    theirs = list(db.session.scalars(select(SideEventProposal.id).where(SideEventProposal.account_id == account.id)))
    drafts = list(
        db.session.scalars(
            select(SideEventProposal.id).where(
                SideEventProposal.id.in_(theirs), SideEventProposal.state == ProposalState.DRAFT
            )
        )
    )
    db.session.execute(delete(ProposalCoHost).where(ProposalCoHost.proposal_id.in_(drafts)))
    db.session.execute(delete(SideEventProposal).where(SideEventProposal.id.in_(drafts)))
    empty = {"contact_name": ERASED, "contact_email": "", "contact_phone": "", "speakers": "", "state_reason": None}
    db.session.execute(update(SideEventProposal).where(SideEventProposal.id.in_(theirs)).values(**empty))
    asked = list(db.session.scalars(select(ProposalCoHost).where(ProposalCoHost.email_key == account.email_key)))
    mails: list[ColumnElement[bool]] = [OutboxMail.key.startswith(f"proposal:{each}:") for each in theirs]
    for co_host in asked:
        mails.append(OutboxMail.key.startswith(f"proposal:{co_host.proposal_id}:co-host:{co_host.id}:"))
        co_host.email, co_host.email_key = "", f"erased-{co_host.id}"
    guests = db.session.scalars(_guests(account)).all()
    erase_answers([each.answer_set_id for each in guests if each.answer_set_id is not None], now=now)
    for guest in guests:
        mails.append(OutboxMail.key.startswith(f"guest:{guest.id}:"))
        guest.name, guest.email, guest.email_key = ERASED, "", f"erased-{guest.id}"
        guest.organisation_name = ""
    about_them = (JournalEntry.subject_type == SideEventProposal.__tablename__, JournalEntry.subject_id.in_(theirs))
    db.session.execute(update(JournalEntry).where(*about_them).values(reason=None))
    db.session.execute(update(ProposalNote).where(ProposalNote.account_id == account.id).values(text=ERASED))
    if mails:
        forget_mails(or_(*mails))
    db.session.flush()


def _guests(account: Account) -> Select[SideEventGuest]:
    return select(SideEventGuest).where(SideEventGuest.email_key == account.email_key).order_by(SideEventGuest.id)
