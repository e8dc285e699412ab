"""The delegate's own pages: where the registration stands, changing it, the ticket, side events."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from gtn_events.accounts.roles import current_account
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.pdf.qr import qr_svg
from gtn_events.core.permissions import Permission, requires

from ..domain.bookings import choose_side_event
from ..domain.economy_stage import has_coordinator
from ..domain.ending import would_end
from ..domain.places import accept_booking, decline_booking, leave_booking
from ..domain.registrations import cancel_registration
from ..domain.submission import may_change
from ..domain.transitions import Action, Party, actions_for
from ..domain.waiting_list import accept_offer, decline_offer
from ..enums import ApprovalStage, RegistrationState
from ..errors import SideEventsClash
from ..models import Forum, Registration, SideEvent
from ..queries.bookings import active_bookings
from ..queries.choices import choices_of
from ..queries.delegate import published_side_events, registration_of_person
from ..queries.letters import letters_of
from ..queries.side_event_questions import questions_waiting
from ..queries.waiting import place_in_line
from .loading import load_forum

blueprint = Blueprint("forum_my", __name__, url_prefix="/forums/<forum>/my")
load_forum(blueprint)


@blueprint.get("")
@requires(Permission.SIGNED_IN)
def show(forum: Forum) -> ResponseReturnValue:
    """Show where the registration stands, in plain words, and what comes next."""
    registration = _mine_or_none(forum)
    if registration is None:
        return redirect(url_for("forum_public.show", forum=forum))
    now = clock.now()
    bookings = active_bookings(registration)
    waitlisted = registration.state is RegistrationState.WAITLISTED
    confirmed = registration.state is RegistrationState.CONFIRMED
    return render_template(
        "forum/my/show.html",
        forum=forum,
        registration=registration,
        bookings=bookings,
        choices=choices_of(forum, registration),
        place=place_in_line(registration) if waitlisted else None,
        qr=qr_svg(registration.reference, label=_("Code for the door")) if confirmed else None,
        asked=questions_waiting(bookings, now=now),
        may_change=may_change(registration, now=now),
        may_cancel=Action.CANCEL in actions_for(registration.state, Party.DELEGATE) and not forum.is_over(now),
        asks_economy=registration.answer_due_at is not None or registration.economy_answered_at is not None,
        has_coordinator=registration.stage is ApprovalStage.HOST or has_coordinator(registration),
        ended=would_end([registration.id]) if registration.state is RegistrationState.OFFERED else [],
        has_letters=bool(letters_of(registration)),
        now=now,
    )


@blueprint.get("/cancel")
@requires(Permission.SIGNED_IN)
def confirm_cancel(forum: Forum) -> ResponseReturnValue:
    """Ask before cancelling, naming what is lost."""
    registration = own_registration(forum)
    if Action.CANCEL not in actions_for(registration.state, Party.DELEGATE) or forum.is_over(clock.now()):
        return redirect(url_for(".show", forum=forum))
    return render_template(
        "forum/my/cancel.html",
        forum=forum,
        registration=registration,
        bookings=active_bookings(registration),
        ended=would_end([registration.id]),
    )


@blueprint.post("/cancel")
@requires(Permission.SIGNED_IN)
def cancel(forum: Forum) -> ResponseReturnValue:
    """Cancel the registration; its seats pass on."""
    cancel_registration(own_registration(forum), actor=current_account(), now=clock.now(), party=Party.DELEGATE)
    db.session.commit()
    flash(_("Your registration is cancelled. While registration is open you can register anew."), "success")
    return redirect(url_for(".show", forum=forum))


@blueprint.post("/offer")
@requires(Permission.SIGNED_IN)
def answer_offer(forum: Forum) -> ResponseReturnValue:
    """Take or decline the offered place."""
    registration = own_registration(forum)
    if request.form.get("answer") == "take":
        accept_offer(registration, actor=current_account(), now=clock.now())
        message = _("You are registered. Your ticket is on its way by mail.")
    else:
        decline_offer(registration, actor=current_account(), now=clock.now())
        message = _("You declined the place; it passes to the next on the list.")
    db.session.commit()
    flash(message, "success")
    return redirect(url_for(".show", forum=forum))


@blueprint.post("/side-events/<int:side_event_id>")
@requires(Permission.SIGNED_IN)
def change_side_event(forum: Forum, side_event_id: int) -> ResponseReturnValue:
    """Choose or leave a side event, or answer the offer of a place."""
    registration = own_registration(forum)
    side_event = next((each for each in published_side_events(forum) if each.id == side_event_id), None)
    if side_event is None:
        abort(404)
    try:
        message = _act_on_side_event(registration, side_event, request.form.get("act", ""))
        db.session.commit()
    except SideEventsClash:
        db.session.rollback()
        return redirect(url_for(".clash", forum=forum, side_event_id=side_event_id))
    flash(message, "success")
    return after_choosing(registration, side_event)


def own_registration(forum: Forum) -> Registration:
    """Return the signed-in person's registration at this forum, or answer 404."""
    registration = _mine_or_none(forum)
    if registration is None:
        abort(404)
    return registration


def after_choosing(registration: Registration, side_event: SideEvent) -> ResponseReturnValue:
    """Lead to the questions of a side event that was just chosen, else back to the list."""
    forum = registration.forum
    bookings = [each for each in active_bookings(registration) if each.side_event_id == side_event.id]
    if questions_waiting(bookings, now=clock.now()):
        return redirect(url_for(".side_event_questions", forum=forum, side_event_id=side_event.id))
    return redirect(url_for(".show", forum=forum) + "#side-events")


def _act_on_side_event(registration: Registration, side_event: SideEvent, act: str) -> str:
    account, now = current_account(), clock.now()
    if act == "choose":
        state = choose_side_event(registration, side_event, actor=account, now=now)
        return {
            "chosen": _("Noted. Your place is taken when your registration is confirmed."),
            "confirmed": _("You have a place at %(title)s.", title=side_event.title),
            "waitlisted": _("%(title)s is full: you are on its waiting list.", title=side_event.title),
        }[state.value]
    booking = next((each for each in active_bookings(registration) if each.side_event_id == side_event.id), None)
    if booking is None:
        abort(404)
    if act == "take":
        accept_booking(booking, actor=account, now=now)
        return _("You have a place at %(title)s.", title=side_event.title)
    if act == "decline":
        decline_booking(booking, actor=account, now=now)
        return _("You declined the place; it passes to the next on the list.")
    if act != "leave":
        abort(400)
    leave_booking(booking, actor=account, now=now)
    return _("You gave up %(title)s. You can choose it again while there is room.", title=side_event.title)


def _mine_or_none(forum: Forum) -> Registration | None:
    return registration_of_person(forum_id=forum.id, account_id=current_account().id)
