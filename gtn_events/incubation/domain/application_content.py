"""Everything that was sent at one moment, JSON-ready; its fingerprint stands on the receipt."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from gtn_events.questionnaire.domain.questions import specs_of
from gtn_events.questionnaire.domain.sealing import answers_as_sent

from ..models import Application, Intake
from .application_particulars import OWN_COLUMNS, OWN_LISTS, Submission


def content_of(
    application: Application, submission: Submission, intakes: Mapping[int, Intake], *, number: int, now: datetime
) -> dict[str, Any]:
    """Return what stands in an application version.

    Sensitive answers are left out: they are deleted on their day, and a version never changes.

    Args:
        intakes: every intake that the submission names, by its id.
    """
    particulars = {name: getattr(submission, name) for name in OWN_COLUMNS}
    lists = {name: list(getattr(submission, name)) for name in OWN_LISTS}
    return {
        **particulars,
        **lists,
        "reference": application.reference,
        "version": number,
        "sent_at": now.isoformat(),
        "preferred_from": submission.preferred_from.isoformat(),
        "people": [asdict(person) for person in submission.people],
        "wishes": _slugs(submission.wishes, intakes),
        "links": _slugs(submission.links, intakes),
        "kept_from": _slugs(submission.kept_from, intakes),
        "questionnaire_version": submission.version.number,
        "answers": answers_as_sent(specs_of(submission.version), submission.answers),
    }


def _slugs(ids: Sequence[int], intakes: Mapping[int, Intake]) -> list[str]:
    return [intakes[each].host.slug for each in ids if each in intakes]
