"""One person in the place of another: who could come, what it would do, then the act; or somebody new is nominated."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from gtn_events.accounts.roles import current_account
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.errors import DomainError
from gtn_events.core.permissions import Permission, requires
from gtn_events.forum.domain.ending import would_end
from gtn_events.forum.domain.substitutions import substitute, take_back_substitution, why_not_replaced
from gtn_events.forum.errors import SubstitutionRefused
from gtn_events.forum.models import Registration
from gtn_events.forum.queries.badges import badge_of
from gtn_events.forum.queries.bookings import active_bookings
from gtn_events.forum.queries.substitutions import READY, arrangement_of

from ..forms.substitute import HandOverForm, WhoComesForm
from ..models import Delegation
from ..queries.substitutes import candidates_for
from .blueprint import blueprint
from .person import found_person


@blueprint.get("/people/<int:registration_id>/substitute")
@requires(Permission.DELEGATION_MANAGE)
def substitute_ask(delegation: Delegation, registration_id: int) -> ResponseReturnValue:
    """Ask who comes, or, once the address says it, show what the substitution would do."""
    leaves = found_person(delegation, registration_id)
    form = WhoComesForm(request.args, meta={"csrf": False})
    comes = _candidate(delegation, leaves, request.args.get("by", type=int))
    if comes is not None:
        return _effect_page(leaves, comes, HandOverForm(formdata=None))
    if "by" not in request.args:
        return _who_page(delegation, leaves, form)
    form.by.errors = [_("Choose one of those who can come.")]
    return _who_page(delegation, leaves, form), 422


@blueprint.post("/people/<int:registration_id>/substitute")
@requires(Permission.DELEGATION_MANAGE)
def substitute_do(delegation: Delegation, registration_id: int) -> ResponseReturnValue:
    """Move the place at once, or arrange that it moves when the host says yes."""
    leaves, form = found_person(delegation, registration_id), HandOverForm()
    comes = _candidate(delegation, leaves, request.form.get("by", type=int))
    if comes is None:
        flash(_("That person cannot come instead any more. Nothing was changed."), "danger")
        return redirect(url_for(".substitute_ask", registration_id=registration_id, **delegation.address))
    if not form.validate():
        return _effect_page(leaves, comes, form), 422
    seen = (request.form.get("seen", 0, int), request.form.get("seen_by", 0, int))
    try:
        substitute(leaves, comes, reason=form.reason.data, seen=seen, actor=current_account(), now=clock.now())
    except DomainError as refused:
        db.session.rollback()
        form.refuse(refused)
        return _effect_page(leaves, comes, form), refused.http_status
    db.session.commit()
    names = {"new": comes.delegate_name, "old": leaves.delegate_name}
    if leaves.state.is_active:
        flash(_("%(new)s waits for the host. Until the yes, %(old)s keeps the place.", **names), "success")
    else:
        flash(_("%(new)s has the place of %(old)s now. Both get a mail.", **names), "success")
    return redirect(url_for(".person", registration_id=comes.id, **delegation.address))


@blueprint.post("/people/<int:registration_id>/substitute/take-back")
@requires(Permission.DELEGATION_MANAGE)
def substitute_take_back(delegation: Delegation, registration_id: int) -> ResponseReturnValue:
    """Let the first person keep the place after all."""
    leaves = found_person(delegation, registration_id)
    substitution = arrangement_of(leaves)
    if substitution is None:
        raise SubstitutionRefused(_("There is nothing to take back: the place has moved, or the substitution is over."))
    take_back_substitution(substitution, actor=current_account(), now=clock.now())
    db.session.commit()
    flash(_("%(name)s keeps the place.", name=leaves.delegate_name), "success")
    return redirect(url_for(".person", registration_id=leaves.id, **delegation.address))


def _candidate(delegation: Delegation, leaves: Registration, registration_id: int | None) -> Registration | None:
    return next((each for each in candidates_for(delegation, leaves) if each.id == registration_id), None)


def _who_page(delegation: Delegation, leaves: Registration, form: WhoComesForm) -> str:
    candidates, now, forum = candidates_for(delegation, leaves), clock.now(), delegation.forum
    form.offer(candidates)
    return render_template(
        "delegations/substitute.html",
        registration=leaves,
        form=form,
        candidates=candidates,
        why_not=why_not_replaced(leaves, now=now),
        may_nominate=leaves.category.open_to_public
        and forum.registration_opens_at <= now < forum.registration_closes_at,
    )


def _effect_page(leaves: Registration, comes: Registration, form: HandOverForm) -> str:
    return render_template(
        "delegations/substitute_effect.html",
        registration=leaves,
        comes=comes,
        form=form,
        at_once=comes.state in READY,
        **what_ends(leaves),
    )


def what_ends(leaves: Registration) -> dict[str, object]:
    """Return what a person loses besides the place: side events, a badge that was printed, letters, funding."""
    return {
        "bookings": active_bookings(leaves),
        "badge": badge_of(leaves),
        "ended": would_end([leaves.id]),
    }
