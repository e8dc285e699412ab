"""The recorded roots of a file of results: what they are over, and that nothing differs from what stood then."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from ...enums import RootKind
from ..results_file_parts import published_lines
from ..roots import SETTLED, root_of, seat_line
from .check import Check, Json


def check_roots(results: Json) -> Iterator[Check]:
    """Yield whether roots are those of their lines and in order, and whether what is published is what was fixed."""
    roots: Sequence[Json] = results["roots"]
    over_lines = [each for each in roots if each["kind"] != RootKind.SCORING.value]
    right = all(root_of(each["lines"]) == each["sha256"] and each["size"] == len(each["lines"]) for each in over_lines)
    moments = [datetime.fromisoformat(each["recorded_at"]) for each in roots]
    known = {each.value for each in RootKind} >= {each["kind"] for each in roots}
    yield Check(
        right and known and moments == sorted(moments),
        f"All {len(roots)} recorded roots are those of their lines, in the order in which they were recorded.",
    )
    fixed = _of(results, RootKind.PUBLICATION)
    lines = published_lines(results["rounds"], results["awards"])
    # One for the publication, and one for each correction of it.
    same = len(fixed) == 1 + len(results["competition"]["corrections"]) and fixed[-1]["lines"] == lines
    yield Check(same, "Rankings, decisions and prizes are those that were fixed when the results were published.")


def check_sent(results: Json) -> Check:
    """Say whether every entry is the newest version of those sent, and nothing sent before the close has changed."""
    calls = _of(results, RootKind.CALL)
    if not calls:
        return Check(False, "No root was recorded when the call closed.")
    kept, sent = calls[-1], {(each[0], each[1]): each for each in results["sent"]}
    for line in kept["lines"]:
        if sent.get((line[0], line[1]), [])[:3] != line:
            return Check(False, f"Version {line[1]} of entry {line[0]} is not what was sent before the call closed.")
    before, closed = {(line[0], line[1]) for line in kept["lines"]}, datetime.fromisoformat(kept["recorded_at"])
    later = [line for key, line in sent.items() if key not in before]
    for line in later:
        if datetime.fromisoformat(line[3]) < closed - SETTLED:
            return Check(False, f"Version {line[1]} of entry {line[0]} is missing in the root of the call.")
    newest = {line[0]: line[2] for line in sorted(results["sent"], key=lambda line: (line[0], line[1]))}
    for entry in (each for round_ in results["rounds"] for each in round_["entries"]):
        if entry["sent_sha256"] != newest.get(entry["reference"], ""):
            return Check(False, f"Entry {entry['reference']} was not judged as it was sent last.")
    return Check(True, f"{len(kept['lines'])} versions stand as when the call closed; {len(later)} were sent later.")


def check_seats(results: Json, round_: Json) -> Check:
    """Say whether the seats of a round are those that were released."""
    name, seed = round_["title"], round_["lot"]["seed"]
    released = [line for root in _of(results, RootKind.SEATS, round_["number"]) for line in root["lines"]]
    by_number = {line[0]: line for line in released}
    for number, reference, judge in round_["seats"]:
        if by_number.pop(number, None) != seat_line((number, reference, judge), seed):
            return Check(False, f"{name}: seat {number} is not the one that was released.")
    if by_number:
        return Check(False, f"{name}: seat {next(iter(by_number))} was released and is missing.")
    return Check(True, f"{name}: {len(released)} seats are those that were released.")


def check_scoring(results: Json, round_: Json) -> Check:
    """Say whether the head of the chain when scoring closed is still where it was."""
    name, closes = round_["title"], _of(results, RootKind.SCORING, round_["number"])
    if not closes:
        return Check(False, f"{name}: no root was recorded when scoring closed.")
    heads = ["", *(card["sha256"] for card in round_["scorecards"])]
    if any(root["size"] >= len(heads) or heads[root["size"]] != root["sha256"] for root in closes):
        return Check(False, f"{name}: the chain is another one than when scoring closed.")
    later = len(heads) - 1 - closes[-1]["size"]
    return Check(True, f"{name}: the chain is the one that closed; {later} scorecards came later.")


def _of(results: Json, kind: RootKind, number: int | None = None) -> list[Json]:
    return [each for each in results["roots"] if each["kind"] == kind.value and each["round"] == number]
