"""A round of a file of results: its lot, chain, totals and ranking, computed anew."""

from decimal import Decimal
from typing import Any

from ...enums import AudiencePoints, Method
from ...models import Criterion
from ...results.added import NOTHING_ADDED, Added, added_from
from ...results.audience import Audience
from ...results.ladder_steps import Step
from ...results.lot import keeps_promise
from ...results.ranking import compute_ranking
from ...results.ranking_records import Card, Ranked, RankingTask
from ..chain import Link, verify_chain
from ..totals import weighted_total
from .check import Check, Json


def check_lot(round_: Json) -> Check:
    """Say whether the lot's seed is the one that was promised."""
    promised = keeps_promise(round_["lot"]["seed"], round_["lot"]["commitment"])
    return Check(promised, f"{round_['title']}: the lot seed is the one promised.")


def check_chain(round_: Json) -> Check:
    """Say whether the chain of scorecards holds from the first version to the head."""
    name = round_["title"]
    links, before = [], ""
    for card in round_["scorecards"]:
        links.append(Link(card["content"]["position"], card["content"], before, card["sha256"]))
        before = card["sha256"]
    chain = round_["chain"]
    broken = verify_chain(links, head=chain["head"], length=chain["length"])
    if broken is not None:
        return Check(False, f"{name}: the chain breaks at scorecard {broken.position}: {broken.text}.")
    return Check(True, f"{name}: the chain of {chain['length']} scorecards holds.")


def check_totals(round_: Json) -> Check:
    """Say whether every total is that of its points and weights."""
    name = round_["title"]
    rubrics = {each["id"]: [_criterion(one) for one in each["criteria"]] for each in round_["rubrics"]}
    wrong = [
        card["content"]["position"]
        for card in round_["scorecards"]
        if weighted_total(rubrics[card["content"]["rubric"]], card["content"]["scores"])
        != Decimal(card["content"]["total"])
    ]
    if wrong:
        return Check(False, f"{name}: the total of scorecard {wrong[0]} is not that of its points.")
    return Check(True, f"{name}: every total is that of its points and weights.")


def check_counted(round_: Json) -> Check:
    """Say whether each scorecard that counts is the newest version of its seat."""
    name = round_["title"]
    seats = {seat: (entry, judge) for seat, entry, judge in round_["seats"]}
    newest = {card["content"]["assignment"]: card["content"]["position"] for card in round_["scorecards"]}
    for card in round_["scorecards"]:
        content = card["content"]
        if seats.get(content["assignment"]) != (card["entry"], card["judge"]):
            return Check(False, f"{name}: scorecard {content['position']} belongs to another seat.")
        if card["counts"] and newest[content["assignment"]] != content["position"]:
            return Check(False, f"{name}: scorecard {content['position']} counts, but a newer version stands.")
        if card["counts"] == bool(card["left_out"]):
            return Check(False, f"{name}: scorecard {content['position']} is left out without a word.")
        if (card["left_out"] == "superseded") and newest[content["assignment"]] == content["position"]:
            return Check(False, f"{name}: no newer version stands than scorecard {content['position']}.")
    count = sum(card["counts"] for card in round_["scorecards"])
    excluded = sum(card["left_out"] == "excluded" for card in round_["scorecards"])
    return Check(
        True, f"{name}: {count} scorecards count, each the newest version of its seat; two persons excluded {excluded}."
    )


def check_ranking(results: Json, round_: Json) -> Check:
    """Say whether the ranking is what its method makes of the scorecards, and of the round whose total is added."""
    name = round_["title"]
    ranking, criteria = round_["ranking"], round_["rubrics"][-1]["criteria"]
    cards = [
        Card(card["entry"], card["judge"], Decimal(card["content"]["total"]), card["content"]["scores"])
        for card in round_["scorecards"]
        if card["counts"]
    ]
    task = RankingTask(
        method=Method(ranking["method"]),
        entries=sorted(each["reference"] for each in round_["entries"]),
        cards=cards,
        criteria=tuple(each["key"] for each in sorted(criteria, key=lambda each: -Decimal(each["weight"]))),
        seed=round_["lot"]["seed"],
        chair=tuple(ranking["chair"]),
        places=ranking["places"],
        steps=tuple(Step(each) for each in ranking["steps"]),
        audience=_audience(ranking.get("audience")),
        added=_added(results, round_),
    )
    made = compute_ranking(task)
    computed = [_as_in_file(row) for row in made.rows]
    differing = next((row["rank"] for row, other in zip(ranking["rows"], computed, strict=True) if row != other), None)
    if differing is not None:
        return Check(False, f"{name}: computed anew, the ranking differs at rank {differing}.")
    if made.facts.get("audience") != ranking.get("audience"):
        return Check(False, f"{name}: computed anew, what jury and audience gave differs.")
    return Check(
        True, f"{name}: computed anew by the method {ranking['method']}, all {len(computed)} places are the same."
    )


def _audience(kept: Json | None) -> Audience | None:
    return Audience(kept["weight"], AudiencePoints(kept["points"]), kept["votes"]) if kept else None


def _added(results: Json, round_: Json) -> Added:
    adds = round_["adds"]
    if not adds:
        return NOTHING_ADDED
    (earlier,) = (each for each in results["rounds"] if each["number"] == adds["round"] < round_["number"])
    totals = {row["entry"]: Decimal(row["total"]) for row in earlier["ranking"]["rows"]}
    return added_from(adds, {row["entry"]: totals[row["entry"]] for row in round_["ranking"]["rows"]})


def _criterion(one: Json) -> Criterion:
    return Criterion(key=one["key"], weight=Decimal(one["weight"]), lowest=one["lowest"], highest=one["highest"])


def _as_in_file(row: Ranked) -> dict[str, Any]:
    return {
        "entry": row.key,
        "rank": row.rank,
        "raw_rank": row.raw_rank,
        "raw_mean": f"{row.raw_mean:f}",
        "total": f"{row.total:f}",
        "standard_error": f"{row.standard_error:f}" if row.standard_error is not None else None,
        "scorecards": row.scorecards,
        "interval": [row.interval_low, row.interval_high],
        "chance": f"{row.chance:.4f}" if row.chance is not None else None,
        "tie_group": row.tie_group,
        "decided_by": row.decided_by,
    }
