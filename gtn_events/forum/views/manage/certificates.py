"""Certificates of participation: who attended, issue one or all, revoke."""

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from gtn_events.accounts.roles import current_account
from gtn_events.certificates.batch import KIND
from gtn_events.certificates.domain import issue_certificate, revoke_certificate
from gtn_events.certificates.errors import ReasonMissing
from gtn_events.config import Settings
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.jobs import enqueue_job
from gtn_events.core.listing import Listing
from gtn_events.core.pages import paginate
from gtn_events.core.permissions import Permission, requires
from gtn_events.core.venue_time import day_at_venue

from ...certificates import SOURCE, certificate_request
from ...domain.attendance import rule_in_words
from ...models import Forum, Registration
from ...queries.attendance import (
    AttendedRow,
    attendance_counts,
    attended_registration,
    attended_rows,
    certificate_in,
    certificates_beside,
    revoked_certificates,
)
from ...queries.attendance_rule import rule_of
from .blueprint import blueprint


@blueprint.get("/certificates")
@requires(Permission.FORUM_CERTIFICATES_ISSUE)
def certificates(forum: Forum) -> ResponseReturnValue:
    """Show who attended, with the certificate of each."""
    listing = Listing.read(
        request.path, request.args, sorts={"name": Registration.sort_name}, default_sort="name", size=50
    )
    statement = attended_rows(forum).where(listing.searched(Registration.sort_name))
    page = paginate(statement, listing, tie=Registration.id)
    attended, issued = attendance_counts(forum)
    return render_template(
        "forum/manage/certificates.html",
        forum=forum,
        listing=listing,
        page=page,
        rows=[AttendedRow(*item) for item in page.items],
        attended=attended,
        issued=issued,
        beside=certificates_beside(forum, rule_of(forum)),
        rule=rule_in_words(forum),
        revoked=revoked_certificates(forum),
    )


@blueprint.post("/certificates/issue")
@requires(Permission.FORUM_CERTIFICATES_ISSUE)
def certificates_issue(forum: Forum) -> ResponseReturnValue:
    """Issue what is due to everybody who attended, and pack all PDFs, as a job."""
    now = clock.now()
    job = enqueue_job(
        KIND,
        title=_("Certificates of participation, %(forum)s", forum=forum.title),
        params={
            "source": SOURCE,
            "forum_id": forum.id,
            "issued_on": day_at_venue(now, forum.time_zone).isoformat(),
        },
        actor=current_account(),
        now=now,
        scope=forum.scope,
        back=(_("Documents"), url_for(".certificates", forum=forum)),
    )
    db.session.commit()
    return redirect(url_for("jobs.show", job_id=job.id))


@blueprint.post("/certificates/issue/<int:registration_id>")
@requires(Permission.FORUM_CERTIFICATES_ISSUE)
def certificate_issue(forum: Forum, registration_id: int) -> ResponseReturnValue:
    """Issue the certificate of one delegate who attended."""
    found = db.one_or_404(attended_registration(forum, registration_id))
    now, settings = clock.now(), _settings()
    certificate, new = issue_certificate(
        certificate_request(found, issued_on=day_at_venue(now, forum.time_zone)),
        secret_key=settings.secret_key,
        actor=current_account(),
        now=now,
    )
    db.session.commit()
    text = _("Certificate %(serial)s is issued.") if new else _("%(serial)s was issued before.")
    flash(text % {"serial": certificate.serial}, "success")
    return redirect(url_for(".certificates", forum=forum))


@blueprint.route("/certificates/<serial>/revoke", methods=["GET", "POST"])
@requires(Permission.FORUM_CERTIFICATES_ISSUE)
def certificate_revoke(forum: Forum, serial: str) -> ResponseReturnValue:
    """Ask for the reason, or revoke the certificate."""
    certificate = db.one_or_404(certificate_in(forum, serial))
    reason = request.form.get("reason", "").strip()
    if request.method == "GET":
        return render_template("forum/manage/certificate_revoke.html", forum=forum, certificate=certificate, reason="")
    try:
        revoke_certificate(certificate, reason=reason, actor=current_account(), now=clock.now())
    except ReasonMissing as missing:
        db.session.rollback()
        page = render_template(
            "forum/manage/certificate_revoke.html",
            forum=forum,
            certificate=db.one_or_404(certificate_in(forum, serial)),
            reason=reason,
            error=missing.message,
        )
        return page, 422
    db.session.commit()
    flash(_("Certificate %(serial)s is revoked; its page of verification says so.", serial=serial), "success")
    return redirect(url_for(".certificates", forum=forum))


def _settings() -> Settings:
    settings: Settings = current_app.config["SETTINGS"]
    return settings
