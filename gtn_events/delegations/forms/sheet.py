"""A spreadsheet of nominations."""

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired

from gtn_events.accounts.forms.base import Form


class SheetForm(Form):
    """The file."""

    file = FileField(
        _l("Spreadsheet"),
        [FileRequired(_l("Choose a file."))],
        description=_l("xlsx or CSV (UTF-8), at most 2,000 lines and 5 MB. You see first what each line would do."),
    )
