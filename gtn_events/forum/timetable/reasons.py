"""Why a session found no place: the rule that binds."""

from collections import Counter

from .places import Board
from .problem import Rule, ToPlace, Unplaced

Reason = tuple[Rule, int | None]


def why_not(board: Board, session: ToPlace) -> Unplaced | None:
    """Return the rule that keeps a session out of everything that is left; None when a place is left.

    It is the rule that every place breaks; if there is none, the rule without which most places
    would be open; if no single one opens a place, the first that leaves none after those before it.
    """
    places = [board.broken(session, place) for place in board.every_place(session)]
    if not places:
        return Unplaced(session.id, Rule.LENGTH)
    if not all(places):
        return None
    rule, subject_id = _of_all(places) or _alone(places) or _first_that_empties(places)
    return Unplaced(session.id, rule, subject_id)


def _of_all(places: list[dict[Rule, int | None]]) -> Reason | None:
    for rule in Rule:
        if all(rule in broken for broken in places):
            return rule, _subject(rule, places)
    return None


def _alone(places: list[dict[Rule, int | None]]) -> Reason | None:
    opened = Counter(next(iter(broken)) for broken in places if len(broken) == 1)
    if not opened:
        return None
    order = list(Rule)
    rule = min(opened, key=lambda each: (-opened[each], order.index(each)))
    return rule, _subject(rule, [broken for broken in places if len(broken) == 1])


def _first_that_empties(places: list[dict[Rule, int | None]]) -> Reason:
    left = places
    for rule in Rule:
        kept = [broken for broken in left if rule not in broken]
        if left and not kept:
            return rule, _subject(rule, left)
        left = kept
    raise AssertionError("every place breaks a rule")


def _subject(rule: Rule, places: list[dict[Rule, int | None]]) -> int | None:
    """Return whom the rule is most often about."""
    subjects = Counter(broken[rule] for broken in places if broken.get(rule) is not None)
    return min(subjects, key=lambda each: (-subjects[each], each or 0)) if subjects else None
