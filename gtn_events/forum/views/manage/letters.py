"""Letters for delegates: who asked, issue one or all, open, revoke; for those who may see sensitive answers only."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from gtn_events.accounts.roles import current_account
from gtn_events.core import clock
from gtn_events.core.addresses import row_id
from gtn_events.core.db import db
from gtn_events.core.downloads import send_attachment
from gtn_events.core.jobs import enqueue_job
from gtn_events.core.listing import Listing
from gtn_events.core.outbox import Attachment
from gtn_events.core.pages import paginate
from gtn_events.core.permissions import Permission, requires

from ...documents_letters import letter_pdf
from ...domain.letters import issue_letter, opened_letter, read_letter
from ...domain.passports import PassportData, read_passport
from ...enums import LetterKind
from ...letter_job import KIND
from ...models import Forum, Registration
from ...notifications_letters import tell_of_letter
from ...queries.letters import (
    SHOWN,
    letter_in,
    letters_by_person,
    letters_of,
    people_for_letters,
    request_of,
    requests_by_person,
)
from ...queries.registrations import registration_of
from .blueprint import blueprint


@blueprint.get("/letters")
@requires(Permission.FORUM_SENSITIVE_SEE)
def letters(forum: Forum) -> ResponseReturnValue:
    """Show who is approved, who asked, and which letters are valid."""
    shown = request.args.get("show", "")
    shown = shown if shown in SHOWN else ""
    listing = Listing.read(
        request.path, request.args, sorts={"name": Registration.sort_name}, default_sort="name", size=50
    )
    people = people_for_letters(forum, shown).order_by(None).where(listing.searched(Registration.search_text))
    page = paginate(people, listing, tie=Registration.id)
    found = [item[0] if isinstance(item, tuple) else item for item in page.items]
    ids = [each.id for each in found]
    return render_template(
        "forum/manage/letters.html",
        forum=forum,
        listing=listing,
        page=page,
        people=found,
        letters=letters_by_person(ids),
        requests=requests_by_person(ids),
        shown=shown,
    )


@blueprint.post("/letters/issue-all")
@requires(Permission.FORUM_SENSITIVE_SEE)
def letters_issue_all(forum: Forum) -> ResponseReturnValue:
    """Issue an invitation letter to everybody who is approved and has none, as a job."""
    job = enqueue_job(
        KIND,
        title=_("Invitation letters, %(forum)s", forum=forum.title),
        params={"forum_id": forum.id},
        actor=current_account(),
        now=clock.now(),
        scope=forum.scope,
        back=(_("Letters"), url_for(".letters", forum=forum)),
    )
    db.session.commit()
    return redirect(url_for("jobs.show", job_id=job.id))


@blueprint.get("/letters/<int:registration_id>")
@requires(Permission.FORUM_SENSITIVE_SEE)
def letters_person(forum: Forum, registration_id: int) -> ResponseReturnValue:
    """Show the letters of one delegate; passport data stay masked."""
    return _person(forum, db.one_or_404(registration_of(forum, registration_id)), None)


@blueprint.post("/letters/<int:registration_id>/passport")
@requires(Permission.FORUM_SENSITIVE_SEE)
def letters_passport(forum: Forum, registration_id: int) -> ResponseReturnValue:
    """Show the passport data this once; that somebody looked is written down."""
    found = db.one_or_404(registration_of(forum, registration_id))
    asked = request_of(found)
    if asked is None:
        abort(404)
    passport = read_passport(asked, actor=current_account(), now=clock.now())
    db.session.commit()
    return _person(forum, found, passport)


@blueprint.post("/letters/<int:registration_id>/issue")
@requires(Permission.FORUM_SENSITIVE_SEE)
def letters_issue(forum: Forum, registration_id: int) -> ResponseReturnValue:
    """Issue a letter, or another in the place of the one that is there."""
    found = db.one_or_404(registration_of(forum, registration_id))
    try:
        kind = LetterKind(request.form.get("kind", ""))
    except ValueError:
        abort(404)
    now = clock.now()
    replaces = row_id(request.form.get(f"replaces_{kind.value}"))
    letter = issue_letter(found, kind, replaces=replaces, actor=current_account(), now=now)
    # Drawn before the number is spent: a sign that cannot be printed stops it.
    letter_pdf(opened_letter(letter))
    tell_of_letter(letter, now=now)
    db.session.commit()
    flash(_("Letter %(number)s is issued; %(name)s gets a mail.", number=letter.reference, name=found.delegate_name))
    return redirect(url_for(".letters_person", forum=forum, registration_id=found.id))


@blueprint.post("/letters/file/<int:letter_id>")
@requires(Permission.FORUM_SENSITIVE_SEE)
def letters_file(forum: Forum, letter_id: int) -> ResponseReturnValue:
    """Send a letter as PDF; the journal notes who opened it."""
    letter = db.one_or_404(letter_in(forum, letter_id))
    facts = read_letter(letter, actor=current_account(), now=clock.now())
    file = Attachment(f"{letter.reference}.pdf", "application/pdf", letter_pdf(facts, ended=letter.ending))
    db.session.commit()
    return send_attachment(file)


def _person(forum: Forum, found: Registration, passport: PassportData | None) -> str:
    return render_template(
        "forum/manage/letters_person.html",
        forum=forum,
        registration=found,
        letters=letters_of(found),
        live=letters_by_person([found.id])[found.id],
        request_made=request_of(found),
        passport=passport,
    )
