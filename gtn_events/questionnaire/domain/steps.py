"""Changing the steps of a draft: add, describe, order and remove them, every question staying in one."""

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime

from sqlalchemy import select

from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.journal import record

from ..errors import StepRefused
from ..models import QuestionnaireVersion
from ..queries.versions import Step, all_steps
from .drafts import in_step_order, number_questions
from .keys import key_from
from .questions import specs_of
from .rules import refuse_broken_order
from .versions import refuse_unless_draft, scope_of

KEY_LENGTH = 40  # the column Question.step


@dataclass(frozen=True)
class StepText:
    """What a step says of itself."""

    title: str
    description: str = ""


def add_step(
    draft: QuestionnaireVersion,
    text: StepText,
    *,
    reserved: Collection[str] = (),
    actor: Account | None,
    now: datetime,
) -> Step:
    """Add a step at the end; its key is made from the title, is new in all versions, and none of ``reserved``.

    Raises:
        StepRefused: the title is empty, or another step has it.
        VersionClosed: the version is no draft.

    Flushes; the caller commits.
    """
    steps = _steps_of(draft)
    _check(text, others=steps)
    taken = _keys_ever(draft) | set(reserved)
    step = Step(key_from(text.title, taken=taken, fallback="step", longest=KEY_LENGTH), text.title, text.description)
    _write(draft, [*steps, step])
    _record("step added", draft, before=None, after=step.title, actor=actor, now=now)
    return step


def edit_step(draft: QuestionnaireVersion, key: str, text: StepText, *, actor: Account | None, now: datetime) -> None:
    """Give a step another title or description; its key and its questions stay. Raises and flushes as ``add_step``."""
    steps = _steps_of(draft)
    step = _find(steps, key)
    _check(text, others=[each for each in steps if each.key != key])
    changed = replace(step, title=text.title, description=text.description)
    _write(draft, [changed if each.key == key else each for each in steps])
    _record("step changed", draft, before=step.title, after=changed.title, actor=actor, now=now)


def move_step(draft: QuestionnaireVersion, key: str, *, by: int, actor: Account | None, now: datetime) -> None:
    """Move a step up (negative) or down; it stops at the first and the last place. Raises as ``order_steps``."""
    keys = [step.key for step in _steps_of(draft)]
    place = keys.index(_find(all_steps(draft), key).key)
    keys.insert(min(max(place + by, 0), len(keys) - 1), keys.pop(place))
    order_steps(draft, keys, actor=actor, now=now)


def order_steps(draft: QuestionnaireVersion, keys: Sequence[str], *, actor: Account | None, now: datetime) -> None:
    """Put the steps in the order of ``keys``; their questions move along.

    Raises:
        QuestionInUse: a question would be asked before one it depends on; the text names both.
        StepRefused: ``keys`` are not the steps of the draft (somebody else changed them).
        VersionClosed: the version is no draft.

    Flushes; the caller commits.
    """
    present = {step.key: step for step in _steps_of(draft)}
    if sorted(keys) != sorted(present):
        raise StepRefused("The steps have changed meanwhile. Look at them again, then move.")
    if list(keys) == list(present):
        return
    _write(draft, [present[key] for key in keys])
    specs = in_step_order(draft, specs_of(draft))
    refuse_broken_order(specs)
    number_questions(draft, specs)
    _record("steps put in order", draft, before=None, after=None, actor=actor, now=now)


def remove_step(
    draft: QuestionnaireVersion, key: str, *, move_to: str | None = None, actor: Account | None, now: datetime
) -> None:
    """Take a step out of the draft.

    Args:
        move_to: the step whose end the questions go to; needed when there are some.

    Raises:
        StepRefused: it is the only step, or holds questions and ``move_to`` is no other step.
        QuestionInUse: a question would be asked before one it depends on; the text names both.
        VersionClosed: the version is no draft.

    Flushes; the caller commits.
    """
    steps = _steps_of(draft)
    step = _find(steps, key)
    left = [each for each in steps if each.key != key]
    if not left:
        raise StepRefused("A form has at least one step. Add another one first.")
    specs = specs_of(draft)
    moved = [replace(spec, step=move_to or "") for spec in specs if spec.step == key]
    if moved and move_to not in {each.key for each in left}:
        raise StepRefused("Choose the step that its questions move to.", field="move_to")
    _write(draft, left)
    specs_left = in_step_order(draft, [*(spec for spec in specs if spec.step != key), *moved])
    refuse_broken_order(specs_left)
    for question in draft.questions:
        if question.step == key and move_to is not None:
            question.step = move_to
    number_questions(draft, specs_left)
    _record("step removed", draft, before=step.title, after=None, actor=actor, now=now)


def _steps_of(draft: QuestionnaireVersion) -> list[Step]:
    """Return the steps of a draft as they are now, locked: they are one column, written as a whole."""
    refuse_unless_draft(draft)
    db.session.refresh(draft, ["steps"], with_for_update=True)
    return all_steps(draft)


def _find(steps: Sequence[Step], key: str) -> Step:
    step = next((each for each in steps if each.key == key), None)
    if step is None:
        raise StepRefused("This step is no longer there. Reload the page to see the present ones.")
    return step


def _check(text: StepText, *, others: Sequence[Step]) -> None:
    if not text.title.strip():
        raise StepRefused("Give the step a title. It is empty.", field="title")
    if text.title.casefold() in {each.title.casefold() for each in others}:
        raise StepRefused("Another step has this title.", field="title")


def _keys_ever(draft: QuestionnaireVersion) -> set[str]:
    statement = select(QuestionnaireVersion.steps).where(
        QuestionnaireVersion.questionnaire_id == draft.questionnaire_id
    )
    return {step["key"] for steps in db.session.scalars(statement) for step in steps}


def _write(draft: QuestionnaireVersion, steps: Sequence[Step]) -> None:
    draft.steps = [asdict(step) for step in steps]
    db.session.flush()


def _record(
    action: str,
    draft: QuestionnaireVersion,
    *,
    before: str | None,
    after: str | None,
    actor: Account | None,
    now: datetime,
) -> None:
    changes = {"step": (before, after)} if before or after else None
    record(action, draft, actor=actor, now=now, scope=scope_of(draft.questionnaire), changes=changes)
