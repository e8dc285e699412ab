"""The certificate as a PDF: the facts fixed at the issue in, the same bytes out each time."""

from typing import Any

from gtn_events.core.pdf import DocumentPage, page_html, qr_address, render_pdf, text_width
from gtn_events.core.pdf.families import SANS, SERIF, THAI

from .facts import ParticipationFacts
from .models import Certificate
from .seal import seal_data_uri

NAME_WIDTH = 606  # CSS pixels between the left margin and the seal
ONE_LINE_SIZES = (50, 46, 42, 38, 34)
TWO_LINE_SIZES = (44, 40, 36, 32)
THREE_LINE_SIZES = (36, 32, 28, 24)
OWN_SCRIPT_SIZES = (25, 22, 19, 16)
PRIZE_WIDTH = 500  # between the left margin and the ring
PRIZE_SIZES = (84, 68, 54, 44, 36)
ENTRY_SIZES = (32, 28, 24, 20)


def certificate_pdf(certificate: Certificate, *, verify_url: str) -> bytes:
    """Return the certificate as a tagged PDF; identical bytes for the same certificate.

    Args:
        certificate: an issued certificate.
        verify_url: the full address of its page of verification below ``/verify``, shown as QR code.
    """
    facts = ParticipationFacts.from_dict(certificate.facts)
    return render_pdf(_template(certificate), _shown(certificate, facts, verify_url), title=_title(certificate, facts))


def certificate_page(certificate: Certificate, *, verify_url: str) -> DocumentPage:
    """Return the page of a certificate, to be printed with many others."""
    facts = ParticipationFacts.from_dict(certificate.facts)
    template = _template(certificate)
    html = page_html(template, _shown(certificate, facts, verify_url), lang="en", title=_title(certificate, facts))
    return DocumentPage(template, "en", html)


def fitted_name(given_name: str, family_name: str) -> tuple[int, list[str]]:
    """Return the size in CSS pixels and the lines of a name: one line while it can be, then two, then three."""
    whole = f"{given_name} {family_name}".strip()
    two = [line for line in (given_name, family_name) if line]
    three = [line for line in (given_name, *_halves(family_name)) if line]
    for lines, sizes in (([whole], ONE_LINE_SIZES), (two, TWO_LINE_SIZES), (three, THREE_LINE_SIZES)):
        for size in sizes:
            if all(text_width(line, SERIF) * size <= NAME_WIDTH for line in lines):
                return size, lines
    return THREE_LINE_SIZES[-1], three


def _own_script_size(facts: ParticipationFacts) -> int:
    """Return the size in CSS pixels at which the own-script name stays on one line, or the smallest."""
    family = THAI if facts.own_script_language.startswith("th") else SANS
    width = text_width(facts.own_script_name, family)
    return next((size for size in OWN_SCRIPT_SIZES if width * size <= NAME_WIDTH), OWN_SCRIPT_SIZES[-1])


def _on_one_line(text: str, sizes: tuple[int, ...]) -> int:
    """Return the size in CSS pixels at which a line of an award stays left of the ring, or the smallest."""
    width = text_width(text, SERIF)
    return next((size for size in sizes if width * size <= PRIZE_WIDTH), sizes[-1])


def _halves(name: str) -> list[str]:
    """Return a name in two lines of nearly the same width, broken after a space or a hyphen."""
    places = [place + 1 for place, letter in enumerate(name) if letter in " -"]
    if not places:
        return [name]
    best = min(places, key=lambda place: max(text_width(name[:place], SERIF), text_width(name[place:], SERIF)))
    return [name[:best].strip(), name[best:].strip()]


def _template(certificate: Certificate) -> str:
    return f"certificates/{certificate.template}"


def _title(certificate: Certificate, facts: ParticipationFacts) -> str:
    return f"{certificate.kind.label}: {facts.holder_name}, {facts.forum_title}"


def _shown(certificate: Certificate, facts: ParticipationFacts, verify_url: str) -> dict[str, Any]:
    """Return what the page is given: facts, and the sizes at which they fit."""
    size, lines = fitted_name(facts.given_name, facts.family_name.upper())
    return {
        "facts": facts,
        "kind": certificate.kind,
        "prize_size": _on_one_line(facts.prize, PRIZE_SIZES),
        "entry_size": _on_one_line(facts.entry_title, ENTRY_SIZES),
        "field_seal": seal_data_uri(facts.economy_rank, on_field=True),
        "serial": certificate.serial,
        "name_size": size,
        "name_lines": lines,
        "own_size": _own_script_size(facts),
        "seal": seal_data_uri(facts.economy_rank),
        "qr": qr_address(verify_url),
        "check_at": verify_url.split("://", 1)[-1].rpartition("/verify")[0] + "/verify",
    }
