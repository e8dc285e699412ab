"""Proposing and answering an exchange: done, saved and said; for an economy's desk and for the organiser's page."""

from collections.abc import Sequence

from flask import flash, request
from flask_babel import gettext as _
from flask_babel import ngettext

from gtn_events.accounts.roles import current_account
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.errors import DomainError

from ..domain.swaps import accept_swap, decline_swap, propose_swap, withdraw_swap
from ..errors import ReasonMissing
from ..forms.exchange import ExchangeForm
from ..models import AllotmentSwap, Forum
from ..queries.allotments import holder_names
from ..queries.standings import Standing


def form_for(giver: str, places: Sequence[Standing]) -> ExchangeForm:
    """Return the form with what this holder can give, and to whom."""
    form = ExchangeForm()
    form.offer(giver, holder_names(), places)
    return form


def propose(forum: Forum, giver: str, form: ExchangeForm, places: Sequence[Standing]) -> int:
    """Propose what a valid form says, and return 0, or the status of a refusal that stands at the form then."""
    proposal = form.proposal(giver, {str(each.category.id): each.category for each in places})
    try:
        propose_swap(forum, proposal, actor=current_account(), now=clock.now())
    except DomainError as refused:
        db.session.rollback()
        form.refuse(refused)
        return refused.http_status
    db.session.commit()
    flash(_("%(holder)s is asked. Nothing moves until they accept.", holder=holder_names()[proposal.taker]), "success")
    return 0


def accept(found: AllotmentSwap) -> None:
    """Say yes: the places move."""
    offered = accept_swap(found, actor=current_account(), now=clock.now())
    db.session.commit()
    flash(_("The exchange is done, and %(holder)s is told.", holder=holder_names()[found.giver]), "success")
    if offered:
        flash(
            ngettext(
                "%(num)d person who waited is offered a place.",
                "%(num)d people who waited are offered a place.",
                len(offered),
            ),
            "info",
        )


def decline(found: AllotmentSwap) -> str:
    """Say no with the reason of the request, and return an empty text; without a reason, what is wrong."""
    try:
        decline_swap(found, actor=current_account(), now=clock.now(), reason=request.form.get("reason", ""))
    except ReasonMissing as missing:
        db.session.rollback()
        return missing.message
    db.session.commit()
    flash(_("The exchange is declined, and %(holder)s is told why.", holder=holder_names()[found.giver]), "success")
    return ""


def withdraw(found: AllotmentSwap) -> None:
    """Take a proposal back before it is answered."""
    withdraw_swap(found, actor=current_account(), now=clock.now())
    db.session.commit()
    flash(_("The proposal is taken back, and %(holder)s is told.", holder=holder_names()[found.taker]), "success")
