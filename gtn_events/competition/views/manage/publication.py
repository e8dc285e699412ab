"""Publishing the results: what is missing, from when, and that it stands from then on."""

from datetime import datetime
from io import BytesIO

from flask import abort, flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from gtn_events.accounts.roles import current_account
from gtn_events.certificates.batch import KIND
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.errors import DomainError
from gtn_events.core.jobs import Job, enqueue_job
from gtn_events.core.permissions import Permission, requires

from ... import documents
from ...certificates import SOURCE
from ...domain import publication
from ...forms.awards import PublicationForm
from ...models import Competition
from ...queries.awards import awards_of, last_decided_round
from ...results_mail_job import RESULTS_MAIL
from .blueprint import blueprint


@blueprint.route("/results/publish", methods=["GET", "POST"])
@requires(Permission.COMPETITION_RESULTS_DECIDE)
def publish_results(competition: Competition) -> ResponseReturnValue:
    """Ask from when, or publish the results and let every entrant be told."""
    form = PublicationForm()
    if request.method == "GET" or not form.validate():
        return _page(competition, form), 200 if request.method == "GET" else 422
    local, account, now = form.embargo_until.data, current_account(), clock.now()
    embargo = local.replace(tzinfo=competition.zone) if local is not None else None
    try:
        publication.publish_results(competition, embargo_until=embargo, actor=account, now=now)
    except DomainError as error:
        db.session.rollback()
        form.refuse(error)
        return _page(competition, form), 422
    enqueue_job(
        RESULTS_MAIL,
        title=_("Mails about the results of %(title)s", title=competition.title),
        params={"competition_id": competition.id},
        actor=account,
        now=now,
        scope=competition.scope,
        unique_key=f"results-mail:{competition.id}",
    )
    db.session.commit()
    flash(_("The results are published. Every entrant gets one mail."), "success")
    return redirect(url_for(".awards", competition=competition))


@blueprint.post("/results/certificates")
@requires(Permission.COMPETITION_RESULTS_DECIDE)
def results_certificates(competition: Competition) -> ResponseReturnValue:
    """Issue what winners, finalists and judges are due, and pack all PDFs, as a job."""
    now = clock.now()
    if not publication.are_visible(competition, now=now):
        abort(404)
    job = ask_for_certificates(competition, now=now)
    db.session.commit()
    return redirect(url_for("jobs.show", job_id=job.id))


def ask_for_certificates(competition: Competition, *, now: datetime) -> Job:
    """Let a worker issue what is due and not issued yet."""
    return enqueue_job(
        KIND,
        title=_("Certificates of winners, finalists and judges, %(title)s", title=competition.title),
        params={
            "source": SOURCE,
            "competition_id": competition.id,
            "issued_on": now.astimezone(competition.zone).date().isoformat(),
        },
        actor=current_account(),
        now=now,
        scope=competition.scope,
        back=(_("Awards"), url_for(".awards", competition=competition)),
    )


@blueprint.get("/judging-report.pdf")
@requires(Permission.COMPETITION_RESULTS_SEE)
def judging_report(competition: Competition) -> ResponseReturnValue:
    """Give the judging report of the decided rounds."""
    if last_decided_round(competition) is None:
        abort(404)
    name = f"{competition.slug}-judging-report.pdf"
    return send_file(BytesIO(documents.judging_report(competition)), "application/pdf", download_name=name)


def _page(competition: Competition, form: PublicationForm) -> str:
    awards = awards_of(competition)
    return render_template(
        "competition/manage/publish_results.html",
        competition=competition,
        form=form,
        gaps=publication.publication_gaps(competition, now=clock.now()),
        given=[each for each in awards if each.entry is not None],
        open_awards=[each for each in awards if each.entry is None],
    )
