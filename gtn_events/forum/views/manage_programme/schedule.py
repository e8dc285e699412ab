"""The schedule of a day: place, move, resize and unschedule sessions, undo, accept warnings."""

from flask import flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from gtn_events.accounts.roles import current_account
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.errors import DomainError
from gtn_events.core.http import wants_json
from gtn_events.core.permissions import Permission, requires

from ...conference_day import conference_day
from ...conflict_words import short_name
from ...domain.accepted_warnings import accept_warning, take_acceptance_back
from ...domain.schedule import put_session, redo_act, undo_act, unschedule_session
from ...errors import ProgrammeRefused
from ...forms.schedule import AcceptForm, PutForm
from ...models import Forum, ProgrammeAct
from ...queries.programme_acts import act_of, newest_acts, to_redo, to_undo
from ...queries.programme_releases import public_version
from ...queries.programme_rows import session_of
from ...schedule_words import what_was_done, where_it_is
from ..manage.blueprint import blueprint
from .schedule_page import SchedulePage

LATELY = 8
LARGEST_ID = 2**31 - 1


@blueprint.get("/programme/day")
@requires(Permission.FORUM_PROGRAMME_EDIT)
def programme_day(forum: Forum) -> ResponseReturnValue:
    """Show a day of the working programme as a grid, with the chosen session beside it."""
    return _page(forum, _shown(forum, request.args.get("session", "")), None)


@blueprint.get("/programme/day/marks")
@requires(Permission.FORUM_PROGRAMME_EDIT)
def programme_day_marks(forum: Forum) -> ResponseReturnValue:
    """Return what is wrong with which session, and a version that changes with the programme, as JSON."""
    shown = _shown(forum, "")
    return jsonify(
        version=_version(forum),
        blocking=len(shown.conflicts.blocking),
        warnings=len(shown.conflicts.warnings),
        marks={code: {"words": mark.words, "grave": mark.grave} for code, mark in shown.marks.items()},
    )


@blueprint.get("/programme/day/<code>/try")
@requires(Permission.FORUM_PROGRAMME_EDIT)
def programme_day_try(forum: Forum, code: str) -> ResponseReturnValue:
    """Return what would be wrong with a session at the place that the address names, as JSON; nothing without one."""
    db.one_or_404(session_of(forum, code))
    shown = _shown(forum, code)
    form = PutForm(forum, shown.days, shown.programme.rooms, formdata=request.args, meta={"csrf": False})
    marks = shown.tried(form.place()) if form.validate() else []
    return jsonify([{"words": mark.words, "grave": mark.grave} for mark in marks])


@blueprint.post("/programme/day/<code>/put")
@requires(Permission.FORUM_PROGRAMME_EDIT)
def programme_day_put(forum: Forum, code: str) -> ResponseReturnValue:
    """Place, move or resize a session."""
    session = db.one_or_404(session_of(forum, code))
    shown = _shown(forum, code)
    form = PutForm(forum, shown.days, shown.programme.rooms)
    if not form.validate_on_submit():
        return _refused(forum, shown, form)
    try:
        act = put_session(
            forum, session, form.place(), seen=form.seen.data or "", actor=current_account(), now=clock.now()
        )
        db.session.commit()
    except ProgrammeRefused as refusal:
        db.session.rollback()
        form.refuse(refusal)
        return _refused(forum, shown, form)
    return _done(forum, act, code)


@blueprint.post("/programme/day/<code>/unschedule")
@requires(Permission.FORUM_PROGRAMME_EDIT)
def programme_day_unschedule(forum: Forum, code: str) -> ResponseReturnValue:
    """Take a session off the schedule."""
    session = db.one_or_404(session_of(forum, code))
    act = unschedule_session(
        forum, session, seen=request.form.get("seen", ""), actor=current_account(), now=clock.now()
    )
    db.session.commit()
    return _done(forum, act, code)


@blueprint.post("/programme/day/undo")
@requires(Permission.FORUM_PROGRAMME_EDIT)
def programme_day_undo(forum: Forum) -> ResponseReturnValue:
    """Undo one's own act that the page named."""
    act = _named_act(forum)
    undo_act(forum, act, actor=current_account(), now=clock.now())
    db.session.commit()
    return _done(forum, act, act.session.code)


@blueprint.post("/programme/day/redo")
@requires(Permission.FORUM_PROGRAMME_EDIT)
def programme_day_redo(forum: Forum) -> ResponseReturnValue:
    """Do one's own act again that was undone."""
    act = _named_act(forum)
    redo_act(forum, act, actor=current_account(), now=clock.now())
    db.session.commit()
    return _done(forum, act, act.session.code)


@blueprint.post("/programme/conflicts/accept")
@requires(Permission.FORUM_PROGRAMME_EDIT)
def programme_warning_accept(forum: Forum) -> ResponseReturnValue:
    """Accept a warning, with the reason."""
    form = AcceptForm()
    reason = form.reason.data if form.validate_on_submit() else ""
    accept_warning(forum, form.facts.data or "", reason=reason, actor=current_account(), now=clock.now())
    db.session.commit()
    flash(_("The warning is accepted. It comes again when what it says changes."), "success")
    return redirect(_back(forum))


@blueprint.post("/programme/conflicts/accept/back")
@requires(Permission.FORUM_PROGRAMME_EDIT)
def programme_warning_back(forum: Forum) -> ResponseReturnValue:
    """Let an accepted warning be one again."""
    take_acceptance_back(forum, request.form.get("facts", ""), actor=current_account(), now=clock.now())
    db.session.commit()
    flash(_("This is a warning again."), "success")
    return redirect(url_for(".programme_conflicts", forum=forum))


def _shown(forum: Forum, code: str) -> SchedulePage:
    return SchedulePage(forum, day=request.values.get("day", ""), code=code, now=clock.now())


def _version(forum: Forum) -> str:
    return forum.programme_changed_at.isoformat() if forum.programme_changed_at else ""


def _named_act(forum: Forum) -> ProgrammeAct:
    number = request.form.get("act", type=int) or 0
    return db.one_or_404(act_of(forum, number if 0 < number <= LARGEST_ID else 0))


def _done(forum: Forum, act: ProgrammeAct | None, code: str) -> ResponseReturnValue:
    """Say what was done, to a script or on the page to which this leads."""
    told = what_was_done(act, forum.zone) if act else _("It is there already.")
    session = db.one_or_404(session_of(forum, code))
    day = conference_day(session.slot.starts_at, forum.zone).isoformat() if session.slot else request.form.get("day")
    if wants_json():
        return jsonify(told=told, day=day, code=code)
    flash(told, "success")
    return redirect(url_for(".programme_day", forum=forum, day=day or None, session=code))


def _refused(forum: Forum, shown: SchedulePage, form: PutForm) -> ResponseReturnValue:
    if wants_json():
        told = next((str(error) for field in form for error in field.errors), _("This place cannot be."))
        raise DomainError(told)
    return _page(forum, shown, form)


def _page(forum: Forum, shown: SchedulePage, form: PutForm | None) -> ResponseReturnValue:
    stored = PutForm(forum, shown.days, shown.programme.rooms, formdata=None, data=shown.stored())
    actor = current_account()
    page = render_template(
        "forum/manage/programme/schedule.html",
        forum=forum,
        shown=shown,
        form=form or stored,
        where=where_it_is(shown.chosen) if shown.chosen else "",
        version=_version(forum),
        public=public_version(forum, now=clock.now()),
        undo=to_undo(forum, actor),
        redo=to_redo(forum, actor),
        lately=newest_acts(forum, limit=LATELY),
        what_was_done=what_was_done,
        short_name=short_name,
    )
    return page, 422 if form else 200


def _back(forum: Forum) -> str:
    """Return where a warning was accepted: the schedule, with the session, or the list of conflicts."""
    code = request.form.get("session", "")
    if code:
        return url_for(".programme_day", forum=forum, day=request.form.get("day") or None, session=code)
    return url_for(".programme_conflicts", forum=forum)
