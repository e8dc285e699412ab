"""Changing drafts and publishing them."""

from dataclasses import replace
from datetime import datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gtn_events.core.db import db
from gtn_events.core.errors import DomainError
from gtn_events.questionnaire.defaults import REGISTRATION_STEPS, registration_questions
from gtn_events.questionnaire.domain.differences import Change, differences
from gtn_events.questionnaire.domain.drafts import (
    add_question,
    edit_question,
    move_question,
    order_step,
    remove_question,
)
from gtn_events.questionnaire.domain.questions import Condition, Limits, Option, QuestionSpec, specs_of
from gtn_events.questionnaire.domain.rules import check_questions
from gtn_events.questionnaire.domain.versions import (
    clone_questionnaire,
    create_questionnaire,
    discard_draft,
    draft_version_of,
    publish_version,
)
from gtn_events.questionnaire.enums import Comparison, QuestionKind, VersionState
from gtn_events.questionnaire.errors import QuestionInUse, QuestionRefused, VersionClosed
from gtn_events.questionnaire.models import Questionnaire, QuestionnaireVersion
from gtn_events.questionnaire.queries.versions import draft_version, published_version

KIND = QuestionKind
TEXT = QuestionSpec(KIND.SHORT_TEXT, "Company")
LIST = QuestionSpec(KIND.ONE_OF, "Size", key="size", options=(Option("s", "Small"), Option("l", "Large")))
AFTER_LIST = QuestionSpec(KIND.NUMBER, "Staff", key="staff", condition=Condition("size", Comparison.IS, "l"))


def draft_of(now: datetime, *specs: QuestionSpec) -> QuestionnaireVersion:
    return create_questionnaire("Entry", questions=specs, actor=None, now=now).versions[0]


def registration(now: datetime) -> Questionnaire:
    return create_questionnaire(
        "Registration", questions=registration_questions(), steps=REGISTRATION_STEPS, actor=None, now=now
    )


def keys(version: QuestionnaireVersion) -> list[str]:
    return [spec.key for spec in specs_of(version)]


@pytest.mark.parametrize(
    ("label", "key"),
    [
        ("Visa letter needed?", "visa_letter_needed"),
        ("2nd product", "nd_product"),
        ("Página web", "pagina_web"),
        ("公司名称", "question"),
        ("…", "question"),
    ],
)
def test_a_key_is_made_from_the_label(database: None, now: datetime, label: str, key: str) -> None:
    draft = draft_of(now)
    add_question(draft, replace(TEXT, label=label), actor=None, now=now)
    assert keys(draft) == [key]


def test_a_key_is_never_used_again_even_after_its_question_is_gone(database: None, now: datetime) -> None:
    first = draft_of(now, TEXT, LIST)
    publish_version(first, actor=None, now=now)
    second = draft_version_of(first.questionnaire, actor=None, now=now)
    remove_question(second, "company", actor=None, now=now)
    add_question(second, TEXT, actor=None, now=now)
    assert keys(second) == ["size", "company_2"]


def test_a_key_stays_when_the_label_changes(database: None, now: datetime) -> None:
    draft = draft_of(now, TEXT)
    edit_question(draft, "company", replace(TEXT, label="Name of the firm"), actor=None, now=now)
    assert [(spec.key, spec.label) for spec in specs_of(draft)] == [("company", "Name of the firm")]


@pytest.mark.parametrize(
    ("spec", "field"),
    [
        (replace(TEXT, label="  "), "label"),
        (replace(TEXT, step="nowhere"), "step"),
        (replace(TEXT, limits=Limits(min_length=5, max_length=4)), "max_length"),
        (replace(TEXT, limits=Limits(max_words=0)), "max_words"),
        (replace(TEXT, limits=Limits(max_length=1_000_000)), "max_length"),
        (QuestionSpec(KIND.NUMBER, "N", limits=Limits(minimum=2, maximum=1)), "maximum"),
        (QuestionSpec(KIND.ONE_OF, "L", options=(Option("a", "A"),)), "options"),
        (QuestionSpec(KIND.ONE_OF, "L", options=(Option("a", "A"), Option("a", "B"))), "options"),
        (QuestionSpec(KIND.ONE_OF, "L", options=(Option("a", "A"), Option("b", ""))), "options"),
        (replace(TEXT, options=(Option("a", "A"), Option("b", "B"))), "options"),
        (replace(TEXT, condition=Condition("company", Comparison.ANSWERED)), "condition"),
        (replace(TEXT, condition=Condition("unknown", Comparison.ANSWERED)), "condition"),
        (replace(TEXT, condition=Condition("size", Comparison.INCLUDES, "s")), "condition"),
        (replace(TEXT, condition=Condition("size", Comparison.IS, "middle")), "condition"),
        (replace(TEXT, condition=Condition("size", Comparison.IS, "")), "condition"),
    ],
)
def test_a_question_that_breaks_a_rule_is_refused_at_its_field(
    database: None, now: datetime, spec: QuestionSpec, field: str
) -> None:
    draft = draft_of(now, LIST)
    with pytest.raises(QuestionRefused) as refused:
        add_question(draft, spec, actor=None, now=now)
    assert refused.value.field == field
    assert keys(draft) == ["size"]


def test_a_condition_on_itself_or_on_a_later_question_is_refused(database: None, now: datetime) -> None:
    draft = draft_of(now, TEXT, LIST)
    for key in ("company", "size"):
        changed = replace(TEXT, condition=Condition(key, Comparison.ANSWERED))
        with pytest.raises(QuestionRefused) as refused:
            edit_question(draft, "company", changed, actor=None, now=now)
        assert refused.value.field == "condition"


def test_a_question_that_others_depend_on_cannot_be_removed(database: None, now: datetime) -> None:
    draft = draft_of(now, LIST, AFTER_LIST)
    with pytest.raises(QuestionInUse) as refused:
        remove_question(draft, "size", actor=None, now=now)
    assert refused.value.message == "It cannot be removed, because these depend on its answer: “Staff”."


def test_a_question_cannot_move_behind_one_that_depends_on_it(database: None, now: datetime) -> None:
    draft = draft_of(now, LIST, AFTER_LIST, TEXT)
    with pytest.raises(QuestionInUse) as refused:
        move_question(draft, "size", by=1, actor=None, now=now)
    assert refused.value.message == ("It cannot stand there: “Staff” depends on “Size”, so “Size” must come first.")
    move_question(draft, "company", by=-2, actor=None, now=now)
    assert keys(draft) == ["company", "size", "staff"]


def test_a_choice_that_a_condition_needs_cannot_be_taken_away(database: None, now: datetime) -> None:
    draft = draft_of(now, LIST, AFTER_LIST)
    smaller = replace(LIST, options=(Option("s", "Small"), Option("m", "Middle")))
    with pytest.raises(QuestionInUse) as refused:
        edit_question(draft, "size", smaller, actor=None, now=now)
    assert refused.value.field == "options"


def test_a_question_keeps_its_kind(database: None, now: datetime) -> None:
    draft = draft_of(now, TEXT)
    with pytest.raises(QuestionRefused) as refused:
        edit_question(draft, "company", QuestionSpec(KIND.NUMBER, "Company"), actor=None, now=now)
    assert refused.value.field == "kind"


def test_an_order_made_on_an_old_page_is_refused(database: None, now: datetime) -> None:
    draft = draft_of(now, TEXT, LIST)
    with pytest.raises(QuestionRefused):
        order_step(draft, "questions", ["size", "gone"], actor=None, now=now)
    order_step(draft, "questions", ["size", "company"], actor=None, now=now)
    assert keys(draft) == ["size", "company"]


def test_a_question_that_changes_its_step_stands_at_the_end_of_the_new_one(database: None, now: datetime) -> None:
    draft = registration(now).versions[0]
    spec = next(each for each in specs_of(draft) if each.key == "department")
    edit_question(draft, "department", replace(spec, step="travel"), actor=None, now=now)
    assert [spec.key for spec in specs_of(draft) if spec.step == "travel"][-1] == "department"
    check_questions(specs_of(draft), steps=[step.key for step in REGISTRATION_STEPS])


def test_publishing_retires_the_version_before(database: None, now: datetime) -> None:
    first = draft_of(now, TEXT)
    questionnaire = first.questionnaire
    publish_version(first, actor=None, now=now)
    second = draft_version_of(questionnaire, actor=None, now=now)
    add_question(second, LIST, actor=None, now=now)
    assert published_version(questionnaire) is first
    publish_version(second, actor=None, now=now)
    db.session.commit()
    assert [(each.number, each.state) for each in questionnaire.versions] == [
        (1, VersionState.RETIRED),
        (2, VersionState.PUBLISHED),
    ]
    assert draft_version(questionnaire) is None


def test_a_published_version_never_changes(database: None, now: datetime) -> None:
    version = draft_of(now, TEXT)
    publish_version(version, actor=None, now=now)
    for act in (
        lambda: add_question(version, LIST, actor=None, now=now),
        lambda: edit_question(version, "company", TEXT, actor=None, now=now),
        lambda: remove_question(version, "company", actor=None, now=now),
        lambda: move_question(version, "company", by=1, actor=None, now=now),
        lambda: publish_version(version, actor=None, now=now),
        lambda: discard_draft(version, actor=None, now=now),
    ):
        with pytest.raises(VersionClosed):
            act()


def test_an_empty_or_unchanged_draft_is_not_published(database: None, now: datetime) -> None:
    with pytest.raises(QuestionRefused):
        publish_version(draft_of(now), actor=None, now=now)
    first = draft_of(now, TEXT)
    publish_version(first, actor=None, now=now)
    with pytest.raises(QuestionRefused):
        publish_version(draft_version_of(first.questionnaire, actor=None, now=now), actor=None, now=now)


def test_a_discarded_draft_leaves_the_published_version(database: None, now: datetime) -> None:
    first = draft_of(now, TEXT)
    publish_version(first, actor=None, now=now)
    draft = draft_version_of(first.questionnaire, actor=None, now=now)
    add_question(draft, LIST, actor=None, now=now)
    discard_draft(draft, actor=None, now=now)
    db.session.commit()
    assert [each.number for each in first.questionnaire.versions] == [1]
    assert keys(first) == ["company"]


def test_a_clone_asks_the_same_under_the_same_keys(database: None, now: datetime) -> None:
    original = registration(now)
    publish_version(original.versions[0], actor=None, now=now)
    copy = clone_questionnaire(original, title="Next year", actor=None, now=now)
    db.session.commit()
    version = published_version(copy)
    assert version is not None
    assert specs_of(version) == specs_of(original.versions[0])
    assert copy.versions[0].steps == original.versions[0].steps


def test_differences_name_what_a_reader_must_know(database: None, now: datetime) -> None:
    before = (replace(TEXT, key="company"), LIST, AFTER_LIST, replace(TEXT, key="gone", label="Gone"))
    after = (LIST, replace(AFTER_LIST, required=True), replace(TEXT, key="company"), replace(TEXT, key="new"))
    found = [
        (each.change, each.spec.key, [aspect.name for aspect in each.aspects]) for each in differences(before, after)
    ]
    assert found == [
        (Change.CHANGED, "staff", ["required"]),
        (Change.MOVED, "company", []),
        (Change.ADDED, "new", []),
        (Change.REMOVED, "gone", []),
    ]


def test_the_default_questions_keep_the_rules_and_ask_little(database: None, now: datetime) -> None:
    specs = specs_of(registration(now).versions[0])
    assert [spec.key for spec in specs] == [spec.key for spec in registration_questions()]
    always_required = [spec.key for spec in specs if spec.required and spec.condition is None]
    assert always_required == ["attendance_mode", "roles", "email_listed", "contact_later"]
    sensitive = {spec.key for spec in specs if spec.sensitive}
    assert {"meals", "allergies", "access_needs", "passport_number", "birth_date"} <= sensitive


ACTS = st.lists(
    st.tuples(st.sampled_from(["move", "remove", "edit"]), st.integers(0, 40), st.integers(-4, 4)), max_size=12
)


@given(acts=ACTS)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_moved_or_removed_conditions_stay_true_to_earlier_questions(
    database: None, now: datetime, acts: list[tuple[str, int, int]]
) -> None:
    draft = registration(now).versions[0]
    steps = [step.key for step in REGISTRATION_STEPS]
    for act, index, by in acts:
        specs = specs_of(draft)
        spec = specs[index % len(specs)]
        try:
            if act == "move":
                move_question(draft, spec.key, by=by, actor=None, now=now)
            elif act == "remove":
                remove_question(draft, spec.key, actor=None, now=now)
            else:
                edit_question(draft, spec.key, replace(spec, step=steps[by % 3]), actor=None, now=now)
        except DomainError:
            assert specs_of(draft) == specs
        check_questions(specs_of(draft), steps=steps)
        assert [question.position for question in draft.questions] == list(range(1, len(draft.questions) + 1))
    db.session.rollback()
