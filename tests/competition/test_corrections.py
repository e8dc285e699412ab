"""What follows an upheld appeal: scorecards, a further judge, a new version, a revised decision, corrected results."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from gtn_events.competition.domain.appeal_deciding import carry_out
from gtn_events.competition.domain.appeal_transitions import Action
from gtn_events.competition.domain.awards import AwardSpec, add_award, give_award, take_back_award
from gtn_events.competition.domain.corrections import amend_results, further_judges, seat_further_judge
from gtn_events.competition.domain.decisions import revise_decision
from gtn_events.competition.domain.exclusion import confirm_exclusion, propose_exclusion
from gtn_events.competition.domain.given import Given
from gtn_events.competition.domain.results_file import keep_results, path_of_results
from gtn_events.competition.domain.scorecards import submit_scorecard
from gtn_events.competition.domain.verification import verify_results
from gtn_events.competition.enums import AwardKind, RoundState, Standing
from gtn_events.competition.errors import (
    AppealRefused,
    JudgeRefused,
    ReasonMissing,
    ResultRefused,
    ScoringClosed,
)
from gtn_events.competition.models import Assignment, Entry, Judge, RoundEntry, Scorecard
from gtn_events.competition.queries.publication import published_versions
from gtn_events.competition.queries.ranking import latest_version
from gtn_events.competition.results_mail_job import CORRECTION_MAIL
from gtn_events.core.db import db
from gtn_events.core.jobs import enqueue_job, run_due_jobs
from gtn_events.core.outbox import OutboxMail
from tests.competition.appealing import SOON, Appealed, decided, make_appealable, publish, work_elsewhere
from tests.competition.panels import add_judge
from tests.competition.results_rounds import compute
from tests.factories import make_account

pytestmark = pytest.mark.usefixtures("database")
LATER = SOON + timedelta(days=2)


def card_of(entry: Entry, judge: int) -> Scorecard:
    seat = select(Scorecard).join(Assignment).where(Assignment.entry_id == entry.id, Assignment.judge_id == judge)
    return db.session.scalars(seat.where(Scorecard.superseded.is_(False))).one()


def exclude(made: Appealed, card: Scorecard) -> None:
    """Let two persons leave a scorecard out."""
    officers = [make_account(f"officer{number}@gtn.example") for number in range(2)]
    propose_exclusion(card, reason="A tie that was not known.", actor=officers[0], now=SOON)
    confirm_exclusion(card, actor=officers[1], now=SOON)
    db.session.commit()


def standing_of(made: Appealed, entry: Entry) -> tuple[Standing, str]:
    rows = select(RoundEntry).where(RoundEntry.round_id == made.panel.round.id, RoundEntry.entry_id == entry.id)
    row = db.session.scalars(rows).one()
    return row.standing, row.departure


def further_judge(made: Appealed) -> Judge:
    """A judge without a seat, of another firm than the entrants."""
    judge = add_judge(made.panel.competition, made.panel.round, 9)
    work_elsewhere(judge)
    return judge


def test_scorecard_of_published_results_is_excluded_only_while_an_upheld_appeal_is_open() -> None:
    made = make_appealable()
    publish(made)
    card = card_of(made.entry, made.panel.judges[1].id)
    with pytest.raises(ResultRefused, match="What was published stands"):
        propose_exclusion(card, reason="A tie.", actor=made.other, now=SOON)
    appeal = decided(made)
    exclude(made, card)
    assert card.excluded_at == SOON
    carry_out(appeal, "Left out.", actor=made.organiser, now=SOON)
    with pytest.raises(ResultRefused, match="What was published stands"):
        propose_exclusion(card_of(made.entry, made.panel.judges[0].id), reason="A tie.", actor=made.other, now=SOON)


def test_new_version_names_its_appeal_and_the_old_one_stays() -> None:
    made = make_appealable()
    appeal = decided(made)
    exclude(made, card_of(made.entry, made.panel.judges[1].id))
    version = compute(made.panel, reason="After the appeal", appeal_id=appeal.id)
    assert (version.number, version.appeal_id, version.rows[0].rank) == (2, appeal.id, 1)
    assert (appeal.version_before, latest_version(made.panel.round)) == (1, version)


def test_further_judge_scores_the_one_entry_until_their_own_close() -> None:
    made = make_appealable()
    new = further_judge(made)
    appeal = decided(made)
    assert further_judges(appeal) == [new]
    with pytest.raises(JudgeRefused, match="future"):
        seat_further_judge(appeal, new, until=SOON, actor=made.organiser, now=SOON)
    with pytest.raises(JudgeRefused, match="on the panel of"):
        seat_further_judge(appeal, made.panel.judges[0], until=LATER, actor=made.organiser, now=SOON)
    seat = seat_further_judge(appeal, new, until=LATER, actor=made.organiser, now=SOON)
    assert new.account is not None
    given = Given({"impact": 5, "market": 5})
    with pytest.raises(ScoringClosed, match="time for Review is over"):
        submit_scorecard(seat, given, actor=new.account, now=LATER)
    submit_scorecard(seat, given, actor=new.account, now=LATER - timedelta(minutes=1))
    db.session.commit()
    version = compute(made.panel, reason="After the appeal", appeal_id=appeal.id)
    assert (made.panel.round.state, version.facts["scorecards"]) == (RoundState.DECIDED, 10)
    mails = select(OutboxMail.to_address).where(OutboxMail.template == "competition/judge_entries")
    assert db.session.scalars(mails).all() == [new.email]


def test_other_seats_of_a_closed_round_take_no_score() -> None:
    made = make_appealable()
    new = further_judge(made)
    seat_further_judge(decided(made), new, until=LATER, actor=made.organiser, now=SOON)
    account = made.panel.account()
    with pytest.raises(ScoringClosed, match="takes no scores now"):
        submit_scorecard(made.panel.seat(), Given({"impact": 1, "market": 1}), actor=account, now=SOON)


def test_conflicted_judge_takes_no_further_seat() -> None:
    made = make_appealable()
    entrants_economy = further_judge(made)
    entrants_economy.economy_code = made.entry.economy_code
    db.session.commit()
    appeal = decided(made)
    assert further_judges(appeal) == []
    with pytest.raises(JudgeRefused, match="conflict of interest"):
        seat_further_judge(appeal, entrants_economy, until=LATER, actor=made.organiser, now=SOON)


def test_revised_decision_lets_the_appellant_go_on_and_takes_no_place_away() -> None:
    made = make_appealable()
    first, _second, last = made.panel.entries
    assert standing_of(made, last)[0] is Standing.OUT
    appeal = decided(made)
    for judge in made.panel.judges:
        card = card_of(last, judge.id)
        card.scores, card.total = {"impact": 5, "market": 5}, 100
    winner = card_of(first, made.panel.judges[1].id)
    winner.total = 20
    db.session.commit()
    compute(made.panel, reason="After the appeal", appeal_id=appeal.id)
    with pytest.raises(ReasonMissing):
        revise_decision(made.panel.round, reason=" ", actor=made.organiser, now=SOON)
    counts = revise_decision(made.panel.round, reason="The appeal.", actor=made.organiser, now=SOON)
    assert (standing_of(made, last)[0], counts[Standing.ADVANCED]) == (Standing.ADVANCED, 2)
    assert standing_of(made, first) == (
        Standing.ADVANCED,
        "Went on before the ranking was corrected; nobody loses a place by the appeal of another.",
    )


def test_corrected_results_stand_in_place_of_the_published_ones(tmp_path: Path) -> None:
    made = make_appealable()
    competition = made.panel.competition
    publish(made)
    before = keep_results(competition, tmp_path)
    appeal = decided(made)
    exclude(made, card_of(made.entry, made.panel.judges[1].id))
    with pytest.raises(ResultRefused, match="Rank it again"):
        amend_results(competition, appeal, reason="A tie.", actor=made.organiser, now=LATER)
    db.session.rollback()
    compute(made.panel, reason="After the appeal", appeal_id=appeal.id)
    with pytest.raises(ReasonMissing):
        amend_results(competition, appeal, reason="", actor=made.organiser, now=LATER)
    amend_results(competition, appeal, reason="A scorecard was left out.", actor=made.organiser, now=LATER)
    db.session.commit()
    assert [version.number for version in published_versions(competition)] == [2]
    after = keep_results(competition, tmp_path)
    assert (before != after, before.exists(), path_of_results(competition, tmp_path)) == (True, True, after)
    told = json.loads(after.read_bytes())["results"]["competition"]
    assert told["corrections"] == [{"number": 1, "at": LATER.isoformat(), "reason": "A scorecard was left out."}]
    assert [check for each in (before, after) for check in verify_results(each.read_bytes()) if not check.holds] == []


def test_results_are_corrected_only_after_they_were_published_and_an_appeal_was_upheld() -> None:
    made = make_appealable()
    competition = made.panel.competition
    upheld = decided(made)
    with pytest.raises(ResultRefused, match="not published yet"):
        amend_results(competition, upheld, reason="A tie.", actor=made.organiser, now=LATER)
    publish(made)
    carry_out(upheld, "Nothing changed.", actor=made.organiser, now=LATER)
    with pytest.raises(AppealRefused):
        amend_results(competition, upheld, reason="A tie.", actor=made.organiser, now=LATER)


def test_appeal_that_is_not_upheld_changes_nothing() -> None:
    made = make_appealable()
    publish(made)
    appeal = decided(made, Action.REJECT)
    with pytest.raises(AppealRefused):
        amend_results(made.panel.competition, appeal, reason="A tie.", actor=made.organiser, now=LATER)
    with pytest.raises(ResultRefused):
        propose_exclusion(
            card_of(made.entry, made.panel.judges[1].id), reason="A tie.", actor=made.organiser, now=LATER
        )


def test_prize_changes_hands_while_results_are_corrected() -> None:
    made = make_appealable()
    competition, (first, second, _last) = made.panel.competition, made.panel.entries
    award = add_award(competition, AwardSpec(AwardKind.GRAND, "Grand prize"), actor=made.organiser, now=SOON)
    give_award(award, first, citation="", actor=made.organiser, now=SOON)
    publish(made)
    with pytest.raises(ResultRefused, match="What was published stands"):
        take_back_award(award, reason="The ranking.", actor=made.organiser, now=SOON)
    db.session.rollback()
    decided(made)
    take_back_award(award, reason="The ranking.", actor=made.organiser, now=LATER)
    give_award(award, second, citation="", departure="The appeal.", actor=made.organiser, now=LATER)
    assert award.entry is second


def test_every_entrant_is_told_of_a_correction_once(tmp_path: Path) -> None:
    made = make_appealable()
    competition = made.panel.competition
    publish(made)
    appeal = decided(made)
    compute(made.panel, reason="After the appeal", appeal_id=appeal.id)
    amendment = amend_results(competition, appeal, reason="A tie.", actor=made.organiser, now=LATER)
    for _twice in range(2):
        enqueue_job(
            CORRECTION_MAIL,
            title="Mails",
            params={"amendment_id": amendment.id},
            actor=made.organiser,
            now=LATER,
            scope=competition.scope,
        )
    db.session.commit()
    run_due_jobs(LATER)
    mails = select(OutboxMail.to_address).where(OutboxMail.template == "competition/results_corrected")
    assert sorted(db.session.scalars(mails)) == sorted(entry.account.email for entry in made.panel.entries)
