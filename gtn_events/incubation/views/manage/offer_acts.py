"""What an organiser does with offers: remind, take back with a reason, give a place by hand."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext as _n

from gtn_events.accounts.roles import current_account
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.errors import DomainError
from gtn_events.core.permissions import Permission, requires

from ...domain.offers import give_place, remind, take_back_offer
from ...forms.offer import GiveForm, TakeBackForm
from ...models import Call, Offer
from ...queries.offer_list import applications_without_place, offer_of, offers_to_remind
from ...queries.places import places_of
from .blueprint import blueprint


@blueprint.post("/offers/remind")
@requires(Permission.CALL_MATCH)
def offers_remind(call: Call) -> ResponseReturnValue:
    """Remind one applicant, or all who were not reminded yet; nobody is reminded twice."""
    chosen = request.form.get("offer", 0, type=int)
    wanted = [_offer(call, chosen)] if chosen else offers_to_remind(call)
    sent = sum(remind(each, now=clock.now()) for each in wanted)
    db.session.commit()
    flash(_n("%(num)s reminder is sent.", "%(num)s reminders are sent.", sent), "success" if sent else "info")
    return redirect(url_for(".offers", call=call))


@blueprint.route("/offers/<int:offer_id>/take-back", methods=["GET", "POST"])
@requires(Permission.CALL_MATCH)
def offer_take_back(call: Call, offer_id: int) -> ResponseReturnValue:
    """Ask for the reason, or take the place back; the applicant stays among those who wait."""
    offer, form = _offer(call, offer_id), TakeBackForm()
    if not form.validate_on_submit():
        page = render_template("incubation/manage/offer_take_back.html", call=call, offer=offer, form=form)
        return page, 422 if form.errors else 200
    take_back_offer(offer, actor=current_account(), now=clock.now(), reason=form.reason.data)
    db.session.commit()
    flash(_("The place at %(host)s is free again.", host=offer.intake.host.name), "success")
    return redirect(url_for(".offers", call=call))


@blueprint.route("/offers/give", methods=["GET", "POST"])
@requires(Permission.CALL_MATCH)
def offer_give(call: Call) -> ResponseReturnValue:
    """Choose a firm and a free place, or make the offer."""
    applications = {each.id: each for each in applications_without_place(call)}
    free = {each.intake.id: each for each in places_of(call) if each.free}
    form = GiveForm()
    form.offer(applications.values(), free.values())
    if form.validate_on_submit():
        application, intake = applications[form.application.data], free[form.intake.data].intake
        try:
            give_place(application, intake, actor=current_account(), now=clock.now(), reason=form.reason.data)
            db.session.commit()
        except DomainError as refusal:
            db.session.rollback()
            form.refuse(refusal)
        else:
            flash(_("%(host)s offers the place. The firm is told by mail.", host=intake.host.name), "success")
            return redirect(url_for(".offers", call=call))
    elif not form.is_submitted():
        form.choose(request.args)
    page = render_template(
        "incubation/manage/offer_give.html", call=call, form=form, possible=bool(applications and free)
    )
    return page, 422 if form.errors else 200


def _offer(call: Call, offer_id: int) -> Offer:
    return offer_of(call, offer_id) or abort(404)
