"""The applicant's own page: where the application stands, its versions, changing and withdrawing it."""

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from gtn_events.accounts.roles import current_account
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.permissions import Permission, requires
from gtn_events.core.uploads import Upload
from gtn_events.core.uploads.serving import send_upload
from gtn_events.questionnaire.domain.questions import specs_of
from gtn_events.questionnaire.enums import QuestionKind
from gtn_events.questionnaire.queries.answers import read_answers
from gtn_events.questionnaire.queries.personal_data import answers_in_words

from ..domain.application_differences import differences_of
from ..domain.application_drafts import begin_change
from ..domain.application_transitions import Action, Party, actions_for
from ..domain.application_window import is_open, may_change
from ..domain.applications import withdraw_application
from ..domain.host_fit import sector_labels
from ..forms.application_draft_data import data_of_application
from ..forms.withdrawal import WithdrawalForm
from ..models import Application, Call, Offer
from ..queries.applicant import applications_of, draft_of, interviews_about
from ..queries.match import is_published
from ..queries.offers import latest_offer, placements_of_offers
from .loading import load_call

blueprint = Blueprint("incubation_my", __name__, url_prefix="/co-incubation/<call>/my")
load_call(blueprint)


@blueprint.get("/")
@requires(Permission.SIGNED_IN)
def application(call: Call) -> ResponseReturnValue:
    """Show where the person's application stands, what was sent, and what can be done with it."""
    whose = {"call_id": call.id, "account_id": current_account().id}
    newest, now = db.session.scalars(applications_of(**whose)).first(), clock.now()
    draft = db.session.scalar(draft_of(**whose))
    if newest is None:
        return render_template("incubation/my/none.html", call=call, draft=draft, open=is_open(call, now=now), now=now)
    offer = latest_offer(newest)
    return render_template(
        "incubation/my/application.html",
        call=call,
        application=newest,
        version=newest.versions[-1] if newest.versions else None,
        versions=differences_of(newest),
        answers=answers_in_words([newest.answer_set_id], with_sensitive=True)[newest.answer_set_id],
        sectors=sector_labels(call),
        draft=draft,
        interviews=list(db.session.scalars(interviews_about(newest))),
        may_change=may_change(newest, now=now),
        may_withdraw=_may_withdraw(newest, offer),
        offer=offer,
        placement=placements_of_offers([offer]).get(offer.id) if offer is not None else None,
        result=offer is not None or is_published(call),
        open=is_open(call, now=now),
        now=now,
    )


@blueprint.post("/change")
@requires(Permission.SIGNED_IN)
def change(call: Call) -> ResponseReturnValue:
    """Open the application in the form it was made with; nothing changes before it is sent again."""
    own = own_application(call)
    begin_change(own, data_of_application(own), actor=current_account(), now=clock.now())
    db.session.commit()
    return redirect(url_for("incubation_apply.check", call=call))


@blueprint.get("/withdraw")
@requires(Permission.SIGNED_IN)
def confirm_withdraw(call: Call) -> ResponseReturnValue:
    """Ask before withdrawing; the title has to be typed."""
    own = own_application(call)
    if not _may_withdraw(own, latest_offer(own)):
        return redirect(url_for(".application", call=call))
    return _withdraw_page(own, WithdrawalForm(own.title))


@blueprint.post("/withdraw")
@requires(Permission.SIGNED_IN)
def withdraw(call: Call) -> ResponseReturnValue:
    """End the application for good."""
    own = own_application(call)
    form = WithdrawalForm(own.title)
    if not form.validate():
        return _withdraw_page(own, form), 422
    withdraw_application(own, party=Party.APPLICANT, actor=current_account(), now=clock.now())
    db.session.commit()
    flash(_("Your application is withdrawn. It is not matched any more."), "success")
    return redirect(url_for(".application", call=call))


@blueprint.get("/files/<key>")
@requires(Permission.SIGNED_IN)
def file(call: Call, key: str) -> ResponseReturnValue:
    """Hand out a file of the application to the person who sent it."""
    own = own_application(call)
    specs = {spec.key: spec for spec in specs_of(own.answer_set.version) if spec.kind is QuestionKind.FILE}
    upload_id = read_answers(own.answer_set, with_sensitive=True).get(key) if key in specs else None
    upload = db.session.get(Upload, upload_id) if upload_id is not None else None
    if upload is None:
        abort(404)
    return send_upload(upload)


def own_application(call: Call) -> Application:
    """Return the newest application of the signed-in person, or answer 404."""
    statement = applications_of(call_id=call.id, account_id=current_account().id)
    return db.session.scalars(statement).first() or abort(404)


def _may_withdraw(own: Application, offer: Offer | None) -> bool:
    """Say whether it can end; a place has to be given back first."""
    holds = offer is not None and offer.state.holds_a_place
    return not holds and Action.WITHDRAW in actions_for(own.state, Party.APPLICANT)


def _withdraw_page(own: Application, form: WithdrawalForm) -> str:
    return render_template("incubation/my/withdraw.html", call=own.call, application=own, form=form)
