"""The door to the engine, which is loaded with the first document: a process that only shows pages does without.

WeasyPrint and its fonts take some 40 MiB and a third of a second.
"""

from collections.abc import Sequence
from typing import Any

from werkzeug.utils import import_string

ENGINE = "gtn_events.core.pdf.engine:render_pdf"
PARTS = "gtn_events.core.pdf.parts:render_parts"


def render_pdf(template: str, context: dict[str, Any], *, lang: str = "en", title: str) -> bytes:
    """Return a tagged PDF, as ``core.pdf.engine.render_pdf`` does."""
    data: bytes = import_string(ENGINE)(template, context, lang=lang, title=title)
    return data


def render_parts(
    template: str, parts: Sequence[dict[str, Any]], *, order: Sequence[int], lang: str = "en", title: str
) -> bytes:
    """Return a tagged PDF of very many pages, as ``core.pdf.parts.render_parts`` does."""
    data: bytes = import_string(PARTS)(template, parts, order=order, lang=lang, title=title)
    return data


def load_engine() -> None:
    """Load the engine now, so that the first document does not wait and a missing library is told at the start."""
    import_string(ENGINE)
