"""What an organiser types about a sponsor."""

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import RadioField, StringField
from wtforms.fields import SelectChoice
from wtforms.validators import DataRequired, Length, Optional, Regexp

from gtn_events.accounts.forms.hosted import one_line

from ..domain.sponsors import SponsorDetails
from ..enums import SponsorLevel
from ..models import Sponsor
from .programme import RefusableForm


class SponsorForm(RefusableForm):
    """One sponsor."""

    name = StringField(_l("Name"), [DataRequired(_l("Write the sponsor's name.")), Length(max=120)], [one_line])
    level = RadioField(
        _l("Level"),
        choices=[SelectChoice(level.value, level.label) for level in SponsorLevel],
        default=SponsorLevel.SPONSOR.value,
    )
    link = StringField(
        _l("Web address"),
        [Optional(), Length(max=300), Regexp(r"https?://[^\s<>\"]+\Z", message=_l("Begin it with https://."))],
        [one_line],
    )
    logo = FileField(
        _l("Logo"),
        description=_l("PNG, JPEG or WebP, at most 2 MB, on white or without a ground. Empty: it stays as it is."),
    )

    def details(self) -> SponsorDetails:
        """Return what was typed, for the domain."""
        return SponsorDetails(name=self.name.data, level=SponsorLevel(self.level.data), link=self.link.data or "")


def stored_sponsor(sponsor: Sponsor) -> dict[str, str]:
    """Return what fills the form of a sponsor that exists; its logo is none that was sent."""
    return {"name": sponsor.name, "level": sponsor.level.value, "link": sponsor.link}
