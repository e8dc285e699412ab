"""Papers of a traveller: sent sealed, opened by few, accepted or sent back with a reason."""

from datetime import datetime

from werkzeug.datastructures import FileStorage

from gtn_events.accounts.models import Account
from gtn_events.core import journal
from gtn_events.core.db import db
from gtn_events.core.errors import Stale
from gtn_events.core.sealing import OpenedFile, Shredded, live_item, open_file, seal_file
from gtn_events.core.uploads import FileKind
from gtn_events.forum.domain.passports import day_of_shredding

from ..models import Traveller, TravelPaper
from ..travel_enums import PaperKind, PaperState, TravellerState
from ..travel_errors import PaperRefused
from .travel_locking import lock_paper, lock_traveller

SEALED = "file"
KINDS = (FileKind.PDF, FileKind.JPEG, FileKind.PNG)
MOST_BYTES = 5 * 1024 * 1024


def send_paper(
    traveller: Traveller, kind: PaperKind, file: FileStorage, *, actor: Account, now: datetime
) -> TravelPaper:
    """Keep a paper of a traveller, sealed; one that was there is shredded.

    Raises:
        PaperRefused: the paper was accepted, or the journey is over.
        UploadRefused: the file is not a PDF or picture of at most 5 MB.
        SealingUnavailable: the site has no key.

    Flushes; the caller commits.
    """
    lock_traveller(traveller)
    if traveller.state is not TravellerState.FUNDED:
        raise PaperRefused(f"Your journey is {traveller.state.label.lower()}; no more papers are taken in.")
    paper = next((each for each in traveller.papers if each.kind is kind), None)
    if paper is not None and paper.state is PaperState.ACCEPTED:
        raise PaperRefused(f"{kind.label}: it was accepted. Write to the organiser if it has to change.")
    if paper is None:
        paper = TravelPaper(traveller=traveller, kind=kind, sent_at=now)
        db.session.add(paper)
        db.session.flush()
    shred_on = day_of_shredding(traveller.forum, now=now)
    seal_file(paper, SEALED, file, allowed=KINDS, max_bytes=MOST_BYTES, shred_on=shred_on, now=now)
    paper.state, paper.sent_at, paper.reason, paper.decided_at = PaperState.SENT, now, "", None
    paper.lock_version += 1
    _record("travel paper sent", paper, actor=actor, now=now)
    return paper


def read_paper(paper: TravelPaper, *, actor: Account, now: datetime) -> OpenedFile:
    """Return the file of a paper, and write down who opened it.

    Raises:
        Shredded: its day has come.
        SealBroken: it does not open.

    Flushes; the caller commits.
    """
    item = live_item(paper, SEALED)
    if item is None:
        raise Shredded("This paper was deleted on the day that was announced for it.")
    opened = open_file(item)
    _record("travel paper opened", paper, actor=actor, now=now)
    return opened


def accept_paper(paper: TravelPaper, *, seen: int, actor: Account, now: datetime) -> None:
    """Say that a paper is as it has to be. Flushes; the caller commits.

    Args:
        seen: the ``lock_version`` of the paper that was looked at.

    Raises:
        PaperRefused: it was decided on before.
        Stale: the traveller sent another one since.
    """
    _decide(paper, PaperState.ACCEPTED, "", seen=seen, actor=actor, now=now)


def return_paper(paper: TravelPaper, *, reason: str, seen: int, actor: Account, now: datetime) -> None:
    """Send a paper back. Flushes; the caller commits.

    Raises:
        PaperRefused: without a reason, or decided on before.
        Stale: as in ``accept_paper``.
    """
    if not reason:
        raise PaperRefused("Say what is wrong with the paper; the traveller reads it.", field="reason")
    _decide(paper, PaperState.RETURNED, reason, seen=seen, actor=actor, now=now)


def _decide(paper: TravelPaper, state: PaperState, reason: str, *, seen: int, actor: Account, now: datetime) -> None:
    lock_paper(paper)
    if paper.state is not PaperState.SENT:
        raise PaperRefused(f"{paper.kind.label}: it was decided on meanwhile.")
    if paper.lock_version != seen:
        raise Stale(f"{paper.kind.label}: the traveller sent another file since you looked. Open it, then decide.")
    paper.state, paper.reason, paper.decided_at, paper.decided_by_id = state, reason, now, actor.id
    _record(f"travel paper {state.value}", paper, actor=actor, now=now, reason=reason or None)


def _record(action: str, paper: TravelPaper, *, actor: Account, now: datetime, reason: str | None = None) -> None:
    changes = {"paper": (None, paper.kind.value)}
    scope = paper.traveller.scope
    journal.record(action, paper.traveller, actor=actor, now=now, scope=scope, changes=changes, reason=reason)
    db.session.flush()
