"""What a nominee reads by the link of the mail: by whom they are nominated, and the way into the registration."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from gtn_events.accounts.domain.addresses import parse_address
from gtn_events.accounts.domain.sign_up import account_of_key, create_account
from gtn_events.accounts.forms.sign_in import NewAccountForm
from gtn_events.accounts.models import Account
from gtn_events.accounts.roles import current_account
from gtn_events.accounts.signed_in import sign_in_browser
from gtn_events.accounts.views.sign_up import person_from
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.errors import DomainError
from gtn_events.core.permissions import public
from gtn_events.forum.models import Forum
from gtn_events.forum.views.loading import load_forum

from ..domain.nominee_answers import begin_registration, decline_nomination
from ..domain.nominee_links import nomination_of_token
from ..models import Nomination

blueprint = Blueprint("delegation_nominee", __name__, url_prefix="/forums/<forum>/nomination")
load_forum(blueprint)


@blueprint.get("/<token>")
@public
def show(forum: Forum, token: str) -> ResponseReturnValue:
    """Say who nominates the person, and take the next step: sign up, sign in, begin, or decline."""
    return _page(nomination_of_token(forum, token, now=clock.now()), token, _account_form())


@blueprint.post("/<token>")
@public
def accept(forum: Forum, token: str) -> ResponseReturnValue:
    """Begin the registration; a new person's account is made along with it."""
    found = nomination_of_token(forum, token, now=clock.now())
    if current_user.is_authenticated:
        return _begin(found, current_account())
    if account_of_key(found.email_key) is not None:
        return redirect(url_for("accounts.sign_in", next=url_for(".show", forum=forum, token=token)))
    form = _account_form()
    if not form.validate():
        return _page(found, token, form), 422
    try:
        account = create_account(parse_address(found.email), form.password.data, person_from(form), now=clock.now())
        return _begin(found, account, signs_in=True)
    except DomainError as refused:
        db.session.rollback()
        form.refuse(refused)
        return _page(nomination_of_token(forum, token, now=clock.now()), token, form), refused.http_status


@blueprint.post("/<token>/decline")
@public
def decline(forum: Forum, token: str) -> ResponseReturnValue:
    """Say no; whoever has the link reads the mail of the nominated address, so no account is needed."""
    found = nomination_of_token(forum, token, now=clock.now())
    decline_nomination(found, words=request.form.get("words", "")[:1_000], now=clock.now())
    db.session.commit()
    flash(_("You have declined. Your economy's coordinator can read it."), "success")
    return redirect(url_for("forum_public.show", forum=forum))


def _begin(found: Nomination, account: Account, *, signs_in: bool = False) -> ResponseReturnValue:
    begin_registration(found, account, now=clock.now())
    response = redirect(url_for("forum_register.start", forum=found.forum))
    if signs_in:
        sign_in_browser(account, response)
    db.session.commit()
    return response


def _account_form() -> NewAccountForm:
    form = NewAccountForm()
    form.fill_choices()
    return form


def _page(found: Nomination, token: str, form: NewAccountForm) -> str:
    signed_in = current_account() if current_user.is_authenticated else None
    return render_template(
        "delegations/nominee.html",
        forum=found.forum,
        nomination=found,
        token=token,
        form=form,
        signed_in=signed_in,
        is_theirs=signed_in is not None and signed_in.email_key == found.email_key,
        has_account=account_of_key(found.email_key) is not None,
        sign_in_url=url_for("accounts.sign_in", next=url_for(".show", forum=found.forum, token=token)),
    )
