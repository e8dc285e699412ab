"""What staff type about somebody who comes without a registration."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import EmailField, SelectField, StringField
from wtforms.fields import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length

from gtn_events.accounts.forms.base import Form
from gtn_events.accounts.forms.hosted import one_line
from gtn_events.core.economies import economies_in_order

from ..domain.walk_ins import WalkIn
from ..models import Forum
from ..queries.forums import categories_in_order
from .particulars import CLASS_PREFIX, represented
from .registration import OTHER_CLASSES


class WalkInForm(Form):
    """Name, economy, organisation, address and category. ``details()`` once ``validate()`` said yes."""

    given_name = StringField(_l("Given name"), [Length(max=100)], [one_line])
    family_name = StringField(
        _l("Family name"), [DataRequired(_l("Write the family name.")), Length(max=100)], [one_line]
    )
    economy = SelectField(_l("Economy"), [InputRequired(_l("Choose the economy the person comes for."))])
    organisation_name = StringField(_l("Organisation"), [Length(max=200)], [one_line])
    email = EmailField(
        _l("E-mail address"),
        [DataRequired(_l("Write the address; the ticket goes there.")), Length(max=320)],
        [one_line],
    )
    category_id = SelectField(_l("Category"), [InputRequired(_l("Choose a category."))])

    def __init__(self, forum: Forum, *args: Any, **kwargs: Any) -> None:  # Any: what WTForms passes on
        super().__init__(*args, **kwargs)
        self._categories = {str(each.id): each for each in categories_in_order(forum)}
        self.economy.choices = [
            SelectChoice("", _l("Choose…")),
            *(SelectChoice(each.code, each.short_name) for each in economies_in_order()),
            *(SelectChoice(f"{CLASS_PREFIX}{each.value}", each.label) for each in OTHER_CLASSES),
        ]
        self.category_id.choices = [
            SelectChoice("", _l("Choose…")),
            *(
                # Not lazy: a lazy text counts as safe, and what an organiser named a category would not be escaped.
                SelectChoice(key, _("%(label)s: %(free)s free", label=each.label, free=each.pool.free))
                for key, each in self._categories.items()
            ),
        ]

    def details(self) -> WalkIn:
        """Return what was typed, for the domain."""
        delegation_class, code = represented(self.economy.data)
        return WalkIn(
            given_name=self.given_name.data or "",
            family_name=self.family_name.data,
            email=self.email.data,
            delegation_class=delegation_class,
            economy_code=code,
            organisation_name=self.organisation_name.data or "",
            category=self._categories[self.category_id.data],
        )
