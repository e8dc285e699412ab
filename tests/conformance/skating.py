"""Figure skating 2016-2018 as the data page gives it: performances, what was judged, points of named panels."""

import csv
from collections import defaultdict
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from pathlib import Path

from gtn_events.competition.results.rounding import CENT

COMPONENTS = "components"


@dataclass
class Aspect:
    """One element or component of a performance; ``points`` by seat of the judge."""

    performance: str
    section: str
    factor: Decimal
    official: Decimal
    grade: Decimal
    points: dict[str, Decimal] = field(default_factory=dict)

    @property
    def is_component(self) -> bool:
        return self.section == COMPONENTS


@dataclass(frozen=True)
class Season:
    """Everything of the folder that the tests need; a judge's seat is (competition, programme, seat)."""

    performances: dict[str, dict[str, str]]
    aspects: list[Aspect]
    judges: dict[tuple[str, str, str], str]
    homes: dict[str, str]

    def judge_at(self, performance: str, seat: str) -> str | None:
        """Return the judge on a seat; None for the one without a name, who gave zeros only."""
        row = self.performances[performance]
        judge = self.judges.get((row["competition"], row["program"], seat))
        return judge if judge in self.homes else None


@cache
def read_season(folder: Path) -> Season:
    """Return the season of the folder ``figure_skating``."""
    aspects = {row["aspect_id"]: _aspect(row) for row in _rows(folder / "judged-aspects.csv")}
    for row in _rows(folder / "judge-scores.csv"):
        aspects[row["aspect_id"]].points[row["judge"]] = Decimal(row["score"])
    judges = {
        (row["competition"], row["program"], f"J{row['role'].removeprefix('Judge No.')}"): row["judge_id"]
        for row in _rows(folder / "judges.csv")
    }
    performances = {row["performance_id"]: row for row in _rows(folder / "performances.csv")}
    homes = {row["judge_id"]: row["judge_country"] for row in _rows(folder / "judge-country.csv")}
    return Season(performances, list(aspects.values()), judges, homes)


def programmes(season: Season) -> dict[tuple[str, str], list[str]]:
    """Return the performances of each programme of each competition."""
    found = defaultdict(list)
    for key, row in season.performances.items():
        found[row["competition"], row["program"]].append(key)
    return found


def cents(value: Decimal) -> Decimal:
    return value.quantize(CENT, ROUND_HALF_UP)


def _aspect(row: dict[str, str]) -> Aspect:
    return Aspect(
        performance=row["performance_id"],
        section=row["section"],
        factor=Decimal(row["factor"] or 1),
        official=Decimal(row["scores_of_panel"]),
        grade=Decimal(row["goe"] or 0),
    )


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
