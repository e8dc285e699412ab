"""The reports of both sides: which are there, writing one with a draft that saves itself, reading what was sent."""

from flask import abort, flash, jsonify, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from gtn_events.core.db import db
from gtn_events.core.errors import DomainError, Stale
from gtn_events.core.permissions import Permission, requires

from ...domain.activity_plan import plan_of
from ...domain.agreements import current_version
from ...domain.placement_reports import KINDS, save_report, send_report
from ...domain.placement_tasks import SIDES, mid_term_missing, mid_term_on, planned_end
from ...enums import PartyRole, PlacementState, ReportKind
from ...forms.placement import ReportForm
from ...forms.placement_report import data_of, questions_of, report_form, reported
from ...models import Call, PlacementReport
from ...queries.placements import report_of, reports_of
from .blueprint import blueprint
from .desk import READERS, Desk, desk_for, page

WRITES = (PlacementState.RUNNING, PlacementState.ENDED_EARLY)


@blueprint.get("/reports")
@requires(Permission.SIGNED_IN)
def reports(call: Call, placement_id: int) -> ResponseReturnValue:
    """Show which reports there are, and when each is due."""
    desk = _desk(call, placement_id)
    found = {(each.kind, each.role): each for each in reports_of(desk.placement)}
    rows = [(kind, role, found.get((kind, role))) for kind in KINDS for role in SIDES if _is_asked(desk, kind, role)]
    ended, missing = desk.placement.ended_on, mid_term_missing(desk.placement, desk.sent, today=desk.today)
    due = {ReportKind.MID_TERM: mid_term_on(desk.placement), ReportKind.FINAL: ended or planned_end(desk.placement)}
    writes = desk.placement.state in WRITES
    return page(desk, "reports", rows=rows, due=due, missing=missing, writes=writes)


@blueprint.route("/reports/<report_kind>", methods=["GET", "POST"])
@requires(Permission.SIGNED_IN)
def report(call: Call, placement_id: int, report_kind: str) -> ResponseReturnValue:
    """Write the report of one's own side, or send it."""
    desk, kind = _desk(call, placement_id), _kind(report_kind)
    role = desk.role or abort(403)
    standing = report_of(desk.placement, kind, role)
    if desk.placement.state not in WRITES or (standing is not None and standing.sent_at is not None):
        return redirect(url_for(".reports", call=call, placement_id=placement_id))
    form = _form(desk, kind, role, standing)
    if not form.validate_on_submit():
        return _page(desk, kind, role, form, standing), 422 if form.errors else 200
    try:
        send_report(desk.placement, kind, role, reported(form), seen=_seen(), actor=desk.account, now=desk.now)
        db.session.commit()
    except DomainError as refusal:
        db.session.rollback()
        form.refuse(refusal)
        # Sending the same form again is then a decision.
        form.seen.data = form.seen.raw_data = str(_lock_version(report_of(desk.placement, kind, role)))
        return _page(desk, kind, role, form, standing), 409
    flash(_("The report is sent. Thank you."), "success")
    return redirect(url_for(".reports", call=call, placement_id=placement_id))


@blueprint.post("/reports/<report_kind>/draft")
@requires(Permission.SIGNED_IN)
def report_autosave(call: Call, placement_id: int, report_kind: str) -> ResponseReturnValue:
    """Keep what is typed so far; answers with the time it was kept."""
    desk, kind = _desk(call, placement_id), _kind(report_kind)
    role = desk.role or abort(403)
    form = _form(desk, kind, role, None)
    form.validate()
    try:
        kept = save_report(desk.placement, kind, role, reported(form), seen=_seen(), actor=desk.account, now=desk.now)
    except Stale:
        db.session.rollback()
        return jsonify(saved=False), 409
    db.session.commit()
    return jsonify(saved=True, at=kept.saved_at.isoformat(), seen=kept.lock_version)


@blueprint.get("/reports/<report_kind>/<side>")
@requires(Permission.SIGNED_IN)
def report_show(call: Call, placement_id: int, report_kind: str, side: str) -> ResponseReturnValue:
    """Show a report that was sent."""
    desk, kind = _desk(call, placement_id), _kind(report_kind)
    role = next((each for each in SIDES if each.value == side), None) or abort(404)
    found = report_of(desk.placement, kind, role)
    if found is None or found.sent_at is None:
        abort(404)
    form = _form(desk, kind, role, found)
    return page(desk, "report_show", kind=kind, role=role, report=found, questions=questions_of(form))


def _desk(call: Call, placement_id: int) -> Desk:
    desk = desk_for(call, placement_id)
    desk.require(READERS)
    return desk


def _kind(word: str) -> ReportKind:
    return next((each for each in KINDS if each.value == word), None) or abort(404)


def _is_asked(desk: Desk, kind: ReportKind, role: PartyRole) -> bool:
    """Say whether a report stands in the list: not one of a middle that a short or ended stay never came to."""
    middle, ended = mid_term_on(desk.placement), desk.placement.ended_on
    reached = middle is not None and (ended is None or middle <= ended)
    return kind is ReportKind.FINAL or reached or (kind, role) in desk.sent


def _form(desk: Desk, kind: ReportKind, role: PartyRole, standing: PlacementReport | None) -> ReportForm:
    version = current_version(desk.placement)
    goals = plan_of(version.plan)["goals"] if version is not None else []
    data = data_of(standing.answers, standing.light, standing.satisfaction) if standing is not None else {}
    return report_form(kind, role, goals=goals, data=data | {"seen": str(_lock_version(standing))})


def _page(desk: Desk, kind: ReportKind, role: PartyRole, form: ReportForm, standing: PlacementReport | None) -> str:
    return page(desk, "report", kind=kind, role=role, form=form, questions=questions_of(form), standing=standing)


def _lock_version(standing: PlacementReport | None) -> int:
    return standing.lock_version if standing is not None else 0


def _seen() -> int:
    return request.form.get("seen", 0, type=int)
