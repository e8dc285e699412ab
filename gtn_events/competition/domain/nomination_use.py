"""What a nominated firm does with its nomination: accepts it by the link, and enters with it."""

from datetime import datetime

from sqlalchemy import select, update

from gtn_events.accounts.domain.sign_up import confirm_address
from gtn_events.accounts.errors import LinkRefused
from gtn_events.accounts.models import Account
from gtn_events.core.db import db

from ..enums import EntryPath, NominationState
from ..errors import EntryRefused, NominationRefused
from ..models import Competition, Entry, Nomination
from .endorsement import seat_nominated
from .nomination_record import lock_nomination, record_nomination


def nomination_of_link(nomination_id: int, competition: Competition) -> Nomination:
    """Return the nomination that a link was made for.

    Raises:
        LinkRefused: it was used or taken back; the text says which.
    """
    nomination = db.session.get(Nomination, nomination_id)
    if nomination is None or nomination.competition_id != competition.id:
        raise LinkRefused("This nomination is no longer there. Ask the coordinator of your economy for a new one.")
    if nomination.state is NominationState.WITHDRAWN:
        raise LinkRefused("This nomination was taken back. Ask the coordinator if you think that is a mistake.")
    if nomination.state is NominationState.ENTERED:
        raise LinkRefused("You have entered with this nomination already. Sign in to see your entry.")
    return nomination


def accept_nomination(nomination: Nomination, account: Account, *, now: datetime) -> None:
    """Let a person enter with a nomination; the link proved the address.

    Raises:
        NominationRefused: the account has another address than the nominated one.

    Flushes; the caller commits.
    """
    lock_nomination(nomination)
    nomination_of_link(nomination.id, nomination.competition)
    if account.email_key != nomination.email_key:
        raise NominationRefused(f"This nomination is for {nomination.email}. Sign in with that address to use it.")
    if nomination.account_id is None:
        confirm_address(account, now=now)
        nomination.account = account
        db.session.flush()
        record_nomination("nomination accepted", nomination, nomination.state, actor=account, now=now)


def open_nomination(competition: Competition, account: Account) -> Nomination | None:
    """Return the nomination with which a person can still enter, None when there is none."""
    statement = select(Nomination).where(
        Nomination.competition_id == competition.id,
        Nomination.account_id == account.id,
        Nomination.state == NominationState.OPEN,
    )
    found: Nomination | None = db.session.scalar(statement.order_by(Nomination.id).limit(1))
    return found


def nomination_for(competition: Competition, account: Account, *, economy_code: str) -> Nomination | None:
    """Return the nomination that a new entry of an economy uses; the competition is locked.

    Raises:
        EntryRefused: only nominated firms may enter, and this one is not, or by another economy.
    """
    nomination = open_nomination(competition, account)
    if nomination is not None and nomination.economy_code == economy_code:
        return nomination
    if competition.entry_path is EntryPath.NOMINATED:
        if nomination is None:
            raise EntryRefused(
                "Only firms that their economy nominates can enter. Ask the coordinator of your economy for a link."
            )
        raise EntryRefused(
            f"You are nominated by {nomination.economy.in_sentence}, so the entry has to be of that economy."
        )
    return None


def refuse_another_economy(entry: Entry) -> None:
    """Refuse to move an entry to another economy where only nominated firms enter.

    Raises:
        EntryRefused: its economy nominated it.
    """
    if entry.competition.entry_path is EntryPath.NOMINATED:
        raise EntryRefused(f"{entry.economy.short_name} nominated this entry, so it stays an entry of that economy.")


def use_nomination(nomination: Nomination, entry: Entry, *, now: datetime) -> None:
    """Let an entry take the place of the nomination it was sent with; it is endorsed by that. Flushes."""
    nomination.state, nomination.entry = NominationState.ENTERED, entry
    db.session.flush()
    nominator = db.session.get_one(Account, nomination.nominated_by_id)
    record_nomination("nomination used", nomination, NominationState.OPEN, actor=entry.account, now=now)
    seat_nominated(entry, actor=nominator, now=now)


def end_nomination(entry: Entry) -> None:
    """Let the firm of a withdrawn entry be nominated again. Flushes."""
    used = update(Nomination).where(Nomination.entry_id == entry.id)
    db.session.execute(used.values(state=NominationState.WITHDRAWN))
