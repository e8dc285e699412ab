"""When a delegate can travel: around the days of the forum, and there before back."""

from collections.abc import Mapping
from datetime import date, timedelta

from flask_babel import gettext as _

from gtn_events.core.text import day

from ..models import Forum

ARRIVAL, DEPARTURE = "arrival_date", "departure_date"
AROUND = timedelta(weeks=4)


def problems_with_journey(forum: Forum, days: Mapping[str, date]) -> dict[str, str]:
    """Return what is wrong with the days of arrival and departure: the question's key and a sentence.

    Args:
        days: the days that were given, by the keys of the default questionnaire; one may be missing.
    """
    problems = {}
    arrival, departure = days.get(ARRIVAL), days.get(DEPARTURE)
    if arrival is not None and not forum.starts_on - AROUND <= arrival <= forum.ends_on:
        problems[ARRIVAL] = _out_of(forum.starts_on - AROUND, forum.ends_on, forum)
    if departure is not None and not forum.starts_on <= departure <= forum.ends_on + AROUND:
        problems[DEPARTURE] = _out_of(forum.starts_on, forum.ends_on + AROUND, forum)
    if not problems and arrival is not None and departure is not None and departure < arrival:
        problems[DEPARTURE] = _("You would leave before you arrive. Choose %(day)s or later.", day=day(arrival))
    return problems


def _out_of(first: date, last: date, forum: Forum) -> str:
    return _(
        "Choose a day from %(first)s to %(last)s; the forum begins on %(start)s.",
        first=day(first),
        last=day(last),
        start=day(forum.starts_on),
    )
