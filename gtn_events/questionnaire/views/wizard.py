"""What a page of a form in steps needs of the request: what was typed, whether another tab was here, the stepper."""

from collections.abc import Callable, Mapping
from typing import Any

from flask import request
from flask_babel import gettext as _

from ..domain.step_drafts import TYPED, step_fingerprint
from ..forms.wizard import Step, StepWizard

OF_THE_PAGE = frozenset({"csrf_token", "seen", "go"})


def typed_fields() -> dict[str, list[str]]:
    """Return the form's fields as the browser sent them, without the marks of the form itself."""
    return {name: values for name, values in request.form.lists() if name not in OF_THE_PAGE}


def changed_elsewhere(data: Mapping[str, Any], step: Step) -> str | None:
    """Return what to tell when this step was saved in another tab since the page was shown."""
    seen = request.form.get("seen")
    if seen is None or seen == step_fingerprint(data, step.key):
        return None
    return _(
        "This step was changed in another tab or on another device since you opened it. "
        "What you typed here is kept below: compare it, then save again to replace the other one."
    )


def same_as_saved(data: Mapping[str, Any], step: Step) -> bool:
    """Say whether what was sent now is what the step holds already."""
    return bool(data.get(step.key, {}).get(TYPED) == typed_fields())


def step_marks(wizard: StepWizard, here: Step, url_of: Callable[[Step], str]) -> list[dict[str, Any]]:
    """Return what the stepper shows; a step is done when it was saved and lacks nothing."""
    marks, lacking = [], {step.key for step, _problems in wizard.missing()}
    for step in wizard.steps:
        saved = step.key in wizard.data
        state = "ahead" if not saved else "missing" if step.key in lacking else "done"
        state = "now" if step.key == here.key else state
        reachable = saved or step is wizard.steps[-1]
        marks.append({"label": step.label, "state": state, "url": url_of(step) if reachable else None})
    return marks
