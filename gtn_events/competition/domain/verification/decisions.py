"""Who goes on from a round, decided anew by the published rule."""

from collections.abc import Iterator
from decimal import Decimal

from ...enums import Standing
from ...results.cut import Candidate, Verdict, cut, rule_from
from ..decisions import NOT_RANKED, standing_of
from .check import Check, Json


def check_decision(results: Json, round_: Json) -> Check:
    """Say whether every standing is what the rule makes of the ranking, or another one with its reason."""
    name, rows = round_["title"], {row["entry"]: row for row in round_["decision"]["rows"]}
    left_out = {entry for entry, row in rows.items() if row["reason"] == NOT_RANKED}
    candidates = list(_candidates(round_, left_out))
    if len(rows) != len(round_["decision"]["rows"]) or rows.keys() != left_out | {each.key for each in candidates}:
        return Check(False, f"{name}: not every entry has one standing.")
    rule = rule_from(round_["cut"], results["competition"]["categories"])
    for verdict in cut(candidates, rule):
        if problem := _differs(rows[verdict.key], verdict):
            return Check(False, f"{name}: {problem}")
    if any(rows[entry]["standing"] != Standing.OUT.value for entry in left_out):
        return Check(False, f"{name}: an entry that was not ranked goes on.")
    going = sum(row["standing"] == Standing.ADVANCED.value for row in rows.values())
    apart = "".join(f" {row['entry']} departs from it: {row['departure']}" for row in rows.values() if row["departure"])
    return Check(
        True, f"{name}: decided anew by the published rule, {going} go on; {len(left_out)} were not ranked.{apart}"
    )


def check_came_on(results: Json, round_: Json) -> Check:
    """Say whether every entry of a round went on from the round before it in the file."""
    name, rounds = round_["title"], results["rounds"]
    before = rounds[rounds.index(round_) - 1]
    went_on = {row["entry"] for row in before["decision"]["rows"] if row["standing"] == Standing.ADVANCED.value}
    stray = [each["reference"] for each in round_["entries"] if each["reference"] not in went_on]
    if stray:
        return Check(False, f"{name}: {stray[0]} did not go on from {before['title']}.")
    return Check(True, f"{name}: every entry went on from {before['title']}.")


def _candidates(round_: Json, left_out: set[str]) -> Iterator[Candidate]:
    entries = {each["reference"]: each for each in round_["entries"]}
    for row in round_["ranking"]["rows"]:
        if row["entry"] not in left_out:
            entry = entries[row["entry"]]
            economy = "" if entry["economy"] is None else str(entry["economy"])
            yield Candidate(row["entry"], Decimal(row["total"]), economy, tuple(entry["categories"] or ()))


def _differs(row: Json, verdict: Verdict) -> str:
    detail = "" if verdict.reason.names_economy else verdict.detail
    if (row["reason"], row["number"], row["detail"]) != (verdict.reason.value, verdict.number, detail):
        return f"by the rule, {verdict.key} is {verdict.reason.value} {verdict.number}, not {row['reason']}."
    if row["standing"] != standing_of(verdict).value and not row["departure"].strip():
        return f"{verdict.key} departs from the rule without a reason."
    return ""
