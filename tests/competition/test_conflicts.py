"""Conflicts of interest: where they come from, what stays, and what they forbid."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from gtn_events.accounts.models import Account
from gtn_events.competition.domain.conflicts import (
    Derived,
    confirm_conflict,
    derive_conflicts,
    dismiss_conflict,
    name_conflict,
)
from gtn_events.competition.enums import (
    AssignmentState,
    ConflictSource,
    ConflictState,
    EconomyPolicy,
    EntryState,
    JudgeState,
    RoundState,
)
from gtn_events.competition.errors import JudgeRefused, ReasonMissing
from gtn_events.competition.models import Assignment, Competition, Conflict, EntryMember
from gtn_events.core.db import db
from gtn_events.questionnaire.models import Answer
from tests.competition.factories import make_assignment, make_competition, make_entry, make_judge, make_round
from tests.factories import make_account
from tests.queries import count_queries

NOW = datetime(2013, 6, 1, 8, 0, tzinfo=UTC)


@pytest.fixture
def actor(database: None) -> Account:
    return make_account("organiser@gtn.example", economy_code="INA")


@pytest.fixture
def competition(actor: Account) -> Competition:
    return make_competition()


@pytest.fixture
def entrant(competition: Competition) -> Account:
    return make_account("rosa@andes.example", economy_code="PE")


def person(name: str, economy: str | None = "JPN") -> Account:
    return make_account(f"{name}@{name}.example", given_name=name.capitalize(), family_name="Ito", economy_code=economy)


def found() -> list[tuple[ConflictSource, str]]:
    rows = db.session.execute(select(Conflict.source, Conflict.detail).order_by(Conflict.source))
    return [(source, detail) for source, detail in rows]


def derive(competition: Competition, actor: Account) -> Derived:
    derived = derive_conflicts(competition, actor=actor, now=NOW)
    db.session.commit()
    return derived


def test_the_same_economy_is_a_conflict(competition: Competition, actor: Account, entrant: Account) -> None:
    make_entry(competition, entrant)
    make_judge(competition, person("keiko", "PE"))
    make_judge(competition, person("anna", None))
    derive(competition, actor)
    assert found() == [(ConflictSource.ECONOMY, "PE")]


@pytest.mark.parametrize("policy", [EconomyPolicy.ALLOW, EconomyPolicy.ESTIMATE])
def test_the_same_economy_is_none_while_the_round_allows_it(
    competition: Competition, actor: Account, entrant: Account, policy: EconomyPolicy
) -> None:
    entry = make_entry(competition, entrant)
    first = make_round(competition, [entry], economy_policy=policy)
    make_round(competition, title="Final")
    make_judge(competition, person("keiko", "PE"))
    derive(competition, actor)
    assert found() == []
    first.state = RoundState.DECIDED
    derive(competition, actor)
    assert found() == [(ConflictSource.ECONOMY, "PE")]


def test_the_same_organisation_is_found_whatever_case_and_signs(
    competition: Competition, actor: Account, entrant: Account
) -> None:
    make_entry(competition, entrant, organisation_name="Ándes Cold-Chain")
    make_judge(competition, person("keiko"), organisation_name="ANDES COLD CHAIN")
    derive(competition, actor)
    assert found() == [(ConflictSource.ORGANISATION, "ANDES COLD CHAIN")]


def test_a_partner_in_the_team_counts_like_the_firm(competition: Competition, actor: Account, entrant: Account) -> None:
    entry = make_entry(competition, entrant)
    entry.members = [EntryMember(position=1, name="Taro", organisation_name="Kiln Works", email="t@kiln.example")]
    make_judge(competition, make_account("k@kiln.example", economy_code="JPN"), organisation_name="Kiln works")
    derive(competition, actor)
    assert found() == [(ConflictSource.DOMAIN, "kiln.example"), (ConflictSource.ORGANISATION, "Kiln works")]


def test_a_common_provider_of_mail_ties_nobody(competition: Competition, actor: Account) -> None:
    make_entry(competition, make_account("rosa@gmail.com", economy_code="PE"))
    make_judge(competition, make_account("keiko@gmail.com", economy_code="JPN"))
    derive(competition, actor)
    assert found() == []


def test_the_entrant_names_a_judge_in_an_answer(competition: Competition, actor: Account, entrant: Account) -> None:
    entry = make_entry(competition, entrant)
    entry.answer_set.answers = [Answer(key="tied_how", value="We once worked with keiko ITO, in 2009.")]
    make_judge(competition, person("keiko"), name="Keiko Ito")
    make_judge(competition, person("taro"), name="Taro It")
    derive(competition, actor)
    assert found() == [(ConflictSource.ENTRANT, "Keiko Ito")]


def test_deriving_again_changes_nothing_and_what_no_longer_holds_goes(
    competition: Competition, actor: Account, entrant: Account
) -> None:
    entry = make_entry(competition, entrant)
    make_judge(competition, person("keiko", "PE"))
    assert derive(competition, actor) == Derived(added=1, removed=0)
    assert derive(competition, actor) == Derived(added=0, removed=0)
    entry.state = EntryState.WITHDRAWN
    assert derive(competition, actor) == Derived(added=0, removed=1)


def test_a_decision_outlives_every_derivation(competition: Competition, actor: Account, entrant: Account) -> None:
    entry = make_entry(competition, entrant)
    for name in ("keiko", "taro"):
        make_judge(competition, person(name, "PE"))
    derive(competition, actor)
    first, second = db.session.scalars(select(Conflict).order_by(Conflict.judge_id))
    confirm_conflict(first, reason="", actor=actor, now=NOW)
    dismiss_conflict(second, reason="Left Peru in 1990", actor=actor, now=NOW)
    entry.economy_code = "CHL"
    derive(competition, actor)
    assert [first.state, second.state] == [ConflictState.CONFIRMED, ConflictState.DISMISSED]


def test_dismissing_needs_a_reason_and_never_overrules_the_judge(
    competition: Competition, actor: Account, entrant: Account
) -> None:
    entry, judge = make_entry(competition, entrant), make_judge(competition, person("keiko"))
    conflict = Conflict(judge=judge, entry=entry, source=ConflictSource.JUDGE, noted_at=NOW)
    db.session.add(conflict)
    db.session.flush()
    with pytest.raises(ReasonMissing):
        dismiss_conflict(conflict, reason=" ", actor=actor, now=NOW)
    with pytest.raises(JudgeRefused):
        dismiss_conflict(conflict, reason="I do not think so", actor=actor, now=NOW)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (AssignmentState.PLANNED, None),
        (AssignmentState.RELEASED, AssignmentState.REMOVED),
        (AssignmentState.STARTED, AssignmentState.REMOVED),
        (AssignmentState.SUBMITTED, AssignmentState.SUBMITTED),
    ],
)
def test_a_conflict_takes_the_seat_back_unless_it_is_submitted(
    competition: Competition,
    actor: Account,
    entrant: Account,
    before: AssignmentState,
    after: AssignmentState | None,
) -> None:
    entry, judge = make_entry(competition, entrant), make_judge(competition, person("keiko"))
    seat_id = make_assignment(make_round(competition, [entry]), entry, judge, before).id
    name_conflict(judge, entry, reason="A cousin", actor=actor, now=NOW)
    db.session.commit()
    db.session.expunge_all()
    seat = db.session.get(Assignment, seat_id)
    assert (seat.state if seat else None) is after


def test_declined_and_left_judges_have_no_conflicts(competition: Competition, actor: Account, entrant: Account) -> None:
    make_entry(competition, entrant)
    make_judge(competition, person("keiko", "PE"), state=JudgeState.DECLINED)
    make_judge(competition, person("taro", "PE"), state=JudgeState.LEFT)
    make_judge(competition, person("anna", "PE"), state=JudgeState.INVITED)
    derive(competition, actor)
    assert len(found()) == 1


def test_a_derivation_asks_the_same_number_of_questions_at_every_size(
    competition: Competition, actor: Account, entrant: Account
) -> None:
    def asked() -> int:
        db.session.commit()
        db.session.expire_all()
        with count_queries() as queries:
            derive_conflicts(competition, actor=actor, now=NOW)
        db.session.rollback()
        return len(queries)

    for number in range(2):
        make_entry(competition, entrant, f"Entry {number}")
    make_judge(competition, person("keiko", "PE"))
    few = asked()
    for number in range(20):
        make_entry(competition, entrant, f"More {number}")
        make_judge(competition, person(f"judge{number}", "PE"))
    assert asked() == few
