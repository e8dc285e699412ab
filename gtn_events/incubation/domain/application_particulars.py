"""A whole application as its form gives it, checked field by field already."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from gtn_events.questionnaire.models import QuestionnaireVersion

from ..models import Application


@dataclass(frozen=True, kw_only=True)
class Traveller:
    """Somebody who goes to the host."""

    name: str
    role: str


@dataclass(frozen=True, kw_only=True)
class Submission:
    """Everything that is sent at one moment.

    Args:
        wishes: ids of intakes, the most wished first.
        links: ids of intakes whose hosts the firm works with already.
        kept_from: ids of intakes whose hosts must not see the application.
    """

    organisation_name: str
    organisation_size: str
    founded_in: int | None
    economy_code: str
    website: str
    sector: str
    traits: Sequence[str]
    languages: Sequence[str]
    title: str
    summary: str
    plan: str
    results_expected: str
    trl: int
    trl_reason: str
    needs: Sequence[str]
    preferred_from: date
    weeks: int
    split_stays: bool
    people: Sequence[Traveller]
    home_name: str
    home_email: str
    seen_by_others: bool
    wishes: Sequence[int]
    links: Sequence[int]
    kept_from: Sequence[int]
    version: QuestionnaireVersion
    answers: Mapping[str, Any]
    declared_by: str


OWN_COLUMNS = (
    "organisation_name",
    "organisation_size",
    "founded_in",
    "economy_code",
    "website",
    "sector",
    "title",
    "summary",
    "plan",
    "results_expected",
    "trl",
    "trl_reason",
    "preferred_from",
    "weeks",
    "split_stays",
    "home_name",
    "home_email",
    "seen_by_others",
)
OWN_LISTS = ("traits", "languages", "needs")


def write_particulars(application: Application, submission: Submission) -> None:
    """Put what was sent into the application's own columns."""
    for name in OWN_COLUMNS:
        setattr(application, name, getattr(submission, name))
    for name in OWN_LISTS:
        setattr(application, name, list(getattr(submission, name)))
    application.people = [asdict(person) for person in submission.people]
