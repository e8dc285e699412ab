"""One application: everything about it, and what an organiser does with it."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy import select

from gtn_events.accounts.roles import current_account
from gtn_events.core import clock
from gtn_events.core.addresses import row_id
from gtn_events.core.db import db
from gtn_events.core.journal import entries_about, shown_entries
from gtn_events.core.permissions import Permission, requires
from gtn_events.core.uploads import Upload, send_upload
from gtn_events.eligibility.domain.exceptions import unmet, with_exceptions
from gtn_events.questionnaire.models import Answer
from gtn_events.questionnaire.queries.personal_data import answers_in_words

from ...domain.application_blocks import name_block
from ...domain.application_differences import differences_of
from ...domain.application_rules import findings_of
from ...domain.application_transitions import Action, Party, actions_for
from ...domain.applications import (
    admit_application,
    reconsider_application,
    refuse_application,
    withdraw_application,
)
from ...domain.host_fit import sector_labels
from ...enums import BlockSource
from ...forms.reason import reason_in
from ...models import Application, Call
from ...queries.applications import application_of
from ...queries.blocks import blocks_about
from ...queries.intakes import intakes_by_id, intakes_to_choose
from ...queries.mail import mails_about
from ...queries.offers import offers_to, placements_of_offers
from .blueprint import blueprint

JOURNAL_SHOWN = 40


@blueprint.get("/applications/<reference>")
@requires(Permission.CALL_APPLICATIONS_SEE)
def application(call: Call, reference: str) -> ResponseReturnValue:
    """Show one application; sensitive answers are left out."""
    found = db.one_or_404(application_of(call, reference))
    findings, offers = findings_of(found), offers_to(found)
    answers = answers_in_words([found.answer_set_id], with_sensitive=False)[found.answer_set_id]
    return render_template(
        "incubation/manage/application.html",
        call=call,
        application=found,
        sectors=sector_labels(call),
        answers=answers,
        files=_files(found),
        versions=differences_of(found),
        actions=actions_for(found.state, Party.ORGANISER),
        findings=with_exceptions(found, findings),
        broken=unmet(findings, found.eligibility_override),
        blocks=blocks_about(found),
        intakes=intakes_to_choose(call),
        offers=offers,
        placements=placements_of_offers(offers),
        mails=mails_about(found),
        history=shown_entries(list(db.session.scalars(entries_about(found, limit=JOURNAL_SHOWN)))),
    )


@blueprint.post("/applications/<reference>/act")
@requires(Permission.CALL_APPLICATIONS_MANAGE)
def application_decide(call: Call, reference: str) -> ResponseReturnValue:
    """Do what the pressed button says, then show the application as it is now."""
    found = db.one_or_404(application_of(call, reference))
    action = next((each for each in Action if each.value == request.form.get("action")), None) or abort(404)
    _act(action, found, reason_in(request.form.get("reason")))
    db.session.commit()
    flash(_("“%(title)s” is now %(state)s.", title=found.title, state=found.state.label.lower()), "success")
    return redirect(url_for(".application", call=call, reference=reference))


@blueprint.post("/applications/<reference>/block")
@requires(Permission.CALL_APPLICATIONS_MANAGE)
def application_block(call: Call, reference: str) -> ResponseReturnValue:
    """Keep the application and a host apart."""
    found = db.one_or_404(application_of(call, reference))
    intake_id = row_id(request.form.get("intake"))
    intake = intakes_by_id(call, [intake_id]).get(intake_id) or abort(404)
    reason, actor = reason_in(request.form.get("reason")), current_account()
    name_block(found, intake, BlockSource.ORGANISER, reason=reason, actor=actor, now=clock.now())
    db.session.commit()
    flash(_("%(host)s sees nothing of it any more, and the two are not matched.", host=intake.host.name), "success")
    return redirect(url_for(".application", call=call, reference=reference) + "#blocks")


@blueprint.get("/applications/<reference>/files/<int:upload_id>")
@requires(Permission.CALL_APPLICATIONS_SEE)
def application_file(call: Call, reference: str, upload_id: int) -> ResponseReturnValue:
    """Hand out a file that one of the application's answers holds now."""
    found = db.one_or_404(application_of(call, reference))
    held = select(Answer.upload_id).where(Answer.answer_set_id == found.answer_set_id, Answer.upload_id == upload_id)
    upload = db.session.get(Upload, upload_id) if db.session.scalar(held) is not None else None
    return send_upload(upload or abort(404))


def _act(action: Action, found: Application, reason: str) -> None:
    actor, now = current_account(), clock.now()
    match action:
        case Action.ADMIT:
            admit_application(found, actor=actor, now=now)
        case Action.REFUSE:
            refuse_application(found, actor=actor, now=now, reason=reason)
        case Action.RECONSIDER:
            reconsider_application(found, actor=actor, now=now)
        case Action.WITHDRAW:
            withdraw_application(found, party=Party.ORGANISER, actor=actor, now=now, reason=reason)


def _files(found: Application) -> list[Upload]:
    statement = (
        select(Upload)
        .join(Answer, Answer.upload_id == Upload.id)
        .where(Answer.answer_set_id == found.answer_set_id, Upload.deleted_at.is_(None))
        .order_by(Upload.id)
    )
    return list(db.session.scalars(statement))
