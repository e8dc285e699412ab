"""Signing in and out."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from gtn_events.core import clock
from gtn_events.core.db import db, reading
from gtn_events.core.permissions import Permission, public, requires

from ..domain import throttle
from ..domain.addresses import address_key
from ..domain.passwords import password_matches
from ..domain.proof import password_hash_of, settle_sign_in
from ..domain.sessions import end_session
from ..errors import SignInRefused, TooManyAttempts
from ..forms.sign_in import SignInForm
from ..signed_in import client_address, current_session, forget_browser, sign_in_browser
from .blueprint import blueprint
from .tokens import page_after, wanted_page


@blueprint.get("/sign-in")
@public
def sign_in() -> ResponseReturnValue:
    """Ask for address and password."""
    if current_user.is_authenticated:
        return redirect(page_after(wanted_page()))
    return render_template("accounts/sign_in.html", form=SignInForm(), next=wanted_page())


@blueprint.post("/sign-in")
@public
def sign_in_submit() -> ResponseReturnValue:
    """Sign a person in, or say how to go on."""
    form = SignInForm()
    if not form.validate():
        return render_template("accounts/sign_in.html", form=form, next=wanted_page()), 422
    try:
        return _sign_in(form)
    except SignInRefused as refused:
        form.refuse(refused)
        status = refused.http_status
    except TooManyAttempts as refused:
        form.refuse(refused)
        status = refused.http_status
    return render_template("accounts/sign_in.html", form=form, next=wanted_page()), status


def _sign_in(form: SignInForm) -> ResponseReturnValue:
    now = clock.now()
    attempt = throttle.Attempt(address_key(form.email.data), client_address())
    with reading():
        throttle.require_allowed(attempt.sign_in, now=now)
        stored = password_hash_of(attempt.address_key)
        # Hashing takes long: not inside a transaction that keeps other writers waiting.
        db.session.rollback()
    matches = password_matches(stored, form.password.data)
    account = settle_sign_in(attempt, form.password.data, matches=matches, now=now)
    if account is None:
        db.session.commit()
        raise SignInRefused(
            _("Address and password do not belong together. Check both, or set a new password."), field="password"
        )
    response = redirect(page_after(wanted_page()))
    sign_in_browser(account, response)
    db.session.commit()
    return response


@blueprint.post("/sign-out")
@requires(Permission.SIGNED_IN)
def sign_out() -> ResponseReturnValue:
    """End the session of this browser."""
    end_session(current_session(), now=clock.now())
    db.session.commit()
    response = redirect(url_for("core.landing"))
    forget_browser(response)
    flash(_("You are signed out."), "success")
    return response
