"""Signing up: an address first, everything else when its mail has come."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.errors import DomainError
from gtn_events.core.permissions import public

from .. import notifications
from ..domain import throttle
from ..domain.addresses import parse_address
from ..domain.sign_up import NewPerson, account_of_key, create_account
from ..domain.signed_links import LinkPurpose
from ..forms.choices import read_origin
from ..forms.sign_in import AddressForm, NewAccountForm
from ..signed_in import client_address, sign_in_browser
from .blueprint import blueprint
from .tokens import page_after, signer, wanted_page


@blueprint.get("/sign-up")
@public
def sign_up() -> ResponseReturnValue:
    """Ask for an address."""
    if current_user.is_authenticated:
        return redirect(page_after(wanted_page()))
    return render_template("accounts/sign_up.html", form=AddressForm(), next=wanted_page())


@blueprint.post("/sign-up")
@public
def sign_up_submit() -> ResponseReturnValue:
    """Send a mail: a link for a new address, a reminder for one with an account; the page is the same."""
    form, now = AddressForm(), clock.now()
    if not form.validate():
        return render_template("accounts/sign_up.html", form=form, next=wanted_page()), 422
    try:
        address = parse_address(form.email.data)
        limits = throttle.Attempt(address.key, client_address()).mail
        throttle.count_if_allowed(limits, now=now)
    except DomainError as refused:
        form.refuse(refused)
        return render_template("accounts/sign_up.html", form=form, next=wanted_page()), refused.http_status
    account = account_of_key(address.key)
    token = signer().make(LinkPurpose.SIGN_UP, {"email": address.email, "next": wanted_page()}, now=now)
    if account is None:
        notifications.mail_sign_up_link(address.email, token, now=now)
    else:
        notifications.mail_already_member(account, now=now)
    db.session.commit()
    return render_template(
        "accounts/mail_sent.html", email=address.email, again=url_for(".sign_up", next=wanted_page())
    )


@blueprint.get("/sign-up/<token>")
@public
def sign_up_complete(token: str) -> ResponseReturnValue:
    """Ask for the rest, now that the address is known to be the person's."""
    values = signer().read(LinkPurpose.SIGN_UP, token, now=clock.now())
    if account_of_key(parse_address(values["email"]).key) is not None:
        flash(_("Your account is there already. Please sign in."), "info")
        return redirect(url_for(".sign_in", next=values["next"]))
    form = NewAccountForm()
    form.fill_choices()
    return render_template("accounts/sign_up_complete.html", form=form, email=values["email"])


@blueprint.post("/sign-up/<token>")
@public
def sign_up_complete_submit(token: str) -> ResponseReturnValue:
    """Make the account and sign the person in."""
    values = signer().read(LinkPurpose.SIGN_UP, token, now=clock.now())
    form = NewAccountForm()
    form.fill_choices()
    status = 422
    if form.validate():
        try:
            return _create(form, values)
        except DomainError as refused:
            db.session.rollback()
            form.refuse(refused)
            status = refused.http_status
    return render_template("accounts/sign_up_complete.html", form=form, email=values["email"]), status


def person_from(form: NewAccountForm) -> NewPerson:
    """Return what a valid form says of a new person."""
    delegation_class, economy_code = read_origin(form.origin.data)
    return NewPerson(
        given_name=form.given_name.data or "",
        family_name=form.family_name.data,
        delegation_class=delegation_class,
        economy_code=economy_code,
        browser_zone=form.time_zone.data or "",
    )


def _create(form: NewAccountForm, values: dict[str, Any]) -> ResponseReturnValue:
    account = create_account(parse_address(values["email"]), form.password.data, person_from(form), now=clock.now())
    response = redirect(page_after(values["next"]))
    sign_in_browser(account, response)
    db.session.commit()
    flash(_("Your account is ready. Welcome, %(name)s.", name=account.display_name), "success")
    return response
