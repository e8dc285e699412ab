"""The profile: who a person is on badges, lists and certificates."""

from typing import TYPE_CHECKING, Any

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField, TelField
from wtforms.fields import SelectChoice
from wtforms.validators import ValidationError

from gtn_events.core.later import Later

from ..enums import Gender
from ..models import Account
from .base import Form, at_most, filled, one_line, text_field
from .choices import (
    honorific_choices,
    language_choices,
    name_language_choices,
    origin_choices,
    origin_of,
    zone_choices,
)

if TYPE_CHECKING:
    import phonenumbers
else:
    phonenumbers = Later("phonenumbers")

_TEXTS = ("honorific", "given_name", "family_name", "own_script_name", "own_script_language", "position", "phone")


class ProfileForm(Form):
    """Everything a person says of themselves, but for the organisation."""

    honorific = SelectField(_l("Honorific"))
    given_name = text_field(_l("Given names"), most=100, description=_l("As in your passport."))
    family_name = text_field(
        _l("Family name"),
        most=100,
        description=_l("Printed in capitals. If you have one name only, write it here."),
        validators=[filled(_l("Write your family name. It is empty."))],
    )
    own_script_name = text_field(
        _l("Name in your own script"),
        most=150,
        description=_l("Only if it is written differently, for example Nguyễn Thị Thu Hằng, 陳美玲, สมชาย or Елена."),
    )
    own_script_language = SelectField(
        _l("Language of that name"), description=_l("So that the right letter forms are printed.")
    )
    gender = RadioField(
        _l("Gender"),
        description=_l("Reported only as totals by economy; numbers below 3 are never published."),
        choices=[SelectChoice(one.value, one.label) for one in Gender],
    )
    origin = SelectField(
        _l("Economy"),
        description=_l("The economy you come for, not your passport."),
        validators=[filled(_l("Choose your economy, or how else you belong to the meeting."))],
    )
    position = text_field(_l("Position"), most=150, description=_l("For example: Head of engineering."))
    phone = TelField(
        _l("Phone"),
        filters=[one_line],
        description=_l("With + and the dialling code, for example +62 21 5555 0100."),
        validators=[at_most(40)],
    )
    time_zone = SelectField(_l("Time zone"), description=_l("Deadlines are shown in your time and in the venue's."))

    language = SelectField(
        _l("Language you read best"),
        description=_l("Pages and mails are in English so far; yours is kept for the day they are not."),
    )

    def fill_choices(self, account: Account) -> None:
        """Offer today's economies, zones and languages, and what the account has already."""
        self.honorific.choices = honorific_choices(account.honorific)
        self.own_script_language.choices = name_language_choices()
        self.language.choices = language_choices()
        self.origin.choices = origin_choices()
        self.time_zone.choices = zone_choices()

    def validate_phone(self, field: Any) -> None:
        """Write the number in international format, or say what is wrong with it."""
        if field.data and not field.errors:
            field.data = international_number(field.data)


def values_of(account: Account) -> dict[str, str]:
    """Return the account as the form shows it."""
    texts = {name: getattr(account, name) for name in _TEXTS}
    chosen = {"gender": account.gender.value, "origin": origin_of(account)}
    return {**texts, **chosen, "time_zone": account.time_zone, "language": account.language}


def international_number(typed: str) -> str:
    """Return a phone number as ``+62 21 5555 0100``.

    Raises:
        ValidationError: it has no dialling code, or cannot be a number.
    """
    try:
        number = phonenumbers.parse(typed, None)
    except phonenumbers.NumberParseException:
        raise ValidationError(
            _l("Write the number with + and the dialling code, for example +62 21 5555 0100.")
        ) from None
    if not phonenumbers.is_possible_number(number):
        raise ValidationError(_l("This number is too short or too long. Please check it."))
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
