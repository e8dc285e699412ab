"""Parts of the ranking page: what its versions say about themselves, about judges and about the cut."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from flask_babel import gettext as _
from markupsafe import Markup

from gtn_events.core.db import db
from gtn_events.core.plots import moves_svg, severity_svg

from ...enums import Method
from ...models import RankingRow, ResultVersion, Round
from ...queries.ranking import ranked, rows_of
from ...words import judge_name

FIRST_MOVES = 10
MOST_BARS = 40
FURTHER = (5, 10, 20, 30)


@dataclass(frozen=True)
class Advised:
    """An entry near the cut, how many more scorecards it should get, and the part of the doubt they take away."""

    row: RankingRow
    scorecards: int
    share: float


def advised(version: ResultVersion, count: int) -> list[Advised]:
    """Return where to spend a number of further scorecards, the most useful first; empty where nothing is known."""
    further = version.facts.get("further") or {}
    steps = [(each["entry"], Decimal(each["gain"])) for each in further.get("steps", ())][:count]
    doubt = Decimal(further.get("doubt", 0))
    if not steps or not doubt:
        return []
    rows, gains = rows_of(version, {entry for entry, _gain in steps}), dict.fromkeys((e for e, _g in steps), Decimal(0))
    for entry, gain in steps:
        gains[entry] += gain
    counts = Counter(entry for entry, _gain in steps)
    order = sorted(gains, key=lambda entry: (-gains[entry], entry))
    return [Advised(rows[entry], counts[entry], float(gains[entry] / doubt)) for entry in order if entry in rows]


def criteria_labels(round_: Round) -> dict[str, str]:
    """Return the labels of a round's criteria by their keys."""
    return {each.key: each.label for each in round_.rubric.criteria} if round_.rubric else {}


def severities(version: ResultVersion) -> list[tuple[str, Decimal, Decimal, int]]:
    """Return name, points, standard error and scorecards of each judge, the strictest first."""
    found = sorted(version.facts.get("severity", ()), key=lambda each: Decimal(each["points"]))
    return [
        (judge_name(each["judge"]), Decimal(each["points"]), Decimal(each["error"]), each["scorecards"])
        for each in found
    ]


def severity_plot(judges: Sequence[tuple[str, Decimal, Decimal, int]]) -> Markup | None:
    """Return the plot of severities; of many judges only the ends."""
    bars = [(name, float(points), float(error)) for name, points, error, _cards in judges]
    if len(bars) > MOST_BARS:
        bars = [*bars[: MOST_BARS // 2], *bars[-MOST_BARS // 2 :]]
    return severity_svg(bars) if bars else None


def first_moves(version: ResultVersion) -> list[tuple[str, int, int]]:
    """Return title, rank by raw mean and rank of the first entries."""
    rows = db.session.scalars(ranked(version).order_by(RankingRow.rank).limit(FIRST_MOVES))
    return [(row.entry.title, row.raw_rank, row.rank) for row in rows]


def moves_plot(version: ResultVersion, moves: Sequence[tuple[str, int, int]]) -> Markup | None:
    """Return the plot of what calibration or another method moved, nothing where the raw mean was used or kept."""
    corrected = version.facts["corrected"]
    raw = version.method is Method.RAW_MEAN or (version.method is Method.CALIBRATED and not corrected)
    if raw or all(before == after for _title, before, after in moves):
        return None
    return moves_svg(moves, before=_("Raw"), after=_("Calibrated") if corrected else _("Ranked"))
