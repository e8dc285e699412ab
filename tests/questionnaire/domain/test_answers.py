"""Storing and reading answers."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event, select

from gtn_events.core.db import db
from gtn_events.core.uploads import Upload
from gtn_events.questionnaire.domain.answers import store_answers
from gtn_events.questionnaire.domain.drafts import edit_question, remove_question
from gtn_events.questionnaire.domain.presenting import present
from gtn_events.questionnaire.domain.purge import erase_answers, purge_due_sensitive
from gtn_events.questionnaire.domain.questions import Condition, Limits, Option, QuestionSpec, specs_of
from gtn_events.questionnaire.domain.values import problem_with
from gtn_events.questionnaire.domain.versions import create_questionnaire, draft_version_of, publish_version
from gtn_events.questionnaire.enums import Comparison, QuestionKind
from gtn_events.questionnaire.errors import AnswerRefused, VersionClosed
from gtn_events.questionnaire.models import Answer, QuestionnaireVersion, SensitiveAnswer
from gtn_events.questionnaire.queries.answers import answers_of, file_names, read_answers
from gtn_events.questionnaire.queries.personal_data import export_answers

KIND = QuestionKind
OPTIONS = (Option("a", "First"), Option("b", "Second"), Option("ca-fe", "Café 咖啡"))
EVERY_KIND = (
    QuestionSpec(KIND.SHORT_TEXT, "Short", key="short"),
    QuestionSpec(KIND.LONG_TEXT, "Long", key="long"),
    QuestionSpec(KIND.NUMBER, "Number", key="number"),
    QuestionSpec(KIND.DATE, "Day", key="day"),
    QuestionSpec(KIND.YES_NO, "Yes", key="yes"),
    QuestionSpec(KIND.ONE_OF, "One", key="one", options=OPTIONS),
    QuestionSpec(KIND.SEVERAL_OF, "Several", key="several", options=OPTIONS, sensitive=True),
    QuestionSpec(KIND.ECONOMY, "Economy", key="economy"),
    QuestionSpec(KIND.SHORT_TEXT, "Passport", key="passport", sensitive=True),
)
PLAIN_TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=150)
VALUES = {
    "short": PLAIN_TEXT,
    "long": PLAIN_TEXT,
    "number": st.one_of(st.integers(-(10**15), 10**15), st.floats(-1e15, 1e15, allow_nan=False)),
    "day": st.dates().map(date.isoformat),
    "yes": st.booleans(),
    "one": st.sampled_from(["a", "b", "ca-fe"]),
    "several": st.lists(st.sampled_from(["a", "b", "ca-fe"]), unique=True, min_size=1),
    "economy": st.sampled_from(["PE", "VN"]),
    "passport": PLAIN_TEXT,
}


def published(now: datetime, *specs: QuestionSpec) -> QuestionnaireVersion:
    questionnaire = create_questionnaire("Entry", questions=specs, actor=None, now=now)
    publish_version(questionnaire.versions[0], actor=None, now=now)
    db.session.commit()
    return questionnaire.versions[0]


@given(values=st.fixed_dictionaries({}, optional=VALUES))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_is_stored_is_read_again(database: None, now: datetime, values: dict[str, Any]) -> None:
    version = published(now, *EVERY_KIND)
    answer_set = store_answers(None, version, values, now=now, purge_on=None)
    db.session.commit()
    db.session.expire_all()
    assert read_answers(answer_set, with_sensitive=True) == values
    open_values = {key: value for key, value in values.items() if key not in ("several", "passport")}
    assert read_answers(answer_set, with_sensitive=False) == open_values


def test_sensitive_answers_stand_apart_with_their_day(database: None, now: datetime) -> None:
    version = published(now, *EVERY_KIND)
    store_answers(None, version, {"short": "x", "passport": "B123"}, now=now, purge_on=date(2013, 7, 6))
    assert db.session.scalars(select(Answer.key)).all() == ["short"]
    rows = db.session.execute(select(SensitiveAnswer.key, SensitiveAnswer.purge_on)).all()
    assert rows == [("passport", date(2013, 7, 6))]


def test_answers_to_unknown_or_unasked_questions_are_left_out(database: None, now: datetime) -> None:
    condition = Condition("yes", Comparison.IS, "yes")
    version = published(now, EVERY_KIND[4], QuestionSpec(KIND.SHORT_TEXT, "Why?", key="why", condition=condition))
    answer_set = store_answers(None, version, {"yes": False, "why": "so", "other": 1}, now=now, purge_on=None)
    assert read_answers(answer_set, with_sensitive=True) == {"yes": False}


def test_storing_again_replaces_and_empties(database: None, now: datetime) -> None:
    version = published(now, *EVERY_KIND)
    answer_set = store_answers(None, version, {"short": "x", "yes": True}, now=now, purge_on=None)
    db.session.commit()
    later = now + timedelta(hours=1)
    store_answers(answer_set, version, {"short": "y", "several": ["a"]}, now=later, purge_on=None)
    db.session.commit()
    assert read_answers(answer_set, with_sensitive=True) == {"short": "y", "several": ["a"]}
    assert (answer_set.created_at, answer_set.updated_at) == (now, later)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("short", 12),
        ("short", "x" * 201),
        ("long", "x" * 10_000),
        ("number", "12"),
        ("number", True),
        ("number", float("nan")),
        ("number", float("inf")),
        ("day", "5 June 2013"),
        ("day", 20130605),
        ("yes", "yes"),
        ("one", "c"),
        ("one", ["a"]),
        ("several", "a"),
        ("several", ["a", "a"]),
        ("several", [["a"]]),
        ("several", ["z"]),
    ],
)
def test_a_value_of_the_wrong_kind_is_refused_and_nothing_is_written(
    database: None, now: datetime, key: str, value: Any
) -> None:
    version = published(now, *EVERY_KIND)
    with pytest.raises(AnswerRefused) as refused:
        store_answers(None, version, {"economy": "PE", key: value}, now=now, purge_on=None)
    assert refused.value.field == key
    db.session.rollback()
    assert db.session.scalars(select(Answer)).all() == []


@pytest.mark.parametrize(
    ("kind", "limits", "right", "wrong"),
    [
        (KIND.SHORT_TEXT, Limits(min_length=3, max_length=5), "abc", "ab"),
        (KIND.SHORT_TEXT, Limits(max_length=5), "abcde", "abcdef"),
        (KIND.LONG_TEXT, Limits(max_words=2), "สวัสดี ครับ", "one two three"),
        (KIND.NUMBER, Limits(minimum=0, maximum=10), 10, 10.5),
        (KIND.NUMBER, Limits(minimum=0), 0, -1),
        (KIND.DATE, Limits(earliest=date(2013, 6, 1), latest=date(2013, 6, 9)), "2013-06-09", "2013-06-10"),
        (KIND.DATE, Limits(earliest=date(2013, 6, 1)), "2013-06-01", "2013-05-31"),
        (KIND.EMAIL, Limits(), "rosa@firm.example", "rosa@"),
        (KIND.PHONE, Limits(), "+62 812 3456 789", "0812 3456 789"),
        (KIND.PHONE, Limits(), "+51 987 654 321", "+51 12"),
        (KIND.URL, Limits(), "https://firm.example/ábc", "javascript:alert(1)"),
        (KIND.URL, Limits(), "http://firm.example", "ftp://firm.example"),
        (KIND.URL, Limits(), "https://[2001:db8::1]/", "https://[broken/"),
    ],
)
def test_limits_hold(database: None, kind: QuestionKind, limits: Limits, right: Any, wrong: Any) -> None:
    spec = QuestionSpec(kind, "Q", key="q", limits=limits)
    assert problem_with(spec, right) is None
    assert problem_with(spec, wrong) is not None


def test_answers_move_to_a_newer_version_only_when_they_are_edited_there(database: None, now: datetime) -> None:
    first = published(now, *EVERY_KIND)
    answer_set = store_answers(None, first, {"short": "x", "long": "y"}, now=now, purge_on=None)
    second = draft_version_of(first.questionnaire, actor=None, now=now)
    remove_question(second, "long", actor=None, now=now)
    with pytest.raises(VersionClosed):
        store_answers(answer_set, second, {"short": "z"}, now=now, purge_on=None)
    publish_version(second, actor=None, now=now)
    assert answer_set.version is first
    assert read_answers(answer_set, with_sensitive=True) == {"short": "x", "long": "y"}
    store_answers(answer_set, second, {"short": "z", "long": "y"}, now=now, purge_on=None)
    assert answer_set.version is second
    assert read_answers(answer_set, with_sensitive=True) == {"short": "z"}


def test_a_retired_version_takes_no_new_answers_but_its_own_sets_can_be_mended(database: None, now: datetime) -> None:
    first = published(now, *EVERY_KIND)
    answer_set = store_answers(None, first, {"short": "x"}, now=now, purge_on=None)
    second = draft_version_of(first.questionnaire, actor=None, now=now)
    remove_question(second, "long", actor=None, now=now)
    publish_version(second, actor=None, now=now)
    with pytest.raises(VersionClosed):
        store_answers(None, first, {"short": "new"}, now=now, purge_on=None)
    store_answers(answer_set, first, {"short": "mended"}, now=now, purge_on=None)
    assert read_answers(answer_set, with_sensitive=True) == {"short": "mended"}


def test_a_question_that_becomes_sensitive_is_stored_apart_at_the_next_edit(database: None, now: datetime) -> None:
    first = published(now, *EVERY_KIND)
    answer_set = store_answers(None, first, {"short": "x"}, now=now, purge_on=None)
    second = draft_version_of(first.questionnaire, actor=None, now=now)
    edit_question(second, "short", QuestionSpec(KIND.SHORT_TEXT, "Short", sensitive=True), actor=None, now=now)
    publish_version(second, actor=None, now=now)
    store_answers(answer_set, second, {"short": "x"}, now=now, purge_on=None)
    assert read_answers(answer_set, with_sensitive=False) == {}
    assert read_answers(answer_set, with_sensitive=True) == {"short": "x"}


def test_answers_of_many_sets_take_one_query(database: None, now: datetime) -> None:
    version = published(now, *EVERY_KIND)
    sets = [store_answers(None, version, {"short": str(n)}, now=now, purge_on=None) for n in range(30)]
    db.session.commit()
    ids = [each.id for each in sets]
    statements: list[str] = []

    def count(*arguments: Any) -> None:
        statements.append(arguments[2])

    event.listen(db.engine, "before_cursor_execute", count)
    try:
        found = answers_of([*ids, 999_999])
    finally:
        event.remove(db.engine, "before_cursor_execute", count)
    assert found == {set_id: {"short": str(n)} for n, set_id in enumerate(ids)} | {999_999: {}}
    assert len([each for each in statements if each.startswith("SELECT")]) == 1


def stored_file(now: datetime) -> Upload:
    upload = Upload(
        sha256="0" * 64,
        size=1,
        content_type="application/pdf",
        name="page.pdf",
        stored_as=f"f{now.isoformat()}",
        created_at=now,
    )
    db.session.add(upload)
    db.session.flush()
    return upload


def test_sensitive_answers_go_on_their_day_with_their_files(database: None, now: datetime) -> None:
    version = published(now, *EVERY_KIND, QuestionSpec(KIND.FILE, "Passport page", key="page", sensitive=True))
    upload = stored_file(now)
    values = {"short": "kept", "passport": "B123", "page": upload.id}
    answer_set = store_answers(None, version, values, now=now, purge_on=date(2013, 7, 6))
    db.session.commit()
    assert purge_due_sensitive(date(2013, 7, 5), now=now) == 0
    assert purge_due_sensitive(date(2013, 7, 6), now=now) == 2
    db.session.commit()
    db.session.expire_all()
    assert read_answers(answer_set, with_sensitive=True) == {"short": "kept"}
    assert upload.deleted_at == now


def test_a_file_that_is_replaced_is_deleted(database: None, now: datetime) -> None:
    version = published(now, QuestionSpec(KIND.FILE, "Poster", key="poster"))
    old, new = stored_file(now), stored_file(now + timedelta(seconds=1))
    answer_set = store_answers(None, version, {"poster": old.id}, now=now, purge_on=None)
    store_answers(answer_set, version, {"poster": new.id}, now=now, purge_on=None)
    assert (old.deleted_at, new.deleted_at) == (now, None)


def test_erasing_leaves_empty_sets(database: None, now: datetime) -> None:
    version = published(now, *EVERY_KIND)
    mine = store_answers(None, version, {"short": "x", "passport": "B"}, now=now, purge_on=None)
    other = store_answers(None, version, {"short": "y"}, now=now, purge_on=None)
    erase_answers([mine.id], now=now)
    assert answers_of([mine.id, other.id], with_sensitive=True) == {mine.id: {}, other.id: {"short": "y"}}


def test_the_personal_export_is_in_words(database: None, now: datetime) -> None:
    version = published(now, *EVERY_KIND)
    values = {"day": "2013-06-05", "yes": False, "several": ["ca-fe", "a"], "economy": "VN", "one": "b", "number": 3}
    answer_set = store_answers(None, version, values, now=now, purge_on=None)
    assert export_answers([answer_set.id]) == {
        answer_set.id: {
            "Number": "3",
            "Day": "5 June 2013",
            "Yes": "No",
            "One": "Second",
            "Several": "Café 咖啡; First",
            "Economy": "Viet Nam",
        }
    }


@pytest.mark.parametrize("value", [None, "", [], {"x": 1}, "text", 12, True, ["a"], "2013-13-45"])
@pytest.mark.parametrize("spec", [*EVERY_KIND, QuestionSpec(KIND.FILE, "File", key="file")])
def test_presenting_never_fails(database: None, spec: QuestionSpec, value: Any) -> None:
    assert isinstance(present(spec, value), str)


def test_the_stored_questions_are_the_given_ones(database: None, now: datetime) -> None:
    version = published(now, *EVERY_KIND)
    db.session.expire_all()
    assert specs_of(version) == EVERY_KIND


@pytest.mark.usefixtures("database")
def test_numbers_that_no_file_can_have_are_looked_up_without_harm() -> None:
    assert file_names([10**11, -(10**11), 0]) == {}
