"""What follows an upheld appeal: a further judge, a new ranking, a revised decision, corrected results, the end."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from gtn_events.accounts.roles import current_account
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.errors import DomainError
from gtn_events.core.jobs import enqueue_job
from gtn_events.core.permissions import Permission, requires
from gtn_events.core.venue_time import moment_at_venue

from ...certificates import prizes_have_certificates
from ...domain.appeal_deciding import carry_out
from ...domain.corrections import amend_results, further_judges, require_correcting, seat_further_judge
from ...domain.decisions import revise_decision
from ...domain.publication import are_visible
from ...domain.ranking import check_ranking
from ...enums import Standing
from ...forms.appeal import FurtherJudgeForm, WordsForm
from ...models import Competition, Judge
from ...queries.decisions import next_round
from ...queries.ranking import latest_version
from ...ranking_job import RANKING
from ...results_mail_job import CORRECTION_MAIL
from .appeals import appeal_page, back_to, found_appeal, refused_page
from .blueprint import blueprint
from .publication import ask_for_certificates


@blueprint.post("/appeals/<int:appeal_id>/seat")
@requires(Permission.COMPETITION_RESULTS_DECIDE)
def appeal_seat(competition: Competition, appeal_id: int) -> ResponseReturnValue:
    """Let a further judge score the entry."""
    found, form = found_appeal(competition, appeal_id), FurtherJudgeForm()
    form.offer(further_judges(found))
    if not form.validate():
        return appeal_page(found, further=form), 422
    try:
        until = moment_at_venue(form.until.data, competition.time_zone)
        judge = db.session.get_one(Judge, form.judge.data)
        seat_further_judge(found, judge, until=until, actor=current_account(), now=clock.now())
    except DomainError as refused:
        return refused_page(found, form, refused, further=form)
    db.session.commit()
    flash(_("%(name)s has the entry to score, and is told by mail.", name=judge.name), "success")
    return back_to(found)


@blueprint.post("/appeals/<int:appeal_id>/compute")
@requires(Permission.COMPETITION_RESULTS_DECIDE)
def appeal_compute(competition: Competition, appeal_id: int) -> ResponseReturnValue:
    """Let a worker compute the ranking again, as a version that names this appeal."""
    found = found_appeal(competition, appeal_id)
    round_ = require_correcting(found)
    reason = _("After the appeal about %(entry)s", entry=found.entry.reference)
    check_ranking(round_, reason=reason)
    version = latest_version(round_)
    job = enqueue_job(
        RANKING,
        title=_("Ranking of %(round)s", round=round_.title),
        params={
            "round_id": round_.id,
            "reason": reason,
            "chair": version.facts["chair"] if version else [],
            "appeal_id": found.id,
        },
        actor=current_account(),
        now=clock.now(),
        scope=round_.scope,
        back=(_("Appeal"), url_for(".appeal", competition=competition, appeal_id=found.id)),
    )
    db.session.commit()
    return redirect(url_for("jobs.show", job_id=job.id))


@blueprint.post("/appeals/<int:appeal_id>/revise")
@requires(Permission.COMPETITION_RESULTS_DECIDE)
def appeal_revise(competition: Competition, appeal_id: int) -> ResponseReturnValue:
    """Apply the round's rule to the newest ranking; nobody who went on loses the place."""
    found, form = found_appeal(competition, appeal_id), WordsForm(prefix="revise-")
    try:
        round_ = require_correcting(found)
        counts = revise_decision(round_, reason=form.words.data, actor=current_account(), now=clock.now())
    except DomainError as refused:
        return refused_page(found, form, _at_words(refused), revise=form)
    db.session.commit()
    flash(_words_of_revision(counts[Standing.ADVANCED], last=next_round(round_) is None), "success")
    return back_to(found)


@blueprint.post("/appeals/<int:appeal_id>/amend")
@requires(Permission.COMPETITION_RESULTS_DECIDE)
def appeal_amend(competition: Competition, appeal_id: int) -> ResponseReturnValue:
    """Publish the corrected results with date and reason; every entrant is told."""
    found, form, now = found_appeal(competition, appeal_id), WordsForm(prefix="amend-"), clock.now()
    try:
        amendment = amend_results(competition, found, reason=form.words.data, actor=current_account(), now=now)
    except DomainError as refused:
        return refused_page(found, form, _at_words(refused), amend=form)
    enqueue_job(
        CORRECTION_MAIL,
        title=_("Mails about the corrected results of %(title)s", title=competition.title),
        params={"amendment_id": amendment.id},
        actor=current_account(),
        now=now,
        scope=competition.scope,
        unique_key=f"correction-mail:{amendment.id}",
    )
    if are_visible(competition, now=now) and prizes_have_certificates(competition):
        ask_for_certificates(competition, now=now)
    db.session.commit()
    flash(_("The corrected results are public. Every entrant gets one mail."), "success")
    return back_to(found)


@blueprint.post("/appeals/<int:appeal_id>/done")
@requires(Permission.COMPETITION_RESULTS_DECIDE)
def appeal_done(competition: Competition, appeal_id: int) -> ResponseReturnValue:
    """Say what was done; the entrant is told, and the results stand again."""
    found, form = found_appeal(competition, appeal_id), WordsForm(prefix="done-")
    try:
        carry_out(found, form.words.data, actor=current_account(), now=clock.now())
    except DomainError as refused:
        return refused_page(found, form, _at_words(refused), done=form)
    db.session.commit()
    flash(_("The entrant is told what was done."), "success")
    return back_to(found)


def _words_of_revision(count: int, *, last: bool) -> str:
    if last:
        return ngettext(
            "The decision is revised: %(num)s entry is placed.",
            "The decision is revised: %(num)s entries are placed.",
            count,
        )
    return ngettext(
        "The decision is revised: %(num)s entry goes on.", "The decision is revised: %(num)s entries go on.", count
    )


def _at_words(refused: DomainError) -> DomainError:
    """Let a refusal of words stand at the one field that these forms have."""
    refused.field = "words"
    return refused
