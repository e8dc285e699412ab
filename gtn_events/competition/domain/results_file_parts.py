"""The parts of a published file of results: entries, places, decisions, prizes, and what a publication fixes."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from ..models import Award, RankingRow, Round, RoundEntry
from ..queries.decisions import categories_of_entries, standings_of
from ..queries.results_file import entry_hashes
from ..results.cut import Reason
from .decisions import rule_of
from .roots import Line, root_of

Json = dict[str, Any]


def entry_part(
    round_: Round, rows: Sequence[RankingRow], placed: Collection[int | None], *, prizes: bool
) -> list[Json]:
    """Return the entries in the order of the ranking, each with as much as decisions and prizes are made from.

    Economies are numbers in the order of their first entry, and stand there only where the rule counts them: else
    who knows the only entrant of an economy would know its scores.
    """
    sent, rule = entry_hashes(round_), rule_of(round_)
    numbers: dict[str, int] = {}
    counted = rule.per_economy is not None or rule.economy_places is not None
    categories = categories_of_entries(round_.competition_id) if prizes or rule.category_places else None
    return [
        {
            "reference": row.entry.reference,
            "title": row.entry.title if row.entry_id in placed else None,
            "sent_sha256": sent.get(row.entry.reference, ""),
            "live": row.entry.state.is_live,
            "economy": numbers.setdefault(row.entry.economy_code, len(numbers) + 1) if counted else None,
            "categories": categories.get(row.entry_id, []) if categories is not None else None,
        }
        for row in rows
    ]


def decision_part(round_: Round, rows: Sequence[RankingRow]) -> Json:
    """Return the standing of every entry with what the rule said, in the order of the ranking, then the others."""
    places = {row.entry_id: row.rank for row in rows}
    standings = sorted(
        standings_of(round_), key=lambda each: (places.get(each.entry_id, len(places) + 1), each.entry.reference)
    )
    return {"decided_at": moment(round_.decided_at), "rows": [_standing(each) for each in standings]}


def ranked_part(row: RankingRow) -> Json:
    """Return one place of the ranking."""
    chance = row.chance_of_cut
    return {
        "entry": row.entry.reference,
        "rank": row.rank,
        "raw_rank": row.raw_rank,
        "raw_mean": plain(row.raw_mean),
        "total": plain(row.total),
        "standard_error": plain(row.standard_error),
        "scorecards": row.scorecards,
        "interval": [row.interval_low, row.interval_high],
        "chance": f"{chance:.4f}" if chance is not None else None,
        "tie_group": row.tie_group,
        "decided_by": row.decided_by,
    }


def award_part(award: Award) -> Json:
    """Return a prize; of one that was not given stands no more than the rule of the others needs."""
    given = award.entry is not None
    return {
        "kind": award.kind.value,
        "category": award.category.key if award.category else None,
        "label": award.label if given else None,
        "entry": award.entry.reference if award.entry else None,
        "citation": award.citation,
        "departure": award.departure,
    }


def published_lines(rounds: Iterable[Mapping[str, Any]], awards: Iterable[Mapping[str, Any]]) -> list[Line]:
    """Return what the root of a publication is over, from the parts of the file."""
    return [
        *(
            [
                "round",
                each["number"],
                each["ranking"]["version"],
                each["chain"]["head"],
                root_of(each["ranking"]["rows"]),
                root_of(each["decision"]["rows"]),
            ]
            for each in rounds
        ),
        *(["award", number, root_of([each])] for number, each in enumerate(awards, start=1)),
    ]


def moment(value: datetime | None) -> str | None:
    """Return a moment as the file holds it."""
    return value.astimezone(UTC).isoformat() if value else None


def plain(value: Any) -> Any:  # Any: a number or what JSON holds
    """Return numbers that are no whole ones as texts, whose digits do not depend on who writes them."""
    return f"{value:f}" if isinstance(value, Decimal) else str(value) if isinstance(value, float) else value


def _standing(row: RoundEntry) -> Json:
    known = row.reason in set(Reason)
    return {
        "entry": row.entry.reference,
        "standing": row.standing.value,
        "reason": row.reason,
        "number": row.reason_number,
        # The economy stands with its entry, as a number.
        "detail": "" if known and Reason(row.reason).names_economy else row.reason_detail,
        "departure": row.departure,
    }
