"""Sign-in and security: signed-in browsers, change of password and of address."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.errors import DomainError
from gtn_events.core.permissions import Permission, public, requires

from .. import notifications
from ..clients import describe_client
from ..domain import throttle
from ..domain.addresses import Address, parse_address
from ..domain.proof import password_is_wrong
from ..domain.sessions import end_session, end_sessions
from ..domain.sign_up import account_of_key, account_of_link, change_address, set_password
from ..domain.signed_links import LinkPurpose, state_of
from ..forms.base import Form
from ..forms.sign_in import ChangeAddressForm, ChangePasswordForm
from ..models import Account
from ..queries.sessions import live_sessions, session_of
from ..roles import current_account
from ..signed_in import client_address, current_session
from .blueprint import blueprint
from .tokens import signer


@blueprint.get("/account/sessions")
@requires(Permission.SIGNED_IN)
def sessions() -> ResponseReturnValue:
    """Show the address, the password and where the person is signed in."""
    listed = db.session.scalars(live_sessions(current_account(), now=clock.now()))
    return render_template(
        "accounts/sessions.html",
        account=current_account(),
        sessions=[(session, describe_client(session.client)) for session in listed],
        present=current_session(),
    )


@blueprint.post("/account/sessions/<int:session_id>/end")
@requires(Permission.SIGNED_IN)
def session_end(session_id: int) -> ResponseReturnValue:
    """Sign one of the person's other browsers out."""
    session = db.session.scalar(session_of(current_account(), session_id))
    if session is None:
        abort(404)
    end_session(session, now=clock.now())
    db.session.commit()
    flash(_("That browser is signed out."), "success")
    return redirect(url_for(".sessions"))


@blueprint.post("/account/sessions/end-others")
@requires(Permission.SIGNED_IN)
def sessions_end_others() -> ResponseReturnValue:
    """Sign all other browsers of the person out."""
    end_sessions(current_account(), now=clock.now(), but=current_session())
    db.session.commit()
    flash(_("You are signed in here and nowhere else."), "success")
    return redirect(url_for(".sessions"))


@blueprint.get("/account/password")
@requires(Permission.SIGNED_IN)
def password() -> ResponseReturnValue:
    """Ask for the present and a new password."""
    return render_template("accounts/password.html", form=ChangePasswordForm())


@blueprint.post("/account/password")
@requires(Permission.SIGNED_IN)
def password_submit() -> ResponseReturnValue:
    """Change the password and sign all other browsers out."""
    form, account, now = ChangePasswordForm(), current_account(), clock.now()
    status = 422
    if form.validate():
        try:
            _require_password(form.current.data, account)
            set_password(account, form.password.data, now=now)
        except DomainError as refused:
            form.refuse(refused)
            status = refused.http_status
        else:
            end_sessions(account, now=now, but=current_session())
            notifications.mail_password_changed(account, now=now)
            db.session.commit()
            flash(_("Your password is changed. All other browsers are signed out."), "success")
            return redirect(url_for(".sessions"))
    return render_template("accounts/password.html", form=form), status


@blueprint.get("/account/address")
@requires(Permission.SIGNED_IN)
def address() -> ResponseReturnValue:
    """Ask for a new address, or offer to confirm the present one."""
    return render_template("accounts/address.html", form=ChangeAddressForm(), account=current_account())


@blueprint.post("/account/address")
@requires(Permission.SIGNED_IN)
def address_submit() -> ResponseReturnValue:
    """Send the new address a link; the old one holds until the link was used."""
    form, account = ChangeAddressForm(), current_account()
    status = 422
    if form.validate():
        try:
            _require_password(form.current.data, account)
            new = parse_address(form.email.data)
            _mail_new_address(account, new)
        except DomainError as refused:
            form.refuse(refused)
            status = refused.http_status
        else:
            db.session.commit()
            return render_template("accounts/mail_sent.html", email=new.email, again=url_for(".address"))
    return render_template("accounts/address.html", form=form, account=account), status


@blueprint.post("/account/address/confirm")
@requires(Permission.SIGNED_IN)
def address_confirm_mail() -> ResponseReturnValue:
    """Send the person the link that confirms their present address."""
    account, now = current_account(), clock.now()
    limits = throttle.Attempt(account.email_key, client_address()).mail
    throttle.count_if_allowed(limits, now=now)
    values = {"account": account.id, "state": state_of(account)}
    notifications.mail_confirm_address(account, signer().make(LinkPurpose.CONFIRM_ADDRESS, values, now=now), now=now)
    db.session.commit()
    return render_template("accounts/mail_sent.html", email=account.email, again=url_for(".address"))


@blueprint.get("/account/address/<token>")
@public
def address_change_page(token: str) -> ResponseReturnValue:
    """Show the button that makes a new address the account's own."""
    _account, new = _account_of_address_link(token)
    return render_template("accounts/confirm_address.html", form=Form(), email=new.email)


@blueprint.post("/account/address/<token>")
@public
def address_change_submit(token: str) -> ResponseReturnValue:
    """Change the address and tell the old one."""
    account, new = _account_of_address_link(token)
    old_address, now = account.email, clock.now()
    change_address(account, new, now=now)
    notifications.mail_address_changed(account, old_address, now=now)
    db.session.commit()
    flash(_("Your address is %(email)s now. Use it when you sign in.", email=new.email), "success")
    return redirect(url_for(".home"))


def _mail_new_address(account: Account, new: Address) -> None:
    now = clock.now()
    limits = throttle.Attempt(new.key, client_address()).mail
    throttle.count_if_allowed(limits, now=now)
    holder = account_of_key(new.key)
    if holder is not None and holder.id != account.id:
        notifications.mail_already_member(holder, now=now)
        return
    values = {"account": account.id, "state": state_of(account), "email": new.email}
    token = signer().make(LinkPurpose.CHANGE_ADDRESS, values, now=now)
    notifications.mail_new_address(account, new.email, token, now=now)


def _account_of_address_link(token: str) -> tuple[Account, Address]:
    values = signer().read(LinkPurpose.CHANGE_ADDRESS, token, now=clock.now())
    return account_of_link(values["account"], values["state"]), parse_address(values["email"])


def _require_password(typed: str, account: Account) -> None:
    wrong = password_is_wrong(account, typed, client=client_address(), now=clock.now())
    if wrong is not None:
        db.session.commit()
        raise wrong
