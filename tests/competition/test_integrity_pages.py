"""The integrity officer's page: what is asked to be reviewed, and the exclusion of a scorecard by two persons."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from gtn_events.accounts.enums import Role
from gtn_events.accounts.models import Account
from gtn_events.competition.domain.exclusion import confirm_exclusion, propose_exclusion, withdraw_exclusion
from gtn_events.competition.enums import Method, RoundState
from gtn_events.competition.errors import ReasonMissing, ResultRefused
from gtn_events.competition.models import RankingRow, Scorecard
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.jobs import Job, run_due_jobs
from gtn_events.core.journal import JournalEntry
from gtn_events.core.uploads import Upload, upload_path
from tests.competition.panels import Panel
from tests.competition.results_rounds import CLOSED_AT, compute, make_scored_round
from tests.factories import grant_role, make_account, sign_in

# The last of five judges gives the same point for everything, the others tell criteria apart.
FLAT = [
    [((entry + judge) % 4 + 1, (entry * 2 + judge) % 3 + 2) for judge in range(4)] + [(3, 3)] for entry in range(12)
]


@pytest.fixture(autouse=True)
def after_the_close(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: CLOSED_AT)


@pytest.fixture
def panel(database: None) -> Panel:
    return make_scored_round(method=Method.CALIBRATED)


def card(position: int = 1) -> Scorecard:
    return db.session.scalars(select(Scorecard).where(Scorecard.position == position)).one()


def officer(panel: Panel, email: str = "officer@gtn.example") -> Account:
    account = make_account(email)
    grant_role(account, Role.INTEGRITY_OFFICER, panel.competition.scope)
    return account


def page_of(panel: Panel, rest: str = "") -> str:
    return f"/competitions/{panel.competition.slug}/manage/integrity{rest}"


def test_pattern_is_worded_as_a_request(client: FlaskClient, database: None) -> None:
    panel = make_scored_round(FLAT, method=Method.CALIBRATED)
    compute(panel)
    sign_in(client, officer(panel))
    page = client.get(page_of(panel)).text
    assert ("Judge 05" in page, "Please review: 100 % of this judge" in page) == (True, True)
    assert "scorecard 1" in client.get(page_of(panel, "?judge=1")).text


def test_round_without_findings_says_so(client: FlaskClient, panel: Panel) -> None:
    sign_in(client, officer(panel))
    assert "Nothing to review yet" in client.get(page_of(panel)).text
    compute(panel)
    assert "Nothing stands out" in client.get(page_of(panel)).text


def test_matrix_of_economies_stands_there_with_its_table(client: FlaskClient, database: None) -> None:
    panel = make_scored_round(FLAT, method=Method.CALIBRATED)
    version = compute(panel)
    together, cell = version.facts["review"]["economies"]
    assert (together["cards"], cell["cards"]) == (60, 60)
    sign_in(client, officer(panel))
    page = client.get(page_of(panel)).text
    assert ("plot-matrix" in page, "What judges of each economy give" in page, "n 60" in page) == (True, True, True)


@pytest.mark.parametrize("role", [None, Role.JUDGE, Role.HELPER, Role.ORGANISER])
def test_nobody_but_the_integrity_officer_sees_or_excludes(
    client: FlaskClient, panel: Panel, role: Role | None
) -> None:
    acts = [page_of(panel, f"/1/scorecards/1/{act}") for act in ("exclude", "confirm", "withdraw", "effect")]
    assert client.get(page_of(panel)).location.startswith("/sign-in")
    assert {client.post(path).location.startswith("/sign-in") for path in acts} == {True}
    account = make_account("other@gtn.example")
    if role is not None:
        grant_role(account, role, panel.competition.scope)
    sign_in(client, account)
    assert client.get(page_of(panel)).status_code == 403
    assert {client.post(path).status_code for path in acts} == {403}


def test_exclusion_takes_two_persons_and_a_reason(panel: Panel) -> None:
    one, other = officer(panel), officer(panel, "second@gtn.example")
    with pytest.raises(ReasonMissing):
        propose_exclusion(card(), reason=" ", actor=one, now=CLOSED_AT)
    with pytest.raises(ResultRefused, match="Nothing waits"):
        confirm_exclusion(card(), actor=other, now=CLOSED_AT)
    propose_exclusion(card(), reason="A conflict came to light.", actor=one, now=CLOSED_AT)
    assert card().excluded_at is None
    with pytest.raises(ResultRefused, match="Another person"):
        confirm_exclusion(card(), actor=one, now=CLOSED_AT)
    confirm_exclusion(card(), actor=other, now=CLOSED_AT)
    db.session.commit()
    assert (card().excluded_at, card().excluded_by_id, card().exclusion_confirmed_by_id) == (
        CLOSED_AT,
        one.id,
        other.id,
    )
    actions = select(JournalEntry.action).where(JournalEntry.subject_type == "competition_scorecard")
    assert list(db.session.scalars(actions.order_by(JournalEntry.id))) == ["exclusion asked for", "scorecard excluded"]
    version = compute(panel)
    cards = select(RankingRow.scorecards).where(RankingRow.result_id == version.id)
    assert sorted(db.session.scalars(cards)) == [2, 3, 3]


def test_exclusion_can_be_withdrawn_until_the_results_are_published(panel: Panel) -> None:
    one, other = officer(panel), officer(panel, "second@gtn.example")
    propose_exclusion(card(), reason="A conflict.", actor=one, now=CLOSED_AT)
    withdraw_exclusion(card(), actor=one, now=CLOSED_AT)
    assert (card().excluded_by_id, card().exclusion_reason) == (None, "")
    propose_exclusion(card(), reason="A conflict.", actor=one, now=CLOSED_AT)
    panel.competition.results_published_at = CLOSED_AT
    db.session.commit()
    for refused in (confirm_exclusion, withdraw_exclusion):
        with pytest.raises(ResultRefused, match="published"):
            refused(card(), actor=other, now=CLOSED_AT)


def test_open_round_excludes_nothing(panel: Panel) -> None:
    panel.round.state = RoundState.OPEN
    db.session.commit()
    with pytest.raises(ResultRefused, match="still takes scores"):
        propose_exclusion(card(), reason="A conflict.", actor=officer(panel), now=CLOSED_AT)


def test_pages_ask_agree_and_withdraw(client: FlaskClient, panel: Panel) -> None:
    compute(panel)
    one, other = officer(panel), officer(panel, "second@gtn.example")
    sign_in(client, one)
    path = page_of(panel, "/1/scorecards/1")
    assert client.get(f"{path}/exclude").status_code == 200
    assert client.post(f"{path}/exclude", data={"reason": ""}).status_code == 422
    client.post(f"{path}/exclude", data={"reason": "A conflict came to light."})
    assert "A second person has to agree" in client.get(page_of(panel)).text
    sign_in(client, other)
    client.post(f"{path}/confirm")
    assert "Excluded" in client.get(page_of(panel)).text
    client.post(f"{path}/withdraw")
    assert card().excluded_at is None
    assert client.get(page_of(panel, "/1/scorecards/99/exclude")).status_code == 404


def test_worker_ranks_with_and_without_a_scorecard_and_keeps_nothing(client: FlaskClient, panel: Panel) -> None:
    version = compute(panel)
    sign_in(client, officer(panel))
    client.post(page_of(panel, "/1/scorecards/1/effect"))
    run_due_jobs(CLOSED_AT)
    job = db.session.scalars(select(Job).where(Job.kind == "competition-exclusion-effect")).one()
    lines = upload_path(db.session.get_one(Upload, job.result_upload_id)).read_text("utf-8-sig").splitlines()
    assert (len(lines), lines[0]) == (4, "entry,rank with,total with,rank without,total without")
    assert compute(panel).id == version.id
    assert card().excluded_by_id is None
