"""Answering an invitation to a role, by the link of its mail."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.errors import DomainError
from gtn_events.core.permissions import public

from ..domain.addresses import parse_address
from ..domain.invitations import accept_invitation, invitation_of_link
from ..domain.sign_up import account_of_key, create_account
from ..domain.signed_links import LinkPurpose
from ..forms.sign_in import NewAccountForm
from ..models import Account, Invitation
from ..queries.invitations import rows_of
from ..roles import current_account
from ..signed_in import sign_in_browser
from .blueprint import blueprint
from .sign_up import person_from
from .tokens import signer


@blueprint.get("/invitations/<token>")
@public
def invitation(token: str) -> ResponseReturnValue:
    """Say what the person is invited to and ask for the next step: sign up, sign in, or accept."""
    return _page(_invitation_of(token), token, _new_account_form())


@blueprint.post("/invitations/<token>")
@public
def invitation_accept(token: str) -> ResponseReturnValue:
    """Take the role on; a new person's account is made along with it."""
    invited = _invitation_of(token)
    if current_user.is_authenticated:
        return _accept(invited, current_account())
    if account_of_key(invited.email_key) is not None:
        return redirect(url_for(".sign_in", next=url_for(".invitation", token=token)))
    form = _new_account_form()
    if not form.validate():
        return _page(invited, token, form), 422
    try:
        return _sign_up(invited, form)
    except DomainError as refused:
        db.session.rollback()
        form.refuse(refused)
        return _page(invited, token, form), refused.http_status


def _invitation_of(token: str) -> Invitation:
    values = signer().read(LinkPurpose.INVITATION, token, now=clock.now())
    return invitation_of_link(values["invitation"], now=clock.now())


def _sign_up(invited: Invitation, form: NewAccountForm) -> ResponseReturnValue:
    account = create_account(parse_address(invited.email), form.password.data, person_from(form), now=clock.now())
    return _accept(invited, account, signs_in=True)


def _accept(invited: Invitation, account: Account, *, signs_in: bool = False) -> ResponseReturnValue:
    now = clock.now()
    accept_invitation(invited, account, now=now)
    place = rows_of([invited], now=now)[0].place
    response = redirect(url_for(".home"))
    if signs_in:
        sign_in_browser(account, response)
    db.session.commit()
    flash(_("You are now: %(role)s, %(place)s.", role=invited.role.label, place=place), "success")
    return response


def _page(invited: Invitation, token: str, form: NewAccountForm) -> str:
    signed_in = current_account() if current_user.is_authenticated else None
    return render_template(
        "accounts/invitation.html",
        row=rows_of([invited], now=clock.now())[0],
        form=form,
        signed_in=signed_in,
        is_theirs=signed_in is not None and signed_in.email_key == invited.email_key,
        has_account=account_of_key(invited.email_key) is not None,
        sign_in_url=url_for(".sign_in", next=url_for(".invitation", token=token)),
    )


def _new_account_form() -> NewAccountForm:
    form = NewAccountForm()
    form.fill_choices()
    return form
