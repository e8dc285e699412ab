"""The report of co-incubation for the working group as a PDF: figures, plots, tables and how they were counted."""

from base64 import b64encode
from datetime import date

from flask_babel import gettext as _
from markupsafe import Markup

from gtn_events.core.pdf import printable, render_pdf

from .dashboard import MOST_BARS, dashboard_of, flows_plot, funnel_plot, hosts_plot, outcome_plot
from .outcomes import LEAST
from .queries.dashboard import Reach, Stage


def working_group_report(reach: Reach, *, title: str, today: date) -> bytes:
    """Return the report as a tagged PDF; identical bytes for the same state and day.

    Args:
        title: of what it is, such as the title of a call.
    """
    board = dashboard_of(reach, today=today)
    return render_pdf(
        "incubation/report",
        {
            "board": board,
            "reach": reach,
            "heading": title,
            "today": today,
            "stages": list(Stage),
            "funnel": _picture(funnel_plot(board, standalone=True)),
            "hosts": _picture(hosts_plot(board, standalone=True)) if board.hosts else "",
            "ring": _picture(flows_plot(board, standalone=True)) if board.flows else "",
            "plots": [(each, _picture(outcome_plot(each, standalone=True))) for each in board.outcomes if each.is_told],
            "most_bars": MOST_BARS,
            "least": LEAST,
            "printable": printable,
        },
        title=_("Co-incubation report: %(title)s", title=title),
    )


def _picture(drawing: Markup) -> str:
    return "data:image/svg+xml;base64," + b64encode(drawing.encode()).decode("ascii")
