"""What an organiser types for the progress report: the cover sheet and one text a section."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, DateField, HiddenField, RadioField, StringField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import Length, Optional

from gtn_events.accounts.forms.base import Form
from gtn_events.accounts.forms.hosted import many_lines, one_line
from gtn_events.core.addresses import row_id

from ..domain.progress_report import PaperDetails
from ..enums import PaperPurpose
from ..models import ProgressReport
from ..progress_words import KEYS, SECTIONS

LONGEST = 20_000
_LENGTH = Length(max=LONGEST, message=_l("At most %(max)d characters."))


class CoverForm(Form):
    """The cover sheet; ``details()`` is what was typed, once ``validate()`` said yes."""

    document_number = StringField(
        _l("Document number"), [Length(max=60)], [one_line], description=_l("Such as 2013/SMEWG36/025.")
    )
    agenda_item = StringField(_l("Agenda item"), [Length(max=40)], [one_line])
    purpose = RadioField(
        _l("Purpose"), choices=[SelectChoice(each.value, each.label) for each in PaperPurpose], default="information"
    )
    submitted_by = StringField(
        _l("Submitted by"), [Length(max=200)], [one_line], description=_l("An economy, a chair, a consultant.")
    )
    meeting = StringField(_l("Meeting"), [Length(max=200)], [one_line], description=_l("With its ordinal number."))
    meeting_place = StringField(_l("Place of the meeting"), [Length(max=120)], [one_line])
    meeting_dates = StringField(_l("Dates of the meeting"), [Length(max=120)], [one_line])
    as_of = DateField(
        _l("Count people as of the end of"), [Optional()], description=_l("Empty: as it stands when the file is made.")
    )
    small_numbers = BooleanField(
        _l("Print numbers below 3, too"), description=_l("Only for a paper that is not published.")
    )
    seen = HiddenField()

    @property
    def seen_version(self) -> int:
        """The version the person looked at, 0 for a report that was never saved."""
        return row_id(self.seen.data or "") or 0

    def details(self) -> PaperDetails:
        """Return the cover sheet, for the domain."""
        return PaperDetails(
            document_number=self.document_number.data,
            agenda_item=self.agenda_item.data,
            purpose=PaperPurpose(self.purpose.data),
            submitted_by=self.submitted_by.data,
            meeting=self.meeting.data,
            meeting_place=self.meeting_place.data,
            meeting_dates=self.meeting_dates.data,
            as_of=self.as_of.data,
            small_numbers=self.small_numbers.data,
        )

    def texts(self, from_data: dict[str, str]) -> dict[str, str | None]:
        """Return key to text; None where the data speaks: its words were taken, or were not changed."""
        return {key: self._text(key, from_data[key]) for key in KEYS}

    def _text(self, key: str, from_data: str) -> str | None:
        typed: str = self[f"text_{key}"].data
        return None if self[f"take_{key}"].data or typed == from_data else typed


class ProgressReportForm(CoverForm):
    """The cover sheet with ``text_KEY`` and ``take_KEY`` for every section."""


for _section in SECTIONS:
    setattr(
        ProgressReportForm,
        f"text_{_section.key}",
        TextAreaField(_section.title, [_LENGTH], [many_lines], description=_section.hint),
    )
    setattr(ProgressReportForm, f"take_{_section.key}", BooleanField(_l("Take these words when I save")))


def stored_report(report: ProgressReport | None, from_data: dict[str, str]) -> dict[str, Any]:  # Any: any column
    """Return what fills the form: as it was saved, and the words of the data where nothing was."""
    texts = report.texts if report else {}
    filled = {f"text_{key}": texts.get(key, from_data[key]) for key in KEYS}
    if report is None:
        return {**filled, "seen": "0"}
    names = ("document_number", "agenda_item", "submitted_by", "meeting", "meeting_place", "meeting_dates", "as_of")
    cover = {name: getattr(report, name) for name in (*names, "small_numbers")}
    return {**filled, **cover, "purpose": report.purpose.value, "seen": str(report.lock_version)}
