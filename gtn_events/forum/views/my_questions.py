"""The own questions of a side event, as a delegate who chose it answers them."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from gtn_events.accounts.roles import current_account
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.permissions import Permission, requires
from gtn_events.questionnaire.forms.files import store_files

from ..domain.side_event_questions import answer_questions, may_answer, questions_for
from ..forms.side_event_questions import questions_form, sent_now
from ..models import Forum
from ..queries.bookings import active_bookings
from .my import blueprint, own_registration


@blueprint.route("/side-events/<int:side_event_id>/questions", methods=["GET", "POST"])
@requires(Permission.SIGNED_IN)
def side_event_questions(forum: Forum, side_event_id: int) -> ResponseReturnValue:
    """Ask what a side event wants to know, or keep the answers."""
    bookings = active_bookings(own_registration(forum))
    booking = next((each for each in bookings if each.side_event_id == side_event_id), None)
    version = questions_for(booking) if booking is not None else None
    if booking is None or version is None:
        abort(404)
    account, now = current_account(), clock.now()
    if not may_answer(booking, now=now):
        flash(_("%(title)s has begun: answers are closed.", title=booking.side_event.title), "info")
        return redirect(url_for(".show", forum=forum) + "#side-events")
    sent = sent_now()
    form = questions_form(version, booking.answer_set, sent)
    if sent is None:
        return render_template("forum/my/questions.html", forum=forum, side_event=booking.side_event, form=form)
    valid = form.validate()
    if not (store_files(form, owner_id=account.id, now=now) and valid):
        db.session.rollback()
        return render_template("forum/my/questions.html", forum=forum, side_event=booking.side_event, form=form), 422
    answer_questions(booking, version, form.values(), actor=account, now=now)
    db.session.commit()
    flash(_("Your answers are saved."), "success")
    return redirect(url_for(".show", forum=forum) + "#side-events")
