"""How documents of a kind would look; nothing is written."""

from io import BytesIO
from typing import TYPE_CHECKING

from gtn_events.core.later import Later

from .kinds import DesignedKind, Subject, designed_kind
from .templates import templates
from .values import Design

if TYPE_CHECKING:
    import pypdfium2
else:
    pypdfium2 = Later("pypdfium2")

DPI = 100


def preview_pdf(kind: DesignedKind, design: Design, subject: Subject) -> bytes:
    """Return how a document would look, as a PDF.

    Raises:
        MissingGlyphs: a text has a character that no font has.
    """
    return kind.draw(design, subject)


def preview_png(kind: DesignedKind, design: Design, subject: Subject) -> bytes:
    """Return its first page as a picture of 100 dots an inch."""
    picture = BytesIO()
    document = pypdfium2.PdfDocument(kind.draw(design, subject))
    try:
        document[0].render(scale=DPI / 72).to_pil().save(picture, "PNG")
    finally:
        document.close()
    return picture.getvalue()


def template_png(kind: str, template: str) -> bytes:
    """Return a template with its own words and an invented person: the same for everybody."""
    designed = designed_kind(kind)
    found = templates(designed.family)[template]
    plain = Design(template=found.name, orientation=found.orientations[0])
    return preview_png(designed, plain, designed.examples.invented().subject)
