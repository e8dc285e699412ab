"""The cut: who goes on, and why each one does or does not."""

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from gtn_events.competition.results.cut import Candidate, CutRule, Reason, Verdict, cut, rule_from


def ranking(*economies: str, **categories: str) -> list[Candidate]:
    """Return a ranking of entries A, B, C ... with totals 90, 89, 88 ..."""
    return [
        Candidate(key, Decimal(90 - number), economy, tuple(categories.get(key, "").split()))
        for number, (key, economy) in enumerate(zip("ABCDEFGH", economies, strict=False))
    ]


def reasons(found: tuple[Verdict, ...]) -> str:
    return " ".join(f"{verdict.key}:{verdict.reason}" for verdict in found)


def test_first_n_go_on_and_the_next_are_in_reserve() -> None:
    found = cut(ranking("VN", "PE", "TH", "ID", "JP"), CutRule(places=2, reserves=2))
    assert found == (
        Verdict("A", Reason.PLACE, number=1),
        Verdict("B", Reason.PLACE, number=2),
        Verdict("C", Reason.RESERVE, number=1),
        Verdict("D", Reason.RESERVE, number=2),
        Verdict("E", Reason.PLACES_FULL, number=2),
    )


def test_third_entry_of_an_economy_is_passed_over() -> None:
    found = cut(ranking("VN", "VN", "VN", "PE", "VN", "TH"), CutRule(places=3, per_economy=2, reserves=1))
    assert found[2] == Verdict("C", Reason.ECONOMY_FULL, "VN", 2)
    assert reasons(found) == "A:place B:place C:economy-full D:place E:economy-full F:reserve"


def test_host_economy_may_have_more() -> None:
    found = cut(ranking("ID", "ID", "ID", "PE", "PE"), CutRule(per_economy=1, economy_limits={"ID": 2}))
    assert [verdict.reason.is_in for verdict in found] == [True, True, False, True, False]


def test_threshold_holds_even_where_places_are_left() -> None:
    found = cut(ranking("VN", "PE", "TH"), CutRule(places=3, threshold=Decimal(89)))
    assert reasons(found) == "A:place B:place C:below-threshold"
    assert cut(ranking("VN"), CutRule(threshold=Decimal(89)))[0].reason is Reason.ABOVE_THRESHOLD


def test_entry_takes_a_place_in_its_first_category_that_has_one() -> None:
    entries = ranking("VN", "PE", "TH", "ID", "JP", A="water energy", B="water", C="water", D="energy", E="land")
    found = cut(entries, CutRule(category_places={"water": 1, "energy": 1}, reserves=1))
    assert [(verdict.key, verdict.reason, verdict.detail) for verdict in found] == [
        ("A", Reason.CATEGORY_PLACE, "water"),
        ("B", Reason.RESERVE, "water"),
        ("C", Reason.CATEGORY_FULL, "water"),
        ("D", Reason.CATEGORY_PLACE, "energy"),
        ("E", Reason.CATEGORY_FULL, "land"),
    ]


def test_withdrawal_is_simulated_by_cutting_again_without_it() -> None:
    rule = CutRule(places=2, per_economy=1, reserves=1)
    entries = ranking("VN", "PE", "VN", "TH")
    assert reasons(cut(entries, rule)) == "A:place B:place C:economy-full D:reserve"
    assert reasons(cut(entries[1:], rule)) == "B:place C:place D:reserve"


@settings(deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(["VN", "PE", "TH"]), st.integers(0, 9)), max_size=8),
    st.integers(0, 5),
    st.integers(1, 3),
    st.integers(0, 9),
)
def test_rule_is_kept_and_nobody_is_left_out_without_reason(
    entries: list[tuple[str, int]], places: int, per_economy: int, threshold: int
) -> None:
    ordered = sorted(entries, key=lambda entry: -entry[1])
    candidates = [Candidate(str(number), Decimal(total), code) for number, (code, total) in enumerate(ordered)]
    found = cut(candidates, CutRule(places=places, threshold=Decimal(threshold), per_economy=per_economy))
    taken = [each for each, verdict in zip(candidates, found, strict=True) if verdict.reason.is_in]
    of_economy = {code: sum(each.economy == code for each in taken) for code in ("VN", "PE", "TH")}
    assert len(taken) <= places
    assert all(each.total >= threshold for each in taken)
    assert all(count <= per_economy for count in of_economy.values())
    for each, verdict in zip(candidates, found, strict=True):
        assert verdict.reason is not Reason.PLACES_FULL or len(taken) == places
        assert verdict.reason is not Reason.ECONOMY_FULL or of_economy[each.economy] == per_economy


def test_so_many_of_each_economy_go_on_and_each_has_its_own_reserves() -> None:
    rule = rule_from({"top": 2, "per_economy": True, "reserve": 1}, ())
    found = cut(ranking("VN", "VN", "VN", "PE", "VN", "PE"), rule)
    assert found == (
        Verdict("A", Reason.ECONOMY_PLACE, "VN", 1),
        Verdict("B", Reason.ECONOMY_PLACE, "VN", 2),
        Verdict("C", Reason.RESERVE_OF_ECONOMY, "VN", 1),
        Verdict("D", Reason.ECONOMY_PLACE, "PE", 1),
        Verdict("E", Reason.ECONOMY_FULL, "VN", 2),
        Verdict("F", Reason.ECONOMY_PLACE, "PE", 2),
    )


def test_rule_is_read_from_what_a_round_publishes() -> None:
    published = {"top": 3, "threshold": "62.50", "per_category": True, "at_most_per_economy": 2, "reserve": 1}
    assert rule_from(published, ["energy", "water"]) == CutRule(
        threshold=Decimal("62.50"), category_places={"energy": 3, "water": 3}, per_economy=2, reserves=1
    )
    assert rule_from({"top": 3}, ["energy"]) == CutRule(places=3)
