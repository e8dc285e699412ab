"""Moments in words: in the venue's time, in the reader's, and the time that is left."""

from datetime import UTC, datetime, tzinfo

from babel.dates import format_datetime
from flask import Flask
from flask_babel import get_locale, gettext, ngettext
from flask_login import current_user

from . import clock
from .text import zone_of

MOMENT = "EEE d MMM yyyy, HH:mm"


def init_app(app: Flask) -> None:
    """Give the functions of this module to the templates."""
    app.jinja_env.globals.update(
        words_of_moment=words_of_moment,
        words_of_time_left=words_of_time_left,
        city_of_zone=city_of_zone,
        same_clock=same_clock,
        reader_zone=reader_zone,
    )


def as_zone(zone: str | tzinfo) -> tzinfo:
    """Return the time zone of a name such as ``Asia/Jakarta``; a zone comes back as it is."""
    return zone_of(zone) if isinstance(zone, str) else zone


def words_of_moment(value: datetime, zone: str | tzinfo) -> str:
    """Return ``Thu 6 May 2027, 08:30`` for an aware moment, in a zone and in the reader's language."""
    return format_datetime(value.astimezone(as_zone(zone)), MOMENT, locale=get_locale() or "en")


def words_of_time_left(value: datetime, now: datetime | None = None) -> str:
    """Return ``1 day 9 hours left``, the two largest units, or that the moment has passed.

    Args:
        value: the deadline, aware.
        now: the present moment; the clock's when a template leaves it out.
    """
    minutes = int((value - (now or clock.now())).total_seconds() // 60)
    if minutes < 0:
        return gettext("The time is over")
    days, hours, minutes = minutes // 1440, minutes // 60 % 24, minutes % 60
    parts = []
    if days:
        parts.append(ngettext("%(num)s day", "%(num)s days", days))
    if hours:
        parts.append(ngettext("%(num)s hour", "%(num)s hours", hours))
    if minutes and not days:
        parts.append(ngettext("%(num)s minute", "%(num)s minutes", minutes))
    if not parts:
        return gettext("Less than a minute left")
    return gettext("%(time)s left", time=" ".join(parts))


def city_of_zone(zone: str | tzinfo) -> str:
    """Return the city a zone is named after, ``Ho Chi Minh`` for ``Asia/Ho_Chi_Minh``."""
    return str(zone).rsplit("/", 1)[-1].replace("_", " ")


def same_clock(value: datetime, one: str | tzinfo, other: str | tzinfo) -> bool:
    """Say whether two zones show the same time at a moment."""
    moment = value.astimezone(UTC)
    return moment.astimezone(as_zone(one)).utcoffset() == moment.astimezone(as_zone(other)).utcoffset()


def reader_zone() -> str | None:
    """Return the signed-in person's time zone, or None for a visitor."""
    zone: str | None = getattr(current_user, "time_zone", None)
    return zone
