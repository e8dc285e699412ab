"""Rounds and criteria through the web."""

from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import select

from gtn_events.accounts.enums import Role
from gtn_events.accounts.models import Account
from gtn_events.competition.enums import RoundState
from gtn_events.competition.models import Competition, Round
from gtn_events.core.db import db
from tests.accounts.pages import messages, words
from tests.competition.factories import LEVELS, make_entry, make_round
from tests.factories import grant_role, make_account, sign_in
from tests.queries import count_queries

TYPED = {
    "title": "Review",
    "kind": "review",
    "opens_at": "2013-06-03T08:00",
    "closes_at": "2013-06-28T17:00",
    "judges_per_entry": "3",
    "economy_policy": "forbid",
    "at_most_of_economy": "1",
    "method": "calibrated",
    "blind": ["economy", "question:solution"],
    "top": "20",
    "threshold": "62.5",
    "reserve": "2",
    "ties": ["chair"],
}


def address(competition: Competition, rest: str = "") -> str:
    return f"/competitions/{competition.slug}/manage/rounds{rest}"


def criteria(*rows: tuple[str, str], **more: Any) -> dict[str, Any]:
    typed: dict[str, Any] = dict(more)
    for place, (label, weight) in enumerate(rows):
        values = {"label": label, "weight": weight, "lowest": "1", "highest": "5", "levels": "\n".join(LEVELS)}
        typed |= {f"criteria-{place}-{name}": value for name, value in values.items()}
    return typed


def test_a_round_is_added_in_the_hosts_time_and_leads_to_its_criteria(
    desk: FlaskClient, competition: Competition
) -> None:
    reply = desk.post(address(competition, "/new"), data=TYPED)
    assert reply.location == address(competition, "/1/criteria")
    added = db.session.scalars(select(Round)).one()
    assert added.opens_at.isoformat() == "2013-06-03T01:00:00+00:00"
    assert added.blind == ["economy", "question:solution"]
    assert added.cut == {
        "top": 20,
        "threshold": "62.5",
        "per_category": False,
        "at_most_per_economy": None,
        "reserve": 2,
        "ties": ["chair"],
        "per_economy": False,
    }


def test_a_round_adds_the_total_of_an_earlier_one_and_its_form_gives_it_back(
    desk: FlaskClient, competition: Competition
) -> None:
    assert 'id="adds_points"' not in desk.get(address(competition, "/new")).text
    desk.post(address(competition, "/new"), data=TYPED)
    adding = TYPED | {"title": "Roadshow", "adds_round": "1", "adds_points": "90", "adds_own": "10"}
    desk.post(address(competition, "/new"), data=adding)
    added = db.session.scalars(select(Round).order_by(Round.number)).all()[1]
    assert added.adds == {"round": 1, "points": "90", "own": "10"}
    page = desk.get(address(competition, "/2/edit")).text
    assert ('value="90"' in page, 'value="10"' in page, "<option selected" in page) == (True, True, True)
    assert "adds_points" not in desk.get(address(competition, "/1/edit")).text


def test_so_many_in_each_category_or_of_each_economy(desk: FlaskClient, competition: Competition) -> None:
    both = TYPED | {"per_category": "y", "per_economy": "y"}
    assert "not both" in desk.post(address(competition, "/new"), data=both).text
    mixed = TYPED | {"economy_policy": "only", "at_most_of_economy": "1"}
    assert "a panel cannot be mixed" in desk.post(address(competition, "/new"), data=mixed).text


def test_a_time_that_cannot_be_keeps_what_was_typed(desk: FlaskClient, competition: Competition) -> None:
    reply = desk.post(address(competition, "/new"), data=TYPED | {"closes_at": "2013-06-01T08:00"})
    assert reply.status_code == 422
    assert "The round closes before it opens." in reply.text
    assert 'value="62.5"' in reply.text


def test_the_form_of_a_round_gives_back_what_was_saved(desk: FlaskClient, competition: Competition) -> None:
    desk.post(address(competition, "/new"), data=TYPED)
    page = desk.get(address(competition, "/1/edit")).text
    assert 'value="2013-06-03T08:00"' in page
    assert 'value="62.5"' in page
    version = db.session.scalars(select(Round.lock_version)).one()
    reply = desk.post(address(competition, "/1/edit"), data=TYPED | {"title": "First", "lock_version": version})
    assert reply.location == address(competition)
    stale = desk.post(address(competition, "/1/edit"), data=TYPED | {"title": "Second", "lock_version": version})
    assert "Somebody else changed this round meanwhile." in words(stale.text)


def test_a_ready_rule_set_becomes_rounds(desk: FlaskClient, competition: Competition) -> None:
    asked = {"rule_set": "best-award", "starts_at": "2013-06-03T08:00", "with_call": "y"}
    reply = desk.post(address(competition, "/rule-set"), data=asked, follow_redirects=True)
    assert messages(reply) == ["2 rounds are added."]
    assert competition.economy_limit == 2


def test_a_helper_adds_rounds_but_takes_no_call_over(client: FlaskClient, competition: Competition) -> None:
    helper = make_account("helper@gtn.example")
    grant_role(helper, Role.HELPER, competition.scope)
    sign_in(client, helper)
    asked = {"rule_set": "best-award", "starts_at": "2013-06-03T08:00", "with_call": "y"}
    reply = client.post(address(competition, "/rule-set"), data=asked)
    assert "Only an organiser can change the rules of the call." in words(reply.text)
    assert list(db.session.scalars(select(Round))) == []


def test_entries_are_taken_in_by_a_button_and_an_empty_round_goes(
    desk: FlaskClient, competition: Competition, organiser: Account
) -> None:
    make_round(competition)
    make_entry(competition, organiser)
    assert "Take 1 admitted entry in" in words(desk.get(address(competition)).text)
    reply = desk.post(address(competition, "/1/entries"), follow_redirects=True)
    assert messages(reply) == ["1 entry came into Review."]
    make_round(competition, title="Final")
    reply = desk.post(address(competition, "/2/delete"), follow_redirects=True)
    assert messages(reply) == ["Final is taken away."]


def test_an_opened_round_shows_its_rules_without_a_button(desk: FlaskClient, competition: Competition) -> None:
    make_round(competition, state=RoundState.OPEN)
    page = desk.get(address(competition, "/1/edit")).text
    assert "This round was opened." in page
    assert "Save the round" not in page


def test_criteria_are_arranged_previewed_and_saved(desk: FlaskClient, competition: Competition) -> None:
    made = make_round(competition)
    where = address(competition, "/1/criteria")
    page = desk.post(where, data=criteria(("Impact", "70"), ("Market", "20"), act="add")).text
    assert "The weights add up to 90 of 100." in words(page)
    assert 'name="criteria-2-label"' in page
    page = desk.post(where, data=criteria(("Impact", "70"), ("Market", "30"), act="up-1")).text
    assert page.index('value="Market"') < page.index('value="Impact"')
    page = desk.post(where, data=criteria(("Impact", "70"), ("Market", "30"), act="preview")).text
    assert "As a judge sees it" in page
    assert made.rubric
    assert [each.label for each in made.rubric.criteria] == ["Impact", "Market"]
    reply = desk.post(where, data=criteria(("Benefit", "70"), ("Market", "30"), act="save"), follow_redirects=True)
    assert messages(reply) == ["The criteria of Review are saved, version 1."]


def test_wrong_weights_are_refused_with_their_sum(desk: FlaskClient, competition: Competition) -> None:
    make_round(competition)
    reply = desk.post(address(competition, "/1/criteria"), data=criteria(("Impact", "70"), act="save"))
    assert reply.status_code == 422
    assert "The weights add up to 70. They have to add up to 100." in words(reply.text)


def test_a_new_version_after_the_lock_says_what_changed(desk: FlaskClient, competition: Competition) -> None:
    made = make_round(competition)
    assert made.rubric
    made.rubric.locked_at = made.created_at
    db.session.commit()
    rows = criteria(("Impact", "50"), ("Market", "50"), act="save")
    rows |= {"criteria-0-key": "impact", "criteria-1-key": "market"}
    where = address(competition, "/1/criteria")
    assert "A score was given under these criteria." in words(desk.post(where, data=rows).text)
    rows |= {"as_new_version": "y", "reason": "A slip in the weights"}
    page = words(desk.post(where, data=rows, follow_redirects=True).text)
    assert "Version 2" in page
    assert "Impact Weight: 60 → 50" in page


def test_the_list_asks_the_same_number_of_questions_at_every_length(
    desk: FlaskClient, competition: Competition
) -> None:
    where = address(competition)
    make_round(competition)
    few = questions_asked(desk, where)
    for _more in range(4):
        make_round(competition)
    assert questions_asked(desk, where) == few


def questions_asked(desk: FlaskClient, where: str) -> int:
    db.session.commit()
    db.session.expire_all()
    with count_queries() as queries:
        desk.get(where)
    return len(queries)
