"""Forms of prizes and of the publication of results."""

from collections.abc import Iterable

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import DateTimeLocalField, RadioField, SelectField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Optional

from gtn_events.accounts.forms.base import Form, at_most, filled, text_field
from gtn_events.core.text import clean_text

from ..enums import AwardKind
from ..models import CompetitionCategory, RankingRow

MINUTES = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"]


class AwardForm(Form):
    """A prize that can be won."""

    kind = RadioField(
        _l("Kind"),
        choices=[SelectChoice(kind.value, _l(kind.label)) for kind in AwardKind],
        validators=[InputRequired(_l("Choose what the prize honours."))],
    )
    category = SelectField(_l("Category"), validate_choice=True, description=_l("For a category prize only."))
    label = text_field(_l("Name of the prize"), most=120, validators=[filled(_l("Give the prize a name."))])

    def offer(self, categories: Iterable[CompetitionCategory]) -> None:
        """Let one of the competition's categories be chosen, or none."""
        self.category.choices = [SelectChoice("", _("None")), *(SelectChoice(e.key, e.label) for e in categories)]


class GiveForm(Form):
    """Who wins a prize, and the words that are said."""

    entry = SelectField(_l("Entry"), validators=[InputRequired(_l("Choose an entry."))])
    citation = TextAreaField(
        _l("Citation"),
        filters=[lambda value: clean_text(value) if isinstance(value, str) else value],
        validators=[at_most(1000)],
        description=_l("What the jury says about it; stands on the page of results."),
    )

    departure = TextAreaField(
        _l("Why not the entry that the rule names"),
        filters=[lambda value: clean_text(value) if isinstance(value, str) else value],
        validators=[at_most(1000)],
        description=_l(
            "Needed when the prize goes to another entry. It stands on the page and in the file of results."
        ),
    )

    def offer(self, rows: Iterable[RankingRow]) -> None:
        """Show the entries that can win it with their ranks."""
        self.entry.choices = [
            SelectChoice(
                row.entry.reference,
                _(
                    "%(rank)s. %(title)s, %(firm)s",
                    rank=row.rank,
                    title=row.entry.title,
                    firm=row.entry.organisation_name,
                ),
            )
            for row in rows
        ]


class PublicationForm(Form):
    """From when everybody may see the results."""

    embargo_until = DateTimeLocalField(
        _l("Not before"),
        validators=[Optional()],
        format=MINUTES,
        description=_l("In the host's time. Leave it empty to publish now."),
    )
