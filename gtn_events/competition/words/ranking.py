"""How what a ranking stores reads on a page: steps, reasons, notices and patterns, in the reader's language."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from flask_babel import gettext as _

from gtn_events.core.marking import N_

from ..domain.decisions import NOT_RANKED
from ..enums import Standing
from ..results.cut import Reason
from ..results.integrity.findings import SENTENCES as REQUESTS
from ..results.integrity.findings import Pattern
from ..results.notices import SENTENCES as NOTICES
from ..results.notices import NoticeCode

# Marked and looked up one by one: a page of many rows must not translate every sentence for each of them.
REASONS = {
    Reason.PLACE.value: N_("Place %(number)s of those that go on."),
    Reason.CATEGORY_PLACE.value: N_("Place %(number)s of those that go on in the category %(detail)s."),
    Reason.ECONOMY_PLACE.value: N_("Place %(number)s of those of its economy that go on."),
    Reason.ABOVE_THRESHOLD.value: N_("The total reaches what the rule asks for."),
    Reason.RESERVE.value: N_("Number %(number)s of the reserve list."),
    Reason.RESERVE_OF_ECONOMY.value: N_("Number %(number)s of the reserve list of its economy."),
    Reason.BELOW_THRESHOLD.value: N_("The total is below what the rule asks for."),
    Reason.ECONOMY_FULL.value: N_("The places of the economy (%(number)s) were taken by entries that stand higher."),
    Reason.PLACES_FULL.value: N_("The %(number)s places were taken by entries that stand higher."),
    Reason.CATEGORY_FULL.value: N_("The places of the category were taken by entries that stand higher."),
    NOT_RANKED: N_("No scorecard counts for this entry, or it was withdrawn."),
}
PLACED = {
    Reason.PLACE.value: N_("Place %(number)s."),
    Reason.CATEGORY_PLACE.value: N_("Place %(number)s of the category %(detail)s."),
    Reason.ECONOMY_PLACE.value: N_("Place %(number)s of its economy."),
}
PATTERNS = {
    Pattern.SEVERITY.value: N_("severity"),
    Pattern.AGREEMENT.value: N_("agreement with others"),
    Pattern.STRAIGHT_LINING.value: N_("one level for all criteria"),
    Pattern.HALO.value: N_("criteria that go together"),
    Pattern.DRIFT.value: N_("change over time"),
    Pattern.HOME_ECONOMY.value: N_("own economy"),
}
STEPS = {
    "head-to-head": N_("judges who scored both"),
    "criterion": N_("the criterion %(criterion)s"),
    "first-places": N_("the number of first places"),
    "chair": N_("the chair’s vote"),
    "lot": N_("lot"),
}


def step_of_ladder(decided_by: str, criteria: Mapping[str, str]) -> str:
    """Return a step of the tie ladder as words, from what a ranking stores.

    Args:
        criteria: the labels of the criteria by their keys.
    """
    step, _colon, key = decided_by.partition(":")
    return _(STEPS[step], criterion=criteria.get(key, key))


def name_of_standing(standing: Standing, *, last: bool) -> str:
    """Return how an entry left a round; from the last round nothing goes on, so there it is placed or not."""
    if last and standing in {Standing.ADVANCED, Standing.OUT}:
        return _("Placed") if standing is Standing.ADVANCED else _("Not placed")
    return _(standing.label)


def words_of_tie_step(decided_by: str, criteria: Mapping[str, str]) -> str:
    """Return what told an entry from the one above, with the same total, in a sentence; empty where the totals did."""
    if not decided_by:
        return ""
    step = step_of_ladder(decided_by, criteria)
    return _("It has the same total as the entry above it; what told them apart: %(step)s.", step=step)


def reason_of_standing(reason: str, number: int, detail: str, *, last: bool = False) -> str:
    """Return what the rule of a round said about an entry, in a sentence.

    Args:
        reason: as it is stored: a reason of the cut, or that the entry was not ranked; empty before a decision.
        number: the count or the limit that it names.
        detail: the name of the category that it names, if any.
        last: True for the last round, from which nothing goes on.
    """
    if not reason:
        return ""
    sentence = PLACED.get(reason, REASONS[reason]) if last else REASONS[reason]
    return _(sentence, number=number, detail=detail)


def name_of_pattern(pattern: str) -> str:
    """Return a pattern that the integrity officer is asked to review, in a word or two."""
    return _(PATTERNS[pattern])


def notices_of(facts: Mapping[str, Any]) -> list[str]:  # Any: as a version stores them
    """Return what a ranking says about itself, a sentence each."""
    return [_notice(each["code"], each["figures"]) for each in facts["notices"]]


def request_to_review(finding: Mapping[str, Any]) -> str:  # Any: as a version stores it
    """Return the sentence that asks the integrity officer for a look."""
    value, usual = Decimal(finding["value"] or 0), Decimal(finding["usual"] or 0)
    figures = {"value": value, "usual": usual, "share": 100 * value, "usual_share": 100 * usual}
    return _(REQUESTS[Pattern(finding["pattern"])]) % figures


def judge_name(number: int) -> str:
    """Return what a judge is called where names are not shown."""
    return _("Judge %(number)s", number=f"{number:02d}")


def _notice(code: str, figures: Mapping[str, Any]) -> str:  # Any: as above
    numbers = {key: Decimal(value) if key == "f" else value for key, value in figures.items()}
    return _(NOTICES[NoticeCode(code)]) % numbers
