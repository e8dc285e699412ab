"""Mail to a chosen set: choose and write, look at three real ones, send, take back, see what was sent."""

from urllib.parse import parse_qsl

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.datastructures import MultiDict

from gtn_events.accounts.roles import current_account
from gtn_events.core import clock
from gtn_events.core.addresses import row_id
from gtn_events.core.db import db
from gtn_events.core.errors import DomainError
from gtn_events.core.listing import Listing
from gtn_events.core.pages import paginate
from gtn_events.core.permissions import Permission, requires

from ...domain.mailing_stops import continue_mailing
from ...domain.mailings import (
    MailingText,
    as_one_gets_it,
    begin_mailing,
    cancel_mailing,
    schedule_mailing,
    write_mailing,
)
from ...enums import MailingState, RegistrationState
from ...forms.mailing import MailingForm
from ...mailing_job import ask_for_work
from ...models import Forum, Mailing, MailingRecipient, Registration
from ...notifications import mail_test
from ...queries.mailings import (
    AudienceChoices,
    audience_choices,
    audience_ids,
    count_of,
    mailing_of,
    mailings_of,
    read_audience,
    recipients_of,
    three_of,
    words_of_audience,
    written_of,
)
from .blueprint import blueprint


@blueprint.get("/mailings")
@requires(Permission.FORUM_MAIL_MANAGE)
def mailing_list(forum: Forum) -> ResponseReturnValue:
    """List the mails to chosen sets, the newest first."""
    mailings = db.session.scalars(mailings_of(forum)).all()
    return render_template("forum/manage/mailings/list.html", forum=forum, mailings=mailings)


@blueprint.route("/mailings/new", methods=["GET", "POST"])
@requires(Permission.FORUM_MAIL_MANAGE)
def mailing_new(forum: Forum) -> ResponseReturnValue:
    """Choose the set by the address and write the mail; what is sent becomes a draft."""
    choices, form = audience_choices(forum), MailingForm()
    listing = _listing(request.args, choices)
    if not form.validate_on_submit():
        return _write_page(forum, form, listing, choices), 422 if form.errors else 200
    text = MailingText(subject=form.subject.data, text=form.text.data, listing=listing)
    try:
        mailing = begin_mailing(forum, text, choices, actor=current_account(), now=clock.now())
        db.session.commit()
    except DomainError as refused:
        db.session.rollback()
        form.refuse(refused)
        return _write_page(forum, form, listing, choices), refused.http_status
    return redirect(url_for(".mailing", forum=forum, mailing_id=mailing.id))


@blueprint.route("/mailings/<int:mailing_id>/edit", methods=["GET", "POST"])
@requires(Permission.FORUM_MAIL_MANAGE)
def mailing_edit(forum: Forum, mailing_id: int) -> ResponseReturnValue:
    """Change a draft, its set by the address."""
    mailing, choices = _mailing(forum, mailing_id), audience_choices(forum)
    if mailing.state is not MailingState.DRAFT:
        return redirect(url_for(".mailing", forum=forum, mailing_id=mailing.id))
    form = MailingForm(subject=mailing.subject, text=mailing.text, seen=str(mailing.lock_version))
    # Without a set in the address the draft's own is meant; an empty form of filters sends its empty fields.
    listing = _listing(request.args if request.args else _own_set(mailing), choices)
    if not form.validate_on_submit():
        return _write_page(forum, form, listing, choices, mailing=mailing), 422 if form.errors else 200
    text = MailingText(subject=form.subject.data, text=form.text.data, listing=listing)
    try:
        write_mailing(mailing, text, choices, seen=row_id(form.seen.data))
        db.session.commit()
    except DomainError as refused:
        db.session.rollback()
        form.refuse(refused)
        return _write_page(forum, form, listing, choices, mailing=mailing), refused.http_status
    return redirect(url_for(".mailing", forum=forum, mailing_id=mailing.id))


@blueprint.get("/mailings/<int:mailing_id>")
@requires(Permission.FORUM_MAIL_MANAGE)
def mailing(forum: Forum, mailing_id: int) -> ResponseReturnValue:
    """Show a draft as three people get it, or who gets what was sent and where each mail stands."""
    found, choices = _mailing(forum, mailing_id), audience_choices(forum)
    if found.state is not MailingState.DRAFT:
        return _record_page(forum, found)
    listing = _listing(_own_set(found), choices)
    people = three_of(audience_ids(forum, listing, choices))
    return render_template(
        "forum/manage/mailings/preview.html",
        forum=forum,
        mailing=found,
        count=count_of(forum, listing, choices),
        words=words_of_audience(listing, choices),
        samples=[(each, *as_one_gets_it(found, each)) for each in people],
    )


@blueprint.post("/mailings/<int:mailing_id>/test")
@requires(Permission.FORUM_MAIL_MANAGE)
def mailing_test(forum: Forum, mailing_id: int) -> ResponseReturnValue:
    """Send the mail to the organiser alone, filled as the first recipient gets it."""
    found, choices = _mailing(forum, mailing_id), audience_choices(forum)
    people = three_of(audience_ids(forum, _listing(_own_set(found), choices), choices))
    if people:
        mail_test(found, current_account(), *as_one_gets_it(found, people[0]), now=clock.now())
        db.session.commit()
        flash(_("A test is on its way to %(email)s.", email=current_account().email), "success")
    return redirect(url_for(".mailing", forum=forum, mailing_id=found.id))


@blueprint.post("/mailings/<int:mailing_id>/send")
@requires(Permission.FORUM_MAIL_MANAGE)
def mailing_send(forum: Forum, mailing_id: int) -> ResponseReturnValue:
    """Freeze the set and let the mails leave in five minutes."""
    found, choices = _mailing(forum, mailing_id), audience_choices(forum)
    listing = _listing(_own_set(found), choices)
    seen = row_id(request.form.get("seen"))
    count = schedule_mailing(found, listing, choices, seen=seen, actor=current_account(), now=clock.now())
    db.session.commit()
    flash(ngettext("%(num)s person gets this mail.", "%(num)s people get this mail.", count), "success")
    return redirect(url_for(".mailing", forum=forum, mailing_id=found.id))


@blueprint.post("/mailings/<int:mailing_id>/take-back")
@requires(Permission.FORUM_MAIL_MANAGE)
def mailing_take_back(forum: Forum, mailing_id: int) -> ResponseReturnValue:
    """Take a scheduled mail back before it leaves."""
    found = _mailing(forum, mailing_id)
    cancel_mailing(found, actor=current_account(), now=clock.now())
    db.session.commit()
    flash(_("The mail is taken back. Nobody gets it."), "success")
    return redirect(url_for(".mailing", forum=forum, mailing_id=found.id))


@blueprint.post("/mailings/<int:mailing_id>/continue")
@requires(Permission.FORUM_MAIL_MANAGE)
def mailing_continue(forum: Forum, mailing_id: int) -> ResponseReturnValue:
    """Let a stopped mail go on to whoever has none yet."""
    found, actor, now = _mailing(forum, mailing_id), current_account(), clock.now()
    continue_mailing(found, actor=actor, now=now)
    ask_for_work(found, actor=actor, now=now)
    db.session.commit()
    flash(_("The mail goes on where it stopped. Nobody gets it twice."), "success")
    return redirect(url_for(".mailing", forum=forum, mailing_id=found.id))


def _mailing(forum: Forum, mailing_id: int) -> Mailing:
    found: Mailing = db.one_or_404(mailing_of(forum, mailing_id))
    return found


def _own_set(mailing: Mailing) -> "MultiDict[str, str]":
    return MultiDict(parse_qsl(mailing.audience))


def _listing(args: "MultiDict[str, str]", choices: AudienceChoices) -> Listing:
    return read_audience(request.path, args, choices)


def _write_page(
    forum: Forum, form: MailingForm, listing: Listing, choices: AudienceChoices, *, mailing: Mailing | None = None
) -> str:
    return render_template(
        "forum/manage/mailings/write.html",
        forum=forum,
        form=form,
        listing=listing,
        choices=choices,
        states=[(state.value, state.label) for state in RegistrationState],
        count=count_of(forum, listing, choices),
        words=words_of_audience(listing, choices),
        mailing=mailing,
    )


def _record_page(forum: Forum, found: Mailing) -> str:
    listing = Listing.read(request.path, request.args, sorts={"name": Registration.sort_name}, default_sort="name")
    page = paginate(recipients_of(found), listing, tie=MailingRecipient.id)
    return render_template(
        "forum/manage/mailings/record.html",
        forum=forum,
        mailing=found,
        page=page,
        listing=listing,
        written=written_of(found),
        now=clock.now(),
    )
