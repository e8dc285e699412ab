"""Opening, changing, cloning, publishing and closing calls."""

import itertools
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select

from gtn_events.accounts.enums import Role
from gtn_events.accounts.models import Account, RoleGrant
from gtn_events.core.db import db
from gtn_events.core.errors import Stale
from gtn_events.core.journal import JournalEntry
from gtn_events.incubation.domain.call_sectors import sectors_from
from gtn_events.incubation.domain.call_state import TRANSITIONS, CallAction, act_on_call, what_is_missing
from gtn_events.incubation.domain.call_window import Window, timeline_of, window_of
from gtn_events.incubation.domain.calls import CallDetails, edit_call
from gtn_events.incubation.domain.criteria import CriterionSpec, save_criteria, specs_of
from gtn_events.incubation.domain.opening import NextCall, clone_call, open_call
from gtn_events.incubation.enums import CallState, MatchingMethod
from gtn_events.incubation.errors import CallRefused, TransitionRefused
from gtn_events.incubation.matching import commitment
from gtn_events.incubation.models import Call, Review
from tests.factories import grant_role, make_account
from tests.incubation.factories import MADE_AT, make_application, make_call, make_host, make_intake

pytestmark = pytest.mark.usefixtures("database")
FIT = CriterionSpec(label="Fit", weight=Decimal(60), levels=("No", "Some", "Yes"))
PLAN = CriterionSpec(label="Plan", weight=Decimal(40), levels=("No", "Yes"))


def details(**values: Any) -> CallDetails:
    """A call that breaks no rule."""
    plain = CallDetails(
        slug="co-incubation-2028",
        title="Co-incubation 2028",
        tagline="",
        description="Stay with an incubator.",
        funding="",
        time_zone="Asia/Bangkok",
        opens_at=datetime(2028, 2, 1, 2, 0, tzinfo=UTC),
        closes_at=datetime(2028, 5, 31, 16, 59, tzinfo=UTC),
        ranking_until=datetime(2028, 6, 14, 16, 59, tzinfo=UTC),
        match_on=date(2028, 6, 19),
        accept_days=10,
        placements_from=date(2028, 8, 1),
        placements_until=date(2029, 1, 31),
        weeks_at_least=4,
        weeks_at_most=26,
        sectors=[{"key": "food", "label": "Food chains"}],
        method=MatchingMethod.STABLE,
        most_wishes=8,
        declaration="I declare.",
        privacy_notice="",
        contact_name="",
        contact_email="organiser@gtn.example",
        reference_prefix="COI28",
    )
    return replace(plain, **values)


def of(call: Call, **values: Any) -> CallDetails:
    """The details of a call that is there, some changed."""
    stored = {name: getattr(call, name) for name in CallDetails.__dataclass_fields__}
    return CallDetails(**(stored | values))


@pytest.fixture
def organiser() -> Account:
    return make_account("organiser@gtn.example")


def test_a_new_call_is_a_draft_with_form_criteria_and_a_lottery(organiser: Account) -> None:
    call = open_call(details(), actor=organiser, now=MADE_AT)
    assert (call.state, what_is_missing(call)) == (CallState.DRAFT, [])
    assert sum(each.weight for each in call.criteria) == 100
    assert call.lottery_commitment == commitment(call.lottery_seed)
    assert len(call.lottery_seed) == 64
    assert (call.questionnaire.scope_kind, call.questionnaire.scope_id) == ("call", call.id)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"slug": "hosts"}, "slug"),
        ({"slug": "how-places-are-given"}, "slug"),
        ({"slug": "Two Words"}, "slug"),
        ({"reference_prefix": "c"}, "reference_prefix"),
        ({"closes_at": datetime(2028, 1, 1, tzinfo=UTC)}, "closes_at"),
        ({"ranking_until": datetime(2028, 5, 1, tzinfo=UTC)}, "ranking_until"),
        ({"match_on": date(2028, 6, 1)}, "match_on"),
        ({"placements_from": date(2028, 6, 1)}, "placements_from"),
        ({"placements_until": date(2028, 8, 1)}, "placements_until"),
        ({"weeks_at_most": 3}, "weeks_at_most"),
    ],
)
def test_details_that_contradict_themselves_are_refused_at_their_field(values: dict[str, Any], field: str) -> None:
    with pytest.raises(CallRefused) as refused:
        open_call(details(**values), actor=None, now=MADE_AT)
    assert refused.value.field == field


def test_two_calls_do_not_share_an_address() -> None:
    open_call(details(), actor=None, now=MADE_AT)
    with pytest.raises(CallRefused, match="Another call"):
        open_call(details(), actor=None, now=MADE_AT)


def test_what_firms_were_told_stays_after_publishing(organiser: Account) -> None:
    call = make_call()
    for change in ({"method": MatchingMethod.FIT}, {"most_wishes": 3}, {"slug": "another"}, {"reference_prefix": "X1"}):
        with pytest.raises(CallRefused, match="told when the call was published"):
            edit_call(call, of(call, **change), lock_version=call.lock_version, actor=organiser, now=MADE_AT)
    edit_call(call, of(call, title="Another title"), lock_version=call.lock_version, actor=organiser, now=MADE_AT)
    entry = db.session.scalars(select(JournalEntry).where(JournalEntry.action == "settings changed")).one()
    assert entry.changes == {"title": ["Co-incubation 2027", "Another title"]}


def test_settings_that_somebody_changed_meanwhile_are_not_overwritten(organiser: Account) -> None:
    call = make_call()
    with pytest.raises(Stale):
        edit_call(call, of(call, title="Mine"), lock_version=call.lock_version - 1, actor=organiser, now=MADE_AT)


def test_a_sector_keeps_its_key_as_long_as_its_words_stay() -> None:
    present = sectors_from(["Food chains", "Clean energy"], [])
    again = sectors_from(["Clean energy", "  Food   chains ", "", "Food"], present)
    assert [each["key"] for each in again] == ["clean_energy", "food_chains", "food"]


@pytest.mark.parametrize("lines", [["Food", "Food"], ["x" * 81], [str(number) for number in range(31)]])
def test_sectors_that_cannot_be_are_refused(lines: list[str]) -> None:
    with pytest.raises(CallRefused):
        sectors_from(lines, [])


def test_a_sector_that_is_used_stays(organiser: Account) -> None:
    call = make_call()
    make_intake(call, make_host(), only_sectors=["energy"])
    make_application(call, make_account(economy_code="PE"), sector="food")
    for key, label in (("food", "Food chains"), ("energy", "Clean energy")):
        left = [sector for sector in call.sectors if sector["key"] != key]
        with pytest.raises(CallRefused, match=label):
            edit_call(call, of(call, sectors=left), lock_version=call.lock_version, actor=organiser, now=MADE_AT)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"placements_from": date(2027, 8, 2)}, "placements_from"),
        ({"placements_until": date(2027, 12, 19)}, "placements_until"),
    ],
)
def test_dates_of_stays_that_hosts_have_given_places_for_stay(
    change: dict[str, Any], field: str, organiser: Account
) -> None:
    call = make_call()
    intake = make_intake(call, make_host())
    with pytest.raises(CallRefused) as refused:
        edit_call(call, of(call, **change), lock_version=call.lock_version, actor=organiser, now=MADE_AT)
    assert refused.value.field == field
    intake.withdrawn_at = MADE_AT
    db.session.commit()
    edit_call(call, of(call, **change), lock_version=call.lock_version, actor=organiser, now=MADE_AT)
    assert getattr(call, field) == change[field]


@pytest.mark.parametrize(("state", "action"), list(itertools.product(CallState, CallAction)))
def test_only_what_the_table_says_is_possible(state: CallState, action: CallAction, organiser: Account) -> None:
    call = make_call(state=state, description="About", declaration="I declare.")
    if after := TRANSITIONS.get((state, action)):
        act_on_call(call, action, actor=organiser, now=MADE_AT)
        assert call.state is after
    else:
        with pytest.raises(TransitionRefused):
            act_on_call(call, action, actor=organiser, now=MADE_AT)
        assert call.state is state


def test_every_state_can_be_left_and_only_a_draft_is_published() -> None:
    assert {before for before, _action in TRANSITIONS} == set(CallState)
    assert [before for before, action in TRANSITIONS if action is CallAction.PUBLISH] == [CallState.DRAFT]


def test_an_incomplete_call_is_not_published_and_says_why(organiser: Account) -> None:
    call = make_call(state=CallState.DRAFT, sectors=[], contact_email="")
    assert [each.page for each in what_is_missing(call)] == ["settings"] * 4
    with pytest.raises(CallRefused, match="description"):
        act_on_call(call, CallAction.PUBLISH, actor=organiser, now=MADE_AT)


def test_publishing_writes_the_commitment_into_the_journal_and_never_the_seed(organiser: Account) -> None:
    call = open_call(details(), actor=organiser, now=MADE_AT)
    act_on_call(call, CallAction.PUBLISH, actor=organiser, now=MADE_AT)
    entries = db.session.scalars(select(JournalEntry).order_by(JournalEntry.id)).all()
    assert entries[-1].changes["lottery"] == ["", call.lottery_commitment]
    assert not any(call.lottery_seed in str(entry.changes) for entry in entries)


def test_a_call_made_from_last_years_moves_every_date_and_draws_another_lottery(organiser: Account) -> None:
    source = make_call()
    grant_role(organiser, Role.ORGANISER, source.scope)
    make_intake(source, make_host())
    following = NextCall(title="Next", slug="next-one", reference_prefix="COI28", opens_on=date(2028, 2, 1))
    call = clone_call(source, following, actor=organiser, now=MADE_AT)
    year = timedelta(days=365)
    assert (call.opens_at, call.match_on) == (source.opens_at + year, source.match_on + year)
    assert (call.state, call.cloned_from_id, call.intakes) == (CallState.DRAFT, source.id, [])
    assert [each.key for each in call.criteria] == [each.key for each in source.criteria]
    assert call.lottery_seed != source.lottery_seed
    assert call.lottery_commitment == commitment(call.lottery_seed)
    grants = db.session.scalars(select(RoleGrant).where(RoleGrant.scope_id == call.id, RoleGrant.scope_kind == "call"))
    assert [grant.role for grant in grants] == [Role.ORGANISER]


def test_criteria_are_saved_together_and_keep_their_keys(organiser: Account) -> None:
    call = make_call()
    stored = specs_of(call)
    changed = [
        replace(stored[1], weight=Decimal(70)),
        CriterionSpec(label="New", weight=Decimal(30), levels=("a", "b")),
    ]
    save_criteria(call, changed, actor=organiser, now=MADE_AT)
    assert [(each.key, each.weight) for each in call.criteria] == [("plan", 70), ("new", 30)]


def test_keys_of_criteria_that_were_tampered_with_are_made_anew(organiser: Account) -> None:
    call = make_call()
    save_criteria(call, [replace(FIT, key="fit"), replace(PLAN, key="fit")], actor=organiser, now=MADE_AT)
    assert [each.key for each in call.criteria] == ["fit", "plan_2"]


@pytest.mark.parametrize(
    "specs",
    [
        [],
        [FIT],
        [FIT, replace(PLAN, label="Fit")],
        [FIT, replace(PLAN, weight=Decimal(0))],
        [FIT, replace(PLAN, levels=("one",))],
        [FIT, replace(PLAN, levels=tuple("abcdefghijk"))],
    ],
)
def test_criteria_that_break_a_rule_are_refused(specs: list[CriterionSpec], organiser: Account) -> None:
    call = make_call()
    with pytest.raises(CallRefused):
        save_criteria(call, specs, actor=organiser, now=MADE_AT)


def test_criteria_are_locked_by_the_first_score(organiser: Account) -> None:
    call = make_call()
    intake = make_intake(call, make_host())
    application = make_application(call, make_account(economy_code="PE"), [intake])
    db.session.add(Review(intake=intake, application=application, account=organiser, saved_at=MADE_AT))
    db.session.commit()
    with pytest.raises(CallRefused, match="stay as they are"):
        save_criteria(call, [FIT, PLAN], actor=organiser, now=MADE_AT)


@pytest.mark.parametrize(
    ("now", "state", "window"),
    [
        (datetime(2027, 1, 1, tzinfo=UTC), CallState.PUBLISHED, Window.BEFORE),
        (datetime(2027, 3, 1, tzinfo=UTC), CallState.PUBLISHED, Window.OPEN),
        (datetime(2027, 3, 1, tzinfo=UTC), CallState.CLOSED, Window.RANKING),
        (datetime(2027, 6, 1, tzinfo=UTC), CallState.PUBLISHED, Window.RANKING),
        (datetime(2027, 7, 1, tzinfo=UTC), CallState.PUBLISHED, Window.MATCHING),
        (datetime(2027, 9, 1, tzinfo=UTC), CallState.PUBLISHED, Window.OVER),
        (datetime(2027, 1, 1, tzinfo=UTC), CallState.CLOSED, Window.OVER),
    ],
)
def test_where_a_call_stands_in_time(now: datetime, state: CallState, window: Window) -> None:
    assert window_of(make_call(state=state), now=now) is window


def test_the_timeline_runs_in_order_and_marks_what_is_over() -> None:
    points = timeline_of(make_call(), now=datetime(2027, 6, 1, tzinfo=UTC))
    assert [point.done for point in points] == [True, True, False, False, False]
