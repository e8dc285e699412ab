"""What an organiser types about a call for sessions."""

from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import DateTimeLocalField, HiddenField, IntegerField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange

from gtn_events.accounts.forms.base import Form, at_most, filled, text_field
from gtn_events.accounts.forms.hosted import LONG, MINUTES, many_lines
from gtn_events.core.errors import VenueTimeRefused
from gtn_events.core.venue_time import local_at_venue, moment_at_venue

from ..domain.session_calls.calls import MOST_EACH, USUALLY_EACH, CallDetails, SessionType
from ..domain.session_calls.rules import LONGEST_SESSION
from ..models import Forum, SessionCall

TIMES = ("opens_at", "closes_at")
LONGEST_NAME = {"types": 80, "criteria": 120}


class SessionCallForm(Form):
    """One call. ``details()`` is what was typed, once ``validate()`` said yes."""

    title = text_field(_l("Title"), most=200, validators=[filled(_l("Give the call a title."))])
    text = TextAreaField(
        _l("What you look for"),
        [Length(max=LONG)],
        [many_lines],
        description=_l("Everybody reads it. Markdown: ## heading, **bold**, - list."),
    )
    opens_at = DateTimeLocalField(_l("Opens"), [InputRequired(_l("Say when it opens."))], format=MINUTES)
    closes_at = DateTimeLocalField(_l("Closes"), [InputRequired(_l("Say when it closes."))], format=MINUTES)
    types = TextAreaField(
        _l("Types of sessions"),
        [Length(max=4000)],
        [many_lines],
        description=_l("One a line: name, comma, usual minutes. For example: Panel, 90"),
    )
    criteria = TextAreaField(
        _l("Criteria"),
        [Length(max=4000)],
        [many_lines],
        description=_l("One a line. The committee scores each from 1 to 5; they stay after the first score."),
    )
    most_each = IntegerField(
        _l("Proposals of one person"),
        [
            InputRequired(_l("Write a number from 0 to 100.")),
            NumberRange(0, MOST_EACH, _l("Write a number from 0 to 100.")),
        ],
        default=USUALLY_EACH,
        description=_l("At most so many that are sent and not withdrawn; 0: as many as they like."),
    )
    seen = HiddenField()

    def __init__(self, forum: Forum, *args: Any, **kwargs: Any) -> None:  # Any: what WTForms passes on
        super().__init__(*args, **kwargs)
        self._zone = forum.time_zone
        self._moments: dict[str, datetime] = {}
        self._types: list[SessionType] = []

    @property
    def version(self) -> int | None:
        """The lock version of what the person had before them."""
        return int(self.seen.data) if (self.seen.data or "").isdecimal() and len(self.seen.data) < 10 else None

    def validate(self, extra_validators: Any = None) -> bool:  # Any: WTForms' own signature
        """Check every field, that each time is one moment at the venue, and that each type has a name and minutes."""
        valid = bool(super().validate(extra_validators))
        for name in TIMES:
            if not self[name].errors:
                valid = self._read_moment(name) and valid
        for name, most in LONGEST_NAME.items():
            if any(len(each) > most for each in self._names(name)):
                self[name].errors = [_("Use at most %(most)d signs for each.", most=most)]
                valid = False
        return self._read_types() and valid

    def details(self) -> CallDetails:
        """Return what was typed, for the domain."""
        return CallDetails(
            title=self.title.data or "",
            text=self.text.data or "",
            types=self._types,
            criteria=_lines(self.criteria.data),
            most_each=self.most_each.data or 0,
            **self._moments,
        )

    def _names(self, name: str) -> list[str]:
        """Return what the lines of a field name: a type stands before the last comma, a criterion is the whole line."""
        lines = _lines(self[name].data)
        return [line.rpartition(",")[0] or line for line in lines] if name == "types" else lines

    def _read_moment(self, name: str) -> bool:
        try:
            self._moments[name] = moment_at_venue(self[name].data, self._zone)
        except VenueTimeRefused as refusal:
            self[name].errors = [refusal.message]
            return False
        return True

    def _read_types(self) -> bool:
        for line in _lines(self.types.data):
            name, _comma, minutes = (part.strip() for part in line.rpartition(","))
            is_number = minutes.isascii() and minutes.isdigit() and len(minutes) <= len(str(LONGEST_SESSION))
            if not (name and is_number and 0 < int(minutes) <= LONGEST_SESSION):
                self.types.errors = [
                    _(
                        "Write “%(line)s” as a name, a comma and 1 to %(most)d minutes.",
                        line=line[:80],
                        most=LONGEST_SESSION,
                    )
                ]
                return False
            self._types.append(SessionType(name, int(minutes)))
        return True


def stored_call(call: SessionCall) -> dict[str, Any]:  # Any: a value of any column
    """Return what fills the form for a call that exists."""
    zone = call.forum.time_zone
    return {
        "title": call.title,
        "text": call.text,
        "opens_at": local_at_venue(call.opens_at, zone),
        "closes_at": local_at_venue(call.closes_at, zone),
        "types": "\n".join(f"{each['name']}, {each['minutes']}" for each in call.types),
        "criteria": "\n".join(each.name for each in call.criteria),
        "most_each": call.most_each,
        "seen": str(call.lock_version),
    }


class MemberForm(Form):
    """Who comes on the committee."""

    email = text_field(
        _l("E-mail address"),
        most=320,
        validators=[filled(_l("Write their address."))],
        description=_l("Of their account. They get a mail."),
    )


class DecisionForm(Form):
    """What proposers read beside a decision."""

    reason = TextAreaField(_l("Reason"), [at_most(4000)], [many_lines])


def _lines(text: str | None) -> list[str]:
    return [" ".join(line.split()) for line in (text or "").splitlines() if line.strip()]
