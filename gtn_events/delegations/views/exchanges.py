"""Exchanges of kept places with other economies: what is proposed to us, by us, and what became of it."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from gtn_events.accounts.roles import current_account
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.errors import DomainError
from gtn_events.core.permissions import Permission, requires
from gtn_events.forum.domain.swaps import accept_swap, decline_swap, propose_swap, withdraw_swap
from gtn_events.forum.errors import ReasonMissing
from gtn_events.forum.models import AllotmentSwap
from gtn_events.forum.queries.allotments import economy_names, holder_names
from gtn_events.forum.queries.standings import standings

from ..forms.exchange import ExchangeForm
from ..models import Delegation
from ..queries.exchanges import exchange_proposed_by, exchange_proposed_to, exchanges_of
from .blueprint import blueprint


@blueprint.get("/exchanges")
@requires(Permission.DELEGATION_MANAGE)
def exchanges(delegation: Delegation) -> ResponseReturnValue:
    """Show what waits for us, what we wait for, and what is over."""
    return _list_page(delegation)


@blueprint.get("/exchanges/new")
@requires(Permission.DELEGATION_MANAGE)
def exchange_new(delegation: Delegation) -> ResponseReturnValue:
    """Ask what to exchange with whom."""
    return _form_page(_form(delegation))


@blueprint.post("/exchanges/new")
@requires(Permission.DELEGATION_MANAGE)
def exchange_propose(delegation: Delegation) -> ResponseReturnValue:
    """Propose an exchange for this economy; nothing moves yet."""
    form = _form(delegation)
    if not form.validate():
        return _form_page(form), 422
    categories = {str(each.category.id): each.category for each in standings(delegation.forum, delegation.code)}
    try:
        proposal = form.proposal(delegation, categories)
        propose_swap(delegation.forum, proposal, actor=current_account(), now=clock.now())
    except DomainError as refused:
        db.session.rollback()
        form.refuse(refused)
        return _form_page(form), refused.http_status
    db.session.commit()
    flash(
        _("%(economy)s is asked. Nothing moves until they accept.", economy=holder_names()[proposal.taker]), "success"
    )
    return _back(delegation)


@blueprint.post("/exchanges/<int:swap_id>/accept")
@requires(Permission.DELEGATION_MANAGE)
def exchange_accept(delegation: Delegation, swap_id: int) -> ResponseReturnValue:
    """Say yes to what another economy proposed: the places move."""
    found = _proposed_to(delegation, swap_id)
    offered = accept_swap(found, actor=current_account(), now=clock.now())
    db.session.commit()
    flash(_("The exchange is done, and %(economy)s is told.", economy=holder_names()[found.giver]), "success")
    if offered:
        flash(
            ngettext(
                "%(num)d person who waited is offered a place.",
                "%(num)d people who waited are offered a place.",
                len(offered),
            ),
            "info",
        )
    return _back(delegation)


@blueprint.post("/exchanges/<int:swap_id>/decline")
@requires(Permission.DELEGATION_MANAGE)
def exchange_decline(delegation: Delegation, swap_id: int) -> ResponseReturnValue:
    """Say no to what another economy proposed; they read the reason."""
    found = _proposed_to(delegation, swap_id)
    try:
        decline_swap(found, actor=current_account(), now=clock.now(), reason=request.form.get("reason", ""))
    except ReasonMissing as missing:
        db.session.rollback()
        return _list_page(delegation, error=missing.message, error_at=swap_id), 422
    db.session.commit()
    flash(_("The exchange is declined, and %(economy)s is told why.", economy=holder_names()[found.giver]), "success")
    return _back(delegation)


@blueprint.post("/exchanges/<int:swap_id>/withdraw")
@requires(Permission.DELEGATION_MANAGE)
def exchange_withdraw(delegation: Delegation, swap_id: int) -> ResponseReturnValue:
    """Take a proposal of this economy back before it is answered."""
    found: AllotmentSwap = db.one_or_404(exchange_proposed_by(delegation, swap_id))
    withdraw_swap(found, actor=current_account(), now=clock.now())
    db.session.commit()
    flash(_("The proposal is taken back, and %(economy)s is told.", economy=holder_names()[found.taker]), "success")
    return _back(delegation)


def _proposed_to(delegation: Delegation, swap_id: int) -> AllotmentSwap:
    found: AllotmentSwap = db.one_or_404(exchange_proposed_to(delegation, swap_id))
    return found


def _form(delegation: Delegation) -> ExchangeForm:
    form = ExchangeForm()
    form.offer(delegation, economy_names(), standings(delegation.forum, delegation.code))
    return form


def _form_page(form: ExchangeForm) -> str:
    return render_template("delegations/exchange.html", form=form)


def _list_page(delegation: Delegation, *, error: str = "", error_at: int | None = None) -> str:
    return render_template(
        "delegations/exchanges.html",
        exchanges=exchanges_of(delegation),
        names=holder_names(),
        error=error,
        error_at=error_at,
    )


def _back(delegation: Delegation) -> ResponseReturnValue:
    return redirect(url_for(".exchanges", **delegation.address))
