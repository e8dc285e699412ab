"""The plots of scores as pages and the judging report show them, with their tables."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext
from markupsafe import Markup
from sqlalchemy import select

from gtn_events.core.db import db
from gtn_events.core.economies import Economy
from gtn_events.core.plots import MatrixCell, columns_svg, matrix_svg, spread_svg

from .models import Criterion, ResultVersion, Round
from .words import judge_name

MOST_BARS = 40
TOGETHER = ""  # The cell of a judge's economy with all entries; see results.integrity.economies.
MOST_COLUMNS = 12
Facts = Mapping[str, Any]  # Any: as a version stores them


@dataclass(frozen=True)
class ScorePlot:
    """A drawing with what it is called, and the rows of its table under their heads."""

    name: str
    svg: Markup
    heads: Sequence[str]
    rows: Sequence[Sequence[object]]


def score_columns(round_: Round, version: ResultVersion, *, standalone: bool = False) -> list[ScorePlot]:
    """Return how all totals are distributed and then the points of each criterion; empty for an old version."""
    facts = version.facts.get("distributions")
    if not facts:
        return []
    classes = [(f"{10 * number}–{10 * number + 10}", count) for number, count in enumerate(facts["totals"])]
    plots = [_columns(_("All totals"), _("Total"), classes, standalone=standalone)]
    for criterion in round_.rubric.criteria if round_.rubric else ():
        if criterion.key in facts["criteria"]:
            points = _points(criterion, facts["criteria"][criterion.key])
            plots.append(_columns(criterion.label, _("Points"), points, standalone=standalone))
    return plots


def judges_against_all(version: ResultVersion, *, standalone: bool = False) -> ScorePlot | None:
    """Return each judge's totals beside all totals, the lowest median first; of many judges only the ends are drawn."""
    facts = version.facts.get("distributions")
    if not facts:
        return None
    judges = sorted(facts["judges"], key=lambda each: (float(each["quarters"][2]), each["judge"]))
    drawn = judges if len(judges) <= MOST_BARS else [*judges[: MOST_BARS // 2], *judges[-MOST_BARS // 2 :]]
    everybody = (_("All"), _floats(facts["everybody"]))
    groups = [(judge_name(each["judge"]), _floats(each["quarters"])) for each in drawn]
    title = _(
        "Totals of each of %(count)s judges beside all totals; the figures stand in the table.", count=len(groups)
    )
    total = sum(each["scorecards"] for each in judges)
    rows = [
        [_("All"), total, *facts["everybody"]],
        *([judge_name(each["judge"]), each["scorecards"], *each["quarters"]] for each in judges),
    ]
    heads = [
        _("Judge"),
        _("Scorecards"),
        _("Lowest"),
        _("A quarter below"),
        _("Median"),
        _("A quarter above"),
        _("Highest"),
    ]
    svg = spread_svg(groups, everybody=everybody, title=title, standalone=standalone)
    return ScorePlot(_("Each judge beside all"), svg, heads, rows)


def economy_plot(version: ResultVersion) -> ScorePlot | None:
    """Return what judges of each economy give to entries of each; None where no two judges scored one entry."""
    cells = {(each["judge"], each["entry"]): each for each in version.facts.get("review", {}).get("economies", ())}
    if not cells:
        return None
    order = db.session.execute(select(Economy.code, Economy.short_name).order_by(Economy.rank)).all()
    rows = [(code, name) for code, name in order if any(judge == code for judge, _entry in cells)]
    columns = [(code, name) for code, name in order if any(entry == code for _judge, entry in cells)]
    columns.append((TOGETHER, _("all")))
    svg = matrix_svg(
        rows,
        columns,
        {pair: MatrixCell(each["cards"], _float(each["mean"])) for pair, each in cells.items()},
        above=_("more than the others"),
        below=_("less than the others"),
        few=_("fewer than 5 scorecards"),
        title=_("Economies of judges by economies of entries; the figures stand in the table."),
    )
    table = [
        [name, other, cells[code, key]["cards"], cells[code, key]["mean"] or _("too few scorecards to say")]
        for code, name in rows
        for key, other in columns
        if (code, key) in cells
    ]
    heads = [_("Judges of"), _("Entries of"), _("Scorecards"), _("Points beside the other judges")]
    return ScorePlot(_("What judges of each economy give"), svg, heads, table)


def _columns(name: str, head: str, columns: Sequence[tuple[str, int]], *, standalone: bool) -> ScorePlot:
    total = sum(count for _label, count in columns)
    words = ngettext("%(name)s: %(num)s score.", "%(name)s: %(num)s scores.", total, name=name)
    svg = columns_svg(columns, title=words, standalone=standalone)
    return ScorePlot(name, svg, [head, _("Scorecards")], columns)


def _points(criterion: Criterion, counts: Sequence[int]) -> list[tuple[str, int]]:
    """Return the points of a scale, neighbours of a long one together."""
    step = -(-len(counts) // MOST_COLUMNS)
    columns = []
    for first in range(0, len(counts), step):
        low, high = criterion.lowest + first, criterion.lowest + min(first + step, len(counts)) - 1
        columns.append((str(low) if low == high else f"{low}–{high}", sum(counts[first : first + step])))
    return columns


def _floats(figures: Sequence[str]) -> list[float]:
    return [float(figure) for figure in figures]


def _float(figure: str | None) -> float | None:
    return None if figure is None else float(figure)
