"""Saying yes or no to many people at once: first the effect, then the act."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from gtn_events.accounts.roles import current_account
from gtn_events.core import clock
from gtn_events.core.bulk import Choice
from gtn_events.core.db import db
from gtn_events.core.permissions import Permission, requires
from gtn_events.forum.errors import ReasonMissing
from gtn_events.forum.queries.registrations import list_names

from ..domain.answers import answer_many, effect_of_answer, outlook_of
from ..enums import Answer
from ..models import Delegation
from ..queries.people import ids_of, read_listing, registrations_among
from .blueprint import blueprint


@blueprint.post("/people/effect")
@requires(Permission.DELEGATION_MANAGE)
def effect(delegation: Delegation) -> ResponseReturnValue:
    """Show what an answer to the chosen people would do; nothing happens yet."""
    answer, choice = _answer(), _choice(delegation)
    if not choice.ids:
        flash(_("Choose at least one person first."), "danger")
        return redirect(_list_url(delegation, choice))
    return _effect_page(delegation, answer, choice)


@blueprint.post("/people/act")
@requires(Permission.DELEGATION_MANAGE)
def act(delegation: Delegation) -> ResponseReturnValue:
    """Give the answer to everybody chosen who still waits for it."""
    answer, choice, reason = _answer(), _choice(delegation), request.form.get("reason", "").strip()
    chosen = registrations_among(delegation, choice.ids)
    try:
        done = answer_many(answer, chosen, actor=current_account(), now=clock.now(), reason=reason)
    except ReasonMissing as missing:
        db.session.rollback()
        return _effect_page(delegation, answer, choice, error=missing.message)
    db.session.commit()
    return render_template(
        "delegations/answered.html", answer=answer, effect=done, list_url=_list_url(delegation, choice)
    )


def _effect_page(delegation: Delegation, answer: Answer, choice: Choice, *, error: str = "") -> ResponseReturnValue:
    chosen = registrations_among(delegation, choice.ids)
    page = render_template(
        "delegations/effect.html",
        answer=answer,
        choice=choice,
        effect=effect_of_answer(answer, chosen),
        outlook=outlook_of(chosen) if answer is Answer.APPROVE else [],
        error=error,
        reason=request.form.get("reason", ""),
        list_url=_list_url(delegation, choice),
    )
    return page, 422 if error else 200


def _answer() -> Answer:
    return next((each for each in Answer if each.value == request.form.get("action")), None) or abort(404)


def _choice(delegation: Delegation) -> Choice:
    """Return the chosen ids; what the form says is scoped to the economy again when it is read."""
    categories = list_names(delegation.forum).categories
    return Choice.read(request.form, lambda args: ids_of(delegation, read_listing("", args, categories)))


def _list_url(delegation: Delegation, choice: Choice) -> str:
    return choice.list_url(url_for(".desk", **delegation.address))
