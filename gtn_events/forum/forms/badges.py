"""What an organiser types about badges."""

from flask_babel import lazy_gettext as _l
from wtforms import TextAreaField
from wtforms.validators import Length

from gtn_events.accounts.forms.hosted import many_lines
from gtn_events.accounts.forms.versioned import VersionedForm

LONGEST_BACK = 600


class BadgeTextForm(VersionedForm):
    """The text of the back of every badge."""

    back_text = TextAreaField(
        _l("On the back of every badge"),
        [Length(max=LONGEST_BACK)],
        [many_lines],
        description=_l(
            "A line each: where the help desk is, whom to call when something happens, where a found badge is handed "
            "in. Above it stands what the person goes to."
        ),
    )
