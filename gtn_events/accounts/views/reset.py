"""Setting a new password by a link, and confirming an address."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.errors import DomainError
from gtn_events.core.permissions import public

from .. import notifications
from ..domain import throttle
from ..domain.addresses import parse_address
from ..domain.sessions import end_sessions
from ..domain.sign_up import account_of_key, account_of_link, confirm_address, set_password
from ..domain.signed_links import LinkPurpose, state_of
from ..forms.base import Form
from ..forms.sign_in import AddressForm, NewPasswordForm
from ..models import Account
from ..signed_in import client_address, sign_in_browser
from .blueprint import blueprint
from .tokens import signer


@blueprint.get("/reset")
@public
def reset() -> ResponseReturnValue:
    """Ask which address wants a new password."""
    return render_template("accounts/reset.html", form=AddressForm())


@blueprint.post("/reset")
@public
def reset_submit() -> ResponseReturnValue:
    """Send a mail, whether the address is known or not; the page is the same."""
    form, now = AddressForm(), clock.now()
    if not form.validate():
        return render_template("accounts/reset.html", form=form), 422
    try:
        address = parse_address(form.email.data)
        limits = throttle.Attempt(address.key, client_address()).mail
        throttle.count_if_allowed(limits, now=now)
    except DomainError as refused:
        form.refuse(refused)
        return render_template("accounts/reset.html", form=form), refused.http_status
    account = account_of_key(address.key)
    if account is None:
        notifications.mail_no_account(address.email, now=now)
    else:
        values = {"account": account.id, "state": state_of(account)}
        token = signer().make(LinkPurpose.SET_PASSWORD, values, now=now)
        notifications.mail_password_link(account, token, now=now)
    db.session.commit()
    return render_template("accounts/mail_sent.html", email=address.email, again=url_for(".reset"))


@blueprint.get("/reset/<token>")
@public
def set_password_page(token: str) -> ResponseReturnValue:
    """Ask for the new password."""
    account = _account_of_password_link(token)
    return render_template("accounts/set_password.html", form=NewPasswordForm(), email=account.email)


@blueprint.post("/reset/<token>")
@public
def set_password_submit(token: str) -> ResponseReturnValue:
    """Set it, end every other session and sign the person in; the link proved the address, too."""
    account, form, now = _account_of_password_link(token), NewPasswordForm(), clock.now()
    if not form.validate():
        return render_template("accounts/set_password.html", form=form, email=account.email), 422
    try:
        set_password(account, form.password.data, now=now)
    except DomainError as refused:
        form.refuse(refused)
        return render_template("accounts/set_password.html", form=form, email=account.email), 422
    confirm_address(account, now=now)
    end_sessions(account, now=now)
    notifications.mail_password_changed(account, now=now)
    response = redirect(url_for(".home"))
    sign_in_browser(account, response)
    db.session.commit()
    flash(_("Your new password is set. You are signed in here and nowhere else."), "success")
    return response


@blueprint.get("/confirm/<token>")
@public
def confirm_address_page(token: str) -> ResponseReturnValue:
    """Show the button that confirms an address; opening a link alone changes nothing."""
    values = signer().read(LinkPurpose.CONFIRM_ADDRESS, token, now=clock.now())
    account = account_of_link(values["account"], values["state"])
    return render_template("accounts/confirm_address.html", form=Form(), email=account.email)


@blueprint.post("/confirm/<token>")
@public
def confirm_address_submit(token: str) -> ResponseReturnValue:
    """Write that the address is the person's."""
    values = signer().read(LinkPurpose.CONFIRM_ADDRESS, token, now=clock.now())
    confirm_address(account_of_link(values["account"], values["state"]), now=clock.now())
    db.session.commit()
    flash(_("Your address is confirmed."), "success")
    return redirect(url_for(".home"))


def _account_of_password_link(token: str) -> Account:
    values = signer().read(LinkPurpose.SET_PASSWORD, token, now=clock.now())
    return account_of_link(values["account"], values["state"])
