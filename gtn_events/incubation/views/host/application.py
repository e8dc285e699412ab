"""One application on a host's desk: read, scored, refused, or given up for a conflict."""

from flask import abort, flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy import select

from gtn_events.accounts.roles import current_account
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.errors import DomainError, Stale
from gtn_events.core.permissions import Permission, requires
from gtn_events.core.uploads import Upload, send_upload
from gtn_events.questionnaire.models import Answer
from gtn_events.questionnaire.queries.personal_data import answers_in_words

from ...domain.application_blocks import name_block
from ...domain.host_fit import sector_labels
from ...domain.host_ranking import refuse_to_take
from ...domain.interview_transitions import Side, acts_for
from ...domain.review_window import require_reviews, takes_reviews
from ...domain.reviews import Given, save_review, weighted_total
from ...enums import BlockSource
from ...forms.reason import reason_in
from ...forms.review import given_from
from ...models import Application, Call, Host, Intake
from ...queries.host_desk import has_named, interviews_with, others_reviews, ranks_of, review_of
from .blueprint import blueprint
from .desk import own_intake, seen_application


@blueprint.get("/calls/<call>/applications/<reference>")
@requires(Permission.HOST_MANAGE)
def application(host: Host, call: Call, reference: str) -> ResponseReturnValue:
    """Show one application beside its scorecard."""
    intake = own_intake(host, call)
    return _page(intake, seen_application(intake, reference))


@blueprint.post("/calls/<call>/applications/<reference>")
@requires(Permission.HOST_MANAGE)
def application_score(host: Host, call: Call, reference: str) -> ResponseReturnValue:
    """Keep points and note, right or wrong nothing is lost."""
    intake = own_intake(host, call)
    found, given = seen_application(intake, reference), given_from(request.form, call.criteria)
    try:
        save_review(intake, found, given, seen=_seen(), actor=current_account(), now=clock.now())
    except DomainError as refused:
        db.session.rollback()
        return _page(intake, found, typed=given, refused=refused), refused.http_status
    db.session.commit()
    flash(_("Your scores are saved."), "success")
    return redirect(url_for(".application", host=host, call=call, reference=reference))


@blueprint.post("/calls/<call>/applications/<reference>/draft")
@requires(Permission.HOST_MANAGE)
def application_autosave(host: Host, call: Call, reference: str) -> ResponseReturnValue:
    """Keep what is chosen so far; answers with the time it was kept."""
    intake = own_intake(host, call)
    found, given = seen_application(intake, reference), given_from(request.form, call.criteria)
    try:
        review = save_review(intake, found, given, seen=_seen(), actor=current_account(), now=clock.now())
    except Stale:
        db.session.rollback()
        return jsonify(saved=False), 409
    db.session.commit()
    return jsonify(saved=True, at=review.saved_at.isoformat(), seen=review.lock_version)


@blueprint.post("/calls/<call>/applications/<reference>/refuse")
@requires(Permission.HOST_MANAGE)
def application_refuse(host: Host, call: Call, reference: str) -> ResponseReturnValue:
    """Say that the host cannot take this firm, with a reason."""
    intake = own_intake(host, call)
    found, reason = seen_application(intake, reference), reason_in(request.form.get("reason"))
    refuse_to_take(intake, found, reason=reason, actor=current_account(), now=clock.now())
    db.session.commit()
    flash(_("“%(title)s” is not acceptable to you, so you are not matched.", title=found.title), "success")
    return redirect(url_for(".ranking", host=host, call=call))


@blueprint.post("/calls/<call>/applications/<reference>/conflict")
@requires(Permission.HOST_MANAGE)
def application_conflict(host: Host, call: Call, reference: str) -> ResponseReturnValue:
    """Give an application up for a conflict of interest; from now on the host sees nothing of it."""
    intake, now = own_intake(host, call), clock.now()
    require_reviews(call, now=now)
    found, reason = seen_application(intake, reference), reason_in(request.form.get("reason"))
    name_block(found, intake, BlockSource.HOST, reason=reason, actor=current_account(), now=now)
    db.session.commit()
    flash(_("The organiser is told. You see nothing of this application any more."), "success")
    return redirect(url_for(".applications", host=host, call=call))


@blueprint.get("/calls/<call>/applications/<reference>/files/<int:upload_id>")
@requires(Permission.HOST_MANAGE)
def application_file(host: Host, call: Call, reference: str, upload_id: int) -> ResponseReturnValue:
    """Hand out a file that one of the application's answers holds now."""
    found = seen_application(own_intake(host, call), reference)
    held = select(Answer.upload_id).where(Answer.answer_set_id == found.answer_set_id, Answer.upload_id == upload_id)
    upload = db.session.get(Upload, upload_id) if db.session.scalar(held) is not None else None
    return send_upload(upload or abort(404))


def _seen() -> int:
    return request.form.get("seen", 0, type=int)


def _files(found: Application) -> list[Upload]:
    statement = select(Upload).join(Answer, Answer.upload_id == Upload.id)
    theirs = statement.where(Answer.answer_set_id == found.answer_set_id, Upload.deleted_at.is_(None))
    return list(db.session.scalars(theirs.order_by(Upload.id)))


def _page(intake: Intake, found: Application, *, typed: Given | None = None, refused: DomainError | None = None) -> str:
    account, call = current_account(), intake.call
    review = review_of(intake, found, account.id)
    given = typed or (Given(review.points, review.note) if review else Given())
    return render_template(
        "incubation/host/application.html",
        host=intake.host,
        call=call,
        intake=intake,
        application=found,
        named_us=has_named(intake, found),
        sectors=sector_labels(call),
        answers=answers_in_words([found.answer_set_id], with_sensitive=False)[found.answer_set_id],
        files=_files(found),
        given=given,
        total=weighted_total(call.criteria, given.points),
        refused=refused,
        review=review,
        others=others_reviews(intake, found, account.id),
        rank=ranks_of(intake, [found.id]).get(found.id),
        interviews=[(each, acts_for(each.state, Side.HOST)) for each in interviews_with(intake, found)],
        open=takes_reviews(call, now=clock.now()),
        now=clock.now(),
    )
