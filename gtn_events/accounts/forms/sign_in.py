"""Signing in, signing up, and the forms around passwords and addresses."""

from flask_babel import lazy_gettext as _l
from wtforms import EmailField, HiddenField, PasswordField, SelectField

from ..domain.passwords import LONGEST, SHORTEST
from .base import Form, at_most, filled, one_line, text_field
from .choices import origin_choices

_ADDRESS_EMPTY = _l("Write your e-mail address. It is empty.")


class AddressForm(Form):
    """One e-mail address."""

    email = EmailField(_l("E-mail address"), filters=[one_line], validators=[filled(_ADDRESS_EMPTY), at_most(320)])


class SignInForm(AddressForm):
    """An address and its password."""

    password = PasswordField(_l("Password"), validators=[filled(_l("Write your password. It is empty."))])


class NewPasswordForm(Form):
    """A new password."""

    password = PasswordField(
        _l("New password"),
        description=_l("At least %(count)d signs. A few words in a row are a good password.", count=SHORTEST),
        validators=[filled(_l("Write a new password. It is empty.")), at_most(LONGEST)],
    )


class ChangePasswordForm(NewPasswordForm):
    """A new password, and the present one as proof."""

    current = PasswordField(
        _l("Present password"), validators=[filled(_l("Write your present password. It is empty."))]
    )


class ChangeAddressForm(AddressForm):
    """A new address, and the password as proof."""

    current = PasswordField(_l("Password"), validators=[filled(_l("Write your password. It is empty."))])


class EraseForm(Form):
    """The password as proof before everything is erased."""

    current = PasswordField(_l("Password"), validators=[filled(_l("Write your password. It is empty."))])


class NewAccountForm(NewPasswordForm):
    """What a new person says of themselves: as little as a registration can begin with."""

    given_name = text_field(_l("Given names"), most=100, description=_l("As in your passport."))
    family_name = text_field(
        _l("Family name"),
        most=100,
        description=_l("Printed in capitals. If you have one name only, write it here."),
        validators=[filled(_l("Write your family name. It is empty."))],
    )
    origin = SelectField(
        _l("Economy"),
        description=_l("The economy you come for, not your passport."),
        validators=[filled(_l("Choose your economy, or how else you belong to the meeting."))],
    )
    time_zone = HiddenField(filters=[one_line])  # a script writes the browser's zone into it

    def fill_choices(self) -> None:
        """Offer today's economies."""
        self.password.label.text = _l("Password")
        self.origin.choices = origin_choices()
