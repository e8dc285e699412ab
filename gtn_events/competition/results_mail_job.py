"""What follows a publication or its correction in the background: the signed file, and a mail to every entrant."""

from flask import current_app

from gtn_events.config import Settings
from gtn_events.core.db import db, snapshot
from gtn_events.core.jobs import JobRun, job_handler
from gtn_events.core.permissions import Permission

from .domain.publication import visible_from
from .domain.results_file import keep_results
from .models import Amendment, Competition
from .notifications_appeals import tell_of_correction
from .notifications_results import tell_of_results
from .queries.publication import entrants_after

RESULTS_MAIL = "competition-results-mail"
CORRECTION_MAIL = "competition-correction-mail"
PUBLISHING = (RESULTS_MAIL, CORRECTION_MAIL)
BATCH = 100


@job_handler(RESULTS_MAIL, permission=Permission.COMPETITION_RESULTS_SEE)
def tell_entrants(job: JobRun) -> None:
    """Make the signed file, then one mail for every person with a live entry; a second run makes none twice."""
    settings: Settings = current_app.config["SETTINGS"]
    # As a reader: the file of thousands of scorecards takes seconds.
    with snapshot():
        keep_results(db.session.get_one(Competition, job.params["competition_id"]), settings.instance_dir)
    last = 0
    while True:
        job.check_cancelled()
        competition = db.session.get_one(Competition, job.params["competition_id"])
        at = visible_from(competition)
        people = entrants_after(competition, last, count=BATCH) if at is not None else []
        if at is None or not people:
            return
        for account in people:
            tell_of_results(competition, account, at=max(at, job.now()))
        last = people[-1].id
        job.advance(len(people))
        db.session.commit()


@job_handler(CORRECTION_MAIL, permission=Permission.COMPETITION_RESULTS_SEE)
def tell_of_corrected(job: JobRun) -> None:
    """Make the signed file of corrected results, then one mail for every person with a live entry."""
    settings: Settings = current_app.config["SETTINGS"]
    with snapshot():
        amendment = db.session.get_one(Amendment, job.params["amendment_id"])
        keep_results(amendment.competition, settings.instance_dir)
    last = 0
    while True:
        job.check_cancelled()
        amendment = db.session.get_one(Amendment, job.params["amendment_id"])
        competition, since = amendment.competition, visible_from(amendment.competition)
        people = entrants_after(competition, last, count=BATCH) if since is not None else []
        if since is None or not people:
            return
        for account in people:
            tell_of_correction(competition, amendment, account, now=max(since, job.now()))
        last = people[-1].id
        job.advance(len(people))
        db.session.commit()
