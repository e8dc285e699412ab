"""Checking a published file of results from the file alone. Brings the arithmetic; only commands import it."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from ..enums import AudiencePoints, Method
from ..models import Criterion
from ..results.audience import Audience
from ..results.ladder_steps import Step
from ..results.lot import keeps_promise
from ..results.ranking import compute_ranking
from ..results.ranking_records import Card, Ranked, RankingTask
from .chain import Link, canonical, verify_chain
from .results_file import ALGORITHM, FORMAT, root_of
from .signing import fingerprint, is_signed
from .totals import weighted_total

Json = Mapping[str, Any]  # Any: what a file holds


@dataclass(frozen=True)
class Check:
    """One thing that was checked, in a sentence."""

    holds: bool
    text: str


def verify_results(data: bytes, *, public_key: bytes | None = None) -> list[Check]:
    """Return what holds of a results.json and what does not, the signature first.

    Args:
        data: the file, byte for byte.
        public_key: the PEM of the key that must have signed; without it the key in the file is taken, and whoever
            checks has to compare its fingerprint.
    """
    try:
        whole = json.loads(data)
        results, signature = whole["results"], whole["signature"]
        signed = _signature(data, whole, results, signature, public_key)
    except (ValueError, TypeError, KeyError, AttributeError):
        return [Check(False, "This is no file of results.")]
    if not signed.holds:
        return [signed]
    try:
        return [signed, *(check for round_ in results["rounds"] for check in _round(round_))]
    except (ValueError, TypeError, KeyError, ArithmeticError) as error:
        return [signed, Check(False, f"The file is signed, but something in it cannot be read: {error!r}.")]


def _signature(data: bytes, whole: Json, results: Json, signature: Json, public_key: bytes | None) -> Check:
    pem = signature["key"]
    if public_key is not None and public_key.decode().strip() != pem.strip():
        return Check(False, f"Another key signed: {fingerprint(pem)}.")
    # The whole file has one spelling; else a changed byte beside the signed part would go unseen.
    same = canonical(whole) == data and results["format"] == FORMAT and signature["algorithm"] == ALGORITHM
    value = bytes.fromhex(signature["value"])
    holds = same and value.hex() == signature["value"] and is_signed(canonical(results), value, pem)
    return Check(holds, f"The file is signed by the key {fingerprint(pem)} and unchanged.")


def _round(round_: Json) -> Iterator[Check]:
    name, ranking, roots = round_["title"], round_["ranking"], round_["roots"]
    yield Check(
        keeps_promise(round_["lot"]["seed"], round_["lot"]["commitment"]), f"{name}: the lot seed is the one promised."
    )
    sent = ([each["reference"], each["sent_sha256"]] for each in round_["entries"])
    kept = (root_of(sent), root_of(round_["seats"]), root_of(ranking["rows"]), round_["chain"]["head"])
    named = (roots["entries"], roots["seats"], roots["ranking"], roots["scorecards"])
    yield Check(kept == named, f"{name}: the roots of entries, seats, scorecards and ranking are right.")
    yield _chain(name, round_)
    yield _totals(name, round_)
    yield _counted(name, round_)
    yield _ranking(name, round_)


def _chain(name: str, round_: Json) -> Check:
    links, before = [], ""
    for card in round_["scorecards"]:
        links.append(Link(card["content"]["position"], card["content"], before, card["sha256"]))
        before = card["sha256"]
    chain = round_["chain"]
    broken = verify_chain(links, head=chain["head"], length=chain["length"])
    if broken is not None:
        return Check(False, f"{name}: the chain breaks at scorecard {broken.position}: {broken.text}.")
    return Check(True, f"{name}: the chain of {chain['length']} scorecards holds.")


def _totals(name: str, round_: Json) -> Check:
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


def _counted(name: str, round_: Json) -> Check:
    seats = {seat: (entry, judge) for seat, entry, judge in round_["seats"]}
    newest = {card["content"]["assignment"]: card["content"]["position"] for card in round_["scorecards"]}
    for card in round_["scorecards"]:
        content = card["content"]
        if seats.get(content["assignment"]) != (card["entry"], card["judge"]):
            return Check(False, f"{name}: scorecard {content['position']} belongs to another seat.")
        if card["counts"] and newest[content["assignment"]] != content["position"]:
            return Check(False, f"{name}: scorecard {content['position']} counts, but a newer version stands.")
    count = sum(card["counts"] for card in round_["scorecards"])
    return Check(True, f"{name}: {count} scorecards count, each the newest version of its seat.")


def _ranking(name: str, round_: Json) -> Check:
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
