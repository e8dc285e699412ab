"""Exchanges of places of the delegations without an economy, for which the organisers speak."""

from flask import abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from gtn_events.core.db import db
from gtn_events.core.permissions import Permission, requires

from ...forms.exchange import ExchangeForm
from ...models import AllotmentSwap, Forum
from ...queries.allotments import DELEGATION_CLASSES, holder_names
from ...queries.exchanges import exchange_proposed_by, exchange_proposed_to, exchanges_of
from ...queries.standings import standings
from .. import exchanging
from .blueprint import blueprint


@blueprint.get("/exchanges")
@requires(Permission.FORUM_REGISTRATIONS_SEE)
def exchange_list(forum: Forum) -> ResponseReturnValue:
    """Show what waits for the organisers, what they wait for, and what is over."""
    return _list_page(forum)


@blueprint.get("/exchanges/new/<holder>")
@requires(Permission.FORUM_EDIT)
def exchange_new(forum: Forum, holder: str) -> ResponseReturnValue:
    """Ask what to exchange with whom, for one of the delegations."""
    _refuse_economies(holder)
    return _form_page(forum, holder, exchanging.form_for(holder, standings(forum, holder)))


@blueprint.post("/exchanges/new/<holder>")
@requires(Permission.FORUM_EDIT)
def exchange_propose(forum: Forum, holder: str) -> ResponseReturnValue:
    """Propose an exchange for the delegation; nothing moves yet."""
    _refuse_economies(holder)
    places = standings(forum, holder)
    form = exchanging.form_for(holder, places)
    if not form.validate():
        return _form_page(forum, holder, form), 422
    if refused := exchanging.propose(forum, holder, form, places):
        return _form_page(forum, holder, form), refused
    return _back(forum)


@blueprint.post("/exchanges/<int:swap_id>/accept")
@requires(Permission.FORUM_EDIT)
def exchange_accept(forum: Forum, swap_id: int) -> ResponseReturnValue:
    """Say yes for the delegation: the places move."""
    exchanging.accept(_proposed_to(forum, swap_id))
    return _back(forum)


@blueprint.post("/exchanges/<int:swap_id>/decline")
@requires(Permission.FORUM_EDIT)
def exchange_decline(forum: Forum, swap_id: int) -> ResponseReturnValue:
    """Say no for the delegation; the other side reads the reason."""
    if error := exchanging.decline(_proposed_to(forum, swap_id)):
        return _list_page(forum, error=error, error_at=swap_id), 422
    return _back(forum)


@blueprint.post("/exchanges/<int:swap_id>/withdraw")
@requires(Permission.FORUM_EDIT)
def exchange_withdraw(forum: Forum, swap_id: int) -> ResponseReturnValue:
    """Take a proposal of the delegation back before it is answered."""
    found: AllotmentSwap = db.one_or_404(exchange_proposed_by(forum, DELEGATION_CLASSES, swap_id))
    exchanging.withdraw(found)
    return _back(forum)


def _refuse_economies(holder: str) -> None:
    """Answer 404 for an economy: its coordinators propose for it."""
    if holder not in DELEGATION_CLASSES:
        abort(404)


def _proposed_to(forum: Forum, swap_id: int) -> AllotmentSwap:
    found: AllotmentSwap = db.one_or_404(exchange_proposed_to(forum, DELEGATION_CLASSES, swap_id))
    return found


def _form_page(forum: Forum, holder: str, form: ExchangeForm) -> str:
    name = DELEGATION_CLASSES[holder]
    return render_template("forum/manage/exchange.html", forum=forum, holder=holder, name=name, form=form)


def _list_page(forum: Forum, *, error: str = "", error_at: int | None = None) -> str:
    return render_template(
        "forum/manage/exchanges.html",
        forum=forum,
        exchanges=exchanges_of(forum, DELEGATION_CLASSES),
        names=holder_names(),
        classes=DELEGATION_CLASSES,
        error=error,
        error_at=error_at,
    )


def _back(forum: Forum) -> ResponseReturnValue:
    return redirect(url_for(".exchange_list", forum=forum))
