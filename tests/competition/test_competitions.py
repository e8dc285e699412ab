"""A competition's course: opened, changed, published, closed, opened again, made anew for the next year."""

from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from gtn_events.accounts.enums import Role
from gtn_events.accounts.models import RoleGrant
from gtn_events.competition.defaults import DECLARATION
from gtn_events.competition.domain.categories import add_category, delete_category, edit_category, move_category
from gtn_events.competition.domain.cloning import NewEdition, clone_competition
from gtn_events.competition.domain.competitions import (
    CompetitionDetails,
    close_competition,
    edit_competition,
    publish_competition,
    reopen_competition,
    write_declaration,
)
from gtn_events.competition.domain.live_rule import LiveRule, set_live_rule
from gtn_events.competition.domain.opening import open_competition
from gtn_events.competition.enums import (
    AwardKind,
    CompetitionState,
    EntryPath,
    LatePolicy,
    Method,
    RoundKind,
    VoteState,
)
from gtn_events.competition.errors import CategoryRefused, CompetitionRefused
from gtn_events.competition.models import Award, Competition, CompetitionCategory
from gtn_events.competition.queries.live import live_final_of
from gtn_events.core.db import db
from gtn_events.core.errors import Stale
from gtn_events.eligibility.domain.keeping import rules_of, set_rules
from gtn_events.questionnaire.domain.questions import specs_of
from gtn_events.questionnaire.queries.versions import published_version
from tests.competition.factories import make_competition, make_entry, make_judge, make_round
from tests.conftest import NOW
from tests.factories import grant_role, make_account

pytestmark = pytest.mark.usefixtures("database")

DETAILS = CompetitionDetails(
    slug="sme-competition-2027",
    title="Innovative SMEs Competition 2027",
    edition="2027",
    tagline="",
    description="",
    rules="",
    prizes="",
    host_economy_code="PE",
    city="Lima",
    time_zone="America/Lima",
    entries_open_at=datetime(2027, 3, 1, 5, 0, tzinfo=UTC),
    entries_close_at=datetime(2027, 5, 31, 5, 0, tzinfo=UTC),
    grace_minutes=0,
    late_policy=LatePolicy.NONE,
    entry_path=EntryPath.OPEN,
    economy_limit=None,
    host_limit=None,
    several_categories=False,
    results_embargo_until=None,
    contact_name="",
    contact_email="",
    privacy_notice="",
    reference_prefix="ISC27",
)
NEXT = NewEdition(
    title="Competition 2014",
    edition="2014",
    slug="sme-competition-2014",
    reference_prefix="ISC14",
    opens_on=date(2014, 4, 3),
)


def opened() -> Competition:
    return open_competition(DETAILS, declaration=DECLARATION, actor=make_account(), now=NOW)


def details_of(competition: Competition, **changes: Any) -> CompetitionDetails:  # Any: a column's value
    stored = {field.name: getattr(competition, field.name) for field in fields(CompetitionDetails)}
    return CompetitionDetails(**(stored | changes))


def test_new_competition_is_a_draft_that_could_be_published_at_once() -> None:
    competition = opened()
    assert (competition.state, len(competition.categories)) == (CompetitionState.DRAFT, 5)
    set_rules(competition, rules_of(competition), actor=None, now=NOW)
    version = published_version(competition.questionnaire)
    assert version is not None
    assert len(specs_of(version)) > 30
    publish_competition(competition, actor=make_account("two@gtn.example"), now=NOW)
    assert competition.state is CompetitionState.PUBLISHED


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"slug": "new"}, "slug"),
        ({"slug": "Two Words"}, "slug"),
        ({"reference_prefix": "1X"}, "reference_prefix"),
        ({"entries_close_at": DETAILS.entries_open_at}, "entries_close_at"),
        ({"late_policy": LatePolicy.GRACE}, "grace_minutes"),
        ({"results_embargo_until": DETAILS.entries_close_at}, "results_embargo_until"),
        ({"host_limit": 4}, "economy_limit"),
        ({"entry_path": EntryPath.NOMINATED}, "economy_limit"),
    ],
)
def test_details_that_break_a_rule_are_refused_at_their_field(changes: dict[str, Any], field: str) -> None:
    with pytest.raises(CompetitionRefused) as refused:
        open_competition(replace(DETAILS, **changes), declaration="x", actor=None, now=NOW)
    assert refused.value.field == field


def test_two_competitions_never_share_an_address() -> None:
    opened()
    with pytest.raises(CompetitionRefused, match="has this address"):
        open_competition(DETAILS, declaration="x", actor=None, now=NOW)


def test_settings_of_a_second_tab_are_refused() -> None:
    competition, actor = make_competition(), make_account()
    seen = competition.lock_version
    edit_competition(competition, details_of(competition, city="Bali"), lock_version=seen, actor=actor, now=NOW)
    with pytest.raises(Stale):
        edit_competition(competition, details_of(competition, city="Bogor"), lock_version=seen, actor=actor, now=NOW)
    assert competition.city == "Bali"


def test_published_address_stays() -> None:
    competition = make_competition()
    details = details_of(competition, slug="another")
    with pytest.raises(CompetitionRefused, match="stays"):
        edit_competition(competition, details, lock_version=competition.lock_version, actor=make_account(), now=NOW)


@pytest.mark.parametrize("missing", ["categories", "declaration_texts"])
def test_competition_that_nobody_could_enter_is_not_published(missing: str) -> None:
    competition = make_competition(state=CompetitionState.DRAFT)
    for each in getattr(competition, missing):
        db.session.delete(each)
    db.session.flush()
    db.session.expire(competition)
    with pytest.raises(CompetitionRefused, match="has no"):
        publish_competition(competition, actor=make_account(), now=NOW)


def test_state_goes_round_and_no_other_way() -> None:
    competition, actor = make_competition(), make_account()
    with pytest.raises(CompetitionRefused):
        publish_competition(competition, actor=actor, now=NOW)
    with pytest.raises(CompetitionRefused):
        reopen_competition(competition, actor=actor, now=NOW)
    close_competition(competition, actor=actor, now=NOW)
    with pytest.raises(CompetitionRefused):
        close_competition(competition, actor=actor, now=NOW)
    reopen_competition(competition, actor=actor, now=NOW)
    assert competition.state is CompetitionState.PUBLISHED


def test_declaration_has_versions_and_the_same_text_makes_none() -> None:
    competition, actor = make_competition(), make_account()
    write_declaration(competition, "What we say is true.", actor=actor, now=NOW)
    write_declaration(competition, "Another text.", actor=actor, now=NOW)
    assert [(each.number, each.text) for each in competition.declaration_texts] == [
        (1, "What we say is true."),
        (2, "Another text."),
    ]


def test_category_keeps_its_key_and_goes_only_when_unused() -> None:
    competition, actor = make_competition(), make_account()
    water = add_category(competition, "Water", "", actor=actor, now=NOW)
    edit_category(water, "Water and sanitation", "Saving it", actor=actor, now=NOW)
    move_category(water, up=True)
    assert [(each.key, each.position) for each in sorted(competition.categories, key=lambda each: each.position)] == [
        ("water", 1),
        ("energy", 2),
    ]
    entry = make_entry(competition, actor)
    used = entry.entry_categories[0].category
    with pytest.raises(CategoryRefused, match="stands in"):
        delete_category(used, actor=actor, now=NOW)
    other = water if used is not water else next(each for each in competition.categories if each is not water)
    delete_category(other, actor=actor, now=NOW)
    assert competition.categories == [used]


def test_last_category_of_a_published_competition_stays() -> None:
    competition = make_competition()
    with pytest.raises(CategoryRefused, match="only category"):
        delete_category(competition.categories[0], actor=make_account(), now=NOW)


def test_next_edition_has_everything_but_entries_judges_and_staff() -> None:
    source, actor = make_competition(several_categories=True, economy_limit=2, host_limit=4), make_account()
    grant_role(actor, Role.ORGANISER, source.scope)
    make_entry(source, actor)
    make_judge(source, make_account("judge@jury.example"))
    round_ = make_round(source, weights={"impact": 55, "market": 45}, blind=["organisation"])
    db.session.add(Award(competition=source, category=source.categories[0], kind=AwardKind.CATEGORY, label="Gold"))
    db.session.flush()
    copy = clone_competition(source, NEXT, actor=actor, now=NOW)
    db.session.commit()
    assert (copy.state, copy.cloned_from_id, copy.economy_limit) == (CompetitionState.DRAFT, source.id, 2)
    assert [each.label for each in copy.categories] == ["Clean energy"]
    assert [each.text for each in copy.declaration_texts] == ["What we say is true."]
    assert [spec.key for spec in specs_of(copy.questionnaire.versions[0])] == ["solution"]
    days = timedelta(days=367)
    assert copy.entries_close_at == source.entries_close_at + days
    made = copy.rounds[0]
    assert (made.opens_at, made.blind, made.round_entries) == (round_.opens_at + days, ["organisation"], [])
    assert [(each.key, int(each.weight), len(each.levels)) for each in made.rubrics[0].criteria] == [
        ("impact", 55, 5),
        ("market", 45, 5),
    ]
    assert made.lot_commitment != round_.lot_commitment
    awards = db.session.scalars(select(Award).where(Award.competition_id == copy.id)).all()
    assert [(each.label, each.category, each.entry_id) for each in awards] == [("Gold", copy.categories[0], None)]
    held = db.session.scalars(select(RoleGrant).where(RoleGrant.scope_id == copy.id)).all()
    assert [(each.account_id, each.role) for each in held] == [(actor.id, Role.ORGANISER)]


def test_next_edition_keeps_the_rule_of_a_live_final_but_not_whose_badges_vote() -> None:
    source, actor = make_competition(), make_account()
    round_ = make_round(source, kind=RoundKind.FINAL, method=Method.RAW_MEAN)
    final = set_live_rule(round_, LiveRule(pitch_minutes=7, reveal_places=5), actor=actor, now=NOW)
    final.vote, final.audience_weight, final.badge_event = VoteState.CLOSED, 30, "forum:1"
    db.session.flush()
    copy = clone_competition(source, NEXT, actor=actor, now=NOW)
    made = live_final_of(copy.rounds[0])
    assert made is not None
    assert (made.pitch_minutes, made.reveal_places, made.audience_weight) == (7, 5, 30)
    assert (made.vote, made.badge_event, made.begun_at) == (VoteState.BEFORE, "", None)
    assert made.order_commitment != final.order_commitment


def test_administrator_who_clones_gets_no_role_of_the_copy() -> None:
    source, administrator = make_competition(), make_account()
    grant_role(administrator, Role.ADMINISTRATOR)
    copy = clone_competition(source, NEXT, actor=administrator, now=NOW)
    held = select(RoleGrant).where(RoleGrant.scope_kind == "competition", RoleGrant.scope_id == copy.id)
    assert db.session.scalars(held).all() == []


def test_category_rows_of_the_source_are_not_moved() -> None:
    source = make_competition()
    clone_competition(source, NEXT, actor=make_account(), now=NOW)
    db.session.commit()
    assert len(db.session.scalars(select(CompetitionCategory)).all()) == 2
