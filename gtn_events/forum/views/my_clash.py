"""A side event that collides with something else of the delegate's: what collides, what else there is, the exchange."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from gtn_events.accounts.roles import current_account
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.permissions import Permission, requires

from ..domain.bookings import exchange_side_event
from ..models import Forum
from ..queries.choices import alternatives_to, choices_of
from .my import after_choosing, blueprint, own_registration


@blueprint.get("/side-events/<int:side_event_id>/clash")
@requires(Permission.SIGNED_IN)
def clash(forum: Forum, side_event_id: int) -> ResponseReturnValue:
    """Say exactly what collides, and offer what can be done."""
    choices = choices_of(forum, own_registration(forum))
    choice = next((each for each in choices if each.side_event.id == side_event_id), None)
    if choice is None:
        abort(404)
    if not choice.clashes or choice.booking is not None:
        return redirect(url_for(".show", forum=forum) + "#side-events")
    now = clock.now()
    return render_template(
        "forum/my/clash.html",
        forum=forum,
        choice=choice,
        side_event=choice.side_event,
        alternatives=alternatives_to(choice.side_event, choices, now=now),
        now=now,
    )


@blueprint.post("/side-events/<int:side_event_id>/exchange")
@requires(Permission.SIGNED_IN)
def exchange(forum: Forum, side_event_id: int) -> ResponseReturnValue:
    """Give up what collides and take the side event, in one step."""
    registration = own_registration(forum)
    choice = next((each for each in choices_of(forum, registration) if each.side_event.id == side_event_id), None)
    if choice is None:
        abort(404)
    given_up = exchange_side_event(registration, choice.side_event, actor=current_account(), now=clock.now())
    db.session.commit()
    names = ", ".join(each.side_event.title for each in given_up)
    flash(_("You have %(title)s instead of %(others)s.", title=choice.side_event.title, others=names), "success")
    return after_choosing(registration, choice.side_event)
