"""How certificates would look: real recipients, the longest name, and a name in each script; nothing is written."""

from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO
from itertools import islice
from typing import TYPE_CHECKING

from flask_babel import gettext as _

from gtn_events.core.later import Later
from gtn_events.core.links import site_url
from gtn_events.core.pdf import text_width
from gtn_events.core.pdf.families import SERIF

from ..documents import certificate_pdf
from ..domain import IssueRequest
from ..enums import CertificateKind
from ..facts import ParticipationFacts
from ..models import Certificate, CertificateDesign
from .samples import LONG_NAME, SAMPLE_NAMES, named_after, sample_facts
from .values import Design

if TYPE_CHECKING:
    import pypdfium2
else:
    pypdfium2 = Later("pypdfium2")

MOST_REAL = 3
LONGEST = "longest"
DPI = 100


@dataclass(frozen=True, kw_only=True)
class Example:
    """Somebody a preview can be made for; ``key`` tells them apart in an address."""

    key: str
    label: str
    facts: ParticipationFacts


def examples(kind: CertificateKind, due: Iterable[IssueRequest]) -> list[Example]:
    """Return whom a preview can show.

    Args:
        due: who is due such a certificate; read to its end, for the longest name.

    Returns:
        The first three of them and the one with the longest name, then an invented name in each script;
        the invented ones only, with a long one, when nobody is due yet.
    """
    people = [each.facts for each in due if each.kind is kind]
    return [*_real(people[:MOST_REAL]), _longest(kind, people), *_invented(kind, people)]


def example(kind: CertificateKind, due: Iterable[IssueRequest], key: str) -> Example:
    """Return the one of a key, the first one for a key that nobody has; reads no more than that needs."""
    people = (each.facts for each in due if each.kind is kind)
    if key == LONGEST:
        return _longest(kind, list(people))
    first = list(islice(people, MOST_REAL))
    found = [*_real(first), *_invented(kind, first)]
    return next((each for each in found if each.key == key), found[0])


def _real(people: list[ParticipationFacts]) -> list[Example]:
    return [
        Example(key=f"person-{number}", label=each.holder_name, facts=each) for number, each in enumerate(people, 1)
    ]


def _longest(kind: CertificateKind, people: list[ParticipationFacts]) -> Example:
    if not people:
        facts = named_after(sample_facts(kind), LONG_NAME)
        return Example(key=LONGEST, label=LONG_NAME.label, facts=facts)
    facts = max(people, key=lambda each: text_width(each.holder_name, SERIF))
    return Example(key=LONGEST, label=_("Longest name: %(name)s", name=facts.holder_name), facts=facts)


def _invented(kind: CertificateKind, people: list[ParticipationFacts]) -> list[Example]:
    facts = people[0] if people else sample_facts(kind)
    return [Example(key=each.script, label=each.label, facts=named_after(facts, each)) for each in SAMPLE_NAMES]


def preview_pdf(design: Design, kind: CertificateKind, facts: ParticipationFacts) -> bytes:
    """Return how a certificate would look: it says "Preview" where the serial stands, and verifies nothing.

    Raises:
        MissingGlyphs: a text has a character that no font has.
    """
    shown = Certificate(
        serial=_("Preview"),
        kind=kind,
        template=design.template,
        design=CertificateDesign(values=design.as_dict()),
        facts=facts.as_dict(),
    )
    return certificate_pdf(shown, verify_url=site_url("certificates.verify_form"))


def preview_png(design: Design, kind: CertificateKind, facts: ParticipationFacts) -> bytes:
    """Return the same as a picture of 100 dots an inch."""
    picture = BytesIO()
    document = pypdfium2.PdfDocument(preview_pdf(design, kind, facts))
    try:
        document[0].render(scale=DPI / 72).to_pil().save(picture, "PNG")
    finally:
        document.close()
    return picture.getvalue()
