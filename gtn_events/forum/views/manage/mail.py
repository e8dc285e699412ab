"""The forum's outbox: read, change, release, send again, discard."""

from datetime import datetime

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy.orm import defer

from gtn_events.accounts.roles import current_account
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.errors import DomainError
from gtn_events.core.journal import record
from gtn_events.core.listing import Listing
from gtn_events.core.outbox import (
    MailState,
    OutboxMail,
    count_by_state,
    discard_mail,
    edit_mail,
    mail_of_scope,
    mails_in,
    release_all_mail,
    release_mail,
    send_again,
)
from gtn_events.core.outbox.treatment import DISCARDABLE, EDITABLE, STUCK
from gtn_events.core.pages import paginate
from gtn_events.core.permissions import Permission, requires

from ...forms.mail import MailForm
from ...models import Forum
from .blueprint import blueprint


@blueprint.get("/mail")
@requires(Permission.FORUM_MAIL_MANAGE)
def mail(forum: Forum) -> ResponseReturnValue:
    """Show the forum's mails, the newest first, by state."""
    listing = Listing.read(
        request.path,
        request.args,
        sorts={"made": OutboxMail.created_at},
        default_sort="-made",
        filters={"state": [state.value for state in MailState]},
    )
    statement = mails_in(forum.scope, [MailState(state) for state in listing.chosen("state")])
    if listing.search:
        statement = statement.where(listing.searched(OutboxMail.to_address, OutboxMail.to_name, OutboxMail.subject))
    statement = statement.options(defer(OutboxMail.body_text), defer(OutboxMail.body_html))
    return render_template(
        "forum/manage/mail.html",
        forum=forum,
        listing=listing,
        page=paginate(statement, listing),
        counts={state: count for state, count in count_by_state(forum.scope).items() if count},
    )


@blueprint.get("/mail/<int:mail_id>")
@requires(Permission.FORUM_MAIL_MANAGE)
def mail_show(forum: Forum, mail_id: int) -> ResponseReturnValue:
    """Show one mail as its reader gets it, and the form to change it while it has not left."""
    found = db.one_or_404(mail_of_scope(forum.scope, mail_id))
    form = MailForm(data={"subject": found.subject, "body_text": found.body_text, "seen": _edited(found)})
    return _page(forum, found, form)


@blueprint.post("/mail/<int:mail_id>/edit")
@requires(Permission.FORUM_MAIL_MANAGE)
def mail_edit(forum: Forum, mail_id: int) -> ResponseReturnValue:
    """Change a mail that has not left."""
    found = db.one_or_404(mail_of_scope(forum.scope, mail_id))
    form, now = MailForm(), clock.now()
    if not form.validate_on_submit():
        return _page(forum, found, form)
    try:
        edit_mail(
            found,
            subject=form.subject.data,
            body_text=form.body_text.data,
            body_html=render_template("forum/manage/mail_edited.html", text=form.body_text.data, forum=forum),
            seen_edited_at=datetime.fromisoformat(form.seen.data) if form.seen.data else None,
            now=now,
        )
    except (DomainError, ValueError) as refusal:
        db.session.rollback()
        form.form_errors.append(str(refusal))
        return _page(forum, db.one_or_404(mail_of_scope(forum.scope, mail_id)), form)
    record("mail changed", found, actor=current_account(), now=now, scope=forum.scope)
    db.session.commit()
    flash(_("The mail is changed."), "success")
    return redirect(url_for(".mail_show", forum=forum, mail_id=mail_id))


@blueprint.post("/mail/<int:mail_id>/<any(release, again, discard):act>")
@requires(Permission.FORUM_MAIL_MANAGE)
def mail_act(forum: Forum, mail_id: int, act: str) -> ResponseReturnValue:
    """Release, send again or discard one mail."""
    found, now = db.one_or_404(mail_of_scope(forum.scope, mail_id)), clock.now()
    if act == "release":
        release_mail(found, now=now)
    elif act == "again":
        send_again(found, now=now)
    else:
        discard_mail(found)
    action = {"release": "mail released", "again": "mail sent again", "discard": "mail discarded"}[act]
    record(action, found, actor=current_account(), now=now, scope=forum.scope)
    db.session.commit()
    flash(_("Done: the mail to %(address)s.", address=found.to_address), "success")
    return redirect(url_for(".mail_show", forum=forum, mail_id=mail_id))


@blueprint.post("/mail/release-all")
@requires(Permission.FORUM_MAIL_MANAGE)
def mail_release_all(forum: Forum) -> ResponseReturnValue:
    """Let every mail that is held leave."""
    now = clock.now()
    count = release_all_mail(forum.scope, now=now)
    record(
        "held mail released", forum, actor=current_account(), now=now, scope=forum.scope, changes={"mails": (0, count)}
    )
    db.session.commit()
    flash(ngettext("%(num)d mail is on its way.", "%(num)d mails are on their way.", count), "success")
    return redirect(url_for(".mail", forum=forum))


def _edited(found: OutboxMail) -> str:
    return found.edited_at.isoformat() if found.edited_at else ""


def _page(forum: Forum, found: OutboxMail, form: MailForm) -> ResponseReturnValue:
    page = render_template(
        "forum/manage/mail_show.html",
        forum=forum,
        mail=found,
        form=form,
        editable=found.state in EDITABLE,
        stuck=found.state in STUCK,
        discardable=found.state in DISCARDABLE,
    )
    return page, 422 if form.errors else 200
