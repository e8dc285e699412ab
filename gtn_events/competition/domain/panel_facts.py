"""Everything that an assignment of a round looks at, as plain values: entries, judges, conflicts and seats."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from flask_babel import gettext as _
from sqlalchemy import select

from gtn_events.core.db import db

from ..enums import AssignmentState, ConflictSource, ConflictState, EconomyPolicy, EntryState, JudgeState
from ..errors import RoundRefused
from ..models import (
    Assignment,
    CompetitionCategory,
    Conflict,
    Entry,
    EntryCategory,
    EntryMember,
    Judge,
    Round,
    RoundEntry,
)

Pair = tuple[int, int]
"""The id of an entry and the id of a judge."""

BEGUN = frozenset({AssignmentState.STARTED, AssignmentState.SUBMITTED})


@dataclass(frozen=True, kw_only=True)
class EntryFact:
    """An entry of the round; ``topics`` are keys of its categories, ``economies`` those of firm and partners."""

    id: int
    reference: str
    title: str
    economy_code: str
    economies: frozenset[str]
    topics: frozenset[str]
    languages: frozenset[str]


@dataclass(frozen=True, kw_only=True)
class JudgeFact:
    """A judge; one who left is known only by what they submitted, and takes nothing more."""

    id: int
    number: int
    name: str
    economy_code: str | None
    topics: frozenset[str]
    languages: frozenset[str]
    most: int
    active: bool


@dataclass(frozen=True, kw_only=True)
class SeatFact:
    """A seat on a panel."""

    id: int
    entry_id: int
    judge_id: int
    state: AssignmentState
    anchor: bool

    @property
    def pair(self) -> Pair:
        """Entry and judge."""
        return self.entry_id, self.judge_id

    @property
    def begun(self) -> bool:
        """True when a scorecard was started: nobody but the judge gives it up."""
        return self.state in BEGUN


@dataclass(frozen=True, kw_only=True)
class EconomyLoad:
    """What the judges of one economy hold together; ``panels`` is on how many entries' panels they sit."""

    code: str
    judges: int
    seats: int
    most: int
    panels: int


@dataclass(frozen=True, kw_only=True)
class PanelFacts:
    """A round as its assignment sees it.

    Args:
        demand: judges for each entry.
        cap: most judges of one economy on a panel; None for no limit.
        forbidden: pairs with a conflict of interest, or of two economies where only the own one may judge.
        own_only: only judges of the entry's own economy may sit.
        seats: those that count, in the order in which they were given.
    """

    demand: int
    cap: int | None
    entries: dict[int, EntryFact]
    judges: dict[int, JudgeFact]
    forbidden: frozenset[Pair]
    own_only: bool
    seats: tuple[SeatFact, ...]

    @cached_property
    def panels(self) -> dict[int, list[SeatFact]]:
        """The seats of each entry."""
        found: dict[int, list[SeatFact]] = {entry_id: [] for entry_id in self.entries}
        for seat in self.seats:
            found[seat.entry_id].append(seat)
        return found

    @cached_property
    def loads(self) -> Counter[int]:
        """How many seats each judge holds."""
        return Counter(seat.judge_id for seat in self.seats)

    @cached_property
    def short(self) -> list[int]:
        """The entries that lack a judge."""
        return [entry_id for entry_id, panel in self.panels.items() if len(panel) < self.demand]

    @cached_property
    def economies(self) -> list[EconomyLoad]:
        """The judges by economy, most seats first; those without an economy under an empty code."""
        by_code: dict[str, list[JudgeFact]] = defaultdict(list)
        for judge in self.judges.values():
            by_code[judge.economy_code or ""].append(judge)
        panels: dict[str, set[int]] = defaultdict(set)
        for seat in self.seats:
            panels[self.judges[seat.judge_id].economy_code or ""].add(seat.entry_id)
        loads = [
            EconomyLoad(
                code=code,
                judges=len(judges),
                seats=sum(self.loads[each.id] for each in judges),
                most=sum(each.most for each in judges),
                panels=len(panels[code]),
            )
            for code, judges in by_code.items()
        ]
        return sorted(loads, key=lambda each: (-each.seats, each.code))

    @property
    def parts(self) -> int:
        """Into how many groups the judges fall that share no entry; 1 means that all can be compared."""
        root = {judge_id: judge_id for judge_id in self.loads}

        def top(judge_id: int) -> int:
            while root[judge_id] != judge_id:
                root[judge_id] = judge_id = root[root[judge_id]]
            return judge_id

        for panel in self.panels.values():
            for seat in panel[1:]:
                root[top(seat.judge_id)] = top(panel[0].judge_id)
        return len({top(judge_id) for judge_id in root})


def panel_facts(round_: Round) -> PanelFacts:
    """Return the facts of a round, in six queries whatever its size.

    Seats that a conflict forbids do not count: a submitted scorecard there keeps its place in the
    chain, but the entry gets another judge.
    """
    entries = _entries(round_)
    seats = _seats(round_)
    judges = _judges(round_, {seat.judge_id for seat in seats})
    forbidden = _forbidden(round_, entries.values(), judges.values())
    counted = tuple(
        seat for seat in seats if seat.entry_id in entries and seat.judge_id in judges and seat.pair not in forbidden
    )
    held = Counter(seat.judge_id for seat in counted)
    known = {each.id: each for each in judges.values() if each.active or held[each.id]}
    return PanelFacts(
        demand=round_.judges_per_entry,
        cap=round_.at_most_of_economy,
        entries=entries,
        judges=known,
        forbidden=forbidden,
        own_only=round_.economy_policy is EconomyPolicy.ONLY,
        seats=counted,
    )


def require_both_sides(facts: PanelFacts) -> None:
    """Raise ``RoundRefused`` when there is nothing to read or nobody to read it."""
    if not facts.entries:
        raise RoundRefused(_("No entry is in this round yet. Take the entries in first."))
    if not any(judge.active for judge in facts.judges.values()):
        raise RoundRefused(_("No judge has accepted yet. Invite judges first."))


def _entries(round_: Round) -> dict[int, EntryFact]:
    inside = select(RoundEntry.entry_id).where(RoundEntry.round_id == round_.id)
    statement = (
        select(Entry.id, Entry.reference, Entry.title, Entry.economy_code, Entry.languages)
        .where(Entry.id.in_(inside), Entry.state == EntryState.ADMITTED)
        .order_by(Entry.id)
    )
    rows = db.session.execute(statement).all()
    categories = (
        select(EntryCategory.entry_id, CompetitionCategory.key)
        .join(CompetitionCategory, CompetitionCategory.id == EntryCategory.category_id)
        .where(EntryCategory.entry_id.in_(inside))
    )
    topics: dict[int, set[str]] = defaultdict(set)
    for entry_id, key in db.session.execute(categories):
        topics[entry_id].add(key)
    partners: dict[int, set[str]] = defaultdict(set)
    members = select(EntryMember.entry_id, EntryMember.economy_code).where(
        EntryMember.entry_id.in_(inside), EntryMember.economy_code.is_not(None)
    )
    for entry_id, code in db.session.execute(members):
        partners[entry_id].add(code or "")
    return {
        entry_id: EntryFact(
            id=entry_id,
            reference=reference,
            title=title,
            economy_code=economy,
            economies=frozenset({economy, *partners[entry_id]}),
            topics=frozenset(topics[entry_id]),
            languages=frozenset(languages),
        )
        for entry_id, reference, title, economy, languages in rows
    }


def _seats(round_: Round) -> list[SeatFact]:
    kept = [state for state in AssignmentState if state.is_seat]
    statement = (
        select(Assignment.id, Assignment.entry_id, Assignment.judge_id, Assignment.state, Assignment.anchor)
        .where(Assignment.round_id == round_.id, Assignment.state.in_(kept))
        .order_by(Assignment.id)
    )
    return [
        SeatFact(id=seat_id, entry_id=entry_id, judge_id=judge_id, state=state, anchor=anchor)
        for seat_id, entry_id, judge_id, state, anchor in db.session.execute(statement)
    ]


def _judges(round_: Round, seated: set[int]) -> dict[int, JudgeFact]:
    statement = select(Judge).where(Judge.competition_id == round_.competition_id).order_by(Judge.number)
    return {
        judge.id: JudgeFact(
            id=judge.id,
            number=judge.number,
            name=judge.name,
            economy_code=judge.economy_code,
            topics=frozenset(judge.topics),
            languages=frozenset(judge.languages),
            most=judge.max_load if judge.state is JudgeState.ACCEPTED else 0,
            active=judge.state is JudgeState.ACCEPTED,
        )
        for judge in db.session.scalars(statement)
        if judge.state is JudgeState.ACCEPTED or judge.id in seated
    }


def _forbidden(round_: Round, entries: Iterable[EntryFact], judges: Iterable[JudgeFact]) -> frozenset[Pair]:
    """Return the pairs that conflicts or economies forbid.

    The own economy as this round says: forbidden unless it was dismissed, allowed, or the only one that may judge.
    """
    own_economy = round_.economy_policy is EconomyPolicy.FORBID
    statement = (
        select(Conflict.entry_id, Conflict.judge_id, Conflict.source, Conflict.state)
        .join(Judge, Judge.id == Conflict.judge_id)
        .where(Judge.competition_id == round_.competition_id)
    )
    forbidden: set[Pair] = set()
    dismissed: set[Pair] = set()
    for entry_id, judge_id, source, state in db.session.execute(statement):
        if source is ConflictSource.ECONOMY and state is ConflictState.DISMISSED:
            dismissed.add((entry_id, judge_id))
        elif state.forbids and (
            own_economy or source is not ConflictSource.ECONOMY or state is ConflictState.CONFIRMED
        ):
            forbidden.add((entry_id, judge_id))
    if own_economy:
        by_economy: dict[str, list[int]] = defaultdict(list)
        for judge in judges:
            by_economy[judge.economy_code or ""].append(judge.id)
        same = {(entry.id, judge_id) for entry in entries for code in entry.economies for judge_id in by_economy[code]}
        forbidden |= same - dismissed
    if round_.economy_policy is EconomyPolicy.ONLY:
        sitting = list(judges)
        forbidden |= {(e.id, j.id) for e in entries for j in sitting if j.economy_code != e.economy_code}
    return frozenset(forbidden)
