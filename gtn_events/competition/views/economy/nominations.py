"""Nominating a firm, reminding it, taking the nomination back."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from gtn_events.accounts.roles import current_account
from gtn_events.accounts.views.tokens import signer
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.errors import DomainError
from gtn_events.core.permissions import Permission, requires

from ...domain.entry_window import in_time_until
from ...domain.nominations import nominate as nominate_firm
from ...domain.nominations import remind_nominated, withdraw_nomination
from ...forms.nomination import NominationForm
from ...models import Competition, Nomination
from ...queries.economy_entries import nominations_of_economy
from ...queries.places import standings_of
from .blueprint import blueprint
from .desk import Desk, own_desk


@blueprint.route("/nominate", methods=["GET", "POST"])
@requires(Permission.SIGNED_IN)
def nominate(competition: Competition) -> ResponseReturnValue:
    """Ask whom to nominate, or send the firm the link with which it enters."""
    desk, form = own_desk(competition), NominationForm()
    form.offer(desk.names)
    if not form.validate_on_submit():
        return _page(desk, form)
    economy, nominee = desk.economy(form.economy_code.data), form.nominee()
    try:
        made = nominate_firm(competition, economy, nominee, links=signer(), actor=current_account(), now=clock.now())
        db.session.commit()
    except DomainError as refusal:
        db.session.rollback()
        form.refuse(refusal)
        return _page(own_desk(competition), form)
    flash(
        _("%(firm)s is nominated. The link is on its way to %(email)s.", firm=made.organisation_name, email=made.email),
        "success",
    )
    return _back(competition)


@blueprint.post("/nominations/<int:nomination_id>/remind")
@requires(Permission.SIGNED_IN)
def nomination_remind(competition: Competition, nomination_id: int) -> ResponseReturnValue:
    """Mail a firm its link once more."""
    found = _nomination_or_404(own_desk(competition), nomination_id)
    remind_nominated(found, links=signer(), actor=current_account(), now=clock.now())
    db.session.commit()
    flash(_("The link is on its way to %(email)s once more.", email=found.email), "success")
    return _back(competition)


@blueprint.post("/nominations/<int:nomination_id>/withdraw")
@requires(Permission.SIGNED_IN)
def nomination_withdraw(competition: Competition, nomination_id: int) -> ResponseReturnValue:
    """Take a nomination back; the firm is told, and its place is free."""
    found = _nomination_or_404(own_desk(competition), nomination_id)
    withdraw_nomination(found, actor=current_account(), now=clock.now())
    db.session.commit()
    flash(_("The nomination of %(firm)s is taken back.", firm=found.organisation_name), "success")
    return _back(competition)


def _nomination_or_404(desk: Desk, nomination_id: int) -> Nomination:
    statement = nominations_of_economy(desk.competition, desk.codes).where(Nomination.id == nomination_id)
    found: Nomination = db.one_or_404(statement)
    return found


def _back(competition: Competition) -> ResponseReturnValue:
    return redirect(url_for(".entries", competition=competition))


def _page(desk: Desk, form: NominationForm) -> ResponseReturnValue:
    page = render_template(
        "competition/economy/nominate.html",
        competition=desk.competition,
        form=form,
        standings=standings_of(desk.competition, desk.codes),
        until=in_time_until(desk.competition),
    )
    return page, 422 if form.errors or form.form_errors else 200
