"""The delegate's ticket as a PDF: plain facts in, bytes out."""

from dataclasses import dataclass

from gtn_events.core.pdf import qr_data_uri, render_pdf, text_width
from gtn_events.core.pdf.families import SANS

NAME_WIDTH = 415  # CSS pixels between the margins of an A5 page
NAME_SIZES = (43, 39, 35, 31, 27, 23)
STRIPS = 4  # patterns in style.css; categories beyond that begin again


@dataclass(frozen=True, kw_only=True)
class TicketEntry:
    """One line of what the delegate goes to: "Thu 6 June, 14:00", a title, a room."""

    when: str
    title: str
    place: str = ""


@dataclass(frozen=True, kw_only=True)
class TicketFacts:
    """Everything that a ticket shows.

    ``reference`` is printed and is what the QR code holds. ``category_position`` (1 for
    the first category of the forum) chooses colour and pattern of the strip; its label
    is always written. ``dates`` is a phrase ("5 and 6 June 2013").
    """

    forum_title: str
    city: str
    host_economy_name: str
    dates: str
    venue: str
    venue_notes: str = ""
    given_name: str
    family_name: str
    own_script_name: str = ""
    own_script_language: str = ""
    organisation_name: str = ""
    representation: str = ""
    category_label: str
    category_position: int = 1
    reference: str
    entries: tuple[TicketEntry, ...] = ()
    contact: str = ""

    @property
    def holder_name(self) -> str:
        """Given name and FAMILY NAME, as documents print it."""
        return f"{self.given_name} {self.family_name.upper()}".strip()


def ticket_pdf(facts: TicketFacts) -> bytes:
    """Return the ticket, one A5 page as a tagged PDF; identical bytes for the same facts.

    Raises:
        MissingGlyphs: a text has a character that no font has.
    """
    lines = [line for line in (facts.given_name, facts.family_name.upper()) if line]
    return render_pdf(
        "ticket",
        {
            "facts": facts,
            "name_lines": lines,
            "name_size": _fitted_size(lines),
            "strip": (facts.category_position - 1) % STRIPS + 1,
            "qr": qr_data_uri(facts.reference),
        },
        title=f"{facts.forum_title}: {facts.holder_name}, {facts.reference}",
    )


def _fitted_size(lines: list[str]) -> int:
    widest = max((text_width(line, SANS) for line in lines), default=0.0)
    # Names are bold: about a tenth wider than the regular letters that are measured.
    return next((size for size in NAME_SIZES if widest * 1.1 * size <= NAME_WIDTH), NAME_SIZES[-1])
