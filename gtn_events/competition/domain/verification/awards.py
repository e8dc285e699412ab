"""Who wins which prize, by the rule of the prizes."""

from collections.abc import Iterator
from decimal import Decimal

from ...enums import AwardKind
from ...results.award_rule import Prize, winners_by_rule
from ...results.cut import Candidate
from .check import Check, Json


def check_awards(results: Json) -> Check:
    """Say whether every prize went where its rule names, or elsewhere with its reason."""
    prizes = [Prize(AwardKind(each["kind"]), each["category"] or "") for each in results["awards"]]
    ranking = list(_ranking(results["rounds"][-1]))
    apart, by_rule, free = "", 0, 0
    for award, prize, winner in zip(results["awards"], prizes, winners_by_rule(prizes, ranking), strict=True):
        if award["entry"] is None:
            continue
        if award["entry"] not in {each.key for each in ranking}:
            return Check(False, f"{award['label']} goes to an entry that did not stand in the last round.")
        if not prize.has_rule:
            free += 1
        elif award["entry"] == winner:
            by_rule += 1
        elif not award["departure"].strip():
            return Check(False, f"{award['label']} goes to {award['entry']} and not to {winner}, without a reason.")
        else:
            apart += f" {award['label']} departs from it: {award['departure']}"
    return Check(True, f"Prizes that go where their rule names: {by_rule}; the jury's own choice: {free}.{apart}")


def _ranking(round_: Json) -> Iterator[Candidate]:
    entries = {each["reference"]: each for each in round_["entries"]}
    for row in round_["ranking"]["rows"]:
        entry = entries[row["entry"]]
        if entry["live"]:
            yield Candidate(row["entry"], Decimal(row["total"]), "", tuple(entry["categories"] or ()))
