"""A programme as a spreadsheet: the file, and what each of its columns means."""

from collections.abc import Sequence

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired

from ..domain.programme_sheet import FIELDS
from .programme import RefusableForm

MEANINGS = {
    "": _l("Not used"),
    "code": _l("Address or code"),
    "title": _l("Title"),
    "subtitle": _l("Second title"),
    "day": _l("Day"),
    "start": _l("Start"),
    "end": _l("End"),
    "minutes": _l("Minutes"),
    "room": _l("Room"),
    "track": _l("Track"),
    "kind": _l("Kind"),
    "language": _l("Language"),
    "interpretation": _l("Interpreted into"),
    "level": _l("Level"),
    "speakers": _l("Speakers"),
    "abstract": _l("Abstract"),
    "expected": _l("People expected"),
}


class SheetFileForm(RefusableForm):
    """The spreadsheet."""

    file = FileField(
        _l("Spreadsheet"),
        [FileRequired(_l("Choose a file."))],
        description=_l("CSV or xlsx with one line for each session below a line of headings."),
    )


def chosen_columns(sent: Sequence[str], guessed: Sequence[str]) -> list[str]:
    """Return what each column means: what was chosen for all of them, or else what the headings say.

    A meaning that was chosen for two columns counts for the first.
    """
    if len(sent) != len(guessed):
        return list(guessed)
    found: list[str] = []
    for name in sent:
        found.append(name if name in FIELDS and name not in found else "")
    return found
