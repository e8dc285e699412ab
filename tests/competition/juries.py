"""A round with entries and judges of many kinds, for tests of its assignment; the same for the same numbers."""

from collections.abc import Sequence
from datetime import UTC, datetime

from gtn_events.accounts.models import Account
from gtn_events.competition.assignment_jobs import ASSIGNMENT
from gtn_events.competition.models import Assignment, Competition, CompetitionCategory, Judge, Round
from gtn_events.core.db import db
from gtn_events.core.jobs import Job, enqueue_job, run_due_jobs
from tests.competition.factories import make_entry, make_judge, make_round
from tests.factories import make_account

NOW = datetime(2013, 6, 1, 8, 0, tzinfo=UTC)
ECONOMIES = ("PE", "CHL", "INA", "VN", "JPN")


def make_jury_round(
    competition: Competition,
    *,
    entries: int = 8,
    judges: int = 6,
    economies: Sequence[str] = ECONOMIES,
    most: int = 20,
    called: str = "",
    **values: object,
) -> Round:
    """A planned round whose entries and judges go around the economies and two fields of expertise.

    ``called`` goes before all names, so that a competition can have two such rounds.
    """
    if len(competition.categories) == 1:
        competition.categories.append(CompetitionCategory(key="water", label="Water", position=2))
        db.session.commit()
    made = []
    for number in range(entries):
        economy = economies[number % len(economies)]
        account = make_account(f"{called}entrant{number}@firm{number}.example", economy_code=economy)
        entry = make_entry(competition, account, f"Entry {number:02d}", organisation_name=f"Firm {number}")
        entry.entry_categories[0].category = competition.categories[number % 2]
        made.append(entry)
    for number in range(judges):
        economy = economies[number % len(economies)]
        account = make_account(f"{called}judge{number}@jury{number}.example", economy_code=economy)
        topics = ["energy"] if number % 3 else ["energy", "water"]
        make_judge(competition, account, name=f"{called}Judge {number:02d}", topics=topics, max_load=most)
    return make_round(competition, made, **values)


def run_assignment(round_: Round, actor: Account | None = None, *, kind: str = ASSIGNMENT, **params: int) -> Job:
    """Ask for a job on a round, run it, and return it finished."""
    job = enqueue_job(
        kind, title=kind, params={"round_id": round_.id, **params}, actor=actor, now=NOW, scope=round_.scope
    )
    db.session.commit()
    job_id = job.id
    run_due_jobs(NOW)
    db.session.expire_all()
    return db.session.get_one(Job, job_id)


def seats(round_: Round) -> list[Assignment]:
    """The seats of a round, by entry and judge."""
    found = db.session.query(Assignment).filter_by(round_id=round_.id).all()
    return sorted((each for each in found if each.state.is_seat), key=lambda each: (each.entry_id, each.judge_id))


def judge_named(name: str) -> Judge:
    """One judge by name."""
    return db.session.query(Judge).filter_by(name=name).one()
