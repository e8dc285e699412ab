"""Who comes to the side event, the list as a file, and whom it is open to."""

from flask import Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from gtn_events.accounts.roles import current_account
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.exports import csv_response
from gtn_events.core.journal import record
from gtn_events.core.permissions import Permission, requires

from ...domain.hosting import set_audience
from ...enums import Audience, GuestState
from ...forms.hosting import AudienceForm
from ...models import Forum
from ...queries.guests import guests_of, host_headers, host_rows
from ...queries.side_event_questions import answers_shown
from ...queries.side_events import SHOWN, people_of
from .blueprint import HostedEvent, blueprint


@blueprint.route("", methods=["GET", "POST"])
@requires(Permission.FORUM_SIDE_EVENT_HOST)
def overview(side_event: HostedEvent, forum: Forum) -> ResponseReturnValue:
    """Show who comes, without anything that is not the hosts' business, or say whom it is open to."""
    event = side_event.row
    form = AudienceForm(data={"audience": event.audience.value})
    if form.validate_on_submit():
        set_audience(event, Audience(form.audience.data), actor=current_account(), now=clock.now())
        db.session.commit()
        flash(_("Open to: %(audience)s.", audience=event.audience.label.lower()), "success")
        return redirect(url_for(".overview", forum=forum, side_event=event))
    guests = [each for each in guests_of(event) if each.state is GuestState.REGISTERED]
    people = list(db.session.scalars(people_of(event, *SHOWN)))
    page = render_template(
        "forum/host/overview.html",
        forum=forum,
        side_event=event,
        desk=side_event,
        form=form,
        people=people,
        answers=answers_shown([*people, *guests]),
        guests=guests,
    )
    return page, 422 if form.errors else 200


@blueprint.post("/people.csv")
@requires(Permission.FORUM_SIDE_EVENT_HOST)
def people_export(side_event: HostedEvent, forum: Forum) -> Response:
    """Send who comes as CSV; that somebody took the list is written down."""
    event = side_event.row
    record("list exported", event, actor=current_account(), now=clock.now(), scope=forum.scope)
    db.session.commit()
    return csv_response(f"{forum.slug}-{side_event}.csv", host_headers(event), host_rows(event))
