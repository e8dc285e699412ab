"""The circulars of the next forum: one in its second version, one new, one still written."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.economies import Economy
from gtn_events.delegations.domain.circulars import (
    CircularText,
    acknowledge,
    begin_circular,
    begin_version,
    release,
    write_version,
)
from gtn_events.delegations.models import CircularVersion
from gtn_events.forum.models import Forum

GENERAL = {
    "welcome": "The host economy looks forward to welcoming your delegation.\n\nThis circular tells what is settled; "
    "what is still open follows in the next one.",
    "schedule": "Day 1, 09:00: opening and plenary\nDay 1, 14:00: side events\nDay 2, 09:00: competition final",
    "registration": "Delegates register on the page of the forum by the date that stands there.\n\n"
    "Please name the head of your delegation first.",
    "accommodation": "Hotel Melati (invented), 400 m from the venue. Book by the end of next month.",
    "arrival": "Visa letters are issued after approval, to those who gave their passport data.",
    "facts": "Climate: warm and humid, 26 to 32 degrees\nElectricity: 220 V, plugs C and F\nLanguage: English",
}
CHANGED = {
    **GENERAL,
    "accommodation": "Hotel Kenanga (invented), 250 m from the venue. Book by the end of next month.",
    "transport": "A bus leaves the hotel at 08:15 on both days.",
}
FUNDING = {
    "welcome": "This circular is for travel-eligible economies.",
    "registration": "Each of them names at most two participants who ask for funding of their travel.",
}


def fill_circulars(forum: Forum, staff: Mapping[str, Account], *, now: datetime) -> None:
    """Write and release them; Thailand acknowledged the first version and has not read the second. Flushes."""
    organiser, thailand = staff["organiser"], staff["coordinator"]
    first = _written(forum, "General information", GENERAL, organiser, now=now - timedelta(days=20))
    release(first, actor=organiser, now=now - timedelta(days=19))
    acknowledge(first, db.session.get_one(Economy, "THA"), actor=thailand, now=now - timedelta(days=18))
    second = begin_version(first.circular, actor=organiser, now=now - timedelta(days=3))
    text = CircularText(
        title="General information",
        sections=CHANGED | _settled(second),
        hidden=frozenset(),
        audience=(),
        acknowledge_by=now.date() + timedelta(days=9),
    )
    write_version(second, text, seen=second.lock_version, actor=organiser, now=now - timedelta(days=3))
    release(second, actor=organiser, now=now - timedelta(days=2))
    funded = _written(
        forum, "Funding of travel", FUNDING, organiser, now=now - timedelta(days=9), audience=("INA", "PE", "THA", "VN")
    )
    release(funded, actor=organiser, now=now - timedelta(days=8))
    acknowledge(funded, db.session.get_one(Economy, "THA"), actor=thailand, now=now - timedelta(days=7))
    _written(forum, "Side events and bilateral rooms", {"welcome": GENERAL["welcome"]}, organiser, now=now)


def _written(
    forum: Forum,
    title: str,
    sections: Mapping[str, str],
    organiser: Account,
    *,
    now: datetime,
    audience: tuple[str, ...] = (),
) -> CircularVersion:
    version = begin_circular(forum, title, actor=organiser, now=now)
    text = CircularText(
        title=title,
        sections=dict(sections) | _settled(version),
        hidden=frozenset(),
        audience=audience,
        acknowledge_by=None,
    )
    write_version(version, text, seen=version.lock_version, actor=organiser, now=now)
    return version


def _settled(version: CircularVersion) -> dict[str, str]:
    """Return dates and contacts, which a circular knows when it is begun."""
    return {each["key"]: each["text"] for each in version.sections if each["key"] in ("dates", "contacts")}
