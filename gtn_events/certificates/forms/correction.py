"""The form that corrects the names on a certificate."""

from flask_babel import lazy_gettext as _l
from wtforms import SelectField, TextAreaField

from gtn_events.accounts.domain.names import guess_language
from gtn_events.accounts.forms.base import Form, at_most, filled, text_field
from gtn_events.accounts.forms.choices import name_language_choices

from ..domain import HolderNames


class CorrectionForm(Form):
    """The names as they should have been, and why they change."""

    given_name = text_field(_l("Given names"), most=100)
    family_name = text_field(
        _l("Family name"), most=100, validators=[filled(_l("Write the family name. It is empty."))]
    )
    own_script_name = text_field(_l("Name in the person's own script"), most=150)
    own_script_language = SelectField(_l("Language of that name"))
    reason = TextAreaField(
        _l("Reason"),
        validators=[at_most(1000)],
        description=_l("Kept for the organisers; not shown to anybody else."),
    )

    def fill_choices(self) -> None:
        """Offer the languages of names."""
        self.own_script_language.choices = name_language_choices()

    def names(self) -> HolderNames:
        """Return what was typed; the language of a name in another script is found from its letters."""
        own = self.own_script_name.data
        return HolderNames(
            given_name=self.given_name.data,
            family_name=self.family_name.data,
            own_script_name=own,
            own_script_language=(self.own_script_language.data or guess_language(own, economy_code=None))
            if own
            else "",
        )
