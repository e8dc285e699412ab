"""An entrant's appeal: drafted, sent in time, withdrawn."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from gtn_events.accounts.models import Account
from gtn_events.core import journal
from gtn_events.core.db import db
from gtn_events.core.text import clean_text
from gtn_events.core.uploads import Upload, delete_upload

from ..enums import AppealGround, AppealState
from ..errors import AppealRefused
from ..models import Appeal, Entry
from ..notifications_appeals import tell_of_appeal, tell_organiser_of_appeal
from ..queries.appeals import live_appeal
from .appeal_transitions import Action, Party, transition_for
from .appeal_window import Contestable, contestable, grounds_for

LONGEST_TEXT = 10_000
SHORTEST_TEXT = 40


@dataclass(frozen=True)
class AppealTexts:
    """What an entrant has typed so far."""

    ground: AppealGround | None
    text: str


def save_appeal(
    entry: Entry, about: Contestable, texts: AppealTexts, *, upload: Upload | None, now: datetime
) -> Appeal:
    """Keep what an entrant has typed about one decision, right or wrong, in time or not; sending looks at it.

    Args:
        upload: a file that takes the place of the one before, None to keep that.

    Raises:
        AppealRefused: an appeal against this decision was sent already, or the text is too long.

    Flushes; the caller commits.
    """
    _lock(entry)
    appeal = live_appeal(entry, about.subject)
    if appeal is None:
        appeal = Appeal(
            competition=entry.competition, entry=entry, round=about.round, subject=about.subject, state_changed_at=now
        )
        db.session.add(appeal)
    if (appeal.state or AppealState.DRAFT) is not AppealState.DRAFT:
        raise AppealRefused("You have sent an appeal against this decision already. It stands below.")
    text = clean_text(texts.text)
    if len(text) > LONGEST_TEXT:
        raise AppealRefused(f"The text has more than {LONGEST_TEXT:,} signs. Shorten it.", field="text")
    appeal.ground, appeal.text, appeal.saved_at = texts.ground, text, now
    if upload is not None:
        drop_file(appeal, now=now)
        appeal.upload = upload
    db.session.flush()
    return appeal


def drop_file(appeal: Appeal, *, now: datetime) -> None:
    """Take the file of a draft away; nothing happens when there is none. Flushes; the caller commits."""
    if appeal.upload is not None and appeal.state in {None, AppealState.DRAFT}:
        delete_upload(appeal.upload, now=now)
        appeal.upload = None
        db.session.flush()


def discard_appeal(appeal: Appeal, *, now: datetime) -> None:
    """Delete a draft with its file.

    Raises:
        AppealRefused: it was sent; then it can be withdrawn.

    Flushes; the caller commits.
    """
    _lock(appeal.entry)
    db.session.refresh(appeal)
    if appeal.state is not AppealState.DRAFT:
        raise AppealRefused("This appeal was sent. You can withdraw it.")
    drop_file(appeal, now=now)
    db.session.delete(appeal)
    db.session.flush()


def send_appeal(appeal: Appeal, *, actor: Account, now: datetime) -> None:
    """Send a draft; the entrant gets a receipt and the organiser a mail.

    Args:
        now: when it reached the server.

    Raises:
        AppealRefused: the time is over, or ground or reasons are missing.
        TransitionRefused: it was sent already.

    Flushes; the caller commits.
    """
    _lock(appeal.entry)
    db.session.refresh(appeal)
    row = transition_for(appeal.state, Action.SEND, Party.ENTRANT)
    about = next((each for each in contestable(appeal.entry) if each.subject == appeal.subject), None)
    if about is None:
        raise AppealRefused("This decision does not stand any more, so there is nothing to appeal against.")
    if not about.is_open(now):
        zone = appeal.competition.zone
        ended = about.deadline.astimezone(zone)
        raise AppealRefused(
            f"The time to appeal ended on {ended.day} {ended:%B %Y} at {ended:%H:%M} in {appeal.competition.city}. "
            "Your text is kept here, but it cannot be sent any more."
        )
    if appeal.ground not in grounds_for(about.round):
        raise AppealRefused("Choose the ground of your appeal.", field="ground")
    if len(appeal.text) < SHORTEST_TEXT:
        raise AppealRefused("Say in two or three sentences what went wrong, and how you know.", field="text")
    before, appeal.state, appeal.state_changed_at = appeal.state, row.to, now
    appeal.sent_at, appeal.deadline = now, about.deadline
    db.session.flush()
    write_down(Action.SEND, appeal, before, actor=actor, now=now)
    tell_of_appeal(appeal, "competition/appeal_received", now=now)
    tell_organiser_of_appeal(appeal, now=now)


def withdraw_appeal(appeal: Appeal, *, actor: Account, now: datetime) -> None:
    """Take an appeal back before it is decided; while there is time, another one can be sent.

    Raises:
        TransitionRefused: it was decided or withdrawn already, or never sent.

    Flushes; the caller commits.
    """
    _lock(appeal.entry)
    db.session.refresh(appeal)
    row = transition_for(appeal.state, Action.WITHDRAW, Party.ENTRANT)
    before, appeal.state, appeal.state_changed_at = appeal.state, row.to, now
    db.session.flush()
    write_down(Action.WITHDRAW, appeal, before, actor=actor, now=now)
    tell_of_appeal(appeal, "competition/appeal_withdrawn", now=now)


def write_down(
    action: Action, appeal: Appeal, before: AppealState, *, actor: Account, now: datetime, reason: str | None = None
) -> None:
    """Write one act into the journal, on the appeal, with the state before and after it. Flushes."""
    changes = {"state": (before.value, appeal.state.value)}
    journal.record(
        f"appeal {action.past}", appeal, actor=actor, now=now, scope=appeal.scope, changes=changes, reason=reason
    )
    db.session.flush()


def _lock(entry: Entry) -> None:
    # The entry's row is what everybody takes who sends, withdraws or decides; on SQLite the transaction is the lock.
    db.session.execute(select(Entry.id).where(Entry.id == entry.id).with_for_update(key_share=True))
