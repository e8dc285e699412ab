"""Rule sets of two stages run from the first entry to the file of results, by the functions that clicks use."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select

from gtn_events.accounts.models import Account
from gtn_events.competition.domain.decisions import decide_round
from gtn_events.competition.domain.given import Given
from gtn_events.competition.domain.plan import change_seats, release
from gtn_events.competition.domain.publication import publish_results
from gtn_events.competition.domain.results_file import results_file
from gtn_events.competition.domain.round_state import close_round, open_round
from gtn_events.competition.domain.rounds import Adds, RoundDetails, add_round, delete_round, take_entries
from gtn_events.competition.domain.rule_sets import add_rounds_of
from gtn_events.competition.domain.scorecards import submit_scorecard
from gtn_events.competition.domain.templates_of_rounds import RULE_SETS
from gtn_events.competition.domain.verification import verify_results
from gtn_events.competition.enums import EconomyPolicy, Method, Standing
from gtn_events.competition.errors import JudgeRefused, ResultRefused, RoundRefused
from gtn_events.competition.models import Assignment, Competition, Entry, Judge, Round
from gtn_events.competition.queries.ranking import latest_version, totals_of
from gtn_events.competition.ranking_job import RANKING
from gtn_events.core.db import db
from gtn_events.core.jobs import Job, enqueue_job, run_due_jobs
from tests.competition.factories import make_competition, make_entry, make_judge
from tests.competition.juries import run_assignment, seats
from tests.competition.panels import sign
from tests.competition.test_results_file import KEY
from tests.factories import make_account

pytestmark = pytest.mark.usefixtures("database")
OPENS = datetime(2013, 6, 3, 1, 0, tzinfo=UTC)
ECONOMIES = ("PE", "CHL", "INA")
Points = Callable[[Assignment, int], int]


@pytest.fixture
def organiser(database: None) -> Account:
    return make_account("organiser@gtn.example")


def made(key: str, organiser: Account, *, entries: int, judges: int) -> tuple[Competition, list[Round]]:
    """A competition by a rule set; entries and judges go around three economies."""
    competition = make_competition()
    rounds = add_rounds_of(competition, RULE_SETS[key], opens_at=OPENS, actor=organiser, now=OPENS)
    for number in range(entries):
        account = make_account(f"entrant{number}@firm{number}.example", economy_code=ECONOMIES[number % 3])
        make_entry(competition, account, f"Entry {number:02d}", organisation_name=f"Firm {number}")
    for number in range(judges):
        account = make_account(f"judge{number}@jury{number}.example", economy_code=ECONOMIES[number % 3])
        make_judge(competition, account, name=f"Judge {number:02d}")
    return competition, rounds


def assign(round_: Round, organiser: Account) -> None:
    take_entries(round_, actor=organiser, now=round_.opens_at)
    assert run_assignment(round_, organiser).state == "done"


def run(round_: Round, organiser: Account, points: Points) -> None:
    """Release, open, let every judge score, close, rank and decide a round."""
    now = round_.opens_at + timedelta(hours=1)
    release(round_, actor=organiser, now=now)
    open_round(round_, actor=organiser, now=now)
    judges = db.session.scalars(select(Judge).where(Judge.competition_id == round_.competition_id))
    for judge in judges:
        sign(judge, round_)
    assert round_.rubric
    for seat in seats(round_):
        given = {each.key: points(seat, place) for place, each in enumerate(round_.rubric.criteria)}
        comments = {each.key: "It is said why." for each in round_.rubric.criteria}
        assert seat.judge.account
        submit_scorecard(seat, Given(given, comments=comments), actor=seat.judge.account, now=now)
    close_round(round_, actor=organiser, now=round_.closes_at)
    rank(round_)
    decide_round(round_, seen=1, actor=organiser, now=round_.closes_at)
    db.session.commit()


def rank(round_: Round, **params: str) -> Job:
    job = enqueue_job(
        RANKING,
        title="Ranking",
        params={"round_id": round_.id, **params},
        actor=None,
        now=round_.closes_at,
        scope=round_.scope,
    )
    db.session.commit()
    job_id = job.id
    run_due_jobs(round_.closes_at)
    db.session.expire_all()
    return db.session.get_one(Job, job_id)


def by_entry(seat: Assignment, place: int) -> int:
    """Early entries are better; judges differ a little."""
    number = int(seat.entry.title[-2:])
    return min(max(5 - number // 3 - (number + seat.judge.number + place) % 2, 1), 5)


def other_way(seat: Assignment, place: int) -> int:
    return 6 - by_entry(seat, place)


def totals(round_: Round) -> dict[str, Decimal]:
    version = latest_version(round_)
    assert version
    return totals_of(version)


def standings(round_: Round) -> dict[str, Standing]:
    return {each.entry.title: each.standing for each in round_.round_entries}


def check(competition: Competition, organiser: Account, rounds: Sequence[Round]) -> None:
    publish_results(competition, embargo_until=None, actor=organiser, now=rounds[-1].closes_at + timedelta(hours=1))
    db.session.commit()
    failed = [each.text for each in verify_results(results_file(competition, KEY)) if not each.holds]
    assert failed == []


def test_unido_adds_the_ten_points_of_the_roadshow_to_the_ninety_of_the_call(organiser: Account) -> None:
    competition, (call, roadshow) = made("unido-call", organiser, entries=15, judges=9)
    assert roadshow.adds == {"round": 1, "points": "90", "own": "10"}
    assign(call, organiser)
    run(call, organiser, by_entry)
    assign(roadshow, organiser)
    run(roadshow, organiser, other_way)
    version = latest_version(roadshow)
    assert version
    assert {each["code"] for each in version.facts["notices"]} >= {"added"}
    first, rows = totals(call), list(version.rows)
    for row in rows:
        own = [Decimal(20) * other_way(seat, 0) for seat in seats(roadshow) if seat.entry_id == row.entry_id]
        expected = first[row.entry.reference] * Decimal("0.9") + sum(own, Decimal(0)) / len(own) * Decimal("0.1")
        assert abs(row.raw_mean - expected) <= Decimal("0.005")
    assert (len(rows), sum(each is Standing.ADVANCED for each in standings(roadshow).values())) == (12, 4)
    check(competition, organiser, [call, roadshow])


def test_round_that_is_ranked_anew_makes_the_sum_stale(organiser: Account) -> None:
    competition, (call, roadshow) = made("unido-call", organiser, entries=15, judges=9)
    assign(call, organiser)
    run(call, organiser, by_entry)
    assign(roadshow, organiser)
    run(roadshow, organiser, other_way)
    version = latest_version(call)
    assert version
    version.rows[0].total -= 1
    db.session.commit()
    with pytest.raises(ResultRefused, match="Rank it again"):
        publish_results(competition, embargo_until=None, actor=organiser, now=roadshow.closes_at)


@pytest.mark.parametrize(
    ("adds", "method", "field"),
    [
        (Adds(round=3, points=Decimal(90), own=Decimal(10)), Method.CALIBRATED, "adds_round"),
        (Adds(round=1, points=Decimal(0), own=Decimal(10)), Method.CALIBRATED, "adds_points"),
        (Adds(round=1, points=Decimal(90), own=Decimal(10)), Method.BORDA, "method"),
        (Adds(round=1, points=Decimal(90), own=Decimal(10)), Method.SUM, "method"),
    ],
)
def test_only_a_total_of_an_earlier_round_is_added(organiser: Account, adds: Adds, method: Method, field: str) -> None:
    competition, _rounds = made("unido-call", organiser, entries=0, judges=0)
    details = RoundDetails(title="Third", opens_at=OPENS, closes_at=OPENS + timedelta(days=1), adds=adds, method=method)
    with pytest.raises(RoundRefused) as refused:
        add_round(competition, details, actor=organiser, now=OPENS)
    assert refused.value.field == field


def test_round_whose_total_is_added_is_not_taken_away(organiser: Account) -> None:
    _competition, (call, _roadshow) = made("unido-call", organiser, entries=0, judges=0)
    with pytest.raises(RoundRefused, match="adds the total"):
        delete_round(call, actor=organiser, now=OPENS)


def test_two_stages_seat_own_judges_alone_and_take_the_best_two_of_each_economy(organiser: Account) -> None:
    competition, (own, joint) = made("two-stages", organiser, entries=12, judges=15)
    assign(own, organiser)
    assert {seat.judge.economy_code == seat.entry.economy_code for seat in seats(own)} == {True}
    assert {len([seat for seat in seats(own) if seat.entry_id == each.entry_id]) for each in own.round_entries} == {3}
    run(own, organiser, by_entry)
    found = standings(own)
    best = {f"Entry {number:02d}" for number in range(6)}
    assert {title for title, standing in found.items() if standing is Standing.ADVANCED} == best
    assert sum(standing is Standing.RESERVE for standing in found.values()) == 3
    assign(joint, organiser)
    assert {seat.judge.economy_code == seat.entry.economy_code for seat in seats(joint)} == {False}
    assert {seat.entry.title for seat in seats(joint)} == best
    run(joint, organiser, by_entry)
    check(competition, organiser, [own, joint])


def test_judge_of_another_economy_is_not_seated_by_hand_either(organiser: Account) -> None:
    _competition, (own, _joint) = made("two-stages", organiser, entries=3, judges=6)
    assign(own, organiser)
    entry = db.session.scalars(select(Entry).where(Entry.economy_code == "PE")).one()
    judge = db.session.scalars(select(Judge).where(Judge.economy_code == "CHL")).all()[0]
    with pytest.raises(JudgeRefused, match="Only judges of its own economy may judge Entry 00"):
        change_seats(own, take=[(entry.id, judge.id)], actor=organiser, now=OPENS)


def test_economy_without_judges_is_named_as_the_reason(organiser: Account) -> None:
    _competition, (own, _joint) = made("two-stages", organiser, entries=4, judges=2)
    assign(own, organiser)
    assert own.plan["complete"] is False


def test_first_stage_may_forbid_own_judges_and_still_cut_by_economy(organiser: Account) -> None:
    competition, (own, _joint) = made("two-stages", organiser, entries=12, judges=15)
    own.economy_policy = EconomyPolicy.FORBID
    db.session.commit()
    assign(own, organiser)
    assert {seat.judge.economy_code == seat.entry.economy_code for seat in seats(own)} == {False}
    run(own, organiser, by_entry)
    best = {f"Entry {number:02d}" for number in range(6)}
    assert {title for title, each in standings(own).items() if each is Standing.ADVANCED} == best
    check(competition, organiser, [own])
