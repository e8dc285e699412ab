"""What follows a publication in the background: the signed file, and a mail to every entrant."""

from flask import current_app

from gtn_events.config import Settings
from gtn_events.core.db import db, snapshot
from gtn_events.core.jobs import JobRun, job_handler
from gtn_events.core.permissions import Permission

from .domain.publication import visible_from
from .domain.results_file import keep_results
from .models import Competition
from .notifications_results import tell_of_results
from .queries.publication import entrants_after

RESULTS_MAIL = "competition-results-mail"
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
