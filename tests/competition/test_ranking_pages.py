"""The organiser's pages of a ranking: who may see them, what they show, what they do."""

from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from gtn_events.accounts.enums import Role
from gtn_events.competition.enums import Method, RoundState, Standing
from gtn_events.competition.models import RoundEntry
from gtn_events.competition.queries.ranking import latest_version
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.jobs import Job, run_due_jobs
from tests.competition.factories import make_competition, make_judge, make_round
from tests.competition.panels import Panel
from tests.competition.results_rounds import CLOSED_AT, POINTS, compute, make_scored_round
from tests.factories import grant_role, make_account, sign_in
from tests.queries import count_queries

STEPS = ("compute", "decide", "undo", "chair/1", "promote/ISC13-0000-0002")


@pytest.fixture(autouse=True)
def after_the_close(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: CLOSED_AT)


@pytest.fixture
def panel(database: None) -> Panel:
    return make_scored_round(method=Method.CALIBRATED)


def page_of(panel: Panel, rest: str = "") -> str:
    return f"/competitions/{panel.competition.slug}/manage/ranking{rest}"


def as_role(client: FlaskClient, panel: Panel, role: Role | None = Role.ORGANISER) -> None:
    account = make_account("person@gtn.example")
    if role is not None:
        grant_role(account, role, panel.competition.scope)
    sign_in(client, account)


def test_distributions_stand_with_their_tables_and_an_old_version_does_without(
    client: FlaskClient, panel: Panel
) -> None:
    version = compute(panel)
    as_role(client, panel)
    page = client.get(page_of(panel)).text
    assert ("Distribution of scores" in page, "Each judge beside all" in page) == (True, True)
    assert (page.count("plot-columns"), page.count("plot-spread")) == (6, 2), "all and two criteria, wide and narrow"
    version.facts = {key: value for key, value in version.facts.items() if key != "distributions"}
    db.session.commit()
    assert "Distribution of scores" not in client.get(page_of(panel)).text


def test_visitors_are_led_to_the_sign_in_page(client: FlaskClient, panel: Panel) -> None:
    for path in ("", "/1/versions", *(f"/1/{step}" for step in STEPS)):
        assert client.get(page_of(panel, path)).location.startswith("/sign-in")
    assert client.post(page_of(panel, "/1/next")).location.startswith("/sign-in")


@pytest.mark.parametrize("role", [None, Role.JUDGE, Role.HELPER])
def test_who_may_not_see_results_is_refused(client: FlaskClient, panel: Panel, role: Role | None) -> None:
    as_role(client, panel, role)
    found = {client.get(page_of(panel, path)).status_code for path in ("", "/1/versions", *(f"/1/{s}" for s in STEPS))}
    assert (found, client.post(page_of(panel, "/1/next")).status_code) == ({403}, 403)


def test_organiser_of_another_competition_is_refused(client: FlaskClient, panel: Panel) -> None:
    account = make_account("other@gtn.example")
    grant_role(account, Role.ORGANISER, make_competition("other-2013").scope)
    sign_in(client, account)
    assert client.get(page_of(panel)).status_code == 403


def test_integrity_officer_sees_but_does_not_decide(client: FlaskClient, panel: Panel) -> None:
    compute(panel)
    as_role(client, panel, Role.INTEGRITY_OFFICER)
    page = client.get(page_of(panel)).text
    assert ("How to read this" in page, "Record the decision" in page) == (True, False)
    assert {client.post(page_of(panel, f"/1/{step}")).status_code for step in (*STEPS, "next")} == {403}
    assert panel.round.state is RoundState.SCORED


def test_competition_without_a_closed_round_says_what_is_missing(client: FlaskClient, panel: Panel) -> None:
    panel.round.state = RoundState.OPEN
    db.session.commit()
    as_role(client, panel)
    assert "No round is closed yet" in client.get(page_of(panel)).text
    assert client.get(page_of(panel, "/1/compute")).status_code == 404


def test_worker_computes_what_the_page_asks_for(client: FlaskClient, panel: Panel) -> None:
    as_role(client, panel)
    assert "Not computed yet" in client.get(page_of(panel)).text
    answer = client.post(page_of(panel, "/1/compute"))
    job = db.session.scalars(select(Job)).one()
    assert answer.location == f"/jobs/{job.id}"
    run_due_jobs(CLOSED_AT)
    page = client.get(page_of(panel)).text
    assert ("Judges differ (F = " in page, "ranks 1–" in page or "rank 1" in page) == (True, True)
    assert "Severity of judges" in page


def test_second_computation_asks_for_the_reason(client: FlaskClient, panel: Panel) -> None:
    compute(panel)
    as_role(client, panel)
    refused = client.post(page_of(panel, "/1/compute"), data={"reason": " "})
    assert (refused.status_code, "Say why the ranking is computed again" in refused.text) == (422, True)
    client.post(page_of(panel, "/1/compute"), data={"reason": "An appeal was granted."})
    run_due_jobs(CLOSED_AT)
    page = client.get(page_of(panel, "/1/versions")).text
    assert ("An appeal was granted." in page, "No entry changed its rank." in page) == (True, True)
    assert "This is version 1 of 2" in client.get(page_of(panel, "?round=1&version=1")).text
    assert client.get(page_of(panel, "?version=9")).status_code == 404


def test_decision_is_shown_before_it_is_recorded_and_can_be_undone(client: FlaskClient, panel: Panel) -> None:
    compute(panel)
    as_role(client, panel)
    assert "Number 1 of the reserve list." in client.get(page_of(panel, "/1/decide")).text
    make_round(panel.competition, title="Final")
    client.post(page_of(panel, "/1/decide"), data={"version": "1"})
    page = client.get(page_of(panel)).text
    assert ("1 entry goes on" in page, "Take 1 entry into Final" in page) == (True, True)
    client.post(page_of(panel, "/1/next"))
    assert "into Final" not in client.get(page_of(panel)).text, "they are taken in already"
    client.post(page_of(panel, "/1/undo"), data={"reason": "A mistake."})
    assert {row.standing for row in db.session.scalars(select(RoundEntry))} == {Standing.IN}


def test_reserve_is_promoted_from_the_page(client: FlaskClient, panel: Panel) -> None:
    compute(panel)
    as_role(client, panel)
    client.post(page_of(panel, "/1/decide"), data={"version": "1"})
    path = page_of(panel, f"/1/promote/{panel.entries[1].reference}")
    assert client.post(path, data={"reason": ""}).status_code == 422
    assert client.post(path, data={"reason": "The first one withdrew."}).status_code == 302
    assert client.get(path).status_code == 404
    assert "2 entries are placed" in client.get(page_of(panel)).text


def test_from_the_last_round_nothing_goes_on(client: FlaskClient, panel: Panel) -> None:
    compute(panel)
    as_role(client, panel)
    page = client.get(page_of(panel, "/1/decide")).text
    assert ("Place 1." in page, "goes on" in page, "go on" in page) == (True, False, False)
    answer = client.post(page_of(panel, "/1/decide"), data={"version": "1"}, follow_redirects=True)
    assert ("1 entry is placed" in answer.text, "goes on" in answer.text, "go on" in answer.text) == (
        True,
        False,
        False,
    )


def test_an_entry_that_lost_a_tie_is_told_which_step_decided(client: FlaskClient, database: None) -> None:
    panel = make_scored_round((((4, 3), (3, 4)),) * 2, method=Method.RAW_MEAN, cut={"top": 1, "reserve": 0})
    compute(panel)
    as_role(client, panel)
    page = client.get(page_of(panel, "/1/decide")).text
    assert page.count("It has the same total as the entry above it; what told them apart: lot.") == 1


def test_what_calibration_moved_is_not_drawn_where_the_raw_mean_was_used(client: FlaskClient, database: None) -> None:
    panel = make_scored_round((((4, 3), (3, 4)),) * 2, method=Method.RAW_MEAN)
    version = compute(panel)
    assert {row.raw_rank for row in version.rows} == {1}, "the ladder moved one of them"
    as_role(client, panel)
    assert 'id="moves"' not in client.get(page_of(panel)).text


def test_vote_of_the_chair_stands_in_the_next_version(client: FlaskClient, database: None) -> None:
    panel = make_scored_round((((4, 3), (3, 4)),) * 2, method=Method.RAW_MEAN)
    compute(panel)
    as_role(client, panel)
    assert "Ties that the chair can decide" in client.get(page_of(panel)).text
    second, first = (entry.reference for entry in panel.entries)
    votes = {f"place_{first}": "1", f"place_{second}": "1", "reason": "Vote of 30 June."}
    assert client.post(page_of(panel, "/1/chair/1"), data=votes).status_code == 422
    assert client.post(page_of(panel, "/1/chair/1"), data=votes | {f"place_{second}": "2"}).status_code == 302
    run_due_jobs(CLOSED_AT)
    version = latest_version(panel.round)
    assert version is not None
    assert (version.facts["chair"], version.reason) == ([first, second], "Vote of 30 June.")
    assert "placed by the chair’s vote" in client.get(page_of(panel)).text


def test_page_takes_the_same_queries_at_every_length(client: FlaskClient, panel: Panel) -> None:
    compute(panel)
    as_role(client, panel)
    client.get(page_of(panel))
    with count_queries() as few:
        client.get(page_of(panel))
    more: dict[str, Any] = {"slug": "longer-2013", "reference_prefix": "LON13"}
    longer = make_scored_round(POINTS * 3, competition=more, method=Method.CALIBRATED)
    compute(longer)
    account = make_account("second@gtn.example")
    grant_role(account, Role.ORGANISER, longer.competition.scope)
    sign_in(client, account)
    client.get(page_of(longer))
    with count_queries() as many:
        client.get(page_of(longer))
    assert len(many) == len(few)


def near_the_cut() -> Panel:
    """Twelve entries whose totals lie close together, the first four go on; the last judge is much more generous."""
    points = [
        [(3 + (entry < 3) - (entry > 8 and judge < 2), 2 + (entry * judge) % 3) for judge in range(3)] + [(5, 5)]
        for entry in range(12)
    ]
    return make_scored_round(points, method=Method.CALIBRATED, cut={"top": 4, "reserve": 0})


def test_page_says_where_more_scorecards_would_help_and_leads_to_the_panel(client: FlaskClient, database: None) -> None:
    panel = near_the_cut()
    version = compute(panel)
    as_role(client, panel)
    page = client.get(page_of(panel, "?further=5")).text.partition('id="further"')[2].partition("</section>")[0]
    first = version.facts["further"]["steps"][0]["entry"]
    address = f"/competitions/{panel.competition.slug}/manage/assignment/1/entries/{first}?further=1"
    assert (f'href="{address}"' in page, "of the doubt away" in page) == (True, True)
    spent = [int(text.partition("<")[0]) for text in page.split('data-label="Further scorecards">')[1:]]
    assert sum(spent) == 5
    assert "Take scores again" in client.get(address).text


def test_page_advises_nothing_where_no_doubt_is_left(client: FlaskClient, database: None) -> None:
    panel = near_the_cut()
    version = compute(panel)
    as_role(client, panel)
    steps = [{**each, "gain": "0.000000"} for each in version.facts["further"]["steps"]]
    version.facts = version.facts | {"further": {"doubt": "0.000000", "steps": steps}}
    db.session.commit()
    assert 'id="further"' not in client.get(page_of(panel, "?further=5")).text


def test_further_judge_is_seated_once_the_round_takes_scores_again(client: FlaskClient, database: None) -> None:
    panel = near_the_cut()
    reference = compute(panel).facts["further"]["steps"][0]["entry"]
    another = make_account("another@gtn.example", economy_code="JPN")
    make_judge(panel.competition, another, name="Another Judge")
    as_role(client, panel)
    manage = f"/competitions/{panel.competition.slug}/manage"
    reopen = f"{manage}/progress/1/reopen"
    assert client.get(reopen).status_code == 200
    assert client.post(reopen, data={"days": "2", "reason": ""}).status_code == 422
    client.post(reopen, data={"days": "2", "reason": "Nothing is sure at the cut."})
    assert panel.round.state is RoundState.OPEN
    address = f"{manage}/assignment/1/entries/{reference}"
    assert "Another Judge" not in client.get(address).text
    assert "Another Judge" in client.get(f"{address}?further=1").text
    client.post(address, data={"act": "add", "judge": "5"})
    assert "Another Judge" in client.get(address).text


def test_severity_is_marked_for_the_integrity_officer_only(client: FlaskClient, database: None) -> None:
    panel = near_the_cut()
    version = compute(panel)
    finding = {"pattern": "severity", "judge": 4, "cards": 12, "value": "9.0", "usual": "0.0", "p": "0.01"}
    version.facts = version.facts | {"review": version.facts["review"] | {"findings": [finding]}}
    db.session.commit()
    as_role(client, panel)
    assert "Please review" not in client.get(page_of(panel)).text
    officer = make_account("officer@gtn.example")
    grant_role(officer, Role.INTEGRITY_OFFICER, panel.competition.scope)
    sign_in(client, officer)
    page = client.get(page_of(panel)).text
    assert ("Please review" in page, ": severity" in page, "judge=4#cards" in page) == (True, True, True)
    helper = make_account("helper@gtn.example")
    grant_role(helper, Role.HELPER, panel.competition.scope)
    sign_in(client, helper)
    assert client.get(page_of(panel)).status_code == 403
