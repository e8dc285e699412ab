"""The rules of funded travel, and paying for somebody."""

from decimal import Decimal

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy import select

from gtn_events.accounts.roles import current_account
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.errors import DomainError
from gtn_events.core.permissions import Permission, requires
from gtn_events.core.text import clean_text
from gtn_events.forum.domain.passports import APPROVED_BY_ALL
from gtn_events.forum.models import Forum, Registration

from ...domain.travel import edit_travel_rules, fund_traveller, locked_travel_settings
from ...forms.travel import FundForm, TravelRulesForm, stored_rules
from ...models import Traveller
from ...notifications_travel import tell_of_funding
from ...queries.travel import ceilings_of, fundable, travel_settings
from ...travel_errors import TravelRefused
from .blueprint import blueprint

MOST_FOUND = 20


@blueprint.route("/rules", methods=["GET", "POST"])
@requires(Permission.FORUM_TRAVEL_SEE)
def rules(forum: Forum) -> ResponseReturnValue:
    """Show the rules, or set them."""
    stored = stored_rules(travel_settings(forum), ceilings_of(forum))
    form = TravelRulesForm(data=None if request.method == "POST" else stored)
    if request.method == "GET":
        form.show(travel_settings(forum))
    if form.validate_on_submit():
        try:
            seen = form.version or 1  # nobody has set them: the row that is made has the first version
            edit_travel_rules(forum, form.rules(), seen=seen, actor=current_account(), now=clock.now())
            db.session.commit()
        except DomainError as refusal:
            db.session.rollback()
            form.refuse_beside(
                refusal, travel_settings(forum), stored_rules(travel_settings(forum), ceilings_of(forum))
            )
        else:
            flash(_("The rules are saved."), "success")
            return redirect(url_for(".board", forum=forum))
    page = render_template("delegations/travel/rules.html", forum=forum, form=form)
    return page, 422 if form.errors else 200


@blueprint.route("/fund", methods=["GET", "POST"])
@requires(Permission.FORUM_TRAVEL_SEE)
def fund(forum: Forum) -> ResponseReturnValue:
    """Find a person and show the form, or pay the travel of a delegate and write to them."""
    chosen = clean_text(request.args.get("reference", ""))[:24]
    form = FundForm(data=None if request.method == "POST" else {"reference": chosen})
    if form.validate_on_submit():
        try:
            traveller = _fund(forum, form)
            db.session.commit()
        except DomainError as refusal:
            db.session.rollback()
            form.refuse(refusal)
        else:
            flash(_("%(name)s is funded and gets a mail.", name=traveller.registration.delegate_name), "success")
            return redirect(url_for(".person", forum=forum, traveller_id=traveller.id))
    query = clean_text(request.args.get("q", ""))[:100]
    page = render_template(
        "delegations/travel/fund.html",
        forum=forum,
        form=form,
        query=query,
        found=fundable(forum, query, states=APPROVED_BY_ALL, most=MOST_FOUND) if query.strip() else [],
        most=MOST_FOUND,
    )
    return page, 422 if form.errors else 200


def _fund(forum: Forum, form: FundForm) -> Traveller:
    number = form.reference.data.upper()
    registration = db.session.scalar(
        select(Registration).where(Registration.forum_id == forum.id, Registration.reference == number)
    )
    if registration is None:
        raise TravelRefused("No registration of this forum has this number.", field="reference")
    now = clock.now()
    traveller = fund_traveller(
        registration,
        form.chosen(),
        planned_fare=form.planned_fare.data or Decimal("0.00"),
        actor=current_account(),
        now=now,
    )
    tell_of_funding(traveller, locked_travel_settings(forum), now=now)
    return traveller
