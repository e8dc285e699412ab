"""What a delegate types for a visa letter."""

from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import DateField, SelectField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired

from gtn_events.accounts.forms.base import Form, filled, text_field

from ..domain.passports import PassportData
from ..enums import PassportKind

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
