"""Exchanges of kept places with other holders: what is proposed to us, by us, and what became of it."""

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from gtn_events.core.db import db
from gtn_events.core.permissions import Permission, requires
from gtn_events.forum.forms.exchange import ExchangeForm
from gtn_events.forum.models import AllotmentSwap
from gtn_events.forum.queries.allotments import holder_names
from gtn_events.forum.queries.exchanges import exchange_proposed_by, exchange_proposed_to, exchanges_of
from gtn_events.forum.queries.standings import standings
from gtn_events.forum.views import exchanging

from ..models import Delegation
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
    return _form_page(exchanging.form_for(delegation.code, standings(delegation.forum, delegation.code)))


@blueprint.post("/exchanges/new")
@requires(Permission.DELEGATION_MANAGE)
def exchange_propose(delegation: Delegation) -> ResponseReturnValue:
    """Propose an exchange for this economy; nothing moves yet."""
    places = standings(delegation.forum, delegation.code)
    form = exchanging.form_for(delegation.code, places)
    if not form.validate():
        return _form_page(form), 422
    if refused := exchanging.propose(delegation.forum, delegation.code, form, places):
        return _form_page(form), refused
    return _back(delegation)


@blueprint.post("/exchanges/<int:swap_id>/accept")
@requires(Permission.DELEGATION_MANAGE)
def exchange_accept(delegation: Delegation, swap_id: int) -> ResponseReturnValue:
    """Say yes to what another side proposed: the places move."""
    exchanging.accept(_proposed_to(delegation, swap_id))
    return _back(delegation)


@blueprint.post("/exchanges/<int:swap_id>/decline")
@requires(Permission.DELEGATION_MANAGE)
def exchange_decline(delegation: Delegation, swap_id: int) -> ResponseReturnValue:
    """Say no to what another side proposed; they read the reason."""
    if error := exchanging.decline(_proposed_to(delegation, swap_id)):
        return _list_page(delegation, error=error, error_at=swap_id), 422
    return _back(delegation)


@blueprint.post("/exchanges/<int:swap_id>/withdraw")
@requires(Permission.DELEGATION_MANAGE)
def exchange_withdraw(delegation: Delegation, swap_id: int) -> ResponseReturnValue:
    """Take a proposal of this economy back before it is answered."""
    found: AllotmentSwap = db.one_or_404(exchange_proposed_by(delegation.forum, [delegation.code], swap_id))
    exchanging.withdraw(found)
    return _back(delegation)


def _proposed_to(delegation: Delegation, swap_id: int) -> AllotmentSwap:
    found: AllotmentSwap = db.one_or_404(exchange_proposed_to(delegation.forum, [delegation.code], swap_id))
    return found


def _form_page(form: ExchangeForm) -> str:
    return render_template("delegations/exchange.html", form=form)


def _list_page(delegation: Delegation, *, error: str = "", error_at: int | None = None) -> str:
    return render_template(
        "delegations/exchanges.html",
        exchanges=exchanges_of(delegation.forum, [delegation.code]),
        names=holder_names(),
        error=error,
        error_at=error_at,
    )


def _back(delegation: Delegation) -> ResponseReturnValue:
    return redirect(url_for(".exchanges", **delegation.address))
