"""The progress report as a PDF and as a document that a working group edits further."""

from io import BytesIO
from typing import TYPE_CHECKING, Any

from flask_babel import gettext as _

from gtn_events.core.later import Later
from gtn_events.core.pdf import printable, render_pdf
from gtn_events.core.suppression import SMALLEST

from .participation import Section
from .progress_paper import Paper, Part

if TYPE_CHECKING:
    import docx
else:
    docx = Later("docx")

DOCX_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def progress_pdf(paper: Paper) -> bytes:
    """Return the report as a tagged PDF; identical bytes for the same paper."""
    context = {"paper": paper, "smallest": SMALLEST, "printable": printable}
    return render_pdf("forum/progress", context, title=paper.title)


def progress_docx(paper: Paper) -> bytes:
    """Return the report as an Office Open XML document, with the headings and tables of its own styles."""
    document = docx.Document()
    document.core_properties.title = paper.title
    document.core_properties.author = "APEC SMEs Green Technology Network"
    document.add_heading(printable(paper.title), level=0)
    if paper.cover:
        _add_table(document, [list(pair) for pair in paper.cover], heads=None)
    for part in paper.parts:
        _add_part(document, part)
    document.add_heading(_("Annex 1: Participants by economy"), level=1)
    _add_people(document, paper.people.section("economies"))
    if paper.speakers:
        document.add_heading(_("Annex 2: Experts and speakers"), level=1)
        _add_table(document, [list(pair) for pair in paper.speakers], heads=[_("Name"), _("Organisation, economy")])
    data = BytesIO()
    document.save(data)
    return data.getvalue()


def _add_part(document: Any, part: Part) -> None:  # Any: python-docx has no type to name it by
    document.add_heading(part.title, level=1)
    for paragraph in part.paragraphs:
        document.add_paragraph(printable(paragraph), style="List Number" if part.numbered else None)


def _add_people(document: Any, section: Section) -> None:  # Any: as above
    came = section.stages.index("attended")
    heads = [section.head, _("Women"), _("Men"), _("Another, or not said"), _("All")]
    lines = [*section.lines, *([section.total] if section.total else [])]
    rows = [
        [line.name, *("*" if number is None else str(number) for number in line.counts[came])]
        for line in lines
        if line.counts[came][3] != 0
    ]
    _add_table(document, rows, heads=heads)
    if section.has_gaps:
        words = _("* Left out: fewer than %(smallest)s people, or a number that would give such a one away.")
        document.add_paragraph(words % {"smallest": SMALLEST})


def _add_table(document: Any, rows: list[list[str]], *, heads: list[str] | None) -> None:  # Any: as above
    every = [heads, *rows] if heads else rows
    style = "Light Grid Accent 1" if heads else "Table Grid"
    table = document.add_table(rows=len(every), cols=len(every[0]), style=style)
    for row, cells in zip(table.rows, every, strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = printable(text)
