"""Designs of a round are simulated by a worker and kept beside one another."""

from decimal import Decimal
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from gtn_events.accounts.enums import Role
from gtn_events.accounts.models import Account
from gtn_events.competition.domain.simulating import MOST_SIMULATIONS, Design, add_simulation, remove_simulation
from gtn_events.competition.enums import Method
from gtn_events.competition.errors import RoundRefused
from gtn_events.competition.models import Competition, Simulation
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.jobs import Job, run_due_jobs
from tests.competition.factories import make_competition
from tests.competition.juries import NOW
from tests.competition.results_rounds import CLOSED_AT, compute, make_scored_round
from tests.factories import grant_role, make_account, sign_in

TYPED = {"entries": 40, "judges": 10, "cards": 3, "shortlist": 8, "quality": "8", "noise": "6.5", "severity": "4"}


def page_of(competition: Competition, rest: str = "") -> str:
    return f"/competitions/{competition.slug}/manage/simulation{rest}"


def design(**values: Any) -> Design:
    spreads = {"quality": Decimal(8), "noise": Decimal(6), "severity": Decimal(4)}
    return Design(**{"entries": 40, "judges": 10, "cards": 3, "shortlist": 8, **spreads, **values})


def made(competition: Competition, organiser: Account, **values: Any) -> Simulation:
    simulation = add_simulation(competition, design(**values), actor=organiser, now=NOW)
    db.session.commit()
    return simulation


def test_page_begins_with_what_is_known_and_names_real_competitions(
    desk: FlaskClient, competition: Competition
) -> None:
    page = desk.get(page_of(competition)).text
    assert ("No design tried yet" in page, 'value="60"' in page, "Figure skating" in page) == (True, True, True)


def test_worker_simulates_what_was_typed_and_the_page_shows_it(desk: FlaskClient, competition: Competition) -> None:
    answer = desk.post(page_of(competition), data=TYPED)
    job = db.session.scalars(select(Job)).one()
    assert answer.location == f"/jobs/{job.id}"
    assert "Being computed" in desk.get(page_of(competition)).text
    run_due_jobs(clock.now())
    (simulation,) = db.session.scalars(select(Simulation))
    shares = [float(text) for each in simulation.answer.values() for text in each.values()]
    assert (len(shares), min(shares) > 0, max(shares) <= 1) == (6, True, True)
    page = desk.get(page_of(competition)).text
    assert ("plot-designs" in page, "12 for a judge" in page, "Being computed" in page) == (True, True, False)


def test_more_scorecards_are_dearer_and_surer(competition: Competition, organiser: Account) -> None:
    few, many = made(competition, organiser, cards=1), made(competition, organiser, cards=9)
    assert (few.cost, many.cost, few.load, many.load) == (40, 360, 4, 36)


@pytest.mark.parametrize(
    ("values", "field"),
    [({"cards": 11}, "cards"), ({"shortlist": 41}, "shortlist")],
)
def test_design_that_cannot_be_is_refused_at_its_field(
    desk: FlaskClient, competition: Competition, organiser: Account, values: dict[str, int], field: str
) -> None:
    with pytest.raises(RoundRefused) as refused:
        add_simulation(competition, design(**values), actor=organiser, now=NOW)
    assert refused.value.field == field
    assert desk.post(page_of(competition), data=TYPED | values).status_code == 422
    assert desk.post(page_of(competition), data=TYPED | {"noise": "many"}).status_code == 422


def test_only_so_many_designs_are_kept_and_one_can_be_taken_away(competition: Competition, organiser: Account) -> None:
    first, *_others = [made(competition, organiser) for _number in range(MOST_SIMULATIONS)]
    with pytest.raises(RoundRefused, match="20 designs already"):
        made(competition, organiser)
    db.session.rollback()
    remove_simulation(first, actor=organiser, now=NOW)
    made(competition, organiser)


def test_design_is_varied_from_another_one_and_taken_away(
    desk: FlaskClient, competition: Competition, organiser: Account
) -> None:
    simulation = made(competition, organiser, entries=77)
    assert 'value="77"' in desk.get(page_of(competition, f"?like={simulation.id}")).text
    desk.post(page_of(competition, f"/{simulation.id}/remove"))
    assert "No design tried yet" in desk.get(page_of(competition)).text


def test_design_of_another_competition_is_not_found(
    desk: FlaskClient, competition: Competition, organiser: Account
) -> None:
    other = made(make_competition("other-2013"), organiser)
    assert desk.get(page_of(competition, f"?like={other.id}")).status_code == 404
    assert desk.post(page_of(competition, f"/{other.id}/remove")).status_code == 404


def test_job_of_a_design_that_was_taken_away_does_nothing(desk: FlaskClient, competition: Competition) -> None:
    desk.post(page_of(competition), data=TYPED)
    db.session.delete(db.session.scalars(select(Simulation)).one())
    db.session.commit()
    run_due_jobs(clock.now())
    assert db.session.scalars(select(Job)).one().state == "done"


def test_measured_rounds_of_this_edition_stand_beside(
    client: FlaskClient, database: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: CLOSED_AT)
    panel = make_scored_round(method=Method.CALIBRATED)
    spread = compute(panel).facts["spread"]
    account = make_account("organiser@gtn.example")
    grant_role(account, Role.ORGANISER, panel.competition.scope)
    sign_in(client, account)
    page = client.get(page_of(panel.competition)).text
    assert f"± {float(spread['noise']):g}" in page


@pytest.mark.parametrize("role", [None, Role.JUDGE, Role.INTEGRITY_OFFICER])
def test_who_does_not_manage_judges_is_refused(
    client: FlaskClient, competition: Competition, role: Role | None
) -> None:
    paths = (page_of(competition), page_of(competition, "/1/remove"))
    assert client.get(paths[0]).location.startswith("/sign-in")
    assert {client.post(path).location.startswith("/sign-in") for path in paths} == {True}
    account = make_account("other@gtn.example")
    if role is not None:
        grant_role(account, role, competition.scope)
    sign_in(client, account)
    assert (client.get(paths[0]).status_code, {client.post(path).status_code for path in paths}) == (403, {403})
