"""Where sessions are and what was done to them, as sentences."""

from datetime import tzinfo

from flask_babel import format_date, gettext, ngettext

from .enums import ActState, ScheduleAct
from .models import ProgrammeAct
from .queries.programme import RoomFacts, SessionFacts
from .schedule_place import Place


def where_it_is(session: SessionFacts) -> str:
    """Return a sentence that says where a session is."""
    if session.local is None or session.local_end is None:
        return gettext("%(title)s has no time yet.", title=session.title)
    told = {
        "title": session.title,
        "day": format_date(session.local.date(), "EEEE d MMMM"),
        "begins": f"{session.local:%H:%M}",
        "ends": f"{session.local_end:%H:%M}",
    }
    if session.room is None:
        return gettext("%(title)s is on %(day)s, %(begins)s to %(ends)s, and has no room yet.", **told)
    return gettext("%(title)s is in %(room)s on %(day)s, %(begins)s to %(ends)s.", room=session.room.name, **told)


def why_it_fits(room: RoomFacts, *, expected: int | None, people: int) -> str:
    """Return why a place is offered."""
    if expected is not None and room.seats is not None:
        return gettext("%(expected)s people are expected, %(seats)s seats.", expected=expected, seats=room.seats)
    return ngettext("Its speaker is free.", "All its speakers are free.", people) if people else gettext("It is free.")


def what_was_done(act: ProgrammeAct, zone: tzinfo) -> str:
    """Return what an act did, as the answer to it and in the list of acts."""
    if act.state is not ActState.DONE:
        return gettext(
            "%(title)s is %(place)s again: undone.",
            title=act.session.title,
            place=_place(act.before, act.before_room.name if act.before_room else "", zone),
        )
    title, place = act.session.title, _place(act.after, act.after_room.name if act.after_room else "", zone)
    if act.kind is ScheduleAct.UNSCHEDULE:
        return gettext("%(title)s is off the schedule.", title=title)
    if act.kind is ScheduleAct.RESIZE:
        return gettext(
            "%(title)s lasts %(minutes)s minutes: %(place)s.", title=title, minutes=act.after_minutes, place=place
        )
    return gettext("%(title)s is now %(place)s.", title=title, place=place)


def _place(place: Place | None, room: str, zone: tzinfo) -> str:
    if place is None:
        return gettext("off the schedule")
    begins, ends = place.starts_at.astimezone(zone), place.ends_at.astimezone(zone)
    told = {"day": format_date(begins.date(), "EEE d MMM"), "begins": f"{begins:%H:%M}", "ends": f"{ends:%H:%M}"}
    if not room:
        return gettext("on %(day)s, %(begins)s to %(ends)s, without a room", **told)
    return gettext("in %(room)s on %(day)s, %(begins)s to %(ends)s", room=room, **told)
