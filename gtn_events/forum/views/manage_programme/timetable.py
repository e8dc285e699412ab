"""The proposed timetable: ask for one, look at it, take all, some or none of it."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from gtn_events.accounts.roles import current_account
from gtn_events.core import clock
from gtn_events.core.addresses import row_ids
from gtn_events.core.db import db
from gtn_events.core.errors import DomainError
from gtn_events.core.jobs import enqueue_job
from gtn_events.core.permissions import Permission, requires

from ...domain.timetable import check_askable, discard_timetable, take_placements
from ...forms.timetable import TimetableForm
from ...models import Forum, Timetable
from ...queries.programme_rows import programme_counts, tracks_of
from ...queries.timetable import TIMETABLE_JOB, placements_of, running_timetable, timetable_of
from ...timetable import Wishes
from ...timetable_words import timetable_in_words
from ..manage.blueprint import blueprint


@blueprint.route("/programme/timetable", methods=["GET", "POST"])
@requires(Permission.FORUM_PROGRAMME_EDIT)
def programme_timetable(forum: Forum) -> ResponseReturnValue:
    """Show what was proposed last and ask for what is wished, or let a worker look for a timetable."""
    timetable = timetable_of(forum)
    wishes = Wishes.from_json(timetable.wishes) if timetable else Wishes()
    form = TimetableForm(tracks_of(forum), data=vars(wishes))
    if form.validate_on_submit():
        try:
            return _ask(forum, form.wishes())
        except DomainError as refusal:
            db.session.rollback()
            form.refuse(refusal)
    page = render_template(
        "forum/manage/programme/timetable.html",
        forum=forum,
        form=form,
        timetable=timetable,
        told=timetable_in_words(forum, timetable) if timetable else None,
        counts=programme_counts(forum),
        job=running_timetable(forum),
    )
    return page, 422 if request.method == "POST" else 200


@blueprint.post("/programme/timetable/<int:timetable_id>/take")
@requires(Permission.FORUM_PROGRAMME_EDIT)
def programme_timetable_take(forum: Forum, timetable_id: int) -> ResponseReturnValue:
    """Take everything that was proposed, or the sessions that were ticked."""
    timetable = _timetable_or_404(forum, timetable_id)
    offered = {each.session_id for each in placements_of(timetable)}
    ticked = set(row_ids(request.form.getlist("ids")))
    chosen = offered if request.form.get("which") == "all" else offered & ticked
    if not chosen:
        flash(_("No session is ticked."), "warning")
        return redirect(url_for(".programme_timetable", forum=forum))
    taken, left = take_placements(forum, timetable, chosen, actor=current_account(), now=clock.now())
    db.session.commit()
    if taken:
        flash(ngettext("%(num)d session has a time now.", "%(num)d sessions have a time now.", taken), "success")
    if left and request.form.get("which") != "all":
        told = ngettext(
            "%(num)d session was left as it is: the programme changed meanwhile.",
            "%(num)d sessions were left as they are: the programme changed meanwhile.",
            left,
        )
        flash(told, "warning")
    return redirect(url_for(".programme_timetable", forum=forum))


@blueprint.post("/programme/timetable/<int:timetable_id>/discard")
@requires(Permission.FORUM_PROGRAMME_EDIT)
def programme_timetable_discard(forum: Forum, timetable_id: int) -> ResponseReturnValue:
    """Take nothing more: put the proposal away."""
    discard_timetable(_timetable_or_404(forum, timetable_id))
    db.session.commit()
    flash(_("The proposal is put away. What was taken of it stays."), "success")
    return redirect(url_for(".programme", forum=forum))


def _ask(forum: Forum, wishes: Wishes) -> ResponseReturnValue:
    check_askable(forum, wishes)
    job = running_timetable(forum)
    if job is None:
        job = enqueue_job(
            TIMETABLE_JOB,
            title=_("Timetable of %(forum)s", forum=forum.title),
            params={"forum_id": forum.id, "wishes": wishes.to_json()},
            actor=current_account(),
            now=clock.now(),
            scope=forum.scope,
            back=(_("Proposed timetable"), url_for(".programme_timetable", forum=forum)),
        )
        db.session.commit()
    return redirect(url_for("jobs.show", job_id=job.id))


def _timetable_or_404(forum: Forum, timetable_id: int) -> Timetable:
    timetable = timetable_of(forum)
    return timetable if timetable is not None and timetable.id == timetable_id else abort(404)
