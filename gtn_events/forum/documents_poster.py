"""The agenda on one sheet, A4 or A3: it always fits, in the largest type that does."""

from flask_babel import gettext

from gtn_events.core import clock
from gtn_events.core.pdf import printable, render_fitting

from .enums import Paper
from .models import Forum
from .poster_days import PosterDay, poster_days
from .queries.programme import side_event_facts
from .queries.programme_editions import edition_of

# Points; each a twentieth smaller than the one before, down to what holds thousands of sessions.
SIZES = tuple(round(13 * 0.95**number, 2) for number in range(52))
MOST_ROOMS = {Paper.A4: 8, Paper.A3: 12}
# So wide is a column of a list, in ems, that most titles need one line.
_LIST_EMS = 30
_WIDTH_POINTS = {Paper.A4: 540, Paper.A3: 764}


def programme_poster(forum: Forum, paper: Paper) -> bytes:
    """Return the agenda of what people see as a tagged PDF of one page."""
    programme = edition_of(forum, now=clock.now()).programme
    days = poster_days(forum, programme, side_event_facts(forum, now=clock.now()))
    shared = {
        "forum": forum,
        "paper": paper.value,
        "days": days,
        "tracks": programme.tracks,
        "as_lists": max((len(day.rooms) for day in days), default=0) > MOST_ROOMS[paper],
        "printable": printable,
    }
    ways = [shared | {"size": size, "columns": _columns(days, paper, size)} for size in SIZES]
    title = gettext("Agenda of the %(forum)s", forum=forum.title)
    return render_fitting("forum/poster", [ways], title=printable(title))


def _columns(days: list[PosterDay], paper: Paper, size: float) -> int:
    """Return in how many columns the lists stand."""
    widest = int(_WIDTH_POINTS[paper] / (_LIST_EMS * size))
    return max(1, min(widest, 1 + sum(len(day.items) for day in days) // 20))
