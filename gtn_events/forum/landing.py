"""The forums on the landing page of the whole site, the next one first."""

from typing import Any

from flask import url_for

from gtn_events.core import clock

from .domain.submission import refuse_outside_window
from .errors import RegistrationClosed
from .models import Forum
from .queries.public import confirmed_by_economy, published_forums
from .words import days_in_words


def forums_to_show() -> list[dict[str, Any]]:
    """Return what the landing page shows; see ``core.views.pages.landing``.

    The next forum stands first, then those that are over, the latest first. Only the
    first one is counted by economy: no other has its ring on the page.
    """
    now = clock.now()
    forums = published_forums()
    coming = sorted((forum for forum in forums if not forum.is_over(now)), key=lambda forum: forum.starts_on)
    over = [forum for forum in forums if forum.is_over(now)]
    return [_shown(forum, first=index == 0) for index, forum in enumerate([*coming, *over])]


def _shown(forum: Forum, *, first: bool) -> dict[str, Any]:
    is_open = _is_open(forum)
    return {
        "title": forum.title,
        "city": f"{forum.city}, {forum.host_economy.short_name}",
        "dates": days_in_words(forum.starts_on, forum.ends_on),
        "tagline": forum.tagline,
        "who_may_come": forum.who_may_come,
        "costs": forum.costs,
        "venue": forum.venue,
        "url": url_for("forum_public.show", forum=forum),
        "register_url": url_for("forum_register.start", forum=forum) if is_open else None,
        "register_by": forum.registration_closes_at,
        "zone": forum.time_zone,
        "delegates": _delegates(forum) if first else [],
        "over": forum.is_over(clock.now()),
    }


def _delegates(forum: Forum) -> list[tuple[str, str, int]]:
    """Return the true numbers: the page adds them up, and leaves out the small ones itself."""
    return [(count.code, count.name, count.confirmed) for count in confirmed_by_economy(forum)]


def _is_open(forum: Forum) -> bool:
    try:
        refuse_outside_window(forum, now=clock.now())
    except RegistrationClosed:
        return False
    return True
