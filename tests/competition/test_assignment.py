"""The assignment that is kept: it obeys every rule, keeps begun work, and is released once."""

import subprocess
import sys
from collections import Counter

import pytest
from sqlalchemy import select

from gtn_events.accounts.models import Account
from gtn_events.competition import assignment as core
from gtn_events.competition.assignment_jobs import WHAT_IF
from gtn_events.competition.domain.conflicts import dismiss_conflict, name_conflict
from gtn_events.competition.domain.judges import end_judge
from gtn_events.competition.domain.panel_facts import panel_facts
from gtn_events.competition.domain.plan import change_seats, release
from gtn_events.competition.domain.planning import problem_of
from gtn_events.competition.domain.seats_by_hand import substitutes, swaps
from gtn_events.competition.enums import AssignmentState, EconomyPolicy, RoundState
from gtn_events.competition.errors import JudgeRefused, RoundRefused
from gtn_events.competition.models import Assignment, Competition, Conflict, Round
from gtn_events.competition.words import words_of_shortfall
from gtn_events.core.db import db
from gtn_events.core.jobs import JobState
from tests.accounts.mails import outbox
from tests.competition.factories import make_assignment, make_competition, make_judge, make_round
from tests.competition.juries import NOW, judge_named, make_jury_round, run_assignment, seats
from tests.factories import make_account
from tests.queries import count_queries


@pytest.fixture
def actor(database: None) -> Account:
    return make_account("organiser@gtn.example", economy_code="INA")


@pytest.fixture
def competition(actor: Account) -> Competition:
    return make_competition()


def broken_rules(round_: Round) -> list[str]:
    """Every rule that the kept seats break, counted from the rows alone."""
    rows, found = seats(round_), []
    forbidden = {(each.entry_id, each.judge_id) for each in db.session.scalars(select(Conflict)) if each.state.forbids}
    panels: dict[int, list[Assignment]] = {}
    for seat in rows:
        panels.setdefault(seat.entry_id, []).append(seat)
        if (seat.entry_id, seat.judge_id) in forbidden:
            found.append(f"conflict {seat.entry_id} {seat.judge_id}")
        if round_.economy_policy is EconomyPolicy.FORBID and seat.entry.economy_code == seat.judge.economy_code:
            found.append(f"own economy {seat.entry_id} {seat.judge_id}")
    for entry_id, panel in panels.items():
        economies = Counter(seat.judge.economy_code for seat in panel if seat.judge.economy_code)
        if round_.at_most_of_economy and economies and max(economies.values()) > round_.at_most_of_economy:
            found.append(f"economy cap {entry_id}")
    for judge_id, load in Counter(seat.judge_id for seat in rows).items():
        if load > next(seat.judge for seat in rows if seat.judge_id == judge_id).max_load:
            found.append(f"load {judge_id}")
    return found


@pytest.mark.parametrize(("sizes", "cap"), [((8, 6, 20), 1), ((12, 5, 7), 2), ((20, 10, 8), 1)])
def test_the_kept_seats_obey_every_rule(
    competition: Competition, actor: Account, sizes: tuple[int, int, int], cap: int
) -> None:
    entries, judges, most = sizes
    round_ = make_jury_round(competition, entries=entries, judges=judges, most=most, at_most_of_economy=cap)
    job = run_assignment(round_, actor)
    assert (job.state, job.message) == (JobState.DONE, None)
    assert broken_rules(round_) == []
    planned = [seat for seat in seats(round_) if not seat.anchor]
    assert Counter(seat.entry_id for seat in planned) == dict.fromkeys(panel_facts(round_).entries, 2)
    assert {seat.state for seat in seats(round_)} == {AssignmentState.PLANNED}
    assert (round_.plan["complete"], round_.plan["parts"]) == (True, 1)


def test_a_second_run_gives_the_same(competition: Competition, actor: Account) -> None:
    round_ = make_jury_round(competition)
    run_assignment(round_, actor)
    first = [(each.id, each.judge_id) for each in seats(round_)]
    run_assignment(round_, actor)
    assert [(each.id, each.judge_id) for each in seats(round_)] == first


def test_what_is_missing_is_said_in_a_sentence(competition: Competition, actor: Account) -> None:
    round_ = make_jury_round(competition, entries=6, judges=2, most=2, economies=("PE", "CHL"), judges_per_entry=2)
    assert run_assignment(round_, actor).state is JobState.DONE
    assert round_.plan["complete"] is False
    assert "seats needed" in words_of_shortfall(round_.plan["reasons"][0], {}, {})
    assert broken_rules(round_) == []


def test_a_round_without_entries_or_judges_says_so(competition: Competition, actor: Account) -> None:
    empty = make_round(competition)
    assert run_assignment(empty, actor).message == "No entry is in this round yet. Take the entries in first."
    no_judges = make_jury_round(competition, judges=0)
    assert run_assignment(no_judges, actor).message == "No judge has accepted yet. Invite judges first."


def test_begun_scorecards_stay_and_released_ones_may_move(competition: Competition, actor: Account) -> None:
    round_ = make_jury_round(competition)
    run_assignment(round_, actor)
    release(round_, actor=actor, now=NOW)
    begun = seats(round_)[0]
    begun.state = AssignmentState.STARTED
    leaving = next(each.judge for each in seats(round_) if each.judge_id != begun.judge_id)
    judge_id = leaving.id
    db.session.commit()
    end_judge(leaving, reason="Ill", actor=actor, now=NOW)
    db.session.commit()
    assert run_assignment(round_, actor).state is JobState.DONE
    states = {each.id: each.state for each in seats(round_)}
    assert states[begun.id] is AssignmentState.STARTED
    assert judge_id not in {each.judge_id for each in seats(round_)}
    assert AssignmentState.PLANNED in states.values()
    assert broken_rules(round_) == []


def test_what_a_judge_submitted_before_leaving_counts(competition: Competition, actor: Account) -> None:
    round_ = make_jury_round(competition)
    run_assignment(round_, actor)
    release(round_, actor=actor, now=NOW)
    submitted = seats(round_)[0]
    submitted.state = AssignmentState.SUBMITTED
    db.session.commit()
    end_judge(submitted.judge, reason="Ill", actor=actor, now=NOW)
    db.session.commit()
    assert run_assignment(round_, actor).state is JobState.DONE
    panel = [each for each in seats(round_) if each.entry_id == submitted.entry_id and not each.anchor]
    assert len(panel) == 2
    assert submitted.id in {each.id for each in panel}


def test_the_own_economy_is_assigned_only_where_the_round_allows_it_or_it_was_dismissed(
    competition: Competition, actor: Account
) -> None:
    round_ = make_jury_round(competition, entries=2, judges=2, economies=("PE",), judges_per_entry=1)
    run_assignment(round_, actor)
    assert seats(round_) == []
    for conflict in db.session.scalars(select(Conflict)):
        dismiss_conflict(conflict, reason="Lives elsewhere", actor=actor, now=NOW)
    db.session.commit()
    run_assignment(round_, actor)
    assert len([each for each in seats(round_) if not each.anchor]) == 2
    allowing = make_round(
        competition,
        [each.entry for each in round_.round_entries],
        judges_per_entry=2,
        economy_policy=EconomyPolicy.ALLOW,
    )
    run_assignment(allowing, actor)
    assert (len(seats(allowing)), allowing.plan["same_economy"]) == (4, 4)


def test_releasing_twice_mails_once_and_only_what_was_planned_since(competition: Competition, actor: Account) -> None:
    round_ = make_jury_round(competition)
    run_assignment(round_, actor)
    judges = {each.judge_id for each in seats(round_)}
    assert release(round_, actor=actor, now=NOW) == len(judges)
    with pytest.raises(RoundRefused):
        release(round_, actor=actor, now=NOW)
    db.session.commit()
    assert [template for _to, template in outbox()] == ["competition/judge_entries"] * len(judges)
    assert round_.released_at == NOW
    seat = seats(round_)[0]
    substitute = substitutes(panel_facts(round_), seat.entry_id, instead_of=None)
    free = substitute[0].judge.id
    change_seats(round_, take=[(seat.entry_id, free)], actor=actor, now=NOW)
    assert release(round_, actor=actor, now=NOW) == 1
    assert len(outbox()) == len(judges) + 1


def test_a_closed_round_is_not_assigned(competition: Competition, actor: Account) -> None:
    round_ = make_jury_round(competition, state=RoundState.SCORED)
    job = run_assignment(round_, actor)
    assert (job.state, seats(round_)) == (JobState.FAILED, [])


def test_costs_by_hand_are_those_of_the_solver(competition: Competition, actor: Account) -> None:
    round_ = make_jury_round(competition, entries=9, judges=7, most=6, at_most_of_economy=1)
    run_assignment(round_, actor)
    facts = panel_facts(round_)
    problem = problem_of(facts, seed=1)
    entries, judges = list(facts.entries), list(facts.judges)
    held = core.pairs_of([(entries.index(one), judges.index(other)) for one, other in (s.pair for s in facts.seats)])
    compared = 0
    for seat in facts.seats:
        by_hand = substitutes(facts, seat.entry_id, instead_of=seat)
        place, judge = entries.index(seat.entry_id), judges.index(seat.judge_id)
        solver = core.substitutes(problem, held, entry=place, judge=judge)
        assert {(each.judge.id, each.cost) for each in by_hand} == {(judges[each.judge], each.cost) for each in solver}
        for swap in swaps(facts, seat):
            other = entries.index(swap.entry.id), judges.index(swap.judge.id)
            give_up, take = [(place, judge), other], [(place, other[1]), (other[0], judge)]
            change = core.change_seats(problem, held, give_up=core.pairs_of(give_up), take=core.pairs_of(take))
            assert (change.breaches, change.cost) == ((), swap.cost)
            compared += 1
    assert compared > 0


def test_a_change_by_hand_that_breaks_a_rule_is_refused_with_every_reason(
    competition: Competition, actor: Account
) -> None:
    round_ = make_jury_round(competition, at_most_of_economy=1)
    run_assignment(round_, actor)
    seat = seats(round_)[0]
    banned = next(judge_id for entry_id, judge_id in panel_facts(round_).forbidden if entry_id == seat.entry_id)
    with pytest.raises(JudgeRefused, match="conflict of interest"):
        change_seats(round_, take=[(seat.entry_id, banned)], actor=actor, now=NOW)
    with pytest.raises(JudgeRefused, match="on the panel of"):
        change_seats(round_, take=[(seat.entry_id, seat.judge_id)], actor=actor, now=NOW)
    seat.state = AssignmentState.STARTED
    db.session.commit()
    with pytest.raises(JudgeRefused, match="has begun to score"):
        change_seats(round_, give_up=[(seat.entry_id, seat.judge_id)], actor=actor, now=NOW)


def test_a_full_judge_and_a_full_economy_take_no_more_seats(competition: Competition, actor: Account) -> None:
    round_ = make_jury_round(competition, entries=2, judges=0, at_most_of_economy=1)
    first = make_judge(competition, make_account("a@a.example", economy_code="JPN"), max_load=1)
    second = make_judge(competition, make_account("b@b.example", economy_code="JPN"))
    one, two = [each.entry for each in round_.round_entries]
    make_assignment(round_, one, first, AssignmentState.PLANNED)
    with pytest.raises(JudgeRefused, match="at most 1 entries"):
        change_seats(round_, take=[(two.id, first.id)], actor=actor, now=NOW)
    with pytest.raises(JudgeRefused, match="more than 1 of one economy"):
        change_seats(round_, take=[(one.id, second.id)], actor=actor, now=NOW)


def test_what_if_a_judge_leaves_changes_no_seat(competition: Competition, actor: Account) -> None:
    round_ = make_jury_round(competition)
    run_assignment(round_, actor)
    before = [(each.id, each.state) for each in seats(round_)]
    judge = judge_named("Judge 00")
    assert run_assignment(round_, actor, kind=WHAT_IF, judge_id=judge.id).state is JobState.DONE
    departure = round_.plan["what_if"]
    assert (departure["name"], departure["complete"]) == ("Judge 00", True)
    assert departure["moved"] + departure["missing"] <= departure["held"] + 2
    assert [(each.id, each.state) for each in seats(round_)] == before
    assert round_.plan["parts"] == 1


def test_a_conflict_named_later_leaves_a_hole_that_the_next_run_fills(competition: Competition, actor: Account) -> None:
    round_ = make_jury_round(competition)
    run_assignment(round_, actor)
    seat = seats(round_)[0]
    entry_id = seat.entry_id
    name_conflict(seat.judge, seat.entry, reason="A cousin", actor=actor, now=NOW)
    db.session.commit()
    assert panel_facts(round_).short in ([entry_id], [])
    run_assignment(round_, actor)
    assert panel_facts(round_).short == []
    assert broken_rules(round_) == []


def test_the_facts_of_a_round_take_the_same_number_of_queries_at_every_size(
    competition: Competition, actor: Account
) -> None:
    small = make_jury_round(competition, entries=2, judges=2)
    large = make_round(competition, [each.entry for each in small.round_entries])
    counts = []
    for round_ in (small, large):
        db.session.commit()
        db.session.refresh(round_)
        with count_queries() as queries:
            panel_facts(round_)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 7


def test_a_web_process_loads_no_solver() -> None:
    code = (
        "import sys, gtn_events.app, gtn_events.competition.wiring; "
        "sys.exit(bool({'numpy', 'scipy', 'ortools'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
