"""What an organiser says about the place of a session, and about a warning."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any

from flask_babel import format_date
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, IntegerField, SelectField, StringField
from wtforms.fields import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange

from gtn_events.accounts.forms.hosted import one_line
from gtn_events.core.errors import VenueTimeRefused
from gtn_events.core.venue_time import moment_at_venue

from ..conference_day import DAY_CHANGE
from ..models import Forum
from ..queries.programme import RoomFacts
from ..schedule_place import Place
from .programme import DAY_MINUTES, RefusableForm

STEP = 5
FIRST = int(DAY_CHANGE / timedelta(minutes=1))
# In the order of a day of the programme, which begins at 04:00.
TIMES = [f"{minute // 60 % 24:02}:{minute % 60:02}" for minute in range(FIRST, FIRST + DAY_MINUTES, STEP)]


class PutForm(RefusableForm):
    """Where a session is to be. ``place()`` is what was chosen, once ``validate()`` said yes."""

    day = SelectField(_l("Day"))
    time = SelectField(_l("Starts"), validate_choice=False)
    room = SelectField(_l("Room"), coerce=int)
    minutes = IntegerField(
        _l("Minutes"),
        [
            InputRequired(_l("Say how many minutes it lasts.")),
            NumberRange(1, DAY_MINUTES, _l("A session lasts from 1 minute to 24 hours.")),
        ],
    )
    seen = HiddenField()

    def __init__(
        self,
        forum: Forum,
        days: Iterable[date],
        rooms: Iterable[RoomFacts],
        *args: Any,
        **kwargs: Any,  # Any: what WTForms passes on
    ) -> None:
        super().__init__(*args, **kwargs)
        self._zone = forum.time_zone
        self._starts_at: datetime | None = None
        self.day.choices = [SelectChoice(each.isoformat(), format_date(each, "EEE d MMM")) for each in days]
        own = [self.time.data] if self.time.data and self.time.data not in TIMES else []
        self.time.choices = [SelectChoice(each, each) for each in sorted([*TIMES, *own], key=_in_day)]
        self.room.choices = [SelectChoice(0, _l("No room yet")), *(SelectChoice(each.id, each.name) for each in rooms)]

    def validate(self, extra_validators: Any = None) -> bool:  # Any: WTForms' own signature
        """Check every field, then that the start is one moment at the venue."""
        if not super().validate(extra_validators):
            return False
        try:
            self._starts_at = moment_at_venue(_local(date.fromisoformat(self.day.data), self.time.data), self._zone)
        except ValueError:
            self.time.errors = [_l("Choose a time.")]
        except VenueTimeRefused as refusal:
            self.time.errors = [refusal.message]
        return self._starts_at is not None

    def place(self) -> Place:
        """Return what was chosen, for the domain."""
        assert self._starts_at is not None  # for the type checker: validate() said yes
        return Place(self._starts_at, self.minutes.data, self.room.data or None)


class AcceptForm(RefusableForm):
    """Why a warning is all right."""

    facts = HiddenField()
    reason = StringField(
        _l("Why this is all right"), [DataRequired(_l("Say why this is all right.")), Length(max=300)], [one_line]
    )


def _in_day(clock: str) -> str:
    return clock if clock >= TIMES[0] else f"~{clock}"


def _local(day: date, clock: str) -> datetime:
    """Return the wall clock time on a day of the programme: what is before 04:00 is in the night after it."""
    local = datetime.combine(day, time.fromisoformat(clock or ""))
    night = timedelta(hours=local.hour, minutes=local.minute) < DAY_CHANGE
    return local + timedelta(days=1) if night else local
