"""Whoever opens the link of a mail: signed in with its address or another one, or to sign in, or to make an account."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from werkzeug.wrappers import Response

from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.errors import DomainError

from ..domain.addresses import parse_address
from ..domain.sign_up import account_of_key, create_account
from ..forms.sign_in import NewAccountForm
from ..models import Account
from ..roles import current_account
from ..signed_in import sign_in_browser
from .sign_up import person_from


@dataclass(frozen=True)
class Arrival:
    """Where somebody is led once the link is used, and what is said there, if anything."""

    url: str
    words: str = ""


@dataclass(frozen=True, kw_only=True)
class OpenedLink:
    """What a link of a mail leads to.

    Args:
        email: the address that the mail went to; ``email_key`` is its key.
        url: the address of the link's page.
        template: the page; it shows ``values`` and what ``link_values`` gives.
        known: first values for the form of a new account.
        go_on: does what the link is for as an account, without a commit, and returns where that leads.
    """

    email: str
    email_key: str
    url: str
    template: str
    values: Mapping[str, Any]  # Any: what a template shows
    go_on: Callable[[Account], Arrival]
    known: Mapping[str, str] = field(default_factory=dict)


def show_link(opened: OpenedLink, form: NewAccountForm | None = None) -> str:
    """Return the page of a link, with the next step of whoever opened it."""
    values = link_values(opened.email_key, opened.url)
    return render_template(opened.template, form=form or _account_form(opened), **opened.values, **values)


def use_link(open_link: Callable[[], OpenedLink]) -> ResponseReturnValue:
    """Do what the link is for; a new person's account is made along with it.

    Args:
        open_link: reads the link; called anew after a refusal.
    """
    opened = open_link()
    if current_user.is_authenticated:
        return _go_on(opened, current_account())
    if account_of_key(opened.email_key) is not None:
        return redirect(url_for("accounts.sign_in", next=opened.url))
    form = _account_form(opened)
    if not form.validate():
        return show_link(opened, form), 422
    try:
        account = create_account(parse_address(opened.email), form.password.data, person_from(form), now=clock.now())
        return _go_on(opened, account, signs_in=True)
    except DomainError as refused:
        db.session.rollback()
        form.refuse(refused)
        return show_link(open_link(), form), refused.http_status


def link_values(email_key: str, url: str) -> dict[str, Any]:  # Any: values for a template
    """Return what ``accounts/_by_link.html`` needs to know of whoever opened a link."""
    signed_in = current_account() if current_user.is_authenticated else None
    return {
        "signed_in": signed_in,
        "is_theirs": signed_in is not None and signed_in.email_key == email_key,
        "has_account": account_of_key(email_key) is not None,
        "sign_in_url": url_for("accounts.sign_in", next=url),
    }


def _go_on(opened: OpenedLink, account: Account, *, signs_in: bool = False) -> Response:
    arrival = opened.go_on(account)
    response = redirect(arrival.url)
    if signs_in:
        sign_in_browser(account, response)
    db.session.commit()
    # Signing in begins a new session, in which words said before would be lost.
    if arrival.words:
        flash(arrival.words, "success")
    return response


def _account_form(opened: OpenedLink) -> NewAccountForm:
    form = NewAccountForm(data=opened.known)
    form.fill_choices()
    return form
