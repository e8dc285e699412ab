"""The texts, the speakers and the logo on the page of a side event."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from gtn_events.accounts.roles import current_account
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.errors import DomainError, UploadRefused
from gtn_events.core.permissions import Permission, requires

from ...domain.hosting import edit_host_texts, set_logo
from ...forms.hosting import HostPageForm, stored_texts
from ...models import Forum
from .blueprint import HostedEvent, blueprint


@blueprint.route("/page", methods=["GET", "POST"])
@requires(Permission.FORUM_SIDE_EVENT_HOST)
def page(side_event: HostedEvent, forum: Forum) -> ResponseReturnValue:
    """Show the form of the page, or change it."""
    event, now = side_event.row, clock.now()
    form = HostPageForm(data=None if request.method == "POST" else stored_texts(event))
    if request.method == "GET":
        form.show(event)
    if not form.validate_on_submit():
        return _page(side_event, forum, form)
    try:
        edit_host_texts(event, form.texts(), seen=form.version, actor=current_account(), now=now)
        if form.logo.data:
            set_logo(event, form.logo.data, actor=current_account(), now=now)
        db.session.commit()
    except UploadRefused as refusal:
        db.session.rollback()
        form.logo.errors = [refusal.message]
        return _page(side_event, forum, form)
    except DomainError as refusal:
        db.session.rollback()
        form.refuse_beside(refusal, event, stored_texts(event))
        return _page(side_event, forum, form)
    flash(_("The page is saved."), "success")
    return redirect(url_for(".page", forum=forum, side_event=event))


@blueprint.post("/logo/remove")
@requires(Permission.FORUM_SIDE_EVENT_HOST)
def logo_remove(side_event: HostedEvent, forum: Forum) -> ResponseReturnValue:
    """Show no logo any more."""
    set_logo(side_event.row, None, actor=current_account(), now=clock.now())
    db.session.commit()
    flash(_("The logo is taken away."), "success")
    return redirect(url_for(".page", forum=forum, side_event=side_event))


def _page(side_event: HostedEvent, forum: Forum, form: HostPageForm) -> ResponseReturnValue:
    shown = render_template("forum/host/page.html", forum=forum, side_event=side_event.row, desk=side_event, form=form)
    return shown, 422 if form.errors else 200
