"""What an organiser types about rooms, tracks, sessions and speakers."""

from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import DateTimeLocalField, IntegerField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import DataRequired, Length, NumberRange, Optional, ValidationError

from gtn_events.accounts.forms.hosted import LONG, MINUTES, many_lines, one_line
from gtn_events.core.economies import economies_in_order
from gtn_events.core.errors import DomainError, VenueTimeRefused
from gtn_events.core.forms import Form
from gtn_events.core.venue_time import local_at_venue, moment_at_venue

from ..domain.programme import TRACK_COLOURS
from ..domain.programme_sessions import SessionDetails, SpeakerDetails
from ..enums import SessionKind, SessionLevel, SpeakerRole
from ..language_names import LANGUAGE_CODE, MOST_LANGUAGES, language_codes
from ..models import Forum, ForumSession, Room, Speaker, Track

MOST_SEATS = 1_000_000
DAY_MINUTES = 24 * 60
COLOUR_NAMES = (
    _l("Green"),
    _l("Amber"),
    _l("Blue"),
    _l("Violet"),
    _l("Wine"),
    _l("Olive"),
    _l("Teal"),
    _l("Brown"),
)


class RefusableForm(Form):
    """A form that can show what the domain refused at the field it belongs to."""

    def refuse(self, refusal: DomainError) -> None:
        """Show a refusal at its field, or above the form."""
        if refusal.field and refusal.field in self:
            field = self[refusal.field]
            field.errors = [*field.errors, refusal.message]
        else:
            self.form_errors.append(refusal.message)


class RoomForm(RefusableForm):
    """One room."""

    name = StringField(_l("Name"), [DataRequired(_l("Give the room a name.")), Length(max=120)], [one_line])
    seats = IntegerField(
        _l("Seats"), [Optional(), NumberRange(1, MOST_SEATS, _l("Write a number from 1 to 1,000,000."))]
    )
    equipment = StringField(
        _l("Equipment"), [Length(max=300)], [one_line], description=_l("Projector, microphones, interpretation booths.")
    )
    notes = StringField(
        _l("How to find it"), [Length(max=200)], [one_line], description=_l("Floor, step-free access, hearing loop.")
    )


class TrackForm(RefusableForm):
    """One track."""

    name = StringField(_l("Name"), [DataRequired(_l("Give the track a name.")), Length(max=120)], [one_line])
    colour = RadioField(
        _l("Colour"),
        choices=[
            SelectChoice(number, name) for number, name in zip(range(1, TRACK_COLOURS + 1), COLOUR_NAMES, strict=True)
        ],
        coerce=int,
        default=1,
    )


class SessionForm(RefusableForm):
    """One session. ``details()`` is what was typed, once ``validate()`` said yes."""

    title = StringField(_l("Title"), [DataRequired(_l("Give the session a title.")), Length(max=400)], [one_line])
    subtitle = StringField(_l("Second title"), [Length(max=400)], [one_line])
    kind = RadioField(
        _l("Kind"),
        choices=[
            SelectChoice(SessionKind.SESSION.value, _l("Session")),
            SelectChoice(SessionKind.PLENARY.value, _l("Plenary")),
            SelectChoice(SessionKind.BREAK.value, _l("Break")),
        ],
        default=SessionKind.SESSION.value,
    )
    starts_at = DateTimeLocalField(
        _l("Starts"), [Optional()], format=MINUTES, description=_l("Empty: it has no time yet, and is not shown.")
    )
    minutes = IntegerField(
        _l("Minutes"), [Optional(), NumberRange(1, DAY_MINUTES, _l("A session lasts from 1 minute to 24 hours."))]
    )
    room_id = SelectField(_l("Room"), coerce=int)
    track_id = SelectField(_l("Track"), coerce=int)
    expected = IntegerField(
        _l("People expected"),
        [Optional(), NumberRange(1, MOST_SEATS, _l("Write a number from 1 to 1,000,000."))],
        description=_l("Compared with the seats of the room."),
    )
    language = StringField(_l("Language"), [Length(max=20)], [one_line], description=_l("Such as en or vi."))
    interpretation = StringField(
        _l("Interpreted into"),
        [Length(max=200)],
        [one_line],
        description=_l("The codes of languages with commas between them: es, vi, zh-Hans."),
    )
    level = SelectField(
        _l("Level"),
        choices=[
            SelectChoice("", _l("For everybody")),
            SelectChoice(SessionLevel.INTRODUCTORY.value, _l("Introductory")),
            SelectChoice(SessionLevel.INTERMEDIATE.value, _l("Intermediate")),
            SelectChoice(SessionLevel.ADVANCED.value, _l("Advanced")),
        ],
        default="",
    )
    abstract = TextAreaField(
        _l("Abstract"), [Length(max=LONG)], [many_lines], description=_l("Markdown: ## heading, **bold**, - list.")
    )
    description = TextAreaField(_l("More about it"), [Length(max=LONG)], [many_lines], description=_l("Markdown."))

    def __init__(
        self,
        forum: Forum,
        rooms: list[Room],
        tracks: list[Track],
        *args: Any,
        **kwargs: Any,  # Any: what WTForms passes on
    ) -> None:
        super().__init__(*args, **kwargs)
        self._zone = forum.time_zone
        self._starts_at: datetime | None = None
        room_choices = [SelectChoice(room.id, room.name) for room in rooms]
        self.room_id.choices = [SelectChoice(0, _l("No room yet")), *room_choices]
        track_choices = [SelectChoice(track.id, track.name) for track in tracks]
        self.track_id.choices = [SelectChoice(0, _l("No track")), *track_choices]

    def validate(self, extra_validators: Any = None) -> bool:  # Any: WTForms' own signature
        """Check every field, then that the start is one moment at the venue and has a duration."""
        valid = bool(super().validate(extra_validators))
        if self.starts_at.errors:
            return valid
        if self.starts_at.data is None:
            return valid and self._is_without_room()
        try:
            self._starts_at = moment_at_venue(self.starts_at.data, self._zone)
        except VenueTimeRefused as refusal:
            self.starts_at.errors = [refusal.message]
            valid = False
        if self.minutes.data is None and not self.minutes.errors:
            self.minutes.errors = [_l("Say how many minutes it lasts.")]
            valid = False
        return valid

    def _is_without_room(self) -> bool:
        """Check that a session without a time has no room; nobody would find it there."""
        if not self.room_id.data:
            return True
        self.room_id.errors = [_l("Say when it starts, too, or choose no room yet.")]
        return False

    def validate_interpretation(self, field: StringField) -> None:
        """Check that each is the code of a language."""
        codes = language_codes(field.data)
        wrong = next((code for code in codes if not LANGUAGE_CODE.fullmatch(code)), None)
        if wrong is not None:
            raise ValidationError(_("“%(code)s” is not the code of a language, such as es or zh-Hans.", code=wrong))
        if len(codes) > MOST_LANGUAGES:
            raise ValidationError(_("Write at most %(num)s languages.", num=MOST_LANGUAGES))

    def details(self) -> SessionDetails:
        """Return what was typed, for the domain."""
        return SessionDetails(
            title=self.title.data,
            subtitle=self.subtitle.data,
            kind=SessionKind(self.kind.data),
            abstract=self.abstract.data,
            description=self.description.data,
            language=self.language.data,
            level=SessionLevel(self.level.data) if self.level.data else None,
            interpretation=language_codes(self.interpretation.data),
            track_id=self.track_id.data or None,
            expected=self.expected.data,
            room_id=self.room_id.data or None,
            starts_at=self._starts_at,
            minutes=self.minutes.data,
        )


def stored_session(session: ForumSession, time_zone: str) -> dict[str, Any]:  # Any: a value of any column
    """Return what fills the form for a session that exists."""
    slot = session.slot
    return {
        "title": session.title,
        "subtitle": session.subtitle,
        "kind": session.kind.value,
        "starts_at": local_at_venue(slot.starts_at, time_zone) if slot else None,
        "minutes": slot.minutes if slot else session.wished_minutes,
        "room_id": (slot.room_id if slot else None) or 0,
        "track_id": session.track_id or 0,
        "expected": session.expected,
        "language": session.language,
        "level": session.level.value if session.level else "",
        "interpretation": ", ".join(session.interpretation),
        "abstract": session.abstract,
        "description": session.description,
    }


class SpeakerForm(RefusableForm):
    """One speaker."""

    name = StringField(
        _l("Whole name"),
        [DataRequired(_l("Write the whole name.")), Length(max=200)],
        [one_line],
        description=_l("In the order in which it is written: Hana Mori, Baek Min-jun."),
    )
    family_name = StringField(
        _l("Family name"), [Length(max=100)], [one_line], description=_l("As it stands in the whole name.")
    )
    own_script_name = StringField(_l("Name in own script"), [Length(max=150)], [one_line])
    own_script_language = StringField(
        _l("Its language"), [Length(max=20)], [one_line], description=_l("Such as ja, ko, th, ru, zh-Hans or zh-Hant.")
    )
    organisation = StringField(_l("Organisation"), [Length(max=200)], [one_line])
    economy_code = SelectField(_l("Economy"))
    biography = TextAreaField(_l("Biography"), [Length(max=LONG)], [many_lines], description=_l("Markdown."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # Any: what WTForms passes on
        super().__init__(*args, **kwargs)
        economies = [SelectChoice(each.code, each.short_name) for each in economies_in_order()]
        self.economy_code.choices = [SelectChoice("", _l("None")), *economies]

    def details(self) -> SpeakerDetails:
        """Return what was typed, for the domain."""
        return SpeakerDetails(
            name=self.name.data,
            family_name=self.family_name.data,
            own_script_name=self.own_script_name.data,
            own_script_language=self.own_script_language.data,
            organisation=self.organisation.data,
            economy_code=self.economy_code.data or None,
            biography=self.biography.data,
        )


def stored_speaker(speaker: Speaker) -> dict[str, Any]:  # Any: a value of any column
    """Return what fills the form for a speaker who exists."""
    values = {name: getattr(speaker, name) for name in SpeakerDetails.__dataclass_fields__}
    return values | {"economy_code": speaker.economy_code or ""}


class PlaceSpeakerForm(RefusableForm):
    """Who is to appear in a session: a person who is in the programme, or a new name."""

    speaker = StringField(
        _l("Name"),
        [DataRequired(_l("Write a name.")), Length(max=200)],
        [one_line],
        description=_l("One who is in the programme already is found by the name; a new name adds a person."),
    )
    role = SelectField(_l("Role"), choices=[SelectChoice(role.value, role.label) for role in SpeakerRole])


class ImportForm(RefusableForm):
    """A schedule file."""

    file = FileField(
        _l("File"),
        [FileRequired(_l("Choose a file."))],
        description=_l(
            "schedule.xml or schedule.json, as pentabarf, frab or pretalx write it, or the JSON of Open Event. "
            "You see first what it would change."
        ),
    )
