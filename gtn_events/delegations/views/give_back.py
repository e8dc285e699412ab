"""Giving unused places back before their date: how many, what it would do, then the act."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import ngettext

from gtn_events.accounts.roles import current_account
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.errors import DomainError
from gtn_events.core.permissions import Permission, requires
from gtn_events.forum.domain.allotments import give_places_back
from gtn_events.forum.forms.exchange import GiveBackForm
from gtn_events.forum.queries.standings import Standing, offered_if_given_back, standings

from ..models import Delegation
from .blueprint import blueprint


@blueprint.get("/places/<int:category_id>/give-back")
@requires(Permission.DELEGATION_MANAGE)
def give_back(delegation: Delegation, category_id: int) -> ResponseReturnValue:
    """Ask how many, or, once the address says it, show what giving them back would do."""
    standing, form = _standing(delegation, category_id), GiveBackForm(request.args, meta={"csrf": False})
    if "places" not in request.args:
        return _page(standing, GiveBackForm(formdata=None, data={"places": standing.kept_free or None}))
    if not form.validate():
        return _page(standing, form), 422
    return _page(standing, form, seen=form.places.data)


@blueprint.post("/places/<int:category_id>/give-back")
@requires(Permission.DELEGATION_MANAGE)
def give_back_do(delegation: Delegation, category_id: int) -> ResponseReturnValue:
    """Give them back: they are common at once, and offered to whoever waits first."""
    standing, form = _standing(delegation, category_id), GiveBackForm()
    if not form.validate() or standing.allotment is None:
        return _page(standing, form), 422
    try:
        offered = give_places_back(standing.allotment, form.places.data, actor=current_account(), now=clock.now())
    except DomainError as refused:
        db.session.rollback()
        form.refuse(refused)
        return _page(_standing(delegation, category_id), form), refused.http_status
    db.session.commit()
    flash(ngettext("%(num)d place is given back.", "%(num)d places are given back.", form.places.data), "success")
    if offered:
        flash(ngettext("%(num)d person is offered one.", "%(num)d people are offered one.", len(offered)), "info")
    return redirect(url_for(".desk", **delegation.address))


def _standing(delegation: Delegation, category_id: int) -> Standing:
    """Return how the economy stands in a category, or answer 404 for one where nothing is kept for it."""
    found = [
        each
        for each in standings(delegation.forum, delegation.code)
        if each.category.id == category_id and each.allotment
    ]
    return found[0] if found else abort(404)


def _page(standing: Standing, form: GiveBackForm, *, seen: int | None = None) -> str:
    """Return the page; with a number, what it would do if it can be done."""
    shown = seen if seen is not None and seen <= standing.kept_free else None
    if seen is not None and shown is None:
        form.places.errors = [
            ngettext("Only %(num)d place is free.", "Only %(num)d places are free.", standing.kept_free)
        ]
    offered = offered_if_given_back(standing.category, shown, now=clock.now()) if shown else 0
    return render_template("delegations/give_back.html", standing=standing, form=form, places=shown, offered=offered)
