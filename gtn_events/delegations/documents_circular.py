"""A circular as a PDF on the network's letterhead."""

from flask_babel import gettext as _
from markupsafe import Markup, escape

from gtn_events.core.economies import economies_in_order
from gtn_events.core.pdf import printable, render_pdf

from .circular_words import CircularState
from .models import CircularVersion


def circular_pdf(version: CircularVersion) -> bytes:
    """Return a version as a tagged PDF with number, version and date; a draft says on every page that it is one."""
    circular = version.circular
    names = [each.short_name for each in economies_in_order() if each.code in version.audience]
    return render_pdf(
        "delegations/circular",
        {
            "version": version,
            "circular": circular,
            "forum": circular.forum,
            "audience": names,
            "printable": printable,
            "paragraphs": _paragraphs,
            "is_draft": version.state is CircularState.DRAFT,
            "is_superseded": version.state is CircularState.SUPERSEDED,
        },
        title=_("Circular No. %(number)s, version %(version)s", number=circular.number, version=version.version),
    )


def file_name(version: CircularVersion) -> str:
    """Return ``gtn-forum-2027-circular-1-v2.pdf``."""
    circular = version.circular
    return f"{circular.forum.slug}-circular-{circular.number}-v{version.version}.pdf"


def _paragraphs(text: str) -> list[Markup]:
    """Return the paragraphs of a typed text, each with its lines, what cannot be printed shown by a box."""
    parts = [each for each in printable(text).split("\n\n") if each.strip()]
    return [Markup("<br>").join(escape(line) for line in each.strip().split("\n")) for each in parts]
