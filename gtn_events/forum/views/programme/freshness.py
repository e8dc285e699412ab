"""Whether the browser has the page already: one digest of everything the page depends on."""

import hashlib
from datetime import datetime
from zoneinfo import ZoneInfo

from flask import session as browser_session
from flask_babel import get_locale
from flask_login import current_user

from gtn_events.core.permissions import Permission, may

from ...conference_day import conference_day
from ...models import Forum
from ...queries.programme_editions import Edition
from .cache import template_version
from .choice import Choice
from .fragment import Seats


def page_etag(forum: Forum, seen: Edition, seats: Seats, choice: Choice, *, opened: str, now: datetime) -> str:
    """Return a digest of everything the page depends on; empty when it must not be kept (a message waits)."""
    version = seen.version
    if version is None or browser_session.get("_flashes"):
        return ""
    person = (0, "", "", False)
    if current_user.is_authenticated:
        organises = may(Permission.FORUM_REGISTRATIONS_SEE, forum)
        person = (current_user.id, current_user.time_zone, current_user.display_name, organises)
    today = conference_day(now, ZoneInfo(forum.time_zone))
    facts = (version, seats, choice, opened, today, person, browser_session.get("csrf_token"), str(get_locale()))
    return hashlib.blake2b(f"{template_version()}{facts!r}".encode(), digest_size=16).hexdigest()
