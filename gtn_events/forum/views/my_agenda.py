"""The delegate's agenda: one page, a calendar file for each item, and the address of the feed."""

from itertools import groupby

from flask import Response, abort, flash, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from gtn_events.accounts.roles import current_account
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.exports import disposition
from gtn_events.core.links import site_url
from gtn_events.core.permissions import Permission, requires
from gtn_events.core.venue_time import day_at_venue

from ..agenda_calendar import agenda_calendar
from ..domain.agenda_feed import renew_feed, revoke_feed
from ..models import AgendaFeed, Forum, Registration
from ..queries.agenda import agenda_of
from ..queries.bookings import active_bookings
from ..queries.side_event_questions import questions_waiting
from .my import blueprint, own_registration


@blueprint.get("/agenda")
@requires(Permission.SIGNED_IN)
def agenda(forum: Forum) -> ResponseReturnValue:
    """Show everything of the person's by day, in the venue's and their own time."""
    return _page(forum, own_registration(forum))


@blueprint.get("/agenda/<key>.ics")
@requires(Permission.SIGNED_IN)
def agenda_item(forum: Forum, key: str) -> ResponseReturnValue:
    """Send one item as a calendar file."""
    item = next((each for each in agenda_of(own_registration(forum), now=clock.now()) if each.key == key), None)
    if item is None:
        abort(404)
    response = Response(agenda_calendar(forum, [item]), mimetype="text/calendar")
    response.headers["Content-Disposition"] = disposition(f"{forum.slug}-{item.key}.ics")
    return response


@blueprint.post("/agenda/feed")
@requires(Permission.SIGNED_IN)
def feed_renew(forum: Forum) -> ResponseReturnValue:
    """Make a new address and show it, this once."""
    registration = own_registration(forum)
    token = renew_feed(registration, actor=current_account(), now=clock.now())
    db.session.commit()
    response = make_response(_page(forum, registration, address=site_url("forum_feed.calendar", token=token)))
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


@blueprint.post("/agenda/feed/revoke")
@requires(Permission.SIGNED_IN)
def feed_revoke(forum: Forum) -> ResponseReturnValue:
    """Let no address open the agenda any more."""
    revoke_feed(own_registration(forum), actor=current_account(), now=clock.now())
    db.session.commit()
    flash(_("The address opens nothing any more."), "success")
    return redirect(url_for(".agenda", forum=forum) + "#feed")


def _page(forum: Forum, registration: Registration, address: str = "") -> str:
    items = [each for each in agenda_of(registration, now=clock.now()) if not each.is_called_off]
    bookings, now = active_bookings(registration), clock.now()
    asked = questions_waiting(bookings, now=now)
    days = groupby(items, key=lambda each: day_at_venue(each.starts_at, forum.time_zone))
    return render_template(
        "forum/my/agenda.html",
        forum=forum,
        registration=registration,
        days=[(day, list(each)) for day, each in days],
        to_do=[(each.side_event, asked[each.side_event_id]) for each in bookings if each.side_event_id in asked],
        feed=db.session.get(AgendaFeed, registration.id),
        address=address,
    )
