"""The criteria by which hosts score: checked together, kept until the first score is given."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy import exists, select

from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.journal import record
from gtn_events.questionnaire.domain.keys import key_from

from ..errors import CallRefused
from ..models import Call, CallCriterion, Intake, Review

WHOLE = Decimal(100)
SCALE = range(2, 11)
KEY_LENGTH = 40


@dataclass(frozen=True, kw_only=True)
class CriterionSpec:
    """One criterion as a value; an empty ``key`` is made from the label, ``levels`` describe the points from 1 up."""

    key: str = ""
    label: str
    question: str = ""
    weight: Decimal
    levels: tuple[str, ...]


def specs_of(call: Call) -> tuple[CriterionSpec, ...]:
    """Return the criteria of a call as values, in order."""
    return tuple(
        CriterionSpec(
            key=each.key, label=each.label, question=each.question, weight=each.weight, levels=(*each.levels,)
        )
        for each in call.criteria
    )


def are_locked(call: Call) -> bool:
    """Say whether a host has scored by these criteria already."""
    of_call = exists().where(Review.intake_id == Intake.id, Intake.call_id == call.id)
    return bool(db.session.scalar(select(of_call)))


def check_criteria(specs: Sequence[CriterionSpec]) -> None:
    """Check criteria against the rules; the caller may have unsaved ones.

    Raises:
        CallRefused: the text names the criterion and the rule.
    """
    if not specs:
        raise CallRefused("A call needs at least one criterion.")
    for spec in specs:
        if spec.weight <= 0:
            raise CallRefused(f"{spec.label}: the weight has to be above 0.")
        if len(spec.levels) not in SCALE:
            raise CallRefused(f"{spec.label}: describe {SCALE[0]} to {SCALE[-1]} points, one on each line.")
    labels = [spec.label for spec in specs]
    if twice := next((label for label in labels if labels.count(label) > 1), None):
        raise CallRefused(f"Two criteria are called {twice}. Give them different names.")
    total = sum((spec.weight for spec in specs), Decimal(0))
    if total != WHOLE:
        raise CallRefused(f"The weights add up to {total.normalize():f}. They have to add up to 100.")


def save_criteria(call: Call, specs: Sequence[CriterionSpec], *, actor: Account | None, now: datetime) -> None:
    """Keep these criteria in place of those before.

    Raises:
        CallRefused: they break a rule, or a host has scored by the present ones.

    Flushes; the caller commits.
    """
    if are_locked(call):
        raise CallRefused("A host has scored by these criteria. They stay as they are.")
    check_criteria(specs)
    before, known = _words(specs_of(call)), {each.key for each in call.criteria}
    # In two steps: the keys are unique, so the old rows have to be gone first.
    call.criteria.clear()
    db.session.flush()
    taken: set[str] = set()
    for position, spec in enumerate(specs, start=1):
        kept = spec.key in known - taken
        key = spec.key if kept else key_from(spec.label, taken=known | taken, fallback="criterion", longest=KEY_LENGTH)
        taken.add(key)
        call.criteria.append(
            CallCriterion(
                key=key,
                position=position,
                label=spec.label,
                question=spec.question,
                weight=spec.weight,
                levels=list(spec.levels),
            )
        )
    changes = {"criteria": (before, _words(specs))}
    record("criteria saved", call, actor=actor, now=now, scope=call.scope, changes=changes)
    db.session.flush()


def _words(specs: Sequence[CriterionSpec]) -> str:
    return ", ".join(f"{spec.label} {spec.weight.normalize():f}" for spec in specs)
