"""What everybody sees of a forum: the page of the forum, side events, practical matters, who comes."""

from flask import Blueprint, abort, render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.permissions import Permission, may, public
from gtn_events.core.uploads import Upload, send_upload

from ..domain.proposals.window import takes_proposals
from ..domain.session_calls.drafts import takes_sessions
from ..enums import ForumState
from ..models import Forum, Registration, Sponsor
from ..queries.delegate import published_side_events, registration_of_person
from ..queries.programme_editions import edition_of
from ..queries.public import confirmed_by_economy, days_at_a_glance, waiting_by_side_event
from ..queries.session_calls import public_calls
from ..queries.side_events import side_event_of
from ..queries.sponsors import sponsor_of, sponsors_by_level
from .host.blueprint import HostedEvent
from .loading import load_forum

blueprint = Blueprint("forum_public", __name__, url_prefix="/forums/<forum>")
load_forum(blueprint)


@blueprint.get("")
@public
def show(forum: Forum) -> ResponseReturnValue:
    """Show the forum: when, where, who may come, what it costs, the one button."""
    counts = confirmed_by_economy(forum)
    return render_template(
        "forum/public/show.html",
        forum=forum,
        counts=counts,
        total=sum(count.confirmed for count in counts),
        present=sum(1 for count in counts if count.confirmed),
        days=days_at_a_glance(edition_of(forum, now=clock.now()).programme, zone=forum.zone),
        side_events=published_side_events(forum),
        waiting=waiting_by_side_event(forum),
        sponsors=sponsors_by_level(forum),
        registration=_own_registration(forum),
        window=_window(forum),
        session_calls=[each for each in public_calls(forum) if takes_sessions(each, now=clock.now())],
        now=clock.now(),
    )


@blueprint.get("/delegates")
@public
def delegates(forum: Forum) -> ResponseReturnValue:
    """Show the ring as a table: confirmed delegates by economy, small numbers left out."""
    return render_template("forum/public/delegates.html", forum=forum, counts=confirmed_by_economy(forum))


@blueprint.get("/side-events")
@public
def side_events(forum: Forum) -> ResponseReturnValue:
    """Show every side event with its places."""
    return render_template(
        "forum/public/side_events.html",
        forum=forum,
        side_events=published_side_events(forum),
        waiting=waiting_by_side_event(forum),
        takes_proposals=takes_proposals(forum, now=clock.now()),
        now=clock.now(),
    )


@blueprint.get("/side-events/<slug>")
@public
def side_event(forum: Forum, slug: str) -> ResponseReturnValue:
    """Show one side event."""
    event = next((each for each in published_side_events(forum) if each.slug == slug), None)
    if event is None:
        abort(404)
    return render_template(
        "forum/public/side_event.html",
        forum=forum,
        side_event=event,
        hosted=HostedEvent(event),
        waiting=waiting_by_side_event(forum).get(event.id, 0),
        registration=_own_registration(forum),
        window=_window(forum),
        now=clock.now(),
    )


@blueprint.get("/side-events/<slug>/logo")
@public
def side_event_logo(forum: Forum, slug: str) -> ResponseReturnValue:
    """Send the logo of one side event; its hosts see it before it is public."""
    event = db.session.scalar(side_event_of(forum, slug))
    if event is None or not (event.published or may(Permission.FORUM_SIDE_EVENT_HOST, HostedEvent(event))):
        abort(404)
    logo = db.session.get(Upload, event.logo_upload_id) if event.logo_upload_id else None
    return send_upload(logo) if logo else abort(404)


@blueprint.get("/sponsors/<int:sponsor_id>/logo")
@public
def sponsor_logo(forum: Forum, sponsor_id: int) -> ResponseReturnValue:
    """Send the logo of one sponsor."""
    sponsor: Sponsor = db.one_or_404(sponsor_of(forum, sponsor_id))
    return send_upload(sponsor.logo) if sponsor.logo else abort(404)


@blueprint.get("/practical")
@public
def practical(forum: Forum) -> ResponseReturnValue:
    """Show how to get there, the contact and the privacy notice."""
    return render_template("forum/public/practical.html", forum=forum)


def _own_registration(forum: Forum) -> Registration | None:
    if not current_user.is_authenticated:
        return None
    registration = registration_of_person(forum_id=forum.id, account_id=current_user.id)
    return registration if registration is not None and registration.state.is_active else None


def _window(forum: Forum) -> str:
    """Return where the moment lies: ``before``, ``open`` or ``over``."""
    now = clock.now()
    if now < forum.registration_opens_at:
        return "before"
    if now >= forum.registration_closes_at or forum.state is ForumState.CLOSED:
        return "over"
    return "open"
