"""What changed between two versions, question by question and step by step."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any, Generic, TypeVar

from ..queries.versions import Step
from .questions import QuestionSpec

Spec = TypeVar("Spec", QuestionSpec, Step)


class Change(StrEnum):
    """What happened to a question or a step."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    MOVED = "moved"


@dataclass(frozen=True)
class Aspect:
    """One property that changed: the name of the field of ``QuestionSpec`` or ``Step``, and its values."""

    name: str
    before: Any  # the field's own type
    after: Any


@dataclass(frozen=True)
class Difference(Generic[Spec]):
    """One question or step that differs; ``aspects`` only for CHANGED."""

    change: Change
    spec: Spec
    aspects: tuple[Aspect, ...] = ()


def differences(before: Sequence[Spec], after: Sequence[Spec]) -> list[Difference[Spec]]:
    """Return what a reader must know of questions or of steps, in the order of the new ones, then what is gone."""
    old = {spec.key: spec for spec in before}
    new = {spec.key for spec in after}
    moved = _moved([spec.key for spec in before if spec.key in new], [spec.key for spec in after if spec.key in old])
    found: list[Difference[Spec]] = []
    for spec in after:
        if spec.key not in old:
            found.append(Difference(Change.ADDED, spec))
        elif aspects := _aspects(old[spec.key], spec):
            found.append(Difference(Change.CHANGED, spec, aspects))
        elif spec.key in moved:
            found.append(Difference(Change.MOVED, spec))
    found.extend(Difference(Change.REMOVED, spec) for spec in before if spec.key not in new)
    return found


def _aspects(old: Spec, new: Spec) -> tuple[Aspect, ...]:
    pairs = ((field.name, getattr(old, field.name), getattr(new, field.name)) for field in fields(new))
    return tuple(Aspect(name, before, after) for name, before, after in pairs if before != after)


def _moved(before: list[str], after: list[str]) -> set[str]:
    """Return the fewest keys that must move to turn one order into the other: all but a longest common run."""
    place = {key: index for index, key in enumerate(before)}
    longest: list[list[str]] = []
    for index, key in enumerate(after):
        earlier = [run for run, last in zip(longest, after[:index], strict=True) if place[last] < place[key]]
        longest.append([*_longest(earlier), key])
    return set(after) - set(_longest(longest))


def _longest(runs: list[list[str]]) -> list[str]:
    return max(runs, key=len) if runs else []
