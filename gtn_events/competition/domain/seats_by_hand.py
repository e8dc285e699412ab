"""Small repairs of an assignment by hand: what a change would break and cost, and who could sit instead.

The prices are those of ``competition.assignment``, whose arrays a web process does not load; a test
holds both to the same figures.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from .panel_facts import EntryFact, JudgeFact, Pair, PanelFacts, SeatFact

UNIT = 1000
STEPS = 64
BALANCE = 0.5
STAY_BONUS = 0.5
TOPICS_SHARE = 0.7
MOST_SHOWN = 10


@dataclass(frozen=True)
class Substitute:
    """A judge who could take a seat without breaking a rule; ``cost`` is in thousandths of a full fit."""

    judge: JudgeFact
    fit: float
    cost: int


@dataclass(frozen=True)
class Swap:
    """Another entry's seat whose judge could change places with this one."""

    entry: EntryFact
    judge: JudgeFact
    cost: int


@dataclass(frozen=True)
class Move:
    """Another entry that a judge could read instead; ``lacking`` is how many judges it lacks."""

    entry: EntryFact
    lacking: int
    cost: int


def fit_between(entry: EntryFact, judge: JudgeFact) -> float:
    """Return how well a judge fits an entry, 0 to 1: the share of its fields they know, and a language they read."""
    topics = len(entry.topics & judge.topics) / len(entry.topics) if entry.topics else 1.0
    language = 1.0 if not entry.languages or entry.languages & judge.languages else 0.0
    return TOPICS_SHARE * topics + (1 - TOPICS_SHARE) * language


def refusals(facts: PanelFacts, *, give_up: Sequence[SeatFact] = (), take: Sequence[Pair] = ()) -> list[str]:
    """Return in a sentence each what a change would break; empty when it breaks nothing."""
    gone = {seat.pair for seat in give_up}
    loads = facts.loads - Counter(judge_id for _entry, judge_id in gone)
    found = [
        _(
            "%(judge)s has begun to score %(entry)s.",
            judge=facts.judges[seat.judge_id].name,
            entry=facts.entries[seat.entry_id].title,
        )
        for seat in give_up
        if seat.begun
    ]
    loads.update(judge_id for _entry, judge_id in take)
    for entry_id, judge_id in take:
        entry, judge = facts.entries[entry_id], facts.judges[judge_id]
        panel = [seat for seat in facts.panels[entry_id] if seat.pair not in gone]
        if facts.own_only and judge.economy_code != entry.economy_code:
            found.append(
                _(
                    "Only judges of its own economy may judge %(entry)s; %(judge)s is of another one.",
                    entry=entry.title,
                    judge=judge.name,
                )
            )
        elif (entry_id, judge_id) in facts.forbidden:
            found.append(_("%(judge)s has a conflict of interest with %(entry)s.", judge=judge.name, entry=entry.title))
        if any(seat.judge_id == judge_id for seat in panel):
            found.append(_("%(judge)s is on the panel of %(entry)s already.", judge=judge.name, entry=entry.title))
        if not judge.active or loads[judge_id] > judge.most:
            found.append(_("%(judge)s reads at most %(most)s entries.", judge=judge.name, most=judge.most))
        if _is_full(facts, panel, judge):
            found.append(
                _(
                    "The panel of %(entry)s would have more than %(cap)s of one economy.",
                    entry=entry.title,
                    cap=facts.cap,
                )
            )
    return found


def substitutes(facts: PanelFacts, entry_id: int, *, instead_of: SeatFact | None = None) -> list[Substitute]:
    """Return who could take a seat of an entry, cheapest first: a further one, or that of a judge.

    The cost is what the change adds; it is negative when the substitute fits better.
    """
    gone = [instead_of] if instead_of else []
    rest = [seat for seat in facts.panels[entry_id] if seat not in gone]
    there = {seat.judge_id for seat in facts.panels[entry_id]}
    saved = sum(seat_cost(facts, seat.pair) + _last_load(facts, seat.judge_id) for seat in gone)
    found = [
        Substitute(
            judge,
            fit_between(facts.entries[entry_id], judge),
            seat_cost(facts, (entry_id, judge.id)) + _next_load(facts, judge.id) - saved,
        )
        for judge in facts.judges.values()
        if judge.active
        and judge.id not in there
        and (entry_id, judge.id) not in facts.forbidden
        and facts.loads[judge.id] < judge.most
        and not _is_full(facts, rest, judge)
    ]
    return sorted(found, key=lambda each: (each.cost, each.judge.number))[:MOST_SHOWN]


def swaps(facts: PanelFacts, seat: SeatFact) -> list[Swap]:
    """Return with whom a judge could change places without breaking a rule, cheapest first; loads stay as they are."""
    found = []
    for other in facts.seats:
        if other.begun or other.judge_id == seat.judge_id or other.entry_id == seat.entry_id:
            continue
        take = [(seat.entry_id, other.judge_id), (other.entry_id, seat.judge_id)]
        if _may_sit(facts, other.judge_id, instead_of=seat) and _may_sit(facts, seat.judge_id, instead_of=other):
            cost = sum(seat_cost(facts, pair) for pair in take)
            cost -= seat_cost(facts, seat.pair) + seat_cost(facts, other.pair)
            found.append(Swap(facts.entries[other.entry_id], facts.judges[other.judge_id], cost))
    return sorted(found, key=lambda each: (each.cost, each.entry.id, each.judge.number))[:MOST_SHOWN]


def moves(facts: PanelFacts, seat: SeatFact) -> list[Move]:
    """Return to which entries a judge's seat could move without breaking a rule; those that lack a judge first."""
    judge = facts.judges[seat.judge_id]
    if not judge.active or facts.loads[judge.id] > judge.most:
        return []
    found = [
        Move(
            entry,
            max(facts.demand - len(facts.panels[entry.id]), 0),
            seat_cost(facts, (entry.id, judge.id)) - seat_cost(facts, seat.pair),
        )
        for entry in facts.entries.values()
        if (entry.id, judge.id) not in facts.forbidden
        and all(each.judge_id != judge.id for each in facts.panels[entry.id])
        and not _is_full(facts, facts.panels[entry.id], judge)
    ]
    return sorted(found, key=lambda each: (-each.lacking, each.cost, each.entry.id))[:MOST_SHOWN]


def bench(facts: PanelFacts) -> list[JudgeFact]:
    """Return the judges who could read more, those with the most places left first."""
    free = [judge for judge in facts.judges.values() if judge.active and facts.loads[judge.id] < judge.most]
    return sorted(free, key=lambda judge: (facts.loads[judge.id] - judge.most, judge.number))


def seat_cost(facts: PanelFacts, pair: Pair) -> int:
    """Return what a seat costs in thousandths of a full fit: the fit that is missing, less the bonus for staying."""
    entry_id, judge_id = pair
    fit = fit_between(facts.entries[entry_id], facts.judges[judge_id])
    stays = any(seat.judge_id == judge_id and not seat.begun for seat in facts.panels[entry_id])
    return round((1.0 - fit) * UNIT) - round(STAY_BONUS * UNIT) * stays


def load_cost(load: int, most: int) -> int:
    """Return what a judge's load costs: each step towards the most makes one more entry dearer."""
    prices = [round(BALANCE * UNIT * step / STEPS) for step in range(STEPS + 1)]
    bounds = [-(-step * most // STEPS) for step in range(STEPS + 1)]
    within = sum(
        price * min(max(load - low, 0), high - low)
        for price, low, high in zip(prices, bounds, bounds[1:], strict=False)
    )
    return within + prices[-1] * max(load - most, 0)


def _next_load(facts: PanelFacts, judge_id: int) -> int:
    load, most = facts.loads[judge_id], facts.judges[judge_id].most
    return load_cost(load + 1, most) - load_cost(load, most)


def _last_load(facts: PanelFacts, judge_id: int) -> int:
    load, most = facts.loads[judge_id], facts.judges[judge_id].most
    return load_cost(load, most) - load_cost(load - 1, most)


def _may_sit(facts: PanelFacts, judge_id: int, *, instead_of: SeatFact) -> bool:
    """Say whether a judge who gives a seat up elsewhere may take this one; their load stays as it is."""
    judge, panel = facts.judges[judge_id], facts.panels[instead_of.entry_id]
    return (
        judge.active
        and facts.loads[judge_id] <= judge.most
        and (instead_of.entry_id, judge_id) not in facts.forbidden
        and all(seat.judge_id != judge_id for seat in panel)
        and not _is_full(facts, [seat for seat in panel if seat != instead_of], judge)
    )


def _is_full(facts: PanelFacts, panel: Sequence[SeatFact], judge: JudgeFact) -> bool:
    if facts.cap is None or judge.economy_code is None:
        return False
    same = sum(facts.judges[seat.judge_id].economy_code == judge.economy_code for seat in panel)
    return same >= facts.cap
