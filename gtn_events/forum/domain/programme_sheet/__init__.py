"""A programme from a spreadsheet: which column means what, what each line would do, and doing it."""

from .applying import SheetReport, apply_sheet
from .columns import FIELDS, guess_columns
from .lines import MOST_LINES, Fate, Line, Preview, preview_sheet
from .newcomers import NamesAdded, names_added
from .template import template_headings, template_rows

__all__ = [
    "FIELDS",
    "MOST_LINES",
    "Fate",
    "Line",
    "NamesAdded",
    "Preview",
    "SheetReport",
    "apply_sheet",
    "guess_columns",
    "names_added",
    "preview_sheet",
    "template_headings",
    "template_rows",
]
