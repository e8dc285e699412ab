"""Side events: the list, the form, and who comes."""

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from gtn_events.accounts.enums import Role
from gtn_events.accounts.queries.staff import staff_grants
from gtn_events.accounts.roles import current_account
from gtn_events.accounts.views.settings import asks_for_preview
from gtn_events.accounts.views.tokens import signer
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.errors import DomainError
from gtn_events.core.exports import csv_response
from gtn_events.core.journal import record
from gtn_events.core.permissions import Permission, requires

from ...domain.hosting import invite_host
from ...domain.side_events import add_side_event, delete_side_event, edit_side_event
from ...enums import BookingState, GuestState
from ...forms.side_event import SideEventForm, stored_side_event
from ...models import Forum, SideEvent
from ...queries.guests import guests_of
from ...queries.side_event_attendees import attendee_headers, attendee_rows
from ...queries.side_event_questions import answers_shown, own_questions
from ...queries.side_events import (
    booking_counts,
    people_of,
    side_event_of,
    side_events_of,
)
from .blueprint import blueprint


@blueprint.get("/side-events")
@requires(Permission.FORUM_SIDE_EVENTS_EDIT)
def side_event_list(forum: Forum) -> ResponseReturnValue:
    """Show every side event with its places and its waiting list."""
    return render_template(
        "forum/manage/side_events.html", forum=forum, side_events=side_events_of(forum), counts=booking_counts(forum)
    )


@blueprint.route("/side-events/new", methods=["GET", "POST"])
@requires(Permission.FORUM_SIDE_EVENTS_EDIT)
def side_event_new(forum: Forum) -> ResponseReturnValue:
    """Show an empty form, or add a side event."""
    form = SideEventForm(forum)
    if asks_for_preview() or not form.validate_on_submit():
        return _form_page(forum, form, None)
    try:
        side_event = add_side_event(
            forum, form.details(), capacity=form.capacity.data, actor=current_account(), now=clock.now()
        )
        db.session.commit()
    except DomainError as refusal:
        db.session.rollback()
        form.refuse(refusal)
        return _form_page(forum, form, None)
    flash(_("%(title)s is added.", title=side_event.title), "success")
    return redirect(url_for(".side_event", forum=forum, slug=side_event.slug))


@blueprint.get("/side-events/<slug>")
@requires(Permission.FORUM_SIDE_EVENTS_EDIT)
def side_event(forum: Forum, slug: str) -> ResponseReturnValue:
    """Show who has a place and who waits, in the order of the line."""
    found = db.one_or_404(side_event_of(forum, slug))
    held = people_of(found, BookingState.CONFIRMED, BookingState.OFFERED, BookingState.CHOSEN)
    people = list(db.session.scalars(held))
    waiting = list(db.session.scalars(people_of(found, BookingState.WAITLISTED)))
    guests = [each for each in guests_of(found) if each.state is GuestState.REGISTERED]
    return render_template(
        "forum/manage/side_event.html",
        forum=forum,
        side_event=found,
        people=people,
        waiting=waiting,
        answers=answers_shown([*people, *waiting, *guests]),
        asks_sensitive=any(each.sensitive for each in own_questions(found, with_sensitive=True)),
        hosts=staff_grants(found.host_scope, (Role.SIDE_EVENT_HOST,)),
        guests=guests,
    )


@blueprint.post("/side-events/<slug>/hosts")
@requires(Permission.FORUM_SIDE_EVENTS_EDIT)
def side_event_host(forum: Forum, slug: str) -> ResponseReturnValue:
    """Let somebody look after the page and the guests of one side event."""
    found = db.one_or_404(side_event_of(forum, slug))
    invite_host(found, request.form.get("email", ""), links=signer(), actor=current_account(), now=clock.now())
    db.session.commit()
    flash(_("They can look after it, at once or after the mail that is on its way."), "success")
    return redirect(url_for(".side_event", forum=forum, slug=found.slug))


@blueprint.route("/side-events/<slug>/edit", methods=["GET", "POST"])
@requires(Permission.FORUM_SIDE_EVENTS_EDIT)
def side_event_edit(forum: Forum, slug: str) -> ResponseReturnValue:
    """Show the side event's form, or change it and its places."""
    found = db.one_or_404(side_event_of(forum, slug))
    form = SideEventForm(forum, data=None if request.method == "POST" else stored_side_event(found))
    if request.method == "GET":
        form.show(found)
    if asks_for_preview() or not form.validate_on_submit():
        return _form_page(forum, form, found)
    try:
        given = {"capacity": form.capacity.data, "seen": form.version}
        offered = edit_side_event(found, form.details(), **given, actor=current_account(), now=clock.now())
        db.session.commit()
    except DomainError as refusal:
        db.session.rollback()
        form.refuse_beside(refusal, found, stored_side_event(found))
        return _form_page(forum, form, found)
    flash(_("%(title)s is saved.", title=found.title), "success")
    if count := len(offered):
        flash(ngettext("A place was offered to %(num)d person.", "Places were offered to %(num)d people.", count))
    return redirect(url_for(".side_event", forum=forum, slug=found.slug))


@blueprint.post("/side-events/<slug>/delete")
@requires(Permission.FORUM_SIDE_EVENTS_EDIT)
def side_event_delete(forum: Forum, slug: str) -> ResponseReturnValue:
    """Take away a side event that nobody has chosen."""
    found = db.one_or_404(side_event_of(forum, slug))
    title = found.title
    delete_side_event(found, actor=current_account(), now=clock.now())
    db.session.commit()
    flash(_("%(title)s is taken away.", title=title), "success")
    return redirect(url_for(".side_event_list", forum=forum))


@blueprint.post("/side-events/<slug>/people.csv")
@requires(Permission.FORUM_REGISTRATIONS_SEE)
def side_event_export(forum: Forum, slug: str) -> Response:
    """Send the people of a side event as CSV, without sensitive answers; who took the list is written down."""
    found = db.one_or_404(side_event_of(forum, slug))
    record("list exported", found, actor=current_account(), now=clock.now(), scope=forum.scope)
    db.session.commit()
    return _people_file(found, with_sensitive=False)


@blueprint.post("/side-events/<slug>/people-with-sensitive-answers.csv")
@requires(Permission.FORUM_SENSITIVE_SEE)
def side_event_export_sensitive(forum: Forum, slug: str) -> Response:
    """Send the people of a side event with sensitive answers; that somebody took them is written down."""
    found = db.one_or_404(side_event_of(forum, slug))
    record("sensitive answers exported", found, actor=current_account(), now=clock.now(), scope=forum.scope)
    db.session.commit()
    return _people_file(found, with_sensitive=True)


def _people_file(found: SideEvent, *, with_sensitive: bool) -> Response:
    questions = own_questions(found, with_sensitive=with_sensitive)
    rows = attendee_rows(found, questions, with_sensitive=with_sensitive)
    return csv_response(f"{found.forum.slug}-{found.slug}.csv", attendee_headers(questions), rows)


def _form_page(forum: Forum, form: SideEventForm, side_event: SideEvent | None) -> ResponseReturnValue:
    page = render_template(
        "forum/manage/side_event_form.html",
        forum=forum,
        form=form,
        side_event=side_event,
        preview=asks_for_preview(),
    )
    return page, 422 if form.errors else 200
