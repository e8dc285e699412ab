"""Matching in the background, and offers that end by themselves."""

from datetime import datetime, timedelta

from werkzeug.utils import import_string

from gtn_events.accounts.models import Account
from gtn_events.core.db import db, snapshot
from gtn_events.core.jobs import JobRun, job_handler, periodic
from gtn_events.core.permissions import Permission

from .domain.match_runs import keep_run
from .domain.offers import lapse_offer, remind
from .enums import MatchingMethod
from .matching import Matching, match
from .models import Call, Offer
from .queries.market import MarketRows, market_of
from .queries.match import MATCH_JOB
from .queries.offers import due_to_lapse, due_to_remind

MOST_AT_ONCE = 100
REMIND_BEFORE = timedelta(days=2)


@job_handler(MATCH_JOB, permission=Permission.CALL_MATCH)
def make_match(job: JobRun) -> None:
    """Match the market of a call as it stands, and keep it as a run."""
    job.set_total(1)
    # As a reader: nobody waits for a lock while the solver works.
    with snapshot():
        call = db.session.get_one(Call, job.params["call_id"])
        rows, method = market_of(call), call.method
    matching = match(rows.market) if method is MatchingMethod.STABLE else _best_fit(rows)
    job.check_cancelled()
    actor = db.session.get(Account, job.owner_id) if job.owner_id is not None else None
    keep_run(db.session.get_one(Call, job.params["call_id"]), rows, matching, actor=actor, now=job.now())
    job.advance()


def _best_fit(rows: MarketRows) -> Matching:
    # Imported only here: the solver would take the web processes a third of their memory.
    best_fit = import_string("gtn_events.incubation.matching.best_fit:best_fit")
    matching: Matching = best_fit(rows.market, rows.fit)
    return matching


@periodic(seconds=300)
def end_offers(now: datetime) -> None:
    """Let offers lapse whose time is over, and remind two days before; each in a transaction of its own."""
    for offer_id in due_to_lapse(now, most=MOST_AT_ONCE):
        lapse_offer(db.session.get_one(Offer, offer_id), now=now)
        db.session.commit()
    for offer_id in due_to_remind(now + REMIND_BEFORE, most=MOST_AT_ONCE):
        remind(db.session.get_one(Offer, offer_id), now=now)
        db.session.commit()
