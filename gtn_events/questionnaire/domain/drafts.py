"""Changing a draft: add, edit, remove and move questions, every condition staying true to an earlier question."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import select

from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.journal import record

from ..errors import QuestionRefused
from ..models import Question, QuestionnaireVersion
from ..queries.versions import all_steps
from .keys import key_from
from .questions import QuestionSpec, specs_of, write_spec
from .rules import check_questions, refuse_broken_dependants, refuse_broken_order, refuse_if_needed
from .versions import refuse_unless_draft, scope_of


def add_question(draft: QuestionnaireVersion, spec: QuestionSpec, *, actor: Account | None, now: datetime) -> Question:
    """Add a question at the end of its step; its key is made from the label and is new in all versions.

    Raises:
        QuestionRefused: it breaks a rule; ``field`` says which field of the form.
        VersionClosed: the version is no draft.

    Flushes; the caller commits.
    """
    refuse_unless_draft(draft)
    spec = replace(spec, key=key_from(spec.label, taken=_keys_ever(draft)))
    specs = in_step_order(draft, [*specs_of(draft), spec])
    _check(draft, specs)
    question = Question(position=0)
    write_spec(question, spec)
    draft.questions.append(question)
    number_questions(draft, specs)
    _record("question added", draft, before=None, after=spec.label, actor=actor, now=now)
    return question


def edit_question(
    draft: QuestionnaireVersion, key: str, spec: QuestionSpec, *, actor: Account | None, now: datetime
) -> None:
    """Change a question; its key and kind stay, so that answers already given keep their meaning.

    Raises:
        QuestionRefused: it breaks a rule, or is of another kind.
        QuestionInUse: the condition of another question needs what would be taken away.
        VersionClosed: the version is no draft.

    Flushes; the caller commits.
    """
    refuse_unless_draft(draft)
    before = _find(draft, key)
    if spec.kind is not before.kind:
        raise QuestionRefused("A question keeps its kind. Remove this one and add another.", field="kind")
    changed = replace(spec, key=key)
    specs = [changed if each.key == key else each for each in specs_of(draft)]
    if changed.step != before.step:
        specs = [*(each for each in specs if each.key != key), changed]
    specs = in_step_order(draft, specs)
    refuse_broken_dependants(specs, changed)
    if changed.step != before.step:
        refuse_broken_order(specs)
    _check(draft, specs)
    write_spec(before, changed)
    number_questions(draft, specs)
    _record("question changed", draft, before=before.label, after=changed.label, actor=actor, now=now)


def remove_question(draft: QuestionnaireVersion, key: str, *, actor: Account | None, now: datetime) -> None:
    """Take a question out of the draft; answers given under published versions stay.

    Raises:
        QuestionInUse: other questions depend on it; the text names them.
        VersionClosed: the version is no draft.

    Flushes; the caller commits.
    """
    refuse_unless_draft(draft)
    question = _find(draft, key)
    refuse_if_needed(specs_of(draft), key)
    draft.questions.remove(question)
    number_questions(draft, specs_of(draft))
    _record("question removed", draft, before=question.label, after=None, actor=actor, now=now)


def move_question(draft: QuestionnaireVersion, key: str, *, by: int, actor: Account | None, now: datetime) -> None:
    """Move a question up (negative) or down within its step; it stops at the first and the last place.

    Raises and flushes as ``order_step``.
    """
    refuse_unless_draft(draft)
    step = _find(draft, key).step
    keys = [question.key for question in draft.questions if question.step == step]
    place = keys.index(key)
    keys.insert(min(max(place + by, 0), len(keys) - 1), keys.pop(place))
    order_step(draft, step, keys, actor=actor, now=now)


def order_step(
    draft: QuestionnaireVersion, step: str, keys: Sequence[str], *, actor: Account | None, now: datetime
) -> None:
    """Put the questions of one step in the order of ``keys``.

    Raises:
        QuestionInUse: one would stand before a question it depends on; the text names both.
        QuestionRefused: ``keys`` are not the questions of the step (somebody else changed it).
        VersionClosed: the version is no draft.

    Flushes; the caller commits.
    """
    refuse_unless_draft(draft)
    present = {spec.key: spec for spec in specs_of(draft) if spec.step == step}
    if sorted(keys) != sorted(present):
        raise QuestionRefused("The questions of this step have changed meanwhile. Look at them again, then move.")
    if list(keys) == list(present):
        return
    others = [spec for spec in specs_of(draft) if spec.step != step]
    specs = in_step_order(draft, [*others, *(present[key] for key in keys)])
    refuse_broken_order(specs)
    number_questions(draft, specs)
    _record("questions put in order", draft, before=None, after=step, actor=actor, now=now)


def in_step_order(draft: QuestionnaireVersion, specs: Sequence[QuestionSpec]) -> list[QuestionSpec]:
    """Return questions in the order of the draft's steps, those of one step as they came."""
    steps = [step.key for step in all_steps(draft)]
    return sorted(specs, key=lambda spec: steps.index(spec.step) if spec.step in steps else len(steps))


def number_questions(draft: QuestionnaireVersion, specs: Sequence[QuestionSpec]) -> None:
    """Give the draft's questions the places that they have among ``specs``. Flushes."""
    places = {spec.key: place for place, spec in enumerate(specs, start=1)}
    for question in draft.questions:
        question.position = places[question.key]
    db.session.flush()
    db.session.expire(draft, ["questions"])  # read again in the new order


def _find(draft: QuestionnaireVersion, key: str) -> Question:
    question = next((each for each in draft.questions if each.key == key), None)
    if question is None:
        raise QuestionRefused("This question is no longer there. Reload the page to see the present ones.")
    return question


def _keys_ever(draft: QuestionnaireVersion) -> set[str]:
    versions = select(QuestionnaireVersion.id).where(QuestionnaireVersion.questionnaire_id == draft.questionnaire_id)
    return set(db.session.scalars(select(Question.key).where(Question.version_id.in_(versions)).distinct()))


def _check(draft: QuestionnaireVersion, specs: Sequence[QuestionSpec]) -> None:
    check_questions(specs, steps=[step.key for step in all_steps(draft)])


def _record(
    action: str,
    draft: QuestionnaireVersion,
    *,
    before: str | None,
    after: str | None,
    actor: Account | None,
    now: datetime,
) -> None:
    changes = {"question": (before, after)}
    record(action, draft, actor=actor, now=now, scope=scope_of(draft.questionnaire), changes=changes)
