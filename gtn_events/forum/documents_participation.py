"""The participation report of a forum as a PDF: plots, tables, and how people were counted."""

from base64 import b64encode

from flask_babel import gettext as _

from gtn_events.core.pdf import printable, render_pdf
from gtn_events.core.suppression import SMALLEST

from .participation import LEFT_OUT_WORDS, STAGE_WORDS, ParticipationReport, economies_plot


def participation_pdf(report: ParticipationReport) -> bytes:
    """Return the report as a tagged PDF; identical bytes for the same report."""
    drawing = economies_plot(report, standalone=True)
    return render_pdf(
        "forum/participation",
        {
            "report": report,
            "forum": report.forum,
            "plot": drawing and "data:image/svg+xml;base64," + b64encode(drawing.encode()).decode("ascii"),
            "stage_words": STAGE_WORDS,
            "left_out_words": LEFT_OUT_WORDS,
            "smallest": SMALLEST,
            "printable": printable,
        },
        title=_("Participation: %(forum)s", forum=report.forum.title),
    )
