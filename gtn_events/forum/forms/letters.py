"""What a delegate types for a visa letter, and what an organiser sets for all letters."""

from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import DateField, SelectField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Length

from gtn_events.accounts.forms.base import Form, filled, text_field
from gtn_events.accounts.forms.hosted import many_lines
from gtn_events.accounts.forms.versioned import VersionedForm

from ..domain.letter_texts import FIELDS, INVITATION, LONGEST, VISA, VISA_FIELDS, LetterWords
from ..domain.passports import PassportData
from ..enums import PassportKind
from ..models import LetterSettings

_NO_DAY = _l("Give a date, such as 5 June 2013.")


def _day(label: Any, **options: Any) -> DateField:  # Any: a lazy text, options of the field
    return DateField(label, [InputRequired(_NO_DAY)], **options)


class PassportForm(Form):
    """Passport and journey. ``data_of()`` is what was typed, once ``validate()`` said yes."""

    full_name = text_field(
        _l("Full name"),
        most=120,
        validators=[filled(_l("Write the name as in the passport."))],
        description=_l("As in the last two lines of the passport page: letters from A to Z."),
    )
    number = text_field(_l("Passport number"), most=20, validators=[filled(_l("Write the passport number."))])
    kind = SelectField(_l("Kind of passport"), choices=[SelectChoice(each.value, each.label) for each in PassportKind])
    nationality = text_field(
        _l("Nationality"),
        most=80,
        validators=[filled(_l("Write the nationality as in the passport."))],
        description=_l("As it stands in the passport. It is used on the letter and nowhere else."),
    )
    born_on = _day(_l("Date of birth"))
    birth_place = text_field(_l("Place of birth"), most=120)
    sex = SelectField(
        _l("Sex"),
        validators=[filled(_l("Choose what stands in the passport."))],
        choices=[
            SelectChoice("", _l("Choose…")),
            SelectChoice("F", "F"),
            SelectChoice("M", "M"),
            SelectChoice("X", "X"),
        ],
        description=_l("As in the passport."),
    )
    issued_on = _day(_l("Issued on"))
    expires_on = _day(_l("Valid until"), description=_l("At least six months after you leave."))
    consulate = text_field(
        _l("Embassy or consulate where you apply"),
        most=160,
        validators=[filled(_l("Name the embassy or consulate."))],
        description=_l("The letter is addressed to it."),
    )
    entry_on = _day(_l("You enter on"))
    exit_on = _day(_l("You leave on"))
    pays = text_field(
        _l("Who pays for travel and stay"), most=160, validators=[filled(_l("Say who pays: you, your organisation."))]
    )

    def data_of(self) -> PassportData:
        """Return what was typed, for the domain."""
        values: dict[str, Any] = {name: self[name].data or "" for name in PassportData.__dataclass_fields__}
        days = {name: value for name, value in values.items() if isinstance(value, date)}
        return PassportData(**{**values, **days, "kind": PassportKind(self.kind.data)})


class LetterWordsForm(VersionedForm):
    """Texts with fields in braces, and who signs."""

    invitation_text = TextAreaField(
        _l("Text of the invitation letter"),
        [filled(_l("Write a text.")), Length(max=LONGEST)],
        [many_lines],
        description=_l("Fields: %(fields)s", fields=" ".join(f"{{{name}}}" for name in FIELDS)),
    )
    visa_text = TextAreaField(
        _l("Text of the visa letter"),
        [filled(_l("Write a text.")), Length(max=LONGEST)],
        [many_lines],
        description=_l("Fields: %(fields)s", fields=" ".join(f"{{{name}}}" for name in VISA_FIELDS)),
    )
    signatory_name = text_field(_l("Who signs"), most=120, validators=[filled(_l("Say who signs the letters."))])
    signatory_post = text_field(_l("Position of who signs"), most=200)

    def words(self) -> LetterWords:
        """Return what was typed, for the domain."""
        return LetterWords(**{name: self[name].data or "" for name in LetterWords.__dataclass_fields__})


def stored_words(settings: LetterSettings | None) -> dict[str, Any]:
    """Return what fills the form of the words; the usual ones while nobody has set others."""
    if settings is None:
        return {"invitation_text": INVITATION, "visa_text": VISA}
    return {name: getattr(settings, name) for name in LetterWords.__dataclass_fields__}
