"""Favourites: with an account in the database, without one in the browser, which asks here what they are."""

from typing import Any

from flask import flash, jsonify, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from gtn_events.accounts.roles import current_account
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.links import site_url
from gtn_events.core.permissions import Permission, public, requires

from ...domain.favourite_feed import renew_favourite_feed, revoke_favourite_feed
from ...domain.favourites import add_favourites, remove_favourite
from ...models import FavouriteFeed, Forum
from ...queries.favourites import FavouriteDay, favourite_codes, favourite_days
from ...queries.session_places import codes_signed_up
from .blueprint import blueprint
from .cache import edition
from .zones import zones_of

MOST = 1000


@blueprint.get("/mine")
@public
def mine(forum: Forum) -> ResponseReturnValue:
    """Show by day what the person marked and signed up for; a visitor's browser keeps marks, and puts them in."""
    return _page(forum)


@blueprint.post("/mine/feed")
@requires(Permission.SIGNED_IN)
def mine_feed(forum: Forum) -> ResponseReturnValue:
    """Make a new address for the person's calendar and show it, this once."""
    token = renew_favourite_feed(current_account(), forum, now=clock.now())
    db.session.commit()
    response = make_response(_page(forum, address=site_url("forum_feed.favourites", token=token)))
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["Cache-Control"] = "no-store"
    return response


@blueprint.post("/mine/feed/revoke")
@requires(Permission.SIGNED_IN)
def mine_feed_revoke(forum: Forum) -> ResponseReturnValue:
    """Let no address open the person's favourites any more."""
    revoke_favourite_feed(current_account(), forum, now=clock.now())
    db.session.commit()
    flash(_("The address opens nothing any more."), "success")
    return redirect(url_for(".mine", forum=forum) + "#feed")


@blueprint.get("/mine/sessions")
@public
def mine_sessions(forum: Forum) -> ResponseReturnValue:
    """Give by day what a person marked and signed up for, or a visitor's codes in the address: a part of the page."""
    if current_user.is_authenticated:
        return render_template("forum/programme/_mine.html", forum=forum, **_own(forum), **zones_of(forum))
    codes = request.args.get("codes", "").split(",")[:MOST]
    shown = {"forum": forum, "days": _days(forum, codes), "marked": codes}
    return render_template("forum/programme/_mine.html", **shown, **zones_of(forum))


@blueprint.get("/favourites")
@requires(Permission.SIGNED_IN)
def favourites(forum: Forum) -> ResponseReturnValue:
    """Give the codes of the person's favourites to the page's script."""
    response = jsonify(favourite_codes(current_account().id, forum))
    response.headers["Cache-Control"] = "no-store"
    return response


@blueprint.post("/favourites")
@requires(Permission.SIGNED_IN)
def favourites_add(forum: Forum) -> ResponseReturnValue:
    """Mark each ``code`` of the form that the programme has; a script gets all codes back, a form its page."""
    known = edition(forum).programme.by_code
    sent = [code.casefold() for code in request.form.getlist("code")[:MOST]]
    codes = [known[code].code for code in sent if code in known]
    add_favourites(current_account(), forum, codes, now=clock.now())
    db.session.commit()
    return _answer(forum)


@blueprint.post("/favourites/remove")
@requires(Permission.SIGNED_IN)
def favourites_remove(forum: Forum) -> ResponseReturnValue:
    """Take one mark away; a script gets the codes that are left, a form its page."""
    remove_favourite(current_account(), forum, request.form.get("code", "")[:20])
    db.session.commit()
    return _answer(forum)


def _page(forum: Forum, address: str = "") -> str:
    signed_in = current_user.is_authenticated
    return render_template(
        "forum/programme/mine.html",
        forum=forum,
        **(_own(forum) if signed_in else {"days": [], "marked": []}),
        feed=db.session.get(FavouriteFeed, (current_user.id, forum.id)) if signed_in else None,
        address=address,
        **zones_of(forum),
    )


def _own(forum: Forum) -> dict[str, Any]:  # Any: what a template is given
    marked, places = favourite_codes(current_user.id, forum), codes_signed_up(current_user.id, forum)
    return {"days": _days(forum, [*marked, *places]), "marked": marked, "places": places}


def _days(forum: Forum, codes: list[str]) -> list[FavouriteDay]:
    return favourite_days(edition(forum).programme, codes)


def _answer(forum: Forum) -> ResponseReturnValue:
    if request.accept_mimetypes.best == "application/json":
        return favourites(forum)
    code = request.form.get("code", "")
    if request.form.get("from") == "session" and code.casefold() in edition(forum).programme.by_code:
        return redirect(url_for(".session", forum=forum, code=code))
    return redirect(url_for(".mine", forum=forum))
