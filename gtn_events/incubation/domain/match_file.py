"""The published match as one file: anybody who has it can run the match again.

Applicants stand in it by the key on their receipt, hosts by their address in the catalogue; no name
of a firm is in it, and no wish that was never asked for. Still a host that ranked firms can recognise
in it those that asked it, and see how far down their lists that was: the pages say so before anybody
applies. The file is canonical JSON: keys sorted, no spaces, UTF-8.
"""

import json
from dataclasses import dataclass
from typing import Any

from werkzeug.utils import import_string

from ..enums import MatchingMethod
from ..matching import blocking_pairs, commitment, match
from ..matching.published import Json, market_from_json, needed_of
from ..models import MatchRun
from ..queries.match import outcomes_of
from .match_runs import digest

FORMAT = "gtn-match/1"


@dataclass(frozen=True)
class Check:
    """One thing that was checked, in a sentence."""

    holds: bool
    text: str


def match_file(run: MatchRun) -> bytes:
    """Return the file of a published run."""
    got = {each.application.lottery_key: each.intake.host.slug for each in outcomes_of(run) if each.intake is not None}
    market = needed_of(run.market, got, hosts_rank=run.method is MatchingMethod.STABLE)
    content = {
        "format": FORMAT,
        "call": run.call.slug,
        "run": run.number,
        "method": run.method.value,
        "seed": run.call.lottery_seed,
        "commitment": run.call.lottery_commitment,
        "market": market,
        "market_sha256": digest(market),
        "blocking_pairs": run.figures["blocking_pairs"],
        "fit": run.fit,
        "matched": got,
    }
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def verify_match(data: bytes, *, promised: str | None = None) -> list[Check]:
    """Return what holds of a published match and what does not.

    Args:
        promised: the commitment that stood on the page of the call; without it the one in the file is taken.
    """
    try:
        whole = json.loads(data)
        if whole["format"] != FORMAT:
            return [Check(False, "This is no file of a match.")]
        return list(_checks(whole, promised or whole["commitment"]))
    except (ValueError, TypeError, KeyError, AttributeError, IndexError) as error:
        return [Check(False, f"This is no file of a match: {error!r}.")]


def _checks(whole: Json, promised: str) -> list[Check]:
    seed = whole["seed"]
    market = market_from_json(whole["market"], seed=seed)
    keys = [each["key"] for each in whole["market"]["hosts"]]
    stable = MatchingMethod(whole["method"]) is MatchingMethod.STABLE
    matching = match(market) if stable else _best_fit(whole, market)
    found = {
        applicant.key: keys[where]
        for applicant, where in zip(market.applicants, matching.host_of, strict=True)
        if where is not None
    }
    checks = [
        Check(commitment(seed) == promised, f"The seed of the lottery is the one that was promised: {promised[:16]}…"),
        Check(digest(whole["market"]) == whole["market_sha256"], f"The market is the one of run {whole['run']}."),
        Check(found == whole["matched"], f"Run again, the match gives the same {len(whole['matched'])} places."),
    ]
    if not stable:
        return [*checks, Check(True, "Hosts did not rank: this is no stable matching, but the best fit over all.")]
    pairs = len(blocking_pairs(market, matching))
    return [*checks, Check(pairs == whole["blocking_pairs"], f"{pairs} pairs would rather have one another.")]


def _best_fit(whole: Json, market: Any) -> Any:
    # Imported only here: it brings the solver.
    best_fit = import_string("gtn_events.incubation.matching.best_fit:best_fit")
    who = {each["key"]: number for number, each in enumerate(whole["market"]["applicants"])}
    where = {each["key"]: number for number, each in enumerate(whole["market"]["hosts"])}
    return best_fit(market, {(who[one], where[other]): fit for one, other, fit in whole["fit"]})
