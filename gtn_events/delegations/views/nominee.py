"""What a nominee reads by the link of the mail: by whom they are nominated, and the way into the registration."""

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from gtn_events.accounts.models import Account
from gtn_events.accounts.views.by_link import Arrival, OpenedLink, show_link, use_link
from gtn_events.core import clock
from gtn_events.core.db import db
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
    return show_link(_opened(forum, token))


@blueprint.post("/<token>")
@public
def accept(forum: Forum, token: str) -> ResponseReturnValue:
    """Begin the registration; a new person's account is made along with it."""
    return use_link(lambda: _opened(forum, token))


@blueprint.post("/<token>/decline")
@public
def decline(forum: Forum, token: str) -> ResponseReturnValue:
    """Say no; whoever has the link reads the mail of the nominated address, so no account is needed."""
    found = nomination_of_token(forum, token, now=clock.now())
    decline_nomination(found, words=request.form.get("words", "")[:1_000], now=clock.now())
    db.session.commit()
    flash(_("You have declined. Your economy's coordinator can read it."), "success")
    return redirect(url_for("forum_public.show", forum=forum))


def _opened(forum: Forum, token: str) -> OpenedLink:
    found = nomination_of_token(forum, token, now=clock.now())
    return OpenedLink(
        email=found.email,
        email_key=found.email_key,
        url=url_for(".show", forum=forum, token=token),
        template="delegations/nominee.html",
        values={"forum": forum, "nomination": found, "token": token},
        go_on=lambda account: _begin(found, account),
        known={
            "given_name": found.given_name,
            "family_name": found.family_name,
            "origin": f"economy:{found.economy_code}",
        },
    )


def _begin(found: Nomination, account: Account) -> Arrival:
    begin_registration(found, account, now=clock.now())
    return Arrival(url_for("forum_register.start", forum=found.forum))
