"""What an organiser types about a side event."""

from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, DateTimeLocalField, IntegerField, SelectField, StringField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange

from gtn_events.accounts.forms.hosted import LONG, MINUTES, many_lines, one_line
from gtn_events.accounts.forms.versioned import VersionedForm
from gtn_events.core.economies import economies_in_order
from gtn_events.core.errors import VenueTimeRefused
from gtn_events.core.venue_time import local_at_venue, moment_at_venue

from ..domain.side_events import SideEventDetails
from ..models import Forum, SideEvent
from .forum import MOST_PLACES

TIMES = ("starts_at", "ends_at")


class SideEventForm(VersionedForm):
    """One side event. ``details()`` is what was typed, once ``validate()`` said yes."""

    title = StringField(_l("Title"), [DataRequired(_l("Give the side event a title.")), Length(max=200)], [one_line])
    topic = StringField(_l("Topic"), [Length(max=200)], [one_line])
    host_economy_code = SelectField(_l("Host economy"))
    host_name = StringField(
        _l("Host organisation"),
        [Length(max=200)],
        [one_line],
        description=_l("Shown when no economy is the host."),
    )
    room_name = StringField(_l("Room"), [Length(max=120)], [one_line])
    starts_at = DateTimeLocalField(_l("Starts"), [InputRequired(_l("Say when it starts."))], format=MINUTES)
    ends_at = DateTimeLocalField(_l("Ends"), [InputRequired(_l("Say when it ends."))], format=MINUTES)
    capacity = IntegerField(
        _l("Places"),
        [
            InputRequired(_l("Say how many places there are.")),
            NumberRange(0, MOST_PLACES, _l("Write a number from 0 to 1,000,000.")),
        ],
    )
    description = TextAreaField(
        _l("Description"), [Length(max=LONG)], [many_lines], description=_l("Markdown: ## heading, **bold**, - list.")
    )
    published = BooleanField(_l("Delegates can see and choose it"), default=True)

    def __init__(self, forum: Forum, *args: Any, **kwargs: Any) -> None:  # Any: what WTForms passes on
        super().__init__(*args, **kwargs)
        self._zone = forum.time_zone
        self._moments: dict[str, datetime] = {}
        economies = [SelectChoice(each.code, each.short_name) for each in economies_in_order()]
        self.host_economy_code.choices = [SelectChoice("", _l("None: an organisation is the host")), *economies]

    def validate(self, extra_validators: Any = None) -> bool:  # Any: WTForms' own signature
        """Check every field, then that each typed time is exactly one moment at the venue."""
        valid = bool(super().validate(extra_validators))
        for name in TIMES:
            field = self[name]
            if field.errors:
                continue
            try:
                self._moments[name] = moment_at_venue(field.data, self._zone)
            except VenueTimeRefused as refusal:
                field.errors = [*field.errors, refusal.message]
                valid = False
        return valid

    def details(self) -> SideEventDetails:
        """Return what was typed, for the domain."""
        return SideEventDetails(
            title=self.title.data,
            topic=self.topic.data,
            description=self.description.data,
            host_name=self.host_name.data,
            host_economy_code=self.host_economy_code.data or None,
            room_name=self.room_name.data,
            starts_at=self._moments["starts_at"],
            ends_at=self._moments["ends_at"],
            published=self.published.data,
        )


def stored_side_event(side_event: SideEvent) -> dict[str, Any]:  # Any: a value of any column
    """Return what fills the form for a side event that exists."""
    zone = side_event.forum.time_zone
    return {
        "title": side_event.title,
        "topic": side_event.topic,
        "description": side_event.description,
        "host_name": side_event.host_name,
        "host_economy_code": side_event.host_economy_code or "",
        "room_name": side_event.room_name,
        "starts_at": local_at_venue(side_event.starts_at, zone),
        "ends_at": local_at_venue(side_event.ends_at, zone),
        "capacity": side_event.pool.capacity,
        "published": side_event.published,
    }
