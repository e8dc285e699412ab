"""Changing the steps of a draft."""

from dataclasses import replace
from datetime import datetime

import pytest

from gtn_events.core.db import db
from gtn_events.questionnaire.domain.differences import Change, differences
from gtn_events.questionnaire.domain.questions import Condition, QuestionSpec, specs_of
from gtn_events.questionnaire.domain.steps import (
    KEY_LENGTH,
    StepText,
    add_step,
    edit_step,
    move_step,
    order_steps,
    remove_step,
)
from gtn_events.questionnaire.domain.versions import (
    clone_questionnaire,
    create_questionnaire,
    discard_draft,
    draft_version_of,
    publish_version,
)
from gtn_events.questionnaire.enums import Comparison, QuestionKind
from gtn_events.questionnaire.errors import QuestionInUse, QuestionRefused, StepRefused, VersionClosed
from gtn_events.questionnaire.models import QuestionnaireVersion
from gtn_events.questionnaire.queries.versions import Step, all_steps, published_version, steps_of

FIRM, TRIP = Step("firm", "Firm"), Step("trip", "Your trip", "Only the organiser sees it.")
VISA = QuestionSpec(QuestionKind.YES_NO, "Visa?", key="visa", step="firm")
SIZE = QuestionSpec(QuestionKind.NUMBER, "Size", key="size", step="firm")
PASSPORT = QuestionSpec(
    QuestionKind.SHORT_TEXT, "Passport", key="passport", step="trip", condition=Condition("visa", Comparison.IS, "yes")
)


@pytest.fixture
def draft(database: None, now: datetime) -> QuestionnaireVersion:
    """Two steps; a question of the second depends on one of the first."""
    questions = (VISA, SIZE, PASSPORT)
    return create_questionnaire("Entry", questions=questions, steps=(FIRM, TRIP), actor=None, now=now).versions[0]


def titles(version: QuestionnaireVersion) -> list[str]:
    return [step.title for step in all_steps(version)]


def keys(version: QuestionnaireVersion) -> list[str]:
    return [spec.key for spec in specs_of(version)]


def test_a_new_step_stands_last_and_has_a_key_of_its_own(draft: QuestionnaireVersion, now: datetime) -> None:
    added = [
        add_step(draft, StepText(title, "Why"), reserved=("check",), actor=None, now=now)
        for title in ("Check", "旅行", "T" * 80)
    ]
    assert [step.key for step in added] == ["check_2", "step", "t" * 28]
    assert all(len(step.key) <= KEY_LENGTH for step in added)
    assert all_steps(draft)[:3] == [FIRM, TRIP, Step("check_2", "Check", "Why")]
    assert steps_of(draft) == [FIRM, TRIP]


def test_a_key_that_another_version_used_does_not_come_back(draft: QuestionnaireVersion, now: datetime) -> None:
    add_step(draft, StepText("Meals"), actor=None, now=now)
    publish_version(draft, actor=None, now=now)
    second = draft_version_of(draft.questionnaire, actor=None, now=now)
    remove_step(second, "meals", actor=None, now=now)
    assert add_step(second, StepText("Meals"), actor=None, now=now).key == "meals_2"


def test_a_step_is_renamed_and_described_and_keeps_its_questions(draft: QuestionnaireVersion, now: datetime) -> None:
    edit_step(draft, "firm", StepText("Your firm", "What it does."), actor=None, now=now)
    assert all_steps(draft) == [Step("firm", "Your firm", "What it does."), TRIP]
    assert [spec.step for spec in specs_of(draft)] == ["firm", "firm", "trip"]


@pytest.mark.parametrize("title", ["", "  ", "YOUR trip"])
def test_a_step_has_a_title_that_no_other_has(draft: QuestionnaireVersion, now: datetime, title: str) -> None:
    for refused in (
        lambda: add_step(draft, StepText(title), actor=None, now=now),
        lambda: edit_step(draft, "firm", StepText(title), actor=None, now=now),
    ):
        with pytest.raises(StepRefused) as error:
            refused()
        assert error.value.field == "title"
    edit_step(draft, "trip", StepText("YOUR trip"), actor=None, now=now)


def test_questions_move_with_their_step(draft: QuestionnaireVersion, now: datetime) -> None:
    add_step(draft, StepText("Meals"), actor=None, now=now)
    move_step(draft, "meals", by=-1, actor=None, now=now)
    assert titles(draft) == ["Firm", "Meals", "Your trip"]
    order_steps(draft, ["meals", "firm", "trip"], actor=None, now=now)
    move_step(draft, "meals", by=-1, actor=None, now=now)
    assert (titles(draft), keys(draft)) == (["Meals", "Firm", "Your trip"], ["visa", "size", "passport"])


def test_no_step_moves_before_one_it_depends_on(draft: QuestionnaireVersion, now: datetime) -> None:
    with pytest.raises(QuestionInUse, match="“Passport” depends on “Visa\\?”"):
        move_step(draft, "trip", by=-1, actor=None, now=now)
    db.session.rollback()


@pytest.mark.parametrize("order", [[], ["firm"], ["firm", "trip", "trip"], ["firm", "other"]])
def test_an_order_of_other_steps_is_refused(draft: QuestionnaireVersion, now: datetime, order: list[str]) -> None:
    with pytest.raises(StepRefused, match="have changed meanwhile"):
        order_steps(draft, order, actor=None, now=now)


def test_an_empty_step_goes_and_the_last_one_stays(draft: QuestionnaireVersion, now: datetime) -> None:
    add_step(draft, StepText("Meals"), actor=None, now=now)
    remove_step(draft, "meals", actor=None, now=now)
    assert all_steps(draft) == [FIRM, TRIP]
    remove_step(draft, "trip", move_to="firm", actor=None, now=now)
    with pytest.raises(StepRefused, match="at least one step"):
        remove_step(draft, "firm", actor=None, now=now)


@pytest.mark.parametrize("move_to", [None, "firm", "nowhere"])
def test_a_step_with_questions_needs_a_place_for_them(
    draft: QuestionnaireVersion, now: datetime, move_to: str | None
) -> None:
    with pytest.raises(StepRefused) as error:
        remove_step(draft, "firm", move_to=move_to, actor=None, now=now)
    assert error.value.field == "move_to"
    assert titles(draft) == ["Firm", "Your trip"]


def test_the_questions_of_a_removed_step_go_to_the_end_of_another(draft: QuestionnaireVersion, now: datetime) -> None:
    remove_step(draft, "trip", move_to="firm", actor=None, now=now)
    assert [(spec.key, spec.step) for spec in specs_of(draft)] == [
        ("visa", "firm"),
        ("size", "firm"),
        ("passport", "firm"),
    ]


def test_questions_do_not_move_behind_what_depends_on_them(draft: QuestionnaireVersion, now: datetime) -> None:
    with pytest.raises(QuestionInUse, match="“Passport” depends on “Visa\\?”"):
        remove_step(draft, "firm", move_to="trip", actor=None, now=now)
    db.session.rollback()


def test_an_unknown_step_is_refused(draft: QuestionnaireVersion, now: datetime) -> None:
    for act in (
        lambda: edit_step(draft, "other", StepText("X"), actor=None, now=now),
        lambda: move_step(draft, "other", by=1, actor=None, now=now),
        lambda: remove_step(draft, "other", actor=None, now=now),
    ):
        with pytest.raises(StepRefused, match="no longer there"):
            act()


def test_a_published_version_keeps_its_steps(draft: QuestionnaireVersion, now: datetime) -> None:
    publish_version(draft, actor=None, now=now)
    with pytest.raises(VersionClosed):
        edit_step(draft, "firm", StepText("Other"), actor=None, now=now)
    second = draft_version_of(draft.questionnaire, actor=None, now=now)
    edit_step(second, "firm", StepText("Other"), actor=None, now=now)
    assert (titles(draft), titles(second)) == (["Firm", "Your trip"], ["Other", "Your trip"])
    discard_draft(second, actor=None, now=now)
    third = draft_version_of(draft.questionnaire, actor=None, now=now)
    assert titles(third) == ["Firm", "Your trip"]


def test_a_changed_step_alone_can_be_published(draft: QuestionnaireVersion, now: datetime) -> None:
    publish_version(draft, actor=None, now=now)
    second = draft_version_of(draft.questionnaire, actor=None, now=now)
    with pytest.raises(QuestionRefused, match="Nothing has changed"):
        publish_version(second, actor=None, now=now)
    edit_step(second, "trip", StepText("Your trip", "In plain words."), actor=None, now=now)
    publish_version(second, actor=None, now=now)
    assert published_version(draft.questionnaire) is second


def test_a_clone_has_the_steps_of_what_is_published(draft: QuestionnaireVersion, now: datetime) -> None:
    publish_version(draft, actor=None, now=now)
    second = draft_version_of(draft.questionnaire, actor=None, now=now)
    edit_step(second, "firm", StepText("Other"), actor=None, now=now)
    copy = clone_questionnaire(draft.questionnaire, title="Next year", actor=None, now=now)
    assert all_steps(copy.versions[0]) == [FIRM, TRIP]


def test_differences_name_what_became_of_each_step() -> None:
    meals, new, rest = Step("meals", "Meals"), Step("new", "New"), Step("rest", "Rest")
    found = differences([FIRM, TRIP, rest, meals], [new, rest, replace(FIRM, title="Your firm"), TRIP])
    assert [(each.change, each.spec.key, [aspect.name for aspect in each.aspects]) for each in found] == [
        (Change.ADDED, "new", []),
        (Change.MOVED, "rest", []),
        (Change.CHANGED, "firm", ["title"]),
        (Change.REMOVED, "meals", []),
    ]
