"""Placements and their agreements, from the accepted offer to the figures two years later."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.incubation.domain import agreements, milestones, placements
from gtn_events.incubation.domain.agreements import Signatory
from gtn_events.incubation.domain.offers import accept_offer, give_place
from gtn_events.incubation.domain.placement_transitions import TRANSITIONS, Action, Side
from gtn_events.incubation.enums import (
    AgreementState,
    MilestoneState,
    Moment,
    OfferState,
    PartyRole,
    PlacementState,
    ReportKind,
)
from gtn_events.incubation.errors import (
    AgreementRefused,
    FiguresRefused,
    PlacementRefused,
    ReasonMissing,
    TransitionRefused,
)
from gtn_events.incubation.figures import read_figures
from gtn_events.incubation.models import Agreement, FigureSet, Placement, PlacementReport
from tests.factories import make_account
from tests.incubation.factories import make_application, make_call, make_host, make_intake

NOW = datetime(2027, 9, 10, 3, 0, tzinfo=UTC)
PLAN = {"goals": ["Test the cold room for a season"], "activities": [], "figures": [], "risks": ""}
CLAUSES = [{"heading": "Aim", "text": "The firm tests its cold room at the host."}]
SIGNATORIES = [
    Signatory(PartyRole.FIRM, "Andes Cold Chain", "Rosa Huamán", "rosa@firm.example"),
    Signatory(PartyRole.HOST, "Korat Green Incubator", "Thanakorn Phromma", "thanakorn@host.example"),
    Signatory(PartyRole.HOME, "Ministry", "Ana Quispe", "ana@ministry.example"),
]


@pytest.fixture
def actor(database: None) -> Account:
    return make_account("organiser@gtn.example")


@pytest.fixture
def placement(actor: Account) -> Placement:
    call = make_call()
    intake = make_intake(call, make_host(), 1)
    firm = make_account("rosa@firm.example", economy_code="PE")
    offer = give_place(make_application(call, firm, [intake]), intake, actor=actor, now=NOW)
    accept_offer(offer, actor=firm, now=NOW)
    return placements.begin_placement(offer, actor=actor, now=NOW)


def draft(placement: Placement, actor: Account, **values: object) -> Agreement:
    given = {"clauses": CLAUSES, "plan": PLAN, "parties": SIGNATORIES} | values
    return agreements.draft_agreement(placement, actor=actor, now=NOW, **given)  # type: ignore[arg-type]  # by name


def sign_all(agreement: Agreement) -> list[bool]:
    return [
        agreements.sign(agreement, each, typed_name=each.name, seen=agreement.sha256, actor=None, now=NOW)
        for each in agreement.parties
    ]


@pytest.fixture
def agreed(placement: Placement, actor: Account) -> Placement:
    agreement = draft(placement, actor)
    agreements.send_for_signature(agreement, actor=actor, now=NOW)
    sign_all(agreement)
    return placement


@pytest.fixture
def running(agreed: Placement, actor: Account) -> Placement:
    placements.start_placement(agreed, on=date(2027, 9, 6), side=Side.HOST, actor=actor, now=NOW)
    return agreed


def moments(placement: Placement) -> dict[Moment, date]:
    return {
        each.moment: each.due_on
        for each in db.session.scalars(select(FigureSet).where(FigureSet.placement_id == placement.id))
    }


def test_an_accepted_offer_makes_one_placement_with_the_wished_stay(placement: Placement, actor: Account) -> None:
    assert [(stay.starts_on, stay.ends_on) for stay in placement.stays] == [(date(2027, 9, 6), date(2027, 12, 5))]
    assert placements.begin_placement(placement.offer, actor=actor, now=NOW) is placement


def test_a_placement_is_agreed_by_the_last_signature(placement: Placement, actor: Account) -> None:
    agreement = draft(placement, actor)
    agreements.send_for_signature(agreement, actor=actor, now=NOW)
    assert sign_all(agreement) == [False, False, True]
    assert (agreement.state, placement.state) == (AgreementState.SIGNED, PlacementState.AGREED)
    with pytest.raises(AgreementRefused):
        agreements.sign(agreement, agreement.parties[0], typed_name="", seen="", actor=None, now=NOW)


def test_a_signature_is_of_the_text_that_was_shown_and_the_name_that_stands_there(
    placement: Placement, actor: Account
) -> None:
    agreement = draft(placement, actor)
    agreements.send_for_signature(agreement, actor=actor, now=NOW)
    firm = agreement.parties[0]
    with pytest.raises(AgreementRefused, match="not the one that was shown"):
        agreements.sign(agreement, firm, typed_name=firm.name, seen="0" * 64, actor=None, now=NOW)
    with pytest.raises(AgreementRefused, match="Type the name"):
        agreements.sign(agreement, firm, typed_name="Rosa", seen=agreement.sha256, actor=None, now=NOW)
    agreements.sign(agreement, firm, typed_name="  rosa  HUAMAN ", seen=agreement.sha256, actor=None, now=NOW)
    with pytest.raises(AgreementRefused, match="signed already"):
        agreements.sign(agreement, firm, typed_name=firm.name, seen=agreement.sha256, actor=None, now=NOW)


def test_what_goes_out_for_signature_has_three_parties_and_a_goal(placement: Placement, actor: Account) -> None:
    agreement = draft(placement, actor, parties=SIGNATORIES[:2])
    with pytest.raises(AgreementRefused, match="three parties"):
        agreements.send_for_signature(agreement, actor=actor, now=NOW)
    twice = [*SIGNATORIES[:2], Signatory(PartyRole.HOME, "Ministry", "Ana", "ROSA@firm.example")]
    agreements.change_draft(agreement, clauses=CLAUSES, plan=PLAN, parties=twice, actor=actor, now=NOW)
    with pytest.raises(AgreementRefused, match="same e-mail"):
        agreements.send_for_signature(agreement, actor=actor, now=NOW)
    agreements.change_draft(
        agreement, clauses=CLAUSES, plan=PLAN | {"goals": [" "]}, parties=SIGNATORIES, actor=actor, now=NOW
    )
    with pytest.raises(AgreementRefused, match="no goal"):
        agreements.send_for_signature(agreement, actor=actor, now=NOW)


def test_an_amendment_replaces_the_signed_version_when_all_have_signed_it(agreed: Placement, actor: Account) -> None:
    with pytest.raises(ReasonMissing):
        draft(agreed, actor)
    second = draft(agreed, actor, reason="Four weeks more.")
    agreements.send_for_signature(second, actor=actor, now=NOW)
    assert [each.state for each in agreed.agreements] == [AgreementState.SIGNED, AgreementState.SIGNING]
    sign_all(second)
    assert [each.state for each in agreed.agreements] == [AgreementState.SUPERSEDED, AgreementState.SIGNED]
    assert agreed.state is PlacementState.AGREED


def test_a_version_out_for_signature_is_taken_back_with_a_reason(placement: Placement, actor: Account) -> None:
    agreement = draft(placement, actor)
    agreements.send_for_signature(agreement, actor=actor, now=NOW)
    with pytest.raises(ReasonMissing):
        agreements.take_back(agreement, reason=" ", actor=actor, now=NOW)
    agreements.take_back(agreement, reason="A wrong date.", actor=actor, now=NOW)
    assert draft(placement, actor).number == 2


def test_an_agreement_of_a_placement_that_is_cancelled_is_not_signed_any_more(
    placement: Placement, actor: Account
) -> None:
    agreement = draft(placement, actor)
    agreements.send_for_signature(agreement, actor=actor, now=NOW)
    placements.cancel_placement(placement, reason="No visa.", actor=actor, now=NOW)
    with pytest.raises(AgreementRefused, match="The placement is cancelled"):
        sign_all(agreement)
    assert [each.signed_at for each in agreement.parties] == [None, None, None]
    agreements.take_back(agreement, reason="The placement is cancelled.", actor=actor, now=NOW)


def test_a_draft_of_a_placement_that_is_over_is_not_sent_any_more(agreed: Placement, actor: Account) -> None:
    amended = draft(agreed, actor, reason="Another goal.")
    placements.start_placement(agreed, on=date(2027, 9, 6), side=Side.HOST, actor=actor, now=NOW)
    placements.end_early(agreed, on=date(2027, 9, 9), reason="Illness", side=Side.FIRM, actor=actor, now=NOW)
    with pytest.raises(AgreementRefused, match="The placement is ended early"):
        agreements.change_draft(amended, clauses=CLAUSES, plan=PLAN, parties=SIGNATORIES, actor=actor, now=NOW)
    with pytest.raises(AgreementRefused, match="The placement is ended early"):
        agreements.send_for_signature(amended, actor=actor, now=NOW)


def test_stays_do_not_overlap_and_one_that_has_begun_stays(running: Placement, actor: Account) -> None:
    first = (date(2027, 9, 6), date(2027, 10, 1))
    with pytest.raises(PlacementRefused, match="overlap on 2027-10-01"):
        placements.plan_stays(running, [first, (date(2027, 10, 1), date(2027, 11, 1))], actor=actor, now=NOW)
    with pytest.raises(PlacementRefused, match="has arrived"):
        placements.plan_stays(running, [(date(2027, 9, 7), date(2027, 10, 1))], actor=actor, now=NOW)
    placements.plan_stays(running, [(date(2027, 11, 2), date(2027, 11, 30)), first], actor=actor, now=NOW)
    assert [(stay.starts_on.month, stay.arrived_on) for stay in running.stays] == [(9, date(2027, 9, 6)), (11, None)]


def test_a_start_asks_for_figures_and_an_early_end_for_those_that_follow(running: Placement, actor: Account) -> None:
    assert moments(running) == {Moment.START: date(2027, 9, 6)}
    with pytest.raises(ReasonMissing):
        placements.end_early(running, on=date(2027, 9, 10), reason="", side=Side.FIRM, actor=actor, now=NOW)
    later = NOW + timedelta(days=60)
    placements.end_early(running, on=date(2027, 10, 31), reason="Illness", side=Side.FIRM, actor=actor, now=later)
    assert moments(running) == {
        Moment.START: date(2027, 9, 6),
        Moment.END: date(2027, 10, 31),
        Moment.AFTER_6: date(2028, 4, 30),
        Moment.AFTER_12: date(2028, 10, 31),
        Moment.AFTER_24: date(2029, 10, 31),
    }


def test_a_day_to_come_is_no_start(agreed: Placement, actor: Account) -> None:
    with pytest.raises(PlacementRefused, match="still to come"):
        placements.start_placement(agreed, on=date(2027, 9, 20), side=Side.HOST, actor=actor, now=NOW)


def test_a_start_before_the_firm_applied_is_a_slip(agreed: Placement, actor: Account) -> None:
    with pytest.raises(PlacementRefused, match="had not even applied"):
        placements.start_placement(agreed, on=date(2026, 9, 6), side=Side.HOST, actor=actor, now=NOW)
    assert (agreed.state, moments(agreed)) == (PlacementState.AGREED, {})


def test_days_of_arriving_and_leaving_follow_one_another(running: Placement, actor: Account) -> None:
    later = NOW + timedelta(days=90)
    days = [(date(2027, 9, 6), date(2027, 10, 1)), (date(2027, 11, 1), date(2027, 12, 5))]
    placements.plan_stays(running, days, actor=actor, now=NOW)
    first, second = running.stays
    told = {"actor": actor, "now": later}
    with pytest.raises(PlacementRefused, match="out of order"):
        placements.note_arrival(second, on=date(2027, 9, 5), **told)
    with pytest.raises(PlacementRefused, match="out of order"):
        placements.note_leaving(first, on=date(2027, 9, 5), **told)
    placements.note_arrival(second, on=date(2027, 11, 3), **told)
    with pytest.raises(PlacementRefused, match="out of order"):
        placements.note_leaving(first, on=date(2027, 11, 4), **told)
    placements.note_leaving(first, on=date(2027, 9, 30), **told)
    for day in (date(2027, 11, 2), date(2027, 9, 20)):
        with pytest.raises(PlacementRefused, match="out of order"):
            placements.end_early(running, on=day, reason="Illness", side=Side.FIRM, **told)
    with pytest.raises(PlacementRefused, match="has arrived"):
        placements.plan_stays(running, [days[0], (date(2027, 11, 1), date(2027, 11, 2))], **told)
    placements.end_early(running, on=date(2027, 11, 20), reason="Illness", side=Side.FIRM, **told)
    assert [(stay.left_on, stay.arrived_on) for stay in running.stays] == [
        (date(2027, 9, 30), date(2027, 9, 6)),
        (date(2027, 11, 20), date(2027, 11, 3)),
    ]


def test_an_end_between_two_stays_leaves_the_day_on_which_the_firm_left(running: Placement, actor: Account) -> None:
    days = [(date(2027, 9, 6), date(2027, 10, 1)), (date(2027, 11, 1), date(2027, 12, 5))]
    placements.plan_stays(running, days, actor=actor, now=NOW)
    told = {"actor": actor, "now": NOW + timedelta(days=40)}
    placements.note_leaving(running.stays[0], on=date(2027, 9, 30), **told)
    placements.end_early(running, on=date(2027, 10, 10), reason="No visa", side=Side.FIRM, **told)
    assert (running.stays[0].left_on, running.ended_on) == (date(2027, 9, 30), date(2027, 10, 10))


def test_a_placement_is_completed_when_nothing_is_missing(running: Placement, actor: Account) -> None:
    milestone = milestones.add_milestone(
        running, title="First harvest stored", due_on=date(2027, 10, 1), actor=actor, now=NOW
    )
    end = NOW + timedelta(days=90)
    with pytest.raises(PlacementRefused, match="First harvest"):
        placements.complete_placement(running, on=date(2027, 12, 5), side=Side.HOST, actor=actor, now=end)
    milestone.state = MilestoneState.SIGNED_OFF
    for role in (PartyRole.FIRM, PartyRole.HOST):
        assert len(placements.completion_gaps(running)) == (2 if role is PartyRole.FIRM else 1)
        db.session.add(
            PlacementReport(placement=running, kind=ReportKind.FINAL, role=role, answers={}, saved_at=end, sent_at=end)
        )
        db.session.flush()
    placements.complete_placement(running, on=date(2027, 12, 5), side=Side.HOST, actor=actor, now=end)
    assert (running.state, running.stays[-1].left_on) == (PlacementState.COMPLETED, date(2027, 12, 5))


def test_a_cancelled_placement_frees_its_place(agreed: Placement, actor: Account) -> None:
    placements.cancel_placement(agreed, reason="No visa.", actor=actor, now=NOW)
    assert agreed.offer.state is OfferState.WITHDRAWN
    other = make_application(agreed.application.call, make_account("minh@firm.example", economy_code="VN"))
    assert give_place(other, agreed.intake, actor=actor, now=NOW).state is OfferState.OFFERED
    with pytest.raises(TransitionRefused):
        placements.start_placement(agreed, on=date(2027, 9, 6), side=Side.HOST, actor=actor, now=NOW)


@given(st.lists(st.tuples(st.sampled_from(Action), st.sampled_from(Side)), max_size=8))
@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_every_way_through_the_table_ends_where_nothing_follows(steps: list[tuple[Action, Side]]) -> None:
    state = PlacementState.PREPARING
    for action, side in steps:
        row = TRANSITIONS.get((state, action))
        if row is not None and side in row.sides:
            state = row.to
    ends = {PlacementState.COMPLETED, PlacementState.ENDED_EARLY, PlacementState.CANCELLED}
    assert (state in ends) == (not any(source is state for source, _ in TRANSITIONS))


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ({"revenue": "12,500"}, {"revenue": "12500"}),
        ({"revenue": "1 000 000"}, {"revenue": "1000000"}),
        ({"co2": "2.50", "co2_method": "Metered"}, {"co2": "2.5", "co2_method": "Metered"}),
        ({"jobs_women": " 7 ", "jobs_men": ""}, {"jobs_women": "7"}),
    ],
)
def test_figures_are_kept_as_they_were_meant(given: dict[str, str], kept: dict[str, str]) -> None:
    assert read_figures(given) == kept


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"co2": "2.5"}, "co2_method"),
        ({"co2": "1,5", "co2_method": "Metered"}, "co2"),
        ({"revenue": "-1"}, "revenue"),
        ({"revenue": "1e9"}, "revenue"),
        ({"revenue": "NaN"}, "revenue"),
        ({"revenue": "١٢"}, "revenue"),
        ({"pilots": "1.5"}, "pilots"),
        ({"jobs_men": "1000001"}, "jobs_men"),
    ],
)
def test_a_figure_that_cannot_be_right_is_refused_at_its_field(given: dict[str, str], field: str) -> None:
    with pytest.raises(FiguresRefused) as refused:
        read_figures(given)
    assert refused.value.field == field
