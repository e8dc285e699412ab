"""Until when the coordinators of the economies decide, and who of them may not."""

from datetime import datetime, timedelta

from sqlalchemy import exists, select

from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.text import fold

from ..enums import CompetitionState, JudgeState
from ..errors import EndorsementRefused
from ..models import Competition, Entry, EntryMember, Judge

USUAL_TIME = timedelta(days=14)


def endorsement_until(competition: Competition) -> datetime:
    """Return until when coordinators decide: the date that was set, else the usual time after the close."""
    return competition.endorsement_closes_at or competition.entries_close_at + USUAL_TIME


def may_decide(competition: Competition, *, now: datetime) -> bool:
    """Say whether coordinators can decide at this moment."""
    return (
        competition.entry_path.asks_economies
        and competition.state is not CompetitionState.DRAFT
        and now < endorsement_until(competition)
    )


def require_time(competition: Competition, *, now: datetime) -> None:
    """Refuse what comes too late.

    Raises:
        EndorsementRefused: the date is over, or economies are not asked.
    """
    if not may_decide(competition, now=now):
        raise EndorsementRefused(
            "The date until which economies decide is over. Write to the organiser if something has to change."
        )


def judges_here(competition: Competition, account: Account) -> bool:
    """Say whether a person judges this competition; they must not decide for their economy then."""
    judging = exists().where(
        Judge.competition_id == competition.id, Judge.account_id == account.id, Judge.state == JudgeState.ACCEPTED
    )
    return bool(db.session.scalar(select(judging)))


def is_tied(entry: Entry, account: Account) -> bool:
    """Say whether a coordinator stands behind an entry: brought it, is of its team, or works at its firm."""
    if entry.account_id == account.id:
        return True
    firm = fold(account.organisation.name) if account.organisation else ""
    if firm and firm == fold(entry.organisation_name):
        return True
    people = select(EntryMember.email, EntryMember.organisation_name).where(EntryMember.entry_id == entry.id)
    return any(
        email.casefold() == account.email_key or (firm and fold(organisation) == firm)
        for email, organisation in db.session.execute(people)
    )


def require_untied(entry: Entry, account: Account) -> None:
    """Refuse a coordinator who has an interest of their own.

    Raises:
        EndorsementRefused: they stand behind the entry, or judge this competition.
    """
    if judges_here(entry.competition, account):
        raise EndorsementRefused("You judge this competition, so another coordinator of the economy decides.")
    if is_tied(entry, account):
        raise EndorsementRefused(
            "You stand behind this entry yourself, so another coordinator of the economy or the organiser decides."
        )
