"""Writing a circular, and adding a file to it."""

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, DateField, FieldList, FormField, HiddenField, RadioField, TextAreaField
from wtforms import Form as PlainForm
from wtforms.fields import SelectChoice
from wtforms.validators import Optional

from gtn_events.accounts.forms.base import Form, at_most, filled, text_field
from gtn_events.accounts.forms.checkboxes import CheckboxesField
from gtn_events.core.economies import economies_in_order

from ..circular_words import SECTIONS
from ..domain.circulars import CircularText
from ..models import CircularVersion

LONGEST_SECTION = 20_000


class NewCircularForm(Form):
    """The title of a circular that is begun."""

    title = text_field(_l("Title"), most=150, validators=[filled(_l("Write a title. It is empty."))])


class SectionForm(PlainForm):
    """One section of a circular."""

    text = TextAreaField(_l("Text"), validators=[at_most(LONGEST_SECTION)])
    hidden = BooleanField(_l("Hide this section"))


class CircularForm(NewCircularForm):
    """Everything a version says."""

    audience = RadioField(
        _l("For"),
        choices=[SelectChoice("all", _l("All economies")), SelectChoice("chosen", _l("Those chosen below"))],
        default="all",
    )
    economies = CheckboxesField(_l("Economies"))
    acknowledge_by = DateField(
        _l("Acknowledge by"),
        description=_l("Three days before, those who have not acknowledged are reminded."),
        validators=[Optional()],
    )
    sections = FieldList(FormField(SectionForm), min_entries=len(SECTIONS), max_entries=len(SECTIONS))
    seen = HiddenField()

    @classmethod
    def of(cls, version: CircularVersion) -> "CircularForm":
        """Return the form with what a version says, or with what was sent."""
        form = cls(
            title=version.title,
            audience="chosen" if version.audience else "all",
            economies=version.audience,
            acknowledge_by=version.acknowledge_by,
            sections=[{"text": each["text"], "hidden": each["hidden"]} for each in version.sections],
            seen=str(version.lock_version),
        )
        form.economies.choices = [SelectChoice(each.code, each.short_name) for each in economies_in_order()]
        return form

    def validate(self, extra_validators: object = None) -> bool:
        """Ask for economies where only some are meant."""
        valid = super().validate(extra_validators)
        offered = {choice.value for choice in self.economies.choices}
        if self.audience.data == "chosen" and not set(self.economies.data or []) & offered:
            self.economies.errors = [str(_l("Choose at least one economy, or send it to all."))]
            return False
        return valid

    @property
    def text(self) -> CircularText:
        """What was typed, once the form is valid."""
        parts = dict(zip(SECTIONS, (entry.form for entry in self.sections), strict=True))
        offered = [choice.value for choice in self.economies.choices]
        chosen = [code for code in offered if code in self.economies.data] if self.audience.data == "chosen" else []
        return CircularText(
            title=self.title.data,
            sections={key: part.text.data or "" for key, part in parts.items()},
            hidden=frozenset(key for key, part in parts.items() if part.hidden.data),
            audience=tuple(chosen),
            acknowledge_by=self.acknowledge_by.data,
        )


class CircularFileForm(Form):
    """A file that goes with a circular."""

    file = FileField(
        _l("File"),
        description=_l("PDF, Word, Excel or a picture, at most 10 MB."),
        validators=[FileRequired(_l("Choose a file."))],
    )
