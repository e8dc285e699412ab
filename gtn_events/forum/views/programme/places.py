"""Signing up for a session with limited places, on its public page."""

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from gtn_events.accounts.roles import current_account
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.permissions import Permission, requires

from ...domain.places import accept_booking, decline_booking, leave_booking
from ...domain.session_places import sign_up
from ...models import Forum
from ...queries.session_places import PlacesShown, places_shown
from .blueprint import blueprint
from .cache import edition


@blueprint.post("/sessions/<code>/places")
@requires(Permission.SIGNED_IN)
def session_places(forum: Forum, code: str) -> ResponseReturnValue:
    """Sign up, give the place up, or answer the offer of one."""
    facts = edition(forum).programme.by_code.get(code.casefold()) or abort(404)
    shown = places_shown(forum, facts.id, account_id=current_account().id)
    if shown is None or shown.registration is None:
        abort(404)
    message = _act(shown, facts.title, request.form.get("act", ""))
    db.session.commit()
    flash(message, "success")
    # Without a fragment: the message stands at the top of the page, and the places may be far below it.
    return redirect(url_for(".session", forum=forum, code=facts.code))


def _act(shown: PlacesShown, title: str, act: str) -> str:
    assert shown.registration is not None  # for the type checker: the view asked
    account, now = current_account(), clock.now()
    if act == "sign-up":
        state = sign_up(shown.registration, shown.limited, actor=account, now=now)
        return {
            "confirmed": _("You have a place at %(title)s.", title=title),
            "waitlisted": _("%(title)s is full: you are on its waiting list.", title=title),
        }[state.value]
    if shown.booking is None:
        abort(404)
    if act == "take":
        accept_booking(shown.booking, actor=account, now=now)
        return _("You have a place at %(title)s.", title=title)
    if act == "decline":
        decline_booking(shown.booking, actor=account, now=now)
        return _("You declined the place; it passes to the next on the list.")
    if act != "leave":
        abort(400)
    leave_booking(shown.booking, actor=account, now=now)
    return _("You gave up %(title)s. You can sign up again while there is room.", title=title)
