"""The guest list of a side event."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from gtn_events.accounts.roles import current_account
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.errors import DomainError
from gtn_events.core.permissions import Permission, requires

from ...domain.guests import invite_again, invite_guests, withdraw_guest
from ...forms.hosting import InviteGuestsForm
from ...models import Forum, SideEventGuest
from ...queries.guests import guest_of, guests_of
from .blueprint import HostedEvent, blueprint


@blueprint.route("/guests", methods=["GET", "POST"])
@requires(Permission.FORUM_SIDE_EVENT_HOST)
def guest_list(side_event: HostedEvent, forum: Forum) -> ResponseReturnValue:
    """Show who is invited and what they answered, or invite more."""
    form = InviteGuestsForm()
    if not form.validate_on_submit():
        return _page(side_event, forum, form)
    lines = (form.addresses.data or "").splitlines()
    try:
        mailed = invite_guests(side_event.row, lines, actor=current_account(), now=clock.now())
        db.session.commit()
    except DomainError as refusal:
        db.session.rollback()
        form.refuse(refusal)
        return _page(side_event, forum, form)
    flash(ngettext("%(num)d invitation is on its way.", "%(num)d invitations are on their way.", mailed), "success")
    return _back(side_event, forum)


@blueprint.post("/guests/<int:guest_id>/again")
@requires(Permission.FORUM_SIDE_EVENT_HOST)
def guest_again(side_event: HostedEvent, forum: Forum, guest_id: int) -> ResponseReturnValue:
    """Mail a guest a new link."""
    guest = _guest(side_event, guest_id)
    invite_again(guest, seen=request.form.get("seen", ""), actor=current_account(), now=clock.now())
    db.session.commit()
    flash(_("A new link is on its way to %(email)s.", email=guest.email), "success")
    return _back(side_event, forum)


@blueprint.post("/guests/<int:guest_id>/withdraw")
@requires(Permission.FORUM_SIDE_EVENT_HOST)
def guest_withdraw(side_event: HostedEvent, forum: Forum, guest_id: int) -> ResponseReturnValue:
    """Take a guest off the list."""
    guest = _guest(side_event, guest_id)
    withdraw_guest(guest, actor=current_account(), now=clock.now())
    db.session.commit()
    flash(_("%(email)s is off the list.", email=guest.email), "success")
    return _back(side_event, forum)


def _guest(side_event: HostedEvent, guest_id: int) -> SideEventGuest:
    guest: SideEventGuest = db.one_or_404(guest_of(side_event.row, guest_id))
    return guest


def _back(side_event: HostedEvent, forum: Forum) -> ResponseReturnValue:
    return redirect(url_for(".guest_list", forum=forum, side_event=side_event))


def _page(side_event: HostedEvent, forum: Forum, form: InviteGuestsForm) -> ResponseReturnValue:
    event = side_event.row
    page = render_template(
        "forum/host/guests.html", forum=forum, side_event=event, desk=side_event, form=form, guests=guests_of(event)
    )
    return page, 422 if form.errors else 200
