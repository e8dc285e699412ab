"""Criteria: weights add up to 100, every point is described, a score locks a version."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from gtn_events.accounts.models import Account
from gtn_events.competition.domain.rubrics import CriterionSpec, changes_between, check_criteria, save_rubric, specs_of
from gtn_events.competition.enums import RoundState
from gtn_events.competition.errors import ReasonMissing, RubricLocked, RubricRefused
from gtn_events.competition.models import Round
from gtn_events.core.db import db
from tests.competition.factories import LEVELS, make_competition, make_round
from tests.factories import make_account

NOW = datetime(2013, 6, 1, 8, 0, tzinfo=UTC)


@pytest.fixture
def actor(database: None) -> Account:
    return make_account("organiser@gtn.example")


@pytest.fixture
def round_(actor: Account) -> Round:
    return make_round(make_competition())


def spec(label: str, weight: str, **values: Any) -> CriterionSpec:
    return CriterionSpec(**({"label": label, "weight": Decimal(weight), "levels": LEVELS} | values))


BOTH = (spec("Impact", "60", key="impact"), spec("Market", "40", key="market"))


@pytest.mark.parametrize(
    ("broken", "words"),
    [
        ([], "at least one criterion"),
        ([spec("Impact", "60")], "add up to 60"),
        ([spec("Impact", "50"), spec("Impact", "50")], "Two criteria are called Impact"),
        ([spec("Impact", "100", levels=LEVELS[:4])], "5 points, but 4 are described"),
        ([spec("Impact", "100", lowest=5, highest=1)], "has to rise"),
        ([spec("Impact", "110"), spec("Market", "-10")], "above 0"),
        ([spec("Impact", "100", comment_required_below=7)], "7 is no point of the scale"),
    ],
)
def test_criteria_that_break_a_rule_are_refused_with_the_rule(broken: list[CriterionSpec], words: str) -> None:
    with pytest.raises(RubricRefused, match=words):
        check_criteria(broken)


def test_weights_with_hundredths_add_up_exactly() -> None:
    check_criteria([spec("A", "33.33"), spec("B", "33.33"), spec("C", "33.34")])


def test_criteria_that_are_saved_come_back_the_same(round_: Round, actor: Account) -> None:
    save_rubric(round_, BOTH, actor=actor, now=NOW)
    db.session.expire_all()
    assert specs_of(round_.rubric) == BOTH
    assert len(round_.rubrics) == 1


def test_keys_are_made_from_labels_and_differ(round_: Round, actor: Account) -> None:
    save_rubric(round_, [spec("Clean energy", "50"), spec("Clean energy!", "50")], actor=actor, now=NOW)
    keys = [each.key for each in specs_of(round_.rubric)]
    assert len(set(keys)) == 2
    assert all(keys)


def test_keys_that_were_sent_twice_or_are_too_long_are_made_anew(round_: Round, actor: Account) -> None:
    sent = [replace(BOTH[0], weight=Decimal(40)), replace(BOTH[1], key="impact"), spec("Team", "20", key="x" * 41)]
    save_rubric(round_, sent, actor=actor, now=NOW)
    assert [each.key for each in specs_of(round_.rubric)] == ["impact", "market", "team"]


def test_criteria_under_which_a_score_was_given_are_locked(round_: Round, actor: Account) -> None:
    assert round_.rubric
    round_.rubric.locked_at = NOW
    db.session.flush()
    with pytest.raises(RubricLocked):
        save_rubric(round_, BOTH, actor=actor, now=NOW)
    with pytest.raises(ReasonMissing):
        save_rubric(round_, BOTH, actor=actor, now=NOW, as_new_version=True)
    saved = save_rubric(round_, BOTH, actor=actor, now=NOW, as_new_version=True, reason="A slip")
    assert (saved.version, saved.locked_at, round_.rubrics[0].locked_at) == (2, None, NOW)


def test_criteria_of_a_closed_round_are_locked(round_: Round, actor: Account) -> None:
    round_.state = RoundState.SCORED
    db.session.flush()
    with pytest.raises(RubricLocked):
        save_rubric(round_, BOTH, actor=actor, now=NOW, as_new_version=True, reason="Too late")


def test_changes_between_versions_name_what_differs() -> None:
    after = (replace(BOTH[1], weight=Decimal(50)), spec("Team", "50", key="team"))
    market, team, impact = changes_between(BOTH, after)
    assert market.changes == (("weight", "40", "50"),)
    assert (team.label, team.added, impact.label, impact.removed) == ("Team", True, "Impact", True)
