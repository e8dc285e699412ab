"""A guest of a side event registers by the link of the mail, without signing in."""

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.errors import DomainError
from gtn_events.core.permissions import public

from ..domain.guests import decline_as_guest, guest_of_link, register_guest
from ..domain.side_event_questions import may_answer, questions_for
from ..forms.hosting import GuestForm
from ..models import Forum, SideEventGuest
from .loading import load_forum

blueprint = Blueprint("forum_guests", __name__, url_prefix="/forums/<forum>/guest")
load_forum(blueprint)


@blueprint.route("/<token>", methods=["GET", "POST"])
@public
def show(forum: Forum, token: str) -> ResponseReturnValue:
    """Show what the guest is invited to, or give them a place."""
    guest = guest_in(forum, token)
    form = GuestForm(obj=guest)
    if not form.validate_on_submit():
        return _page(forum, guest, form, token)
    try:
        register_guest(guest, form.particulars(), now=clock.now())
        db.session.commit()
    except DomainError as refusal:
        db.session.rollback()
        form.refuse(refusal)
        return _page(forum, guest, form, token)
    flash(_("You have a place."), "success")
    asks = questions_for(guest) is not None and guest.answer_set_id is None
    return redirect(url_for(".questions" if asks else ".show", forum=forum, token=token))


@blueprint.post("/<token>/decline")
@public
def decline(forum: Forum, token: str) -> ResponseReturnValue:
    """Say no, or give the place back."""
    decline_as_guest(guest_in(forum, token), now=clock.now())
    db.session.commit()
    flash(_("Thank you for telling. While places are free you can still register."), "success")
    return redirect(url_for(".show", forum=forum, token=token))


def guest_in(forum: Forum, token: str) -> SideEventGuest:
    """Return the guest of a link to this forum, or answer 404; a link that opens nothing is refused."""
    guest = guest_of_link(token)
    if guest.side_event.forum_id != forum.id:
        abort(404)
    return guest


def _page(forum: Forum, guest: SideEventGuest, form: GuestForm, token: str) -> ResponseReturnValue:
    page = render_template(
        "forum/guest/show.html",
        forum=forum,
        guest=guest,
        side_event=guest.side_event,
        form=form,
        token=token,
        now=clock.now(),
        asks=questions_for(guest) is not None and may_answer(guest, now=clock.now()),
    )
    return page, 422 if form.errors or form.form_errors else 200
