"""What a draft of a form in steps holds: one record for each step, saved as typed and never judged."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from gtn_events.core.errors import DomainError

TYPED, ANSWERS, UPLOADS = "typed", "answers", "uploads"
MOST_BYTES = 400_000


class DraftTooLarge(DomainError):
    """The draft holds more text than the form's limits allow."""

    http_status = 422


def with_step(
    data: Mapping[str, Any],
    step: str,
    *,
    typed: Mapping[str, list[str]],
    answers: Mapping[str, Any],
    uploads: Mapping[str, int],
) -> dict[str, Any]:
    """Return a draft's data with one step put in place of what it held before.

    Args:
        data: step key to what the step holds.
        typed: field name to the strings the browser sent, as they are.
        answers: question key to stored value, of the questions that are right so far.
        uploads: field name to upload id.

    Raises:
        DraftTooLarge: all steps together are longer than any form of ours can be.
    """
    changed = {**data, step: {TYPED: dict(typed), ANSWERS: dict(answers), UPLOADS: dict(uploads)}}
    if len(json.dumps(changed)) > MOST_BYTES:
        raise DraftTooLarge("This is more text than the form can hold. Shorten the longest answers.")
    return changed


def step_fingerprint(data: Mapping[str, Any], step: str) -> str:
    """Return a short mark of what a step holds now; two tabs compare it."""
    held = data.get(step)
    if held is None:
        return "new"
    return hashlib.sha256(json.dumps(held, sort_keys=True).encode()).hexdigest()[:16]
