"""The published file of results: everything that is needed to compute them anew, signed, the same bytes every time."""

import os
from collections.abc import Iterable
from datetime import UTC, datetime
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from ..models import Award, Competition, Entry, RankingRow, ResultVersion, Round, Rubric
from ..queries.awards import awards_of
from ..queries.publication import finalists_of, published_versions
from ..queries.results_file import cards_in_chain, entry_hashes, ranked_rows, seats_given
from .chain import canonical, content_of
from .signing import public_pem, signing_key

FORMAT = "gtn-results-1"
ALGORITHM = "Ed25519"


def results_file(competition: Competition, key: Ed25519PrivateKey) -> bytes:
    """Return the file: canonical JSON with the signature over its ``results``.

    Judges are numbers. An entry has its title when it was placed, else its reference alone. Of every scorecard
    stands what the chain hashes: points and total in the clear, the texts as their salted hash.
    """
    awards = [each for each in awards_of(competition) if each.entry is not None]
    placed = {each.id for each in finalists_of(competition)} | {each.entry_id for each in awards}
    results = {
        "format": FORMAT,
        "competition": {
            "slug": competition.slug,
            "title": competition.title,
            "published_at": _moment(competition.results_published_at),
        },
        "awards": [_award(each, each.entry) for each in awards if each.entry is not None],
        "rounds": [_round(version, placed) for version in published_versions(competition)],
    }
    signature = key.sign(canonical(results)).hex()
    return canonical(
        {"results": results, "signature": {"algorithm": ALGORITHM, "key": public_pem(key), "value": signature}}
    )


def path_of_results(competition: Competition, instance_dir: Path) -> Path:
    """Return where the file of these results is kept; they are published once, so it is written once."""
    at = competition.results_published_at
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


def root_of(lines: Iterable[Any]) -> str:  # Any: JSON-ready values
    """Return the SHA-256 over values in canonical form and sorted, so that none can be changed or left out."""
    return sha256(b"\n".join(sorted(canonical(line) for line in lines))).hexdigest()


def _round(version: ResultVersion, placed: set[int | None]) -> dict[str, Any]:
    round_, rows = version.round, ranked_rows(version)
    ranked = {row.entry.reference for row in rows}
    seats = seats_given(round_)
    sent = entry_hashes(round_)
    ranking = [_ranked(row) for row in rows]
    return {
        "number": round_.number,
        "title": round_.title,
        "kind": round_.kind.value,
        "opened_at": _moment(round_.opens_at),
        "closed_at": _moment(round_.scored_at),
        "cut": {key: _plain(value) for key, value in round_.cut.items()},
        "lot": {"commitment": round_.lot_commitment, "seed": round_.lot_seed},
        "rubrics": [_rubric(each) for each in round_.rubrics],
        "entries": [_entry(row.entry, placed, sent.get(row.entry.reference, "")) for row in rows],
        "seats": seats,
        "scorecards": _scorecards(round_, ranked),
        "chain": {"head": version.chain_head, "length": version.chain_length},
        "ranking": {
            "version": version.number,
            "reason": version.reason,
            "method": version.method.value,
            "places": version.facts["places"],
            "chair": version.facts["chair"],
            "steps": version.facts["steps"],
            "rows": ranking,
            # Only where an audience's votes count: its rule, the votes of each entry, and both parts of its total.
            **({"audience": version.facts["audience"]} if "audience" in version.facts else {}),
        },
        "roots": {
            "entries": root_of([row.entry.reference, sent.get(row.entry.reference, "")] for row in rows),
            "seats": root_of(seats),
            "scorecards": version.chain_head,
            "ranking": root_of(ranking),
        },
    }


def _scorecards(round_: Round, ranked: set[str]) -> list[dict[str, Any]]:
    return [
        {
            "content": content_of(card),
            "sha256": card.sha256,
            "entry": reference,
            "judge": judge,
            "counts": counts and reference in ranked,
        }
        for card, reference, judge, counts in cards_in_chain(round_)
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


def _entry(entry: Entry, placed: set[int | None], sent: str) -> dict[str, Any]:
    return {
        "reference": entry.reference,
        "title": entry.title if entry.id in placed else None,
        "sent_sha256": sent,
    }


def _ranked(row: RankingRow) -> dict[str, Any]:
    chance = row.chance_of_cut
    return {
        "entry": row.entry.reference,
        "rank": row.rank,
        "raw_rank": row.raw_rank,
        "raw_mean": _plain(row.raw_mean),
        "total": _plain(row.total),
        "standard_error": _plain(row.standard_error),
        "scorecards": row.scorecards,
        "interval": [row.interval_low, row.interval_high],
        "chance": f"{chance:.4f}" if chance is not None else None,
        "tie_group": row.tie_group,
        "decided_by": row.decided_by,
    }


def _award(award: Award, entry: Entry) -> dict[str, Any]:
    return {"kind": award.kind.value, "label": award.label, "entry": entry.reference, "citation": award.citation}


def _moment(value: datetime | None) -> str | None:
    return value.astimezone(UTC).isoformat() if value else None


def _plain(value: Any) -> Any:  # Any: a number or what JSON holds
    return f"{value:f}" if isinstance(value, Decimal) else str(value) if isinstance(value, float) else value
