"""Who decides an appeal, the decision with its reason, and that what it asks for is done."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from gtn_events.accounts.enums import Role
from gtn_events.accounts.models import Account
from gtn_events.accounts.queries.staff import staff_grants
from gtn_events.core import journal
from gtn_events.core.db import db
from gtn_events.core.text import clean_text

from ..errors import AppealRefused, ReasonMissing
from ..models import Appeal, Entry
from ..notifications_appeals import tell_decider, tell_of_appeal
from ..queries.appeals import took_part
from ..queries.ranking import latest_version
from .appeal_transitions import DECISIONS, Action, Party, transition_for
from .appeals import write_down

DECIDING_ROLES = (Role.ORGANISER, Role.INTEGRITY_OFFICER)


@dataclass(frozen=True)
class Candidate:
    """Somebody of the staff; ``why_not`` says in a sentence what keeps them from deciding, empty when nothing does."""

    account: Account
    role: Role
    why_not: str


def candidates(appeal: Appeal) -> list[Candidate]:
    """Return who of the staff could decide an appeal, and who may not and why, each person once."""
    barred = took_part(appeal)
    grants = {grant.account_id: grant for grant in reversed(staff_grants(appeal.scope, DECIDING_ROLES))}
    return [
        Candidate(grant.account, grant.role, barred.get(grant.account_id, "")) for grant in reversed(grants.values())
    ]


def assign_decider(appeal: Appeal, account_id: int, *, actor: Account, now: datetime) -> None:
    """Choose who decides an appeal, or somebody else in their place; that person gets a mail.

    Raises:
        AppealRefused: the person is not of the staff, or took part in what is appealed.
        TransitionRefused: the appeal is decided or withdrawn.

    Flushes; the caller commits.
    """
    lock_appeal(appeal)
    row = transition_for(appeal.state, Action.ASSIGN, Party.ORGANISER)
    chosen = next((each for each in candidates(appeal) if each.account.id == account_id), None)
    if chosen is None:
        raise AppealRefused("Choose somebody who organises the competition or watches over it.", field="decider")
    if chosen.why_not:
        raise AppealRefused(f"{chosen.account.display_name} may not decide this. {chosen.why_not}", field="decider")
    before, appeal.state, appeal.state_changed_at = appeal.state, row.to, now
    appeal.decider = chosen.account
    db.session.flush()
    write_down(Action.ASSIGN, appeal, before, actor=actor, now=now)
    tell_decider(appeal, now=now)


def decide_appeal(appeal: Appeal, action: Action, *, reason: str, actor: Account, now: datetime) -> None:
    """Uphold an appeal, in part or not at all; the entrant reads the reason in a mail.

    Raises:
        AppealRefused: another person was chosen to decide, or this one has since taken part.
        TransitionRefused: nobody was chosen yet, or the appeal is decided or withdrawn.
        ReasonMissing: there is no reason.

    Flushes; the caller commits.
    """
    lock_appeal(appeal)
    row = transition_for(appeal.state, action, Party.DECIDER)
    if action not in DECISIONS or appeal.decider_id != actor.id:
        raise AppealRefused("Only the person who was chosen to decide this appeal can do it.")
    if why_not := took_part(appeal).get(actor.id):
        raise AppealRefused(f"You may not decide this any more. {why_not}")
    reason = clean_text(reason)
    if not reason:
        raise ReasonMissing("Give the reason of the decision: the entrant reads it.", field="reason")
    version = latest_version(appeal.round) if appeal.round else None
    before, appeal.state, appeal.state_changed_at = appeal.state, row.to, now
    appeal.decided_at, appeal.decision = now, reason
    appeal.version_before = version.number if version else None
    db.session.flush()
    write_down(action, appeal, before, actor=actor, now=now, reason=reason)
    tell_of_appeal(appeal, "competition/appeal_decided", now=now)


def carry_out(appeal: Appeal, words: str, *, actor: Account, now: datetime) -> None:
    """Say what was done after an appeal was upheld; the entrant is told, and nothing can be corrected any more.

    Raises:
        AppealRefused: it was not upheld, or this was said before.
        ReasonMissing: there are no words.

    Flushes; the caller commits.
    """
    lock_appeal(appeal)
    if not appeal.state.is_upheld or appeal.carried_out_at is not None:
        raise AppealRefused("There is nothing to be put right here, or it was done already.")
    words = clean_text(words)
    if not words:
        raise ReasonMissing("Say what was done: the entrant reads it.", field="words")
    appeal.carried_out, appeal.carried_out_at = words, now
    db.session.flush()
    journal.record("appeal carried out", appeal, actor=actor, now=now, scope=appeal.scope, reason=words)
    tell_of_appeal(appeal, "competition/appeal_carried_out", now=now)


def lock_appeal(appeal: Appeal) -> None:
    """Read an appeal afresh and keep its entrant and everybody who decides from changing it meanwhile."""
    db.session.execute(select(Entry.id).where(Entry.id == appeal.entry_id).with_for_update(key_share=True))
    db.session.refresh(appeal)
