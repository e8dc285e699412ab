"""The criteria of a round: checked, saved in versions, locked by the first score, compared."""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime
from decimal import Decimal

from sqlalchemy import exists, select

from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.journal import record
from gtn_events.questionnaire.domain.keys import key_from

from ..enums import RoundState
from ..errors import ReasonMissing, RubricLocked, RubricRefused
from ..models import Criterion, CriterionLevel, Round, Rubric, Scorecard
from .rounds import lock_round

WHOLE = Decimal(100)
LONGEST_SCALE = 21
KEY_LENGTH = 40


@dataclass(frozen=True, kw_only=True)
class CriterionSpec:
    """One criterion as a value; an empty ``key`` is made from the label.

    Args:
        levels: what each point of the scale means, from ``lowest`` to ``highest``.
        comment_required_below: a point below this one asks for a comment; None never does.
        comment_required_above: the same for points above.
    """

    key: str = ""
    heading: str = ""
    label: str
    question: str = ""
    weight: Decimal
    lowest: int = 1
    highest: int = 5
    levels: tuple[str, ...]
    comment_required_below: int | None = None
    comment_required_above: int | None = None


@dataclass(frozen=True)
class CriterionChange:
    """What a newer version did to one criterion: the names of what changed, or the one word."""

    label: str
    added: bool = False
    removed: bool = False
    changes: tuple[tuple[str, str, str], ...] = ()


def specs_of(rubric: Rubric | None) -> tuple[CriterionSpec, ...]:
    """Return the criteria of a version as values, in order; none without a version."""
    if rubric is None:
        return ()
    plain = [each.name for each in fields(CriterionSpec) if each.name != "levels"]
    return tuple(
        CriterionSpec(
            **{name: getattr(criterion, name) for name in plain},
            levels=tuple(level.description for level in criterion.levels),
        )
        for criterion in rubric.criteria
    )


def save_rubric(
    round_: Round,
    specs: Sequence[CriterionSpec],
    *,
    actor: Account,
    now: datetime,
    as_new_version: bool = False,
    reason: str = "",
) -> Rubric:
    """Write the criteria of a round: into the present version, or into a new one.

    Args:
        as_new_version: keep the present version as it is; the only way once a score was given under it.
        reason: why, for the journal; needed for a version that follows a locked one.

    Raises:
        RubricRefused: weights, scale, levels or labels break a rule.
        RubricLocked: a score was given under the present version, or the round takes no scores any more.
        ReasonMissing: a version that follows a locked one says no reason.

    Flushes; the caller commits.
    """
    lock_round(round_)
    if round_.state not in {RoundState.PLANNED, RoundState.OPEN}:
        raise RubricLocked(f"{round_.title} is closed. Its criteria stay as they were.")
    keyed = _with_keys(specs)
    check_criteria(keyed)
    present = round_.rubric
    locked = present is not None and is_locked(present)
    if locked and not as_new_version:
        raise RubricLocked("A score was given under these criteria. They stay; save a new version instead.")
    if locked and not reason.strip():
        raise ReasonMissing("Say why the criteria change after scores were given.", field="reason")
    before = specs_of(present)
    if present is None or as_new_version:
        present = _add_version(round_, now=now)
    _write(present, keyed)
    changes = {"criteria": (_words(before), _words(keyed)), "version": (None, present.version)}
    record("criteria saved", round_, actor=actor, now=now, scope=round_.scope, changes=changes, reason=reason or None)
    return present


def is_locked(rubric: Rubric) -> bool:
    """Say whether a score was given under this version."""
    if rubric.locked_at is not None:
        return True
    return bool(db.session.scalar(select(exists().where(Scorecard.rubric_id == rubric.id))))


def check_criteria(specs: Sequence[CriterionSpec]) -> None:
    """Check criteria against the rules; the caller may have unsaved ones.

    Raises:
        RubricRefused: the text names the criterion and the rule.
    """
    if not specs:
        raise RubricRefused("A round needs at least one criterion.")
    for spec in specs:
        _check_one(spec)
    labels = [spec.label for spec in specs]
    if twice := next((label for label in labels if labels.count(label) > 1), None):
        raise RubricRefused(f"Two criteria are called {twice}. Give them different names.")
    total = sum((spec.weight for spec in specs), Decimal(0))
    if total != WHOLE:
        raise RubricRefused(f"The weights add up to {total.normalize():f}. They have to add up to 100.")


def changes_between(before: Sequence[CriterionSpec], after: Sequence[CriterionSpec]) -> list[CriterionChange]:
    """Return what the newer criteria changed: changed and added ones in their order, then those left out."""
    old, new = {spec.key: spec for spec in before}, {spec.key for spec in after}
    found = [
        CriterionChange(spec.label, added=spec.key not in old, changes=_differences(old[spec.key], spec))
        if spec.key in old
        else CriterionChange(spec.label, added=True)
        for spec in after
    ]
    removed = [CriterionChange(spec.label, removed=True) for spec in before if spec.key not in new]
    return [each for each in found if each.added or each.changes] + removed


def _check_one(spec: CriterionSpec) -> None:
    if not spec.label:
        raise RubricRefused("Every criterion needs a name.")
    if spec.weight <= 0:
        raise RubricRefused(f"{spec.label}: the weight has to be above 0.")
    points = spec.highest - spec.lowest + 1
    if not 0 <= spec.lowest < spec.highest or points > LONGEST_SCALE:
        raise RubricRefused(f"{spec.label}: the scale has to rise from 0 or more, with at most {LONGEST_SCALE} points.")
    if len(spec.levels) != points or not all(spec.levels):
        raise RubricRefused(f"{spec.label}: the scale has {points} points, but {len(spec.levels)} are described.")
    for bound in (spec.comment_required_below, spec.comment_required_above):
        if bound is not None and not spec.lowest <= bound <= spec.highest:
            raise RubricRefused(f"{spec.label}: {bound} is no point of the scale, so no comment can depend on it.")


def _with_keys(specs: Sequence[CriterionSpec]) -> tuple[CriterionSpec, ...]:
    given, used, keyed = {spec.key for spec in specs}, set[str](), []
    for spec in specs:
        kept = 0 < len(spec.key) <= KEY_LENGTH and spec.key not in used
        taken = given | used
        key = spec.key if kept else key_from(spec.label, taken=taken, fallback="criterion", longest=KEY_LENGTH)
        used.add(key)
        keyed.append(replace(spec, key=key))
    return tuple(keyed)


def _add_version(round_: Round, *, now: datetime) -> Rubric:
    rubric = Rubric(version=(round_.rubric.version if round_.rubric else 0) + 1, created_at=now)
    round_.rubrics.append(rubric)
    db.session.flush()
    return rubric


def _write(rubric: Rubric, specs: Sequence[CriterionSpec]) -> None:
    # In two steps: the keys are unique, so the old rows have to be gone first.
    rubric.criteria.clear()
    db.session.flush()
    for position, spec in enumerate(specs, start=1):
        values = {each.name: getattr(spec, each.name) for each in fields(spec) if each.name != "levels"}
        levels = [CriterionLevel(point=spec.lowest + place, description=text) for place, text in enumerate(spec.levels)]
        rubric.criteria.append(Criterion(**values, position=position, levels=levels))
    db.session.flush()


def _words(specs: Sequence[CriterionSpec]) -> str:
    return ", ".join(f"{spec.label} {spec.weight.normalize():f}" for spec in specs)


def _differences(old: CriterionSpec, new: CriterionSpec) -> tuple[tuple[str, str, str], ...]:
    return tuple(
        (each.name, _text(getattr(old, each.name)), _text(getattr(new, each.name)))
        for each in fields(CriterionSpec)
        if each.name != "key" and getattr(old, each.name) != getattr(new, each.name)
    )


def _text(value: object) -> str:
    if isinstance(value, tuple):
        return " / ".join(value)
    return "" if value is None else f"{value.normalize():f}" if isinstance(value, Decimal) else str(value)
