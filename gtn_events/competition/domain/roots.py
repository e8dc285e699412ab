"""Roots of what stood at a moment, written down when it happens: a change afterwards shows.

Four moments have one: the call closes (every sent version), seats are released (entry and judge, the judge by a
salted number), a round's scoring closes (the head of its chain), results are published (rankings, decisions, prizes).
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from sqlalchemy import select

from gtn_events.core.canonical import sha256_of
from gtn_events.core.db import db
from gtn_events.core.journal import record

from ..enums import RootKind
from ..models import Competition, RecordedRoot, Round
from ..queries.roots import SeatRow, SentRow, closed_calls, given_seats, last_call_root_at, roots_of, sent_versions
from .chain import canonical
from .entry_window import in_time_until
from .locking import lock_competition

# Who sent an entry in the last second of the call still waits for the database when it is over.
SETTLED = timedelta(minutes=1)

Line = list[Any]


def root_of(lines: Iterable[Any]) -> str:  # Any: JSON-ready values
    """Return the SHA-256 over values in canonical form and sorted, so that none can be changed or left out."""
    return sha256(b"\n".join(sorted(canonical(line) for line in lines))).hexdigest()


def salted_judge(seed: str, number: int) -> str:
    """Return what stands for a judge in a root: nobody finds the number before the round's seed is shown."""
    return sha256(f"{seed}\njudge {number}".encode()).hexdigest()[:16]


def seat_line(seat: SeatRow, seed: str) -> Line:
    """Return a seat as the root of the release holds it: its number, the entry, the salted judge."""
    number, reference, judge = seat
    return [number, reference, salted_judge(seed, judge)]


def sent_line(version: SentRow) -> Line:
    """Return a sent version as the root of the call holds it: reference, number, fingerprint of what it holds now.

    An entrant who erased their data left the fingerprint alone.
    """
    reference, number, kept, content, _sent_at = version
    return [reference, number, sha256_of(content) if content else kept]


def is_call_root_due(competition: Competition, *, now: datetime) -> bool:
    """Say whether the call has closed and nothing was written down since, or it was open once more meanwhile."""
    close, last = in_time_until(competition), last_call_root_at(competition)
    return now >= close + SETTLED and (last is None or last < close)


def competitions_due(*, now: datetime) -> list[Competition]:
    """Return the competitions of which the root of the call has to be recorded."""
    return [each for each in closed_calls(now) if is_call_root_due(each, now=now)]


def record_call_root(competition: Competition, *, now: datetime) -> None:
    """Write down every version that was sent until the close, unless it is done or not due. Flushes."""
    lock_competition(competition)
    if is_call_root_due(competition, now=now):
        lines = [sent_line(each) for each in sent_versions(competition)]
        _keep(competition, None, RootKind.CALL, lines, now=now)


def record_seats_root(round_: Round, seats: Sequence[int], *, now: datetime) -> None:
    """Write down seats at the moment of their release. Flushes."""
    lines = [seat_line(each, round_.lot_seed) for each in given_seats(round_, only=seats)]
    _keep(round_.competition, round_, RootKind.SEATS, lines, now=now)


def record_scoring_root(round_: Round, *, now: datetime) -> None:
    """Write down the head of the chain of a round that closes. Flushes."""
    _add(round_.competition, round_, RootKind.SCORING, round_.chain_head, round_.chain_length, now=now)


def record_publication_root(competition: Competition, lines: list[Line], *, now: datetime) -> None:
    """Write down what is published; ``lines`` are those of ``domain.results_file``. Flushes."""
    _keep(competition, None, RootKind.PUBLICATION, lines, now=now)


def root_differences() -> Iterator[str]:
    """Yield one sentence for each sent version or released seat that is not what its root was made from."""
    for competition in db.session.scalars(select(Competition).order_by(Competition.id)):
        sent = {(line[0], line[1]): line for line in map(sent_line, sent_versions(competition))}
        for root in roots_of(competition, with_lines=True):
            if root.kind is not RootKind.SCORING and root_of(root.lines) != root.sha256:
                yield f"{competition.slug}: the {root.kind.value} root {root.id} is not that of its lines."
            if root.kind is RootKind.CALL:
                changed = [line for line in root.lines if sent.get((line[0], line[1])) != line]
                yield from (
                    f"{competition.slug}: version {line[1]} of {line[0]} is not what was sent." for line in changed
                )
            elif root.kind is RootKind.SEATS and root.round is not None:
                there = {each[0]: seat_line(each, root.round.lot_seed) for each in given_seats(root.round)}
                changed = [line for line in root.lines if there.get(line[0]) != line]
                yield from (f"{competition.slug}: seat {line[0]} is not the one that was released." for line in changed)


def _keep(competition: Competition, round_: Round | None, kind: RootKind, lines: list[Line], *, now: datetime) -> None:
    _add(competition, round_, kind, root_of(lines), len(lines), lines=lines, now=now)


def _add(
    competition: Competition,
    round_: Round | None,
    kind: RootKind,
    root: str,
    size: int,
    *,
    now: datetime,
    lines: Sequence[Line] = (),
) -> None:
    db.session.add(
        RecordedRoot(
            competition=competition,
            round=round_,
            kind=kind,
            sha256=root,
            size=size,
            lines=list(lines),
            recorded_at=now,
        )
    )
    changes = {"kind": (None, kind.value), "root": (None, root), "lines": (None, size)}
    record("root recorded", round_ or competition, actor=None, now=now, scope=competition.scope, changes=changes)
    db.session.flush()
