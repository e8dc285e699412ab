"""The agreement as a PDF: parties, clauses, activity plan, signatures; a draft says on every page that it is one."""

from flask_babel import gettext as _
from markupsafe import Markup, escape

from gtn_events.core.pdf import printable, render_pdf

from .domain.activity_plan import plan_of
from .enums import AgreementState
from .models import Agreement
from .placement_words import role_in_words


def agreement_pdf(agreement: Agreement) -> bytes:
    """Return a version of an agreement as a tagged PDF; identical bytes for the same state."""
    placement = agreement.placement
    return render_pdf(
        "incubation/agreement",
        {
            "agreement": agreement,
            "placement": placement,
            "application": placement.application,
            "call": placement.application.call,
            "host": placement.intake.host,
            "plan": plan_of(agreement.plan),
            "printable": printable,
            "lines": _lines,
            "role_name": role_in_words,
            "is_draft": agreement.state is AgreementState.DRAFT,
            "is_void": not agreement.state.stands,
        },
        title=_("Agreement %(number)s, version %(version)s", number=str(placement), version=agreement.number),
    )


def file_name(agreement: Agreement) -> str:
    """Return ``COI27-4F7Q-agreement-1.pdf``."""
    return f"{agreement.placement}-agreement-{agreement.number}.pdf"


def _lines(text: str) -> Markup:
    """Return a typed text with its lines, what cannot be printed shown by a box."""
    return Markup("<br>").join(escape(line) for line in printable(text).split("\n"))
