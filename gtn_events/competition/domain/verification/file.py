"""A file of results as a whole: its signature, then everything that is in it."""

import json
from collections.abc import Iterator

from gtn_events.core.errors import DomainError

from ..chain import canonical
from ..results_file import ALGORITHM, FORMAT
from ..signing import fingerprint, is_signed
from .awards import check_awards
from .check import Check, Json
from .decisions import check_came_on, check_decision
from .ranking import check_chain, check_counted, check_lot, check_ranking, check_totals
from .roots import check_roots, check_scoring, check_seats, check_sent


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
        return [signed, *_checks(results)]
    except (ValueError, TypeError, AttributeError, ArithmeticError, LookupError, DomainError) as error:
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


def _checks(results: Json) -> Iterator[Check]:
    yield from check_roots(results)
    yield check_sent(results)
    for round_ in results["rounds"]:
        yield check_lot(round_)
        yield check_seats(results, round_)
        yield check_chain(round_)
        yield check_scoring(results, round_)
        yield check_totals(round_)
        yield check_counted(round_)
        yield check_ranking(results, round_)
        yield check_decision(results, round_)
        if round_ is not results["rounds"][0]:
            yield check_came_on(results, round_)
    if results["awards"]:
        yield check_awards(results)
