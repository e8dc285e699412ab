"""The calls of a forum; a new one, and the settings of one."""

from datetime import timedelta

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from gtn_events.accounts.roles import current_account
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.errors import DomainError
from gtn_events.core.permissions import Permission, requires
from gtn_events.core.venue_time import local_at_venue

from ...domain.session_calls.calls import change_call, has_scores, open_call
from ...forms.session_call import SessionCallForm, stored_call
from ...models import Forum, SessionCall
from ...queries.session_calls import calls_of, counts_by_call
from .blueprint import blueprint, own_call

TYPES = "Keynote, 30\nPanel, 90\nPresentations, 60\nCase pitch, 15"
CRITERIA = "Use for small firms\nClear plan\nSpeakers of several economies"


@blueprint.get("")
@requires(Permission.FORUM_PROGRAMME_EDIT)
def calls(forum: Forum) -> ResponseReturnValue:
    """Show the calls with their windows and how much came in."""
    return render_template(
        "forum/manage/session_calls/calls.html",
        forum=forum,
        session_calls=calls_of(forum),
        counts=counts_by_call(forum),
        now=clock.now(),
    )


@blueprint.route("/new", methods=["GET", "POST"])
@requires(Permission.FORUM_PROGRAMME_EDIT)
def new(forum: Forum) -> ResponseReturnValue:
    """Show a form with usual types and criteria, or add a call."""
    form = SessionCallForm(forum, data=None if request.method == "POST" else _usual(forum))
    return _form_page(forum, form, None)


@blueprint.route("/<int:session_call_id>/settings", methods=["GET", "POST"])
@requires(Permission.FORUM_PROGRAMME_EDIT)
def settings(forum: Forum, session_call_id: int) -> ResponseReturnValue:
    """Show what a call says, or change it."""
    call = own_call(forum, session_call_id)
    form = SessionCallForm(forum, data=None if request.method == "POST" else stored_call(call))
    return _form_page(forum, form, call)


def _form_page(forum: Forum, form: SessionCallForm, call: SessionCall | None) -> ResponseReturnValue:
    if form.validate_on_submit():
        try:
            if call is None:
                call = open_call(forum, form.details(), actor=current_account(), now=clock.now())
            else:
                change_call(call, form.details(), seen=form.version, actor=current_account(), now=clock.now())
            db.session.commit()
        except DomainError as refusal:
            db.session.rollback()
            form.refuse(refusal)
        else:
            flash(_("%(title)s is saved.", title=call.title), "success")
            return redirect(url_for(".call", forum=forum, session_call_id=call.id))
    page = render_template(
        "forum/manage/session_calls/settings.html",
        forum=forum,
        session_call=call,
        form=form,
        scored=call is not None and has_scores(call),
    )
    return page, 422 if request.method == "POST" else 200


def _usual(forum: Forum) -> dict[str, object]:
    today = local_at_venue(clock.now(), forum.time_zone)
    assert today is not None  # for the type checker: now is a moment
    opens_at = today.replace(hour=9, minute=0, second=0, microsecond=0)
    return {
        "opens_at": opens_at,
        "closes_at": opens_at + timedelta(days=30),
        "types": TYPES,
        "criteria": CRITERIA,
    }
