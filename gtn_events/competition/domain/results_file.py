"""The published file of results: everything that is needed to compute them anew, signed, the same bytes every time."""

import os
from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..models import Amendment, Competition, RecordedRoot, ResultVersion, Round, Rubric
from ..queries.appeals import amendments_of
from ..queries.awards import awards_of, last_decided_round
from ..queries.publication import finalists_of, published_versions
from ..queries.results_file import cards_in_chain, ranked_rows
from ..queries.roots import given_seats, roots_of, sent_versions
from .chain import canonical, content_of
from .results_file_parts import award_part, decision_part, entry_part, moment, plain, ranked_part
from .roots import sent_line
from .signing import public_pem, signing_key

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

FORMAT = "gtn-results-2"
ALGORITHM = "Ed25519"


def results_file(competition: Competition, key: "Ed25519PrivateKey") -> bytes:
    """Return the file: canonical JSON with the signature over its ``results``.

    Judges are numbers. An entry has its title when it was placed, else its reference alone. Of every scorecard
    stands what the chain hashes: points and total in the clear, the texts as their salted hash.
    """
    awards = awards_of(competition)
    placed = {each.id for each in finalists_of(competition)} | {each.entry_id for each in awards}
    results = {
        "format": FORMAT,
        "competition": {
            "slug": competition.slug,
            "title": competition.title,
            "categories": [each.key for each in competition.categories],
            "published_at": moment(competition.results_published_at),
            "corrections": [_correction(each) for each in amendments_of(competition)],
        },
        "roots": [_root(each) for each in roots_of(competition, with_lines=True)],
        "sent": [[*sent_line(each), moment(each[-1])] for each in sent_versions(competition)],
        "rounds": rounds_part(competition, published_versions(competition), placed=placed, with_scorecards=True),
        "awards": [award_part(each) for each in awards],
    }
    signature = key.sign(canonical(results)).hex()
    return canonical(
        {"results": results, "signature": {"algorithm": ALGORITHM, "key": public_pem(key), "value": signature}}
    )


def path_of_results(competition: Competition, instance_dir: Path) -> Path:
    """Return where the file of these results is kept: one for the publication and one for each correction."""
    at = next((each.published_at for each in reversed(amendments_of(competition))), competition.results_published_at)
    return instance_dir / "results" / f"{competition.id}-{at:%Y%m%dT%H%M%S}.json"


def keep_results(competition: Competition, instance_dir: Path) -> Path:
    """Write the file of published results unless it is there, and return where it is."""
    path = path_of_results(competition, instance_dir)
    if not path.exists():
        path.parent.mkdir(exist_ok=True)
        fresh = path.with_suffix(f".{os.getpid()}")
        fresh.write_bytes(results_file(competition, signing_key(instance_dir)))
        # Whole or not at all: somebody may read at this moment.
        fresh.replace(path)
    return path


def rounds_part(
    competition: Competition,
    versions: Collection[ResultVersion],
    *,
    placed: Collection[int | None] = (),
    with_scorecards: bool = False,
) -> list[dict[str, Any]]:
    """Return the rounds as the file holds them; without scorecards it is what the root of the publication is over.

    Args:
        versions: the versions that are published, in the order of the rounds.
        placed: ids of the entries that are named.
    """
    last = last_decided_round(competition)
    by_category = any(each.category_id is not None for each in awards_of(competition))
    return [
        _round(each, placed, prizes=by_category and each.round == last, with_scorecards=with_scorecards)
        for each in versions
    ]


def _round(
    version: ResultVersion, placed: Collection[int | None], *, prizes: bool, with_scorecards: bool
) -> dict[str, Any]:
    round_, rows = version.round, ranked_rows(version)
    ranked = {row.entry.reference for row in rows}
    return {
        "number": round_.number,
        "title": round_.title,
        "kind": round_.kind.value,
        "opened_at": moment(round_.opens_at),
        "closed_at": moment(round_.scored_at),
        "cut": {key: plain(value) for key, value in round_.cut.items()},
        "adds": round_.adds or None,
        "lot": {"commitment": round_.lot_commitment, "seed": round_.lot_seed},
        "rubrics": [_rubric(each) for each in round_.rubrics],
        "entries": entry_part(round_, rows, placed, prizes=prizes),
        "seats": [list(each) for each in given_seats(round_)] if with_scorecards else [],
        "scorecards": _scorecards(round_, ranked) if with_scorecards else [],
        "chain": {"head": version.chain_head, "length": version.chain_length},
        "ranking": {
            "version": version.number,
            "reason": version.reason,
            "method": version.method.value,
            "places": version.facts["places"],
            "chair": version.facts["chair"],
            "steps": version.facts["steps"],
            "rows": [ranked_part(row) for row in rows],
            # Only where an audience's votes count: its rule, the votes of each entry, and both parts of its total.
            **({"audience": version.facts["audience"]} if "audience" in version.facts else {}),
        },
        "decision": decision_part(round_, rows),
    }


def _root(root: RecordedRoot) -> dict[str, Any]:
    return {
        "kind": root.kind.value,
        "round": root.round.number if root.round else None,
        "recorded_at": moment(root.recorded_at),
        "sha256": root.sha256,
        "size": root.size,
        "lines": root.lines,
    }


def _scorecards(round_: Round, ranked: Collection[str]) -> list[dict[str, Any]]:
    return [
        {
            "content": content_of(card),
            "sha256": card.sha256,
            "entry": reference,
            "judge": judge,
            "counts": not left_out and reference in ranked,
            "left_out": left_out or ("" if reference in ranked else "not ranked"),
        }
        for card, reference, judge, left_out in cards_in_chain(round_)
    ]


def _rubric(rubric: Rubric) -> dict[str, Any]:
    return {
        "id": rubric.id,
        "version": rubric.version,
        "criteria": [
            {
                "key": each.key,
                "label": each.label,
                "weight": f"{each.weight:f}",
                "lowest": each.lowest,
                "highest": each.highest,
            }
            for each in rubric.criteria
        ],
    }


def _correction(amendment: Amendment) -> dict[str, Any]:
    return {"number": amendment.number, "at": moment(amendment.published_at), "reason": amendment.reason}
