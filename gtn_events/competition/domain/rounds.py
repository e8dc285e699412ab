"""Adds, changes and takes away rounds, and takes entries into them."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from datetime import datetime
from decimal import Decimal
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import delete, func, insert, select

from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.journal import record

from ..enums import AssignmentState, EconomyPolicy, Method, RoundKind, RoundState
from ..errors import RoundRefused
from ..models import Assignment, Competition, Entry, Round, RoundEntry, TrainingEntry
from ..queries.rounds import incoming_entries, round_before
from ..results.added import METHODS
from ..results.ladder import PUBLISHED
from ..results.ladder_steps import Step
from ..results.lot import commitment
from .live_order import fill_order_of
from .live_rule import drop_live_final


@dataclass(frozen=True, kw_only=True)
class Cut:
    """Who goes on; what is left out does not limit.

    Args:
        top: how many go on, in all or, with ``per_category`` or ``per_economy``, in each category or economy.
        threshold: the least total, 0 to 100.
        at_most_per_economy: how many entries of one economy may go on.
        reserve: how many stand on the reserve list.
        ties: the steps that break a tie, between the total and the lot.
    """

    top: int | None = None
    threshold: Decimal | None = None
    per_category: bool = False
    per_economy: bool = False
    at_most_per_economy: int | None = None
    reserve: int = 0
    ties: tuple[Step, ...] = PUBLISHED

    def to_json(self) -> dict[str, Any]:
        """Return what ``Round.cut`` holds."""
        threshold = None if self.threshold is None else f"{self.threshold:f}"
        values = {name.name: getattr(self, name.name) for name in fields(self)}
        return {**values, "threshold": threshold, "ties": [step.value for step in self.ties]}


@dataclass(frozen=True, kw_only=True)
class Adds:
    """An earlier round whose total is added.

    Args:
        round: its number.
        points: what 100 points of it are worth in the sum.
        own: what 100 points of this round are worth.
    """

    round: int
    points: Decimal
    own: Decimal

    def to_json(self) -> dict[str, Any]:
        """Return what ``Round.adds`` holds."""
        return {"round": self.round, "points": f"{self.points:f}", "own": f"{self.own:f}"}


@dataclass(frozen=True, kw_only=True)
class RoundDetails:
    """Everything an organiser says about a round; moments are UTC."""

    title: str
    kind: RoundKind = RoundKind.REVIEW
    opens_at: datetime
    closes_at: datetime
    judges_per_entry: int = 3
    economy_policy: EconomyPolicy = EconomyPolicy.FORBID
    at_most_of_economy: int | None = None
    method: Method = Method.CALIBRATED
    blind: Sequence[str] = ()
    cut: Cut = field(default_factory=Cut)
    adds: Adds | None = None


@dataclass(frozen=True)
class Taken:
    """How many entries came into a round and how many left it, because they are no longer admitted."""

    added: int
    removed: int


def add_round(competition: Competition, details: RoundDetails, *, actor: Account, now: datetime) -> Round:
    """Add a planned round after the last one, and promise the seed of its lot.

    Raises:
        RoundRefused: its times or numbers break a rule; ``field`` says which.

    Flushes; the caller commits.
    """
    _check(details)
    # The row is locked, so that two organisers do not get the same number.
    db.session.execute(select(Competition.id).where(Competition.id == competition.id).with_for_update(key_share=True))
    last = db.session.scalar(select(func.max(Round.number)).where(Round.competition_id == competition.id)) or 0
    _check_adds(details, number=last + 1)
    seed = secrets.token_hex(32)
    round_ = Round(
        competition=competition,
        number=last + 1,
        lot_seed=seed,
        lot_commitment=commitment(seed),
        created_at=now,
        **_values(details),
    )
    db.session.add(round_)
    db.session.flush()
    changes = {"title": (None, details.title), "number": (None, round_.number)}
    record("round added", round_, actor=actor, now=now, scope=round_.scope, changes=changes)
    return round_


def edit_round(round_: Round, details: RoundDetails, *, actor: Account, now: datetime) -> None:
    """Change a planned round.

    Raises:
        RoundRefused: the round was opened, or what is typed breaks a rule; ``field`` says which.

    Flushes; the caller commits.
    """
    require_planned(round_)
    _check(details)
    _check_adds(details, number=round_.number)
    if round_.method_frozen_at is not None and details.method is not round_.method:
        raise RoundRefused(_("The method of this round was fixed when it opened. It stays."), field="method")
    values = _values(details)
    changed = {name: (getattr(round_, name), value) for name, value in values.items() if getattr(round_, name) != value}
    for name, (_before, value) in changed.items():
        setattr(round_, name, value)
    db.session.flush()
    if changed:
        written = {name: (_plain(before), _plain(after)) for name, (before, after) in changed.items()}
        record("round changed", round_, actor=actor, now=now, scope=round_.scope, changes=written)


def delete_round(round_: Round, *, actor: Account, now: datetime) -> None:
    """Take a planned round without entries away, with its criteria.

    Raises:
        RoundRefused: the round was opened, entries are in it, or a later one adds its total.

    Flushes; the caller commits.
    """
    require_planned(round_)
    if db.session.scalar(select(func.count()).where(RoundEntry.round_id == round_.id)):
        raise RoundRefused(_("Entries are in %(round)s, so it stays.", round=round_.title))
    if any(each.adds.get("round") == round_.number for each in round_.competition.rounds):
        raise RoundRefused(_("A later round adds the total of %(round)s, so it stays.", round=round_.title))
    drop_live_final(round_, actor=actor, now=now)
    changes = {"title": (round_.title, None), "number": (round_.number, None)}
    record("round taken away", round_, actor=actor, now=now, scope=round_.scope, changes=changes)
    for rubric in round_.rubrics:
        db.session.delete(rubric)
    # Nobody has scored them: only an open round's judges see them.
    db.session.execute(delete(TrainingEntry).where(TrainingEntry.round_id == round_.id))
    db.session.flush()
    db.session.delete(round_)
    db.session.flush()


def take_entries(round_: Round, *, actor: Account, now: datetime) -> Taken:
    """Take in whatever belongs into the round and is not there yet; safe to repeat.

    Into the first round come the admitted entries, into a later one those that advanced. While the
    round is planned, entries that are no longer admitted leave it, with their planned seats.

    Raises:
        RoundRefused: the round takes no scores any more, or the round before is not decided.

    Flushes; the caller commits.
    """
    lock_round(round_)
    if round_.state not in {RoundState.PLANNED, RoundState.OPEN}:
        raise RoundRefused(_("%(round)s is closed. Entries cannot come into it any more.", round=round_.title))
    before = round_before(round_)
    if before is not None and before.state is not RoundState.DECIDED:
        raise RoundRefused(
            _("%(round)s is not decided yet. Only then is it known which entries go on.", round=before.title)
        )
    removed = _remove_gone(round_) if round_.state is RoundState.PLANNED else 0
    ids = list(db.session.scalars(incoming_entries(round_, before)))
    if ids:
        db.session.execute(insert(RoundEntry), [{"round_id": round_.id, "entry_id": each} for each in ids])
        fill_order_of(round_)
    db.session.expire(round_, ["round_entries"])
    if ids or removed:
        changes = {"entries taken in": (None, len(ids)), "entries no longer admitted": (None, removed)}
        record("entries taken in", round_, actor=actor, now=now, scope=round_.scope, changes=changes)
    db.session.flush()
    return Taken(len(ids), removed)


def lock_round(round_: Round) -> None:
    """Read the round afresh and keep everybody else from changing it until the transaction ends."""
    db.session.refresh(round_, with_for_update={"of": Round, "key_share": True})


def require_planned(round_: Round) -> None:
    """Lock the round.

    Raises:
        RoundRefused: it was opened.
    """
    lock_round(round_)
    if round_.state is not RoundState.PLANNED:
        raise RoundRefused(
            _("%(round)s was opened. Its rules stay as its judges and entrants know them.", round=round_.title)
        )


def _remove_gone(round_: Round) -> int:
    gone = select(Entry.id).where(
        Entry.id == RoundEntry.entry_id, RoundEntry.round_id == round_.id, Entry.state != "admitted"
    )
    ids = list(db.session.scalars(gone))
    if ids:
        db.session.execute(
            delete(Assignment).where(
                Assignment.round_id == round_.id,
                Assignment.entry_id.in_(ids),
                Assignment.state == AssignmentState.PLANNED,
            )
        )
        db.session.execute(
            delete(RoundEntry).where(RoundEntry.round_id == round_.id, RoundEntry.entry_id.in_(ids)),
        )
    return len(ids)


def _check(details: RoundDetails) -> None:
    if details.closes_at <= details.opens_at:
        raise RoundRefused(_("The round closes before it opens."), field="closes_at")
    if details.judges_per_entry < 1:
        raise RoundRefused(_("Every entry needs at least one judge."), field="judges_per_entry")
    if details.at_most_of_economy is not None and details.at_most_of_economy < 1:
        raise RoundRefused(
            _("At least one judge of an economy must be allowed on a panel."), field="at_most_of_economy"
        )
    cut = details.cut
    if cut.threshold is not None and not 0 <= cut.threshold <= 100:
        raise RoundRefused(_("A total lies between 0 and 100."), field="threshold")
    if cut.per_category and cut.top is None:
        raise RoundRefused(_("Say how many go on in each category."), field="top")
    if cut.per_economy and cut.top is None:
        raise RoundRefused(_("Say how many go on of each economy."), field="top")
    if cut.per_economy and cut.per_category:
        raise RoundRefused(_("So many in each category or of each economy, not both."), field="per_economy")
    cap, own = details.at_most_of_economy, details.economy_policy is EconomyPolicy.ONLY
    if own and cap is not None and cap < details.judges_per_entry:
        raise RoundRefused(
            "Judges of one economy alone sit here, so a panel cannot be mixed.", field="at_most_of_economy"
        )


def _check_adds(details: RoundDetails, *, number: int) -> None:
    adds = details.adds
    if adds is None:
        return
    if not 1 <= adds.round < number:
        raise RoundRefused(_("Choose a round before this one."), field="adds_round")
    if min(adds.points, adds.own) <= 0:
        raise RoundRefused(_("Both rounds must be worth something."), field="adds_points")
    if details.method not in METHODS:
        raise RoundRefused(_("This method makes no total to which another could be added."), field="method")


def _values(details: RoundDetails) -> dict[str, Any]:
    values = {each.name: getattr(details, each.name) for each in fields(details)}
    adds = details.adds.to_json() if details.adds else {}
    return {**values, "blind": list(details.blind), "cut": details.cut.to_json(), "adds": adds}


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, datetime) else value
