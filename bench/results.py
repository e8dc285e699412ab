"""CPU of results: computing a ranking from the database and back, and the pages that show it.

``python bench/results.py [--database sqlite|postgresql]``: 5,000 entries, 500 judges, 5 scorecards for each entry,
in one closed round. The computation is the worker's job itself: read, calibrate, draw, review, write a version.
"""

import os
import random
import time
from typing import Any

os.environ["OPENBLAS_NUM_THREADS"] = "1"  # read when numpy is loaded; see docs/benchmarks.md

from flask import current_app
from sqlalchemy import func, insert, select

from instance import Instance, arguments, costs_of, instance, told  # isort: skip  # puts the tests on the path
from gtn_events.accounts.models import Account
from gtn_events.competition.domain.chain import content_of, hash_of
from gtn_events.competition.domain.decisions import decide_round
from gtn_events.competition.domain.publication import publish_results
from gtn_events.competition.domain.results_file import results_file
from gtn_events.competition.domain.roots import record_call_root, record_scoring_root, record_seats_root
from gtn_events.competition.domain.signing import signing_key
from gtn_events.competition.domain.totals import weighted_total
from gtn_events.competition.domain.verification import verify_results
from gtn_events.competition.enums import AssignmentState, EntryState, JudgeState, Method, RoundState
from gtn_events.competition.models import (
    Assignment,
    Competition,
    Entry,
    Judge,
    ResultVersion,
    Round,
    RoundEntry,
    Scorecard,
)
from gtn_events.competition.ranking_job import RANKING
from gtn_events.config import Settings
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.economies import ECONOMIES
from gtn_events.core.jobs import enqueue_job, run_due_jobs
from gtn_events.core.text import fold
from gtn_events.questionnaire.models import AnswerSet
from rows import administrator_cookie
from tests.competition.factories import MADE_AT, make_competition, make_round
from tests.factories import make_account

ENTRIES, JUDGES, CARDS = 5_000, 500, 5
PAGE = "/competitions/bench/manage/ranking"


def main() -> None:
    options = arguments("CPU of a ranking and of its pages.").parse_args()
    cookies: list[str] = []

    def fill() -> None:
        cookies.append(administrator_cookie(clock.now()))
        competition = make_competition("bench")
        add_round(competition)
        compute()
        check_file(competition)

    with instance(options.database, fill) as subject:
        measure(subject, cookies[0])


def measure(subject: Instance, cookie: str) -> None:
    """Print what a page costs: the first, one in the middle, and the rule tried on all entries."""
    _status, _headers, page = subject.ask("GET", PAGE, cookie=cookie)
    following = page.decode().partition('rel="next" href="')[2].partition('"')[0].replace("&amp;", "&")
    for name, path in (("first page", PAGE), ("second page", following), ("rule tried", f"{PAGE}/1/decide")):
        status, _headers, _page = subject.ask("GET", path, cookie=cookie)
        assert status == 200, (path, status)
        web, own = costs_of(subject, lambda path=path: subject.ask("GET", path, cookie=cookie), times=5)  # type: ignore[misc]
        told(f"ranking of {ENTRIES:,} entries: {name}", web, own, 100)


def compute() -> None:
    """Run the job in this process and print its CPU."""
    round_ = db.session.scalars(select(Round)).one()
    now = clock.now()
    enqueue_job(RANKING, title="Bench", params={"round_id": round_.id}, actor=None, now=now, scope=round_.scope)
    db.session.commit()
    before = time.process_time()
    run_due_jobs(now)
    seconds = time.process_time() - before
    assert db.session.scalar(select(func.count()).select_from(ResultVersion)) == 1
    print(f"the whole computation of {ENTRIES * CARDS:,} scorecards: {seconds:.2f} s, loading numpy included")


def add_round(competition: Competition) -> None:
    """Add entries, judges, seats and scorecards by bulk inserts; the chain is a real one."""
    account, rng = make_account("entrant@bench.example"), random.Random(2013)
    account_id, answers = account.id, _answer_set(competition)
    round_ = make_round(
        competition, state=RoundState.SCORED, scored_at=MADE_AT, method=Method.CALIBRATED, cut={"top": 24, "reserve": 6}
    )
    rubric = round_.rubrics[0]
    db.session.execute(insert(Entry), [_entry(competition, account_id, answers, number) for number in range(ENTRIES)])
    db.session.execute(insert(Judge), [_judge(competition, number) for number in range(JUDGES)])
    entries = list(db.session.scalars(select(Entry.id).order_by(Entry.id)))
    judges = list(db.session.scalars(select(Judge.id).order_by(Judge.id)))
    db.session.execute(insert(RoundEntry), [{"round_id": round_.id, "entry_id": each, "why": ""} for each in entries])
    quality = [rng.gauss(3.2, 0.8) for _ in entries]
    severity = [rng.gauss(0, 0.4) for _ in judges]
    panels = [(entry, judge) for entry in range(ENTRIES) for judge in rng.sample(range(JUDGES), CARDS)]
    db.session.execute(insert(Assignment), [_seat(round_, entries[entry], judges[judge]) for entry, judge in panels])
    seats = list(db.session.scalars(select(Assignment.id).order_by(Assignment.id)))
    head = ""
    for position, (seat, (entry, judge)) in enumerate(zip(seats, panels, strict=True), start=1):
        points = [min(max(round(quality[entry] + severity[judge] + rng.gauss(0, 0.6)), 1), 5) for _ in range(2)]
        card = Scorecard(
            assignment_id=seat,
            round_id=round_.id,
            rubric_id=rubric.id,
            number=1,
            position=position,
            scores=dict(zip(("impact", "market"), points, strict=True)),
            comments={},
            **dict.fromkeys(("to_entrant", "to_jury", "private", "reason", "salt"), ""),
            total=weighted_total(rubric.criteria, dict(zip(("impact", "market"), points, strict=True))),
            submitted_at=MADE_AT,
            previous_sha256=head,
        )
        head = card.sha256 = hash_of(content_of(card), head)
        db.session.add(card)
    round_.chain_head, round_.chain_length = head, len(panels)
    db.session.commit()


def check_file(competition: Competition) -> None:
    """Publish, and print the CPU of making the signed file and of checking it."""
    account, now, round_ = db.session.scalars(select(Account).limit(1)).one(), clock.now(), competition.rounds[0]
    record_call_root(competition, now=now)
    record_seats_root(round_, list(db.session.scalars(select(Assignment.id))), now=now)
    record_scoring_root(round_, now=now)
    decide_round(round_, seen=1, actor=account, now=now)
    publish_results(competition, embargo_until=None, actor=account, now=now)
    settings: Settings = current_app.config["SETTINGS"]
    before = time.process_time()
    data = results_file(competition, signing_key(settings.instance_dir))
    made = time.process_time()
    checks = verify_results(data)
    checked = time.process_time()
    assert all(check.holds for check in checks), checks
    print(
        f"results.json of {len(data) / 2**20:.1f} MiB: made in {made - before:.2f} s, checked in {checked - made:.2f} s"
    )
    db.session.rollback()


def _answer_set(competition: Competition) -> int:
    answers = AnswerSet(version=competition.questionnaire.versions[-1], created_at=MADE_AT, updated_at=MADE_AT)
    db.session.add(answers)
    db.session.commit()
    return answers.id


def _entry(competition: Competition, account_id: int, answers: int, number: int) -> dict[str, Any]:
    title = f"Boards from rice husk {number:04d}"
    return {
        "competition_id": competition.id,
        "account_id": account_id,
        "reference": f"ISC13-{number:08d}",
        "state": EntryState.ADMITTED,
        "title": title,
        "sort_title": fold(title),
        "search_text": fold(title),
        "organisation_name": "Andes Cold Chain",
        "economy_code": ECONOMIES[number % 21].code,
        "answer_set_id": answers,
        "submitted_at": MADE_AT,
        "state_changed_at": MADE_AT,
    }


def _judge(competition: Competition, number: int) -> dict[str, Any]:
    return {
        "competition_id": competition.id,
        "number": number + 1,
        "email": f"judge{number}@bench.example",
        "email_key": f"judge{number}@bench.example",
        "name": f"Judge {number}",
        "economy_code": ECONOMIES[number % 21].code,
        "state": JudgeState.ACCEPTED,
        "invited_at": MADE_AT,
    }


def _seat(round_: Round, entry_id: int, judge_id: int) -> dict[str, Any]:
    return {
        "round_id": round_.id,
        "entry_id": entry_id,
        "judge_id": judge_id,
        "state": AssignmentState.SUBMITTED,
        "created_at": MADE_AT,
        "state_changed_at": MADE_AT,
    }


if __name__ == "__main__":
    main()
