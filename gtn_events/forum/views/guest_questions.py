"""The own questions of a side event, as a registered guest answers them by the link of the mail."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.permissions import public
from gtn_events.questionnaire.forms.files import store_files

from ..domain.side_event_questions import answer_questions, may_answer, questions_for
from ..forms.side_event_questions import questions_form, sent_now
from ..models import Forum
from .guests import blueprint, guest_in


@blueprint.route("/<token>/questions", methods=["GET", "POST"])
@public
def questions(forum: Forum, token: str) -> ResponseReturnValue:
    """Ask a guest what the side event wants to know, or keep the answers."""
    guest, now = guest_in(forum, token), clock.now()
    version = questions_for(guest)
    if version is None:
        abort(404)
    if not may_answer(guest, now=now):
        return redirect(url_for(".show", forum=forum, token=token))
    sent = sent_now()
    form = questions_form(version, guest.answer_set, sent)
    context = {"forum": forum, "token": token, "side_event": guest.side_event, "form": form}
    if sent is None:
        return render_template("forum/guest/questions.html", **context)
    valid = form.validate()
    if not (store_files(form, owner_id=None, now=now) and valid):
        db.session.rollback()
        return render_template("forum/guest/questions.html", **context), 422
    answer_questions(guest, version, form.values(), actor=None, now=now)
    db.session.commit()
    flash(_("Your answers are saved."), "success")
    return redirect(url_for(".show", forum=forum, token=token))
