"""The assignment through the web: run, look, repair, release."""

import re

from flask.testing import FlaskClient
from sqlalchemy import select

from gtn_events.accounts.models import Account
from gtn_events.competition.domain.panel_facts import panel_facts
from gtn_events.competition.domain.seats_by_hand import moves, substitutes, swaps
from gtn_events.competition.enums import AssignmentState, EntryState, RoundState
from gtn_events.competition.models import Competition, Entry
from gtn_events.core.db import db
from gtn_events.core.jobs import Job, run_due_jobs
from gtn_events.core.outbox import OutboxMail
from tests.accounts.mails import outbox
from tests.accounts.pages import messages, words
from tests.competition.juries import NOW, make_jury_round, run_assignment, seats
from tests.queries import count_queries


def address(competition: Competition, rest: str = "") -> str:
    return f"/competitions/{competition.slug}/manage/assignment{rest}"


def test_a_competition_without_a_round_says_what_comes_first(desk: FlaskClient, competition: Competition) -> None:
    assert "No round yet" in desk.get(address(competition)).text
    assert desk.get(address(competition, "?round=7")).status_code == 404


def test_entries_are_assigned_by_a_job_and_released_with_one_mail_each(
    desk: FlaskClient, competition: Competition
) -> None:
    round_ = make_jury_round(competition)
    asked = desk.post(address(competition, "/1/run"))
    assert asked.location.startswith("/jobs/")
    assert desk.post(address(competition, "/1/run")).location == asked.location
    assert "it is being computed" in words(desk.get(address(competition)).text)
    run_due_jobs(NOW)
    db.session.expire_all()
    job = db.session.scalars(select(Job)).one()
    assert job.back == ("Assignment", address(competition, "?round=1"))
    page = words(desk.get(address(competition, "?round=1")).text)
    assert "8 entries, 6 judges, 2 judges for each entry." in page
    assert "all can be compared" in page
    planned = len(seats(round_))
    assert f"Release {planned} seats" in page
    reply = desk.post(address(competition, "/1/release"), follow_redirects=True)
    assert messages(reply)[0].startswith("The entries are released;")
    assert {each.state for each in seats(round_)} == {AssignmentState.RELEASED}
    mails = len(outbox())
    desk.post(address(competition, "/1/release"))
    assert len(outbox()) == mails


def test_why_not_every_seat_can_be_given_stands_on_the_page(
    desk: FlaskClient, competition: Competition, organiser: Account
) -> None:
    round_ = make_jury_round(competition, entries=6, judges=2, most=2, economies=("PE", "CHL"))
    run_assignment(round_, organiser)
    page = words(desk.get(address(competition)).text)
    assert "Not every seat can be given:" in page
    (chile, _peru) = sorted(round_.plan["reasons"], key=lambda each: each["name"])
    assert (chile["scope"], chile["name"], chile["needed"], chile["available"]) == ("economy", "CHL", 6, 2)
    assert "Chile: 1 allowed judge, 6 seats needed, 2 available." in page
    assert "Entry 0" in words(desk.get(address(competition, "?show=short")).text)


def test_a_seat_passes_to_a_substitute_and_two_judges_change_places(
    desk: FlaskClient, competition: Competition, organiser: Account
) -> None:
    round_ = make_jury_round(competition)
    run_assignment(round_, organiser)
    facts = panel_facts(round_)
    seat = facts.seats[0]
    judge, entry = facts.judges[seat.judge_id], facts.entries[seat.entry_id]
    where = address(competition, f"/1/entries/{entry.reference}")
    page = words(desk.get(f"{where}?seat={judge.number}").text)
    best = substitutes(facts, entry.id, instead_of=seat)[0]
    assert f"Who could sit instead of {judge.name}" in page
    assert best.judge.name in page
    reply = desk.post(
        where, data={"act": "replace", "seat": judge.number, "judge": best.judge.number}, follow_redirects=True
    )
    assert messages(reply) == [f"The panel of {entry.title} is changed."]
    facts = panel_facts(round_)
    seat = next(each for each in facts.panels[entry.id] if each.judge_id == best.judge.id)
    swap = swaps(facts, seat)[0]
    other = f"{swap.entry.reference} {swap.judge.number}"
    desk.post(where, data={"act": "swap", "seat": best.judge.number, "other": other})
    after = panel_facts(round_)
    assert swap.judge.id in {each.judge_id for each in after.panels[entry.id]}
    assert best.judge.id in {each.judge_id for each in after.panels[swap.entry.id]}


def test_a_judge_is_taken_off_and_another_added(
    desk: FlaskClient, competition: Competition, organiser: Account
) -> None:
    round_ = make_jury_round(competition)
    run_assignment(round_, organiser)
    facts = panel_facts(round_)
    entry_id, panel = next((key, panel) for key, panel in facts.panels.items() if len(panel) == 2)
    entry = facts.entries[entry_id]
    where = address(competition, f"/1/entries/{entry.reference}")
    desk.post(where, data={"act": "remove", "seat": facts.judges[panel[0].judge_id].number})
    assert len(panel_facts(round_).panels[entry_id]) == 1
    page = words(desk.get(where).text)
    assert "Who could take a seat" in page
    best = substitutes(panel_facts(round_), entry_id)[0]
    desk.post(where, data={"act": "add", "judge": best.judge.number})
    assert len(panel_facts(round_).panels[entry_id]) == 2


def test_a_seat_moves_to_another_entry_and_only_where_no_rule_forbids_it(
    desk: FlaskClient, competition: Competition, organiser: Account
) -> None:
    round_ = make_jury_round(competition)
    run_assignment(round_, organiser)
    facts = panel_facts(round_)
    seat = facts.seats[0]
    judge, entry = facts.judges[seat.judge_id], facts.entries[seat.entry_id]
    where = address(competition, f"/1/entries/{entry.reference}")
    offered = moves(facts, seat)
    assert all((each.entry.id, judge.id) not in facts.forbidden for each in offered)
    assert "Or move to another entry" in words(desk.get(f"{where}?seat={judge.number}").text)
    desk.post(where, data={"act": "move", "seat": judge.number, "other": offered[0].entry.reference})
    after = panel_facts(round_)
    assert judge.id not in {each.judge_id for each in after.panels[entry.id]}
    assert judge.id in {each.judge_id for each in after.panels[offered[0].entry.id]}
    assert after.loads == facts.loads
    forbidden = next(entry_id for entry_id, judge_id in sorted(after.forbidden) if judge_id == judge.id)
    data = {"act": "move", "seat": judge.number, "other": after.entries[forbidden].reference}
    refused = desk.post(address(competition, f"/1/entries/{offered[0].entry.reference}"), data=data)
    assert "has a conflict of interest with" in words(refused.text)
    assert panel_facts(round_).seats == after.seats


def test_the_bench_names_who_could_read_more_and_is_gone_with_the_close(
    desk: FlaskClient, competition: Competition, organiser: Account
) -> None:
    round_ = make_jury_round(competition)
    run_assignment(round_, organiser)
    page = desk.get(address(competition)).text
    assert ("Judges who could read more" in page, "js/seats.js" in page) == (True, True)
    round_.state = RoundState.SCORED
    db.session.commit()
    page = desk.get(address(competition)).text
    assert ("Judges who could read more" in page, "js/seats.js" in page) == (False, False)


def test_a_refused_change_says_why_and_changes_nothing(
    desk: FlaskClient, competition: Competition, organiser: Account
) -> None:
    round_ = make_jury_round(competition)
    run_assignment(round_, organiser)
    facts = panel_facts(round_)
    entry_id, judge_id = next(iter(sorted(facts.forbidden)))
    where = address(competition, f"/1/entries/{facts.entries[entry_id].reference}")
    reply = desk.post(where, data={"act": "add", "judge": facts.judges[judge_id].number})
    assert reply.status_code == 409
    assert "has a conflict of interest with" in words(reply.text)
    assert "Choose a judge first." in words(desk.post(where, data={"act": "replace"}).text)
    assert len(panel_facts(round_).seats) == len(facts.seats)


def test_an_entry_outside_the_round_has_no_panel(desk: FlaskClient, competition: Competition) -> None:
    round_ = make_jury_round(competition, entries=2)
    inside = db.session.scalars(select(Entry)).first()
    assert inside is not None
    db.session.delete(round_.round_entries[0])
    db.session.commit()
    references = list(db.session.scalars(select(Entry.reference)))
    statuses = sorted(desk.get(address(competition, f"/1/entries/{each}")).status_code for each in references)
    assert statuses == [200, 404]


def test_what_if_a_judge_leaves_is_answered_on_the_page(
    desk: FlaskClient, competition: Competition, organiser: Account
) -> None:
    round_ = make_jury_round(competition)
    run_assignment(round_, organiser)
    assert desk.post(address(competition, "/1/what-if"), data={"judge": "1"}).location.startswith("/jobs/")
    run_due_jobs(NOW)
    db.session.expire_all()
    assert "If Judge 00 left:" in words(desk.get(address(competition)).text)
    for nobody in ("99", "99999999999", "x"):
        assert desk.post(address(competition, "/1/what-if"), data={"judge": nobody}).status_code == 404


def test_the_page_asks_the_same_number_of_questions_at_every_size(
    desk: FlaskClient, competition: Competition, organiser: Account
) -> None:
    where = address(competition)

    def asked() -> int:
        db.session.commit()
        db.session.expire_all()
        with count_queries() as queries:
            desk.get(where)
        return len(queries)

    round_ = make_jury_round(competition, entries=3, judges=4)
    run_assignment(round_, organiser)
    few = asked()
    round_.number = 2
    db.session.commit()
    larger = make_jury_round(competition, entries=15, judges=6, called="other-", number=1)
    run_assignment(larger, organiser)
    assert asked() == few


def test_an_entry_that_was_withdrawn_has_no_panel_and_is_released_to_nobody(
    desk: FlaskClient, competition: Competition, organiser: Account
) -> None:
    round_ = make_jury_round(competition)
    run_assignment(round_, organiser)
    gone, left = round_.round_entries[0].entry, len(seats(round_)) - 2
    gone.state = EntryState.WITHDRAWN
    db.session.commit()
    page = words(desk.get(address(competition)).text)
    assert ("7 entries" in page, f"Release {left} seats" in page, gone.title in page) == (True, True, False)
    assert desk.get(address(competition, f"/1/entries/{gone.reference}")).status_code == 404
    desk.post(address(competition, "/1/release"))
    assert {seat.state for seat in seats(round_) if seat.entry_id == gone.id} == {AssignmentState.PLANNED}
    told = " ".join(db.session.scalars(select(OutboxMail.body_text)))
    assert sum(map(int, re.findall(r"(\d+) entr(?:y|ies) of", told))) == left
