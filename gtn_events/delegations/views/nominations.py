"""The nominations of an economy: the list, a new one, one that is changed, and what is done with it."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from gtn_events.accounts.roles import current_account
from gtn_events.core import clock
from gtn_events.core.addresses import row_id
from gtn_events.core.db import db
from gtn_events.core.errors import DomainError
from gtn_events.core.permissions import Permission, requires
from gtn_events.forum.queries.delegate import open_categories

from ..domain.nomination_transitions import acts_for
from ..domain.nominations import draft_nomination, edit_nomination, withdraw_nomination
from ..domain.nominations import nominate as nominate_person
from ..domain.nominee_links import invite_nominee, revoke_link
from ..enums import NominationState
from ..forms.nomination import NominationForm, first_values
from ..models import Delegation, Nomination
from ..queries.nominations import nomination_of, nominations_of
from .blueprint import blueprint

FURTHER = ("nominate", "invite")  # buttons that do more than keep what was typed


@blueprint.get("/nominations")
@requires(Permission.DELEGATION_MANAGE)
def nominations(delegation: Delegation) -> ResponseReturnValue:
    """Show whom the economy nominated."""
    return render_template("delegations/nominations.html", nominations=nominations_of(delegation), now=clock.now())


@blueprint.get("/nominations/new")
@requires(Permission.DELEGATION_MANAGE)
def nominate(delegation: Delegation) -> ResponseReturnValue:
    """Ask whom to nominate."""
    return _page(_form(delegation), None)


@blueprint.post("/nominations/new")
@requires(Permission.DELEGATION_MANAGE)
def nominate_add(delegation: Delegation) -> ResponseReturnValue:
    """Keep a draft, nominate, or nominate and invite at once, as the pressed button says."""
    form = _form(delegation)
    form.is_whole = request.form.get("go") in FURTHER
    if not form.validate():
        return _page(form, None), 422
    actor, now = current_account(), clock.now()
    try:
        nominee = form.nominee(open_categories(delegation.forum))
        nomination = draft_nomination(delegation, nominee, actor=actor, now=now)
        _go_on(nomination)
    except DomainError as refused:
        db.session.rollback()
        form.refuse(refused)
        return _page(form, None), refused.http_status
    db.session.commit()
    _say(nomination)
    return redirect(url_for(".nominations", **delegation.address))


@blueprint.get("/nominations/<int:nomination_id>")
@requires(Permission.DELEGATION_MANAGE)
def nomination(delegation: Delegation, nomination_id: int) -> ResponseReturnValue:
    """Show one nomination, to be changed while the person has not registered."""
    found = _found(delegation, nomination_id)
    form = NominationForm(data=first_values(found))
    form.offer(delegation, open_categories(delegation.forum))
    form.show(found)
    return _page(form, found)


@blueprint.post("/nominations/<int:nomination_id>")
@requires(Permission.DELEGATION_MANAGE)
def nomination_save(delegation: Delegation, nomination_id: int) -> ResponseReturnValue:
    """Save what was changed, and go on as the pressed button says."""
    found, form = _found(delegation, nomination_id), _form(delegation)
    form.is_whole = found.state is not NominationState.DRAFT or request.form.get("go") in FURTHER
    if not form.validate():
        return _page(form, found), 422
    try:
        nominee = form.nominee(open_categories(delegation.forum))
        edit_nomination(found, nominee, seen=form.version, actor=current_account(), now=clock.now())
        _go_on(found)
    except DomainError as refused:
        db.session.rollback()
        found = _found(delegation, nomination_id)
        form.refuse_beside(refused, found, first_values(found))
        return _page(form, found), refused.http_status
    db.session.commit()
    _say(found)
    return redirect(url_for(".nominations", **delegation.address))


@blueprint.post("/nominations/<int:nomination_id>/invite")
@requires(Permission.DELEGATION_MANAGE)
def nomination_invite(delegation: Delegation, nomination_id: int) -> ResponseReturnValue:
    """Send the nominee a link; an earlier one ends."""
    found = _found(delegation, nomination_id)
    seen = row_id(request.form.get("seen"))
    invite_nominee(found, seen=seen, actor=current_account(), now=clock.now())
    db.session.commit()
    _say(found)
    return redirect(url_for(".nominations", **delegation.address))


@blueprint.post("/nominations/<int:nomination_id>/revoke")
@requires(Permission.DELEGATION_MANAGE)
def nomination_revoke(delegation: Delegation, nomination_id: int) -> ResponseReturnValue:
    """Make the nominee's link useless."""
    found = _found(delegation, nomination_id)
    revoke_link(found, actor=current_account(), now=clock.now())
    db.session.commit()
    flash(_("The link of %(name)s no longer works. The nomination stays.", name=found.name), "success")
    return redirect(url_for(".nominations", **delegation.address))


@blueprint.post("/nominations/<int:nomination_id>/withdraw")
@requires(Permission.DELEGATION_MANAGE)
def nomination_withdraw(delegation: Delegation, nomination_id: int) -> ResponseReturnValue:
    """Take a nomination back."""
    found = _found(delegation, nomination_id)
    withdraw_nomination(found, actor=current_account(), now=clock.now())
    db.session.commit()
    flash(_("%(name)s is nominated no more.", name=found.name), "success")
    return redirect(url_for(".nominations", **delegation.address))


def _go_on(found: Nomination) -> None:
    """Nominate and invite, as far as the pressed button goes; "draft" and "save" go no further."""
    go = request.form.get("go")
    if go in FURTHER and found.state is NominationState.DRAFT:
        nominate_person(found, actor=current_account(), now=clock.now())
    if go == "invite":
        invite_nominee(found, actor=current_account(), now=clock.now())


def _say(found: Nomination) -> None:
    if found.state is NominationState.INVITED:
        flash(
            _("%(name)s is invited: the link is on its way to %(email)s.", name=found.name, email=found.email),
            "success",
        )
    elif found.state is NominationState.DRAFT:
        flash(_("The draft for %(name)s is kept. Nobody was told.", name=found.name), "success")
    else:
        flash(_("The nomination of %(name)s is saved.", name=found.name), "success")


def _found(delegation: Delegation, nomination_id: int) -> Nomination:
    found: Nomination = db.one_or_404(nomination_of(delegation, nomination_id))
    return found


def _form(delegation: Delegation) -> NominationForm:
    form = NominationForm()
    form.offer(delegation, open_categories(delegation.forum))
    return form


def _page(form: NominationForm, found: Nomination | None) -> str:
    acts = acts_for(found.state) if found else frozenset()
    return render_template("delegations/nomination.html", form=form, nomination=found, acts=acts)
