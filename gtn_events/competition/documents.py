"""The judging report as a PDF: method, panels, reliability, plots and decisions of every decided round."""

from base64 import b64encode
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from flask_babel import gettext as _
from markupsafe import Markup

from gtn_events.core.pdf import printable, render_pdf
from gtn_events.core.plots import severity_svg

from .enums import RoundState
from .models import Competition, ResultVersion, Round
from .queries.decisions import next_round
from .queries.publication import rounds_in_order
from .queries.ranking import latest_version, size_of
from .queries.report import Decision, PanelFigures, Reliability, decisions_of, panel_figures, reliability_of
from .score_plots import MOST_BARS, ScorePlot, judges_against_all, score_columns
from .words import judge_name


@dataclass(frozen=True)
class ReportedRound:
    """One round as the report shows it; ``severity`` is a picture, empty when judges were not corrected.

    From the ``last`` one nothing goes on; ``unnamed`` entries were decided as well and come after the ``decisions``.
    ``columns`` and ``beside_all`` are plots of how scores are distributed, each with its picture.
    """

    round: Round
    version: ResultVersion
    panels: PanelFigures
    reliability: Reliability
    severity: str
    judges: list[tuple[str, Decimal, Decimal, int]]
    columns: list[tuple[ScorePlot, str]]
    beside_all: tuple[ScorePlot, str] | None
    decisions: list[Decision]
    unnamed: int
    criteria: dict[str, str]
    last: bool


def judging_report(competition: Competition) -> bytes:
    """Return the report of all decided rounds as a tagged PDF; identical bytes for the same state."""
    return render_pdf(
        "competition/report",
        {
            "competition": competition,
            "rounds": reported_rounds(competition),
            "labels": {each.key: each.label for each in competition.categories},
            "printable": printable,
        },
        title=_("Judging report: %(title)s", title=competition.title),
    )


def reported_rounds(competition: Competition) -> list[ReportedRound]:
    """Return every decided round with its newest ranking."""
    found = []
    for round_ in rounds_in_order(competition):
        version = latest_version(round_)
        if round_.state is RoundState.DECIDED and version is not None:
            found.append(_reported(round_, version))
    return found


def _reported(round_: Round, version: ResultVersion) -> ReportedRound:
    judges = sorted((_judge(each) for each in version.facts.get("severity", ())), key=lambda judge: judge[1])
    bars = [(name, float(points), float(error)) for name, points, error, _cards in judges]
    if len(bars) > MOST_BARS:
        bars = [*bars[: MOST_BARS // 2], *bars[-MOST_BARS // 2 :]]
    beside = judges_against_all(version, standalone=True)
    return ReportedRound(
        round=round_,
        version=version,
        panels=panel_figures(round_),
        reliability=reliability_of(version),
        severity=_picture(severity_svg(bars, standalone=True)) if bars else "",
        judges=judges,
        columns=[(each, _picture(each.svg)) for each in score_columns(round_, version, standalone=True)],
        beside_all=(beside, _picture(beside.svg)) if beside else None,
        decisions=(decisions := decisions_of(round_, version)),
        unnamed=size_of(version) - len(decisions),
        criteria={each.key: each.label for each in round_.rubric.criteria} if round_.rubric else {},
        last=next_round(round_) is None,
    )


def _judge(each: dict[str, Any]) -> tuple[str, Decimal, Decimal, int]:  # Any: as the version stores it
    return judge_name(each["judge"]), Decimal(each["points"]), Decimal(each["error"]), each["scorecards"]


def _picture(drawing: Markup) -> str:
    return "data:image/svg+xml;base64," + b64encode(drawing.encode()).decode("ascii")
