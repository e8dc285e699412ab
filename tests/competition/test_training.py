"""Samples that every judge scores: once, before the own entries, compared afterwards, counting nowhere."""

from decimal import Decimal

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from gtn_events.accounts.domain.personal_data import erase_person, export_person
from gtn_events.accounts.enums import Role
from gtn_events.accounts.models import Account
from gtn_events.competition.domain.given import Given
from gtn_events.competition.domain.ranking import ranking_task
from gtn_events.competition.domain.round_state import close_round
from gtn_events.competition.domain.rounds import delete_round
from gtn_events.competition.domain.training import (
    Sample,
    add_training,
    change_training,
    compare,
    distance,
    is_ready,
    remove_training,
    score_training,
    trainings_for,
)
from gtn_events.competition.enums import EntryState, RoundState
from gtn_events.competition.errors import (
    JudgeRefused,
    RoundRefused,
    ScoreRefused,
    ScoringClosed,
    TransitionRefused,
)
from gtn_events.competition.models import Scorecard, TrainingEntry, TrainingScorecard
from gtn_events.competition.queries.training import training_cards
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.questionnaire.models import Answer
from tests.competition.factories import MADE_AT, make_competition, make_entry, make_round
from tests.competition.panels import FULL, IN_TIME, Panel, make_panel, submit
from tests.factories import grant_role, make_account, sign_in

pytestmark = pytest.mark.usefixtures("database")
REFERENCE = Given({"impact": 4, "market": 2}, {"impact": "Measured at users.", "market": "Nobody pays yet."})
SAMPLE = Sample("Sample A", "A board.", "## What it does\n\nIt presses husk.", comes_first=True, reference=REFERENCE)


@pytest.fixture
def organiser(database: None) -> Account:
    return make_account("organiser@gtn.example")


def trained(organiser: Account, *, judges: int = 2, comes_first: bool = True) -> tuple[Panel, TrainingEntry]:
    """An open round with one sample that was added while it was planned."""
    panel = make_panel(judges=judges)
    panel.round.state = RoundState.PLANNED
    sample = Sample(SAMPLE.title, SAMPLE.summary, SAMPLE.body, comes_first=comes_first, reference=REFERENCE)
    training = add_training(panel.round, sample, actor=organiser, now=MADE_AT)
    panel.round.state = RoundState.OPEN
    db.session.commit()
    return panel, training


def score(panel: Panel, training: TrainingEntry, judge: int = 0, given: Given = FULL) -> TrainingScorecard:
    card = score_training(training, panel.judges[judge], given, actor=panel.account(judge), now=IN_TIME)
    db.session.commit()
    return card


def test_own_entries_open_when_the_sample_that_comes_first_is_scored(organiser: Account) -> None:
    panel, training = trained(organiser)
    with pytest.raises(JudgeRefused, match="training entry"):
        submit(panel.seat())
    db.session.rollback()
    score(panel, training)
    submit(panel.seat())
    with pytest.raises(JudgeRefused, match="training entry"):
        submit(panel.seat(1))


def test_sample_beside_the_own_entries_keeps_nobody_waiting(organiser: Account) -> None:
    panel, _training = trained(organiser, comes_first=False)
    submit(panel.seat())


def test_open_round_takes_no_sample_that_comes_first(organiser: Account) -> None:
    panel = make_panel()
    with pytest.raises(RoundRefused, match="may have begun"):
        add_training(panel.round, SAMPLE, actor=organiser, now=IN_TIME)


def test_training_counts_in_no_ranking_and_no_chain(organiser: Account) -> None:
    panel, training = trained(organiser)
    for judge in range(2):
        score(panel, training, judge)
        submit(panel.seat(judge))
    close_round(panel.round, actor=organiser, now=panel.round.closes_at)
    task = ranking_task(panel.round)
    assert (len(task.cards), list(task.entries)) == (2, [panel.entries[0].reference])
    assert (panel.round.chain_length, db.session.scalar(select(func.count()).select_from(Scorecard))) == (2, 2)


def test_sample_is_scored_once_whole_and_in_time(organiser: Account) -> None:
    panel, training = trained(organiser)
    with pytest.raises(ScoreRefused, match="Market is not scored"):
        score(panel, training, given=Given({"impact": 3}))
    with pytest.raises(ScoreRefused, match="from 1 to 5"):
        score(panel, training, given=Given({"impact": 3, "market": 9}))
    db.session.rollback()
    score(panel, training)
    with pytest.raises(TransitionRefused, match="already"):
        score(panel, training)
    with pytest.raises(ScoringClosed):
        score_training(training, panel.judges[1], FULL, actor=panel.account(1), now=panel.round.closes_at)


def test_declaration_comes_before_training(organiser: Account) -> None:
    panel, training = trained(organiser)
    unsigned = make_panel(signed=False, competition={"slug": "other-one"})
    training.round = unsigned.round
    with pytest.raises(JudgeRefused, match="Sign the declaration"):
        score_training(training, unsigned.judges[0], FULL, actor=unsigned.account(), now=IN_TIME)
    assert panel.round.state is RoundState.OPEN


def test_comparison_tells_reference_reason_and_the_others_without_names(organiser: Account) -> None:
    panel, training = trained(organiser, judges=3)
    own = score(panel, training, 0, Given({"impact": 5, "market": 2}))
    score(panel, training, 1, Given({"impact": 3, "market": 2}))
    score(panel, training, 2, Given({"impact": 3, "market": 1}))
    impact, market = compare(training, own, training_cards(training))
    assert (impact.own, impact.reference, impact.reason) == (5, 4, "Measured at users.")
    assert dict(impact.spread) == {1: 0, 2: 0, 3: 2, 4: 0, 5: 0}
    assert dict(market.spread) == {1: 1, 2: 1, 3: 0, 4: 0, 5: 0}


def test_distance_is_the_mean_of_the_points_and_the_difference_of_the_totals(organiser: Account) -> None:
    panel, training = trained(organiser)
    # 60 of 5 points and 40 of 5 points: the reference is 4 and 2, so 48 + 16 = 64; given are 5 and 1, 60 + 8 = 68.
    card = score(panel, training, 0, Given({"impact": 5, "market": 1}))
    assert distance(training, card) == (Decimal(1), Decimal(4))


def test_scored_sample_stays_as_it_is(organiser: Account) -> None:
    panel, training = trained(organiser)
    change_training(training, SAMPLE, actor=organiser, now=IN_TIME)
    score(panel, training)
    for act in (change_training, remove_training):
        arguments = (training, SAMPLE) if act is change_training else (training,)
        with pytest.raises(TransitionRefused, match="stays as it is"):
            act(*arguments, actor=organiser, now=IN_TIME)  # type: ignore[operator]


@pytest.mark.parametrize(
    ("reference", "field"),
    [
        (Given({"impact": 4}, dict(REFERENCE.comments)), "market"),
        (Given(dict(REFERENCE.scores), {"impact": "Measured."}), "market"),
        (Given({"impact": 9, "market": 2}, dict(REFERENCE.comments)), "impact"),
    ],
)
def test_reference_is_whole_and_has_its_reasons(organiser: Account, reference: Given, field: str) -> None:
    round_ = make_round(make_competition())
    with pytest.raises(ScoreRefused) as refused:
        add_training(
            round_, Sample("A", "", "Text", comes_first=True, reference=reference), actor=organiser, now=MADE_AT
        )
    assert refused.value.field == field


def test_changed_criteria_take_a_sample_out_until_its_reference_fits(organiser: Account) -> None:
    panel, training = trained(organiser)
    training.scores = {"impact": 4}
    db.session.commit()
    assert (is_ready(training), trainings_for(panel.judges[0], panel.round)) == (False, [])


def test_planned_round_is_deleted_with_its_samples(organiser: Account) -> None:
    round_ = make_round(make_competition())
    add_training(round_, SAMPLE, actor=organiser, now=MADE_AT)
    delete_round(round_, actor=organiser, now=MADE_AT)
    assert db.session.scalar(select(func.count()).select_from(TrainingEntry)) == 0


def test_export_tells_training_and_erasure_deletes_it(organiser: Account) -> None:
    panel, training = trained(organiser)
    score(panel, training)
    (told,) = export_person(panel.account())["judging"]
    assert told["training"][0]["scores"] == {"impact": 4, "market": 3}
    erase_person(panel.account(), now=IN_TIME)
    assert db.session.scalar(select(func.count()).select_from(TrainingScorecard)) == 0


@pytest.fixture
def in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: IN_TIME)


@pytest.mark.usefixtures("in_time")
def test_judge_is_led_from_the_desk_through_the_training_to_the_own_entries(
    organiser: Account, client: FlaskClient
) -> None:
    panel, training = trained(organiser)
    sign_in(client, panel.account())
    base = f"/competitions/{panel.competition}/judge"
    own = f"{base}/rounds/1/entries/{panel.entries[0].reference}"
    page = f"{base}/rounds/1/training/{training.id}"
    desk = client.get(f"{base}/").text
    assert ("Training: Sample A" in desk, panel.entries[0].title in desk) == (True, False)
    assert client.get(own).location.endswith("/judge/")
    assert client.post(own, data={"score_impact": "4", "score_market": "3", "act": "submit"}).status_code == 422
    shown = client.get(page).text
    assert ("It presses husk." in shown, "Measured at users." in shown) == (True, False)
    refused = client.post(page, data={"score_impact": "4", "comment_impact": "I like it."})
    assert (refused.status_code, "I like it." in refused.text) == (422, True)
    client.post(page, data={"score_impact": "4", "score_market": "3"})
    compared = client.get(page).text
    assert ("Measured at users." in compared, "Nobody else has scored it yet." in compared) == (True, True)
    assert client.get(own).status_code == 200


@pytest.mark.usefixtures("in_time")
def test_training_page_is_for_the_judges_of_its_round(organiser: Account, client: FlaskClient) -> None:
    panel, training = trained(organiser)
    other = make_panel(competition={"slug": "other-one"})
    page = f"/competitions/{panel.competition}/judge/rounds/1/training/{training.id}"
    assert client.get(page).location.startswith("/sign-in")
    for account, status in ((panel.entries[0].account, 403), (organiser, 403), (other.account(), 403)):
        sign_in(client, account)
        assert (client.get(page).status_code, client.post(page).status_code) == (status, status)
    sign_in(client, other.account())
    assert client.get(f"/competitions/other-one/judge/rounds/1/training/{training.id}").status_code == 404


@pytest.mark.usefixtures("in_time")
def test_organiser_adds_a_sample_from_the_edition_before_without_names(organiser: Account, client: FlaskClient) -> None:
    before = make_competition("sme-competition-2012")
    competition = make_competition(cloned_from_id=before.id)
    make_round(competition)
    entry = make_entry(before, make_account(), organisation_name="Andes Cold Chain", state=EntryState.ADMITTED)
    entry.answer_set.answers = [Answer(key="solution", value="It presses husk.")]
    db.session.commit()
    grant_role(organiser, Role.ORGANISER, competition.scope)
    sign_in(client, organiser)
    base = f"/competitions/{competition}/manage/rounds/1/training"
    form = client.get(f"{base}/new?from={entry.reference}").text
    assert ("It presses husk." in form, "Andes Cold Chain" in form) == (True, False)
    typed = {"title": "Sample A", "body": "It presses husk.", "comes_first": "y", "score_impact": "4"}
    refused = client.post(f"{base}/new", data=typed)
    assert (refused.status_code, "say why it should get this point" in refused.text) == (422, True)
    typed |= {"comment_impact": "Measured.", "score_market": "2", "comment_market": "Nobody pays."}
    assert client.post(f"{base}/new", data=typed).status_code == 302
    training = db.session.scalars(select(TrainingEntry)).one()
    assert (training.scores, training.comes_first) == ({"impact": 4, "market": 2}, True)
    assert "Sample A" in client.get(base).text
    client.post(f"{base}/{training.id}/edit", data=typed | {"title": "Sample B"})
    db.session.expire_all()
    assert training.title == "Sample B"
    client.post(f"{base}/{training.id}/remove")
    assert db.session.scalars(select(TrainingEntry)).all() == []


@pytest.mark.usefixtures("in_time")
def test_organiser_sees_who_has_done_it_and_how_far_each_is(organiser: Account, client: FlaskClient) -> None:
    panel, training = trained(organiser)
    score(panel, training, 0, Given({"impact": 5, "market": 1}))
    grant_role(organiser, Role.ORGANISER, panel.competition.scope)
    sign_in(client, organiser)
    base = f"/competitions/{panel.competition}/manage/rounds/1/training"
    assert "1 of 2" in client.get(base).text
    page = client.get(f"{base}/{training.id}").text
    assert ("1.00" in page, "+4.0" in page, "Not yet" in page) == (True, True, True)
    helper = make_account("helper@gtn.example")
    for role, status in ((Role.INTEGRITY_OFFICER, 403), (Role.JUDGE, 403), (Role.HELPER, 200)):
        grant_role(helper, role, panel.competition.scope)
        sign_in(client, helper)
        assert client.get(f"{base}/{training.id}").status_code == status
