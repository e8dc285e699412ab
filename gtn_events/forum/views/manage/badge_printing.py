"""Printing badges: what would be printed, the job that does it, the text of the back, a sample."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from gtn_events.accounts.roles import current_account
from gtn_events.core import clock
from gtn_events.core.bulk import Choice
from gtn_events.core.db import db
from gtn_events.core.downloads import send_attachment
from gtn_events.core.errors import DomainError, Stale
from gtn_events.core.jobs import enqueue_job
from gtn_events.core.outbox import Attachment
from gtn_events.core.permissions import Permission, requires

from ...badge_job import BADGES, sample_badge
from ...documents_badges import badges_pdf
from ...domain.badges import LONGEST_REASON, PrintPlan, check_reason, plan_prints, write_back_text
from ...enums import BadgeFormat
from ...errors import ReasonMissing
from ...forms.badges import BadgeTextForm
from ...models import Forum
from ...queries.badges import back_text_of, badges_among, design_of, ids_of_badges, read_badge_listing
from ...queries.registrations import ids_of, list_names, read_listing
from .blueprint import blueprint

LISTS = {"badges": "forum_manage.badges", "registrations": "forum_manage.registration_list"}


@blueprint.post("/badges/plan")
@requires(Permission.FORUM_REGISTRATIONS_MANAGE)
def badge_plan(forum: Forum) -> ResponseReturnValue:
    """Show what printing would do for the chosen people; nothing happens yet."""
    choice = _choice(forum)
    if not choice.ids:
        flash(_("Choose at least one person first."), "danger")
        return redirect(_list_url(forum, choice))
    return _plan_page(forum, choice, _plan(forum, choice))


@blueprint.post("/badges/print")
@requires(Permission.FORUM_REGISTRATIONS_MANAGE)
def badge_print(forum: Forum) -> ResponseReturnValue:
    """Have the badges printed as a job with its own page."""
    choice = _choice(forum)
    plan, paper = _plan(forum, choice), _paper()
    again, reason = request.form.get("again") == "1", request.form.get("reason", "").strip()[:LONGEST_REASON]
    try:
        check_reason(plan, again=again, reason=reason)
    except ReasonMissing as missing:
        return _plan_page(forum, choice, plan, error=missing.message)
    ids = plan.ids(again=again)
    if not ids:
        flash(_("There is nothing to print: all of them have a badge."), "danger")
        return redirect(_list_url(forum, choice))
    job = enqueue_job(
        BADGES,
        title=ngettext("%(num)d badge of %(forum)s", "%(num)d badges of %(forum)s", len(ids), forum=forum.title),
        params={
            "forum_id": forum.id,
            "ids": ids,
            "paper": paper.value,
            "back": request.form.get("back") == "1",
            "again": again,
            "reason": reason if again else "",
        },
        actor=current_account(),
        now=clock.now(),
        scope=forum.scope,
        back=(_("Badges"), url_for(".badges", forum=forum)),
    )
    db.session.commit()
    return redirect(url_for("jobs.show", job_id=job.id))


@blueprint.route("/badges/text", methods=["GET", "POST"])
@requires(Permission.FORUM_REGISTRATIONS_MANAGE)
def badge_text(forum: Forum) -> ResponseReturnValue:
    """Show or set what stands on the back of every badge."""
    form = BadgeTextForm(data=None if request.method == "POST" else {"back_text": back_text_of(forum)})
    if request.method == "GET":
        form.show(design_of(forum))
    if not form.validate_on_submit():
        return _text_page(forum, form)
    try:
        seen, actor = form.version, current_account()
        write_back_text(forum, form.back_text.data or "", seen=seen, actor=actor, now=clock.now())
        db.session.commit()
    except Stale as stale:
        db.session.rollback()
        form.refuse_beside(stale, design_of(forum), {"back_text": back_text_of(forum)})
        return _text_page(forum, form)
    except DomainError as refusal:
        db.session.rollback()
        form.back_text.errors = [refusal.message]
        return _text_page(forum, form)
    flash(_("The text of the badges is saved. Badges that are printed already keep the earlier one."), "success")
    return redirect(url_for(".badges", forum=forum))


@blueprint.get("/badges/sample.pdf")
@requires(Permission.FORUM_REGISTRATIONS_MANAGE)
def badge_sample(forum: Forum) -> ResponseReturnValue:
    """Send a badge of an invented person; it is not counted as a print."""
    data = badges_pdf([sample_badge(forum)], BadgeFormat.SINGLE, with_back=True, title=_("Sample of a badge"))
    return send_attachment(Attachment(f"{forum.slug}-badge-sample.pdf", "application/pdf", data), inline=True)


def _plan(forum: Forum, choice: Choice) -> PrintPlan:
    return plan_prints(badges_among(forum, choice.ids))


def _plan_page(forum: Forum, choice: Choice, plan: PrintPlan, *, error: str = "") -> ResponseReturnValue:
    page = render_template(
        "forum/manage/badge_plan.html",
        forum=forum,
        choice=choice,
        plan=plan,
        papers=list(BadgeFormat),
        chosen_paper=_paper(),
        sent=request.form,
        source=_source(),
        error=error,
        list_url=_list_url(forum, choice),
    )
    return page, 422 if error else 200


def _choice(forum: Forum) -> Choice:
    """Return the chosen ids, of the list that sent them; they are scoped to the forum when they are read."""
    names = list_names(forum)
    if _source() == "registrations":
        return Choice.read(request.form, lambda args: ids_of(forum, read_listing("", args, names)))
    return Choice.read(request.form, lambda args: ids_of_badges(forum, read_badge_listing("", args, names)))


def _source() -> str:
    source = request.args.get("source", "badges")
    return source if source in LISTS else abort(404)


def _paper() -> BadgeFormat:
    sent = request.form.get("paper", BadgeFormat.SHEET_4)
    return next((each for each in BadgeFormat if each.value == sent), None) or abort(404)


def _list_url(forum: Forum, choice: Choice) -> str:
    return choice.list_url(url_for(LISTS[_source()], forum=forum))


def _text_page(forum: Forum, form: BadgeTextForm) -> ResponseReturnValue:
    return render_template("forum/manage/badge_text.html", forum=forum, form=form), 422 if form.errors else 200
