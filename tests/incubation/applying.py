"""The steps of an application as a browser sends them, and whole submissions for the domain."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

from flask.testing import FlaskClient

from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.incubation.domain.application_drafts import begin_draft
from gtn_events.incubation.domain.application_particulars import Submission, Traveller
from gtn_events.incubation.models import ApplicationDraft, Call, Intake

IN_TIME = datetime(2027, 3, 1, 9, 0, tzinfo=UTC)
URL = "/co-incubation/co-incubation-2027"
FIRM = {
    "organisation_name": "Andes Cold Chain",
    "economy": "PE",
    "size": "10-49",
    "founded_in": "2019",
    "website": "https://andes.example",
    "traits": ["women-led"],
}
PROJECT = {
    "title": "Cold rooms without a grid",
    "summary": "A cold room that runs on ice made at noon.",
    "sector": "food",
    "plan": "Build two rooms with a partner.",
    "results_expected": "Two rooms in use.",
    "trl": "7",
    "trl_reason": "Three rooms run since 2025.",
}
STAY = {
    "needs": ["desk", "test-bed"],
    "preferred_from": "2027-09-06",
    "weeks": "13",
    "split_stays": "no",
    "languages": ["en", "es"],
}
PEOPLE = {"people-0-name": "Rosa Huamán", "people-0-role": "Founder", "home_name": "", "home_email": ""}
LINKS = {"seen_by_others": "no"}
DECLARATION = {"declared_by": "Rosa Huamán", "agree": "y"}


def steps(**changed: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Return every step of the test call's form, filled in; the order of hosts has its own page."""
    return {
        "firm": FIRM,
        "project": PROJECT,
        "stay": STAY,
        "people": PEOPLE,
        "questions": {"q_tried": "Ice from sawdust."},
        "links": LINKS,
        "declaration": DECLARATION,
    } | changed


def fill_in(client: FlaskClient, wishes: Sequence[Intake], **changed: dict[str, Any]) -> None:
    """Begin a draft and send every step; each of them must be right."""
    assert client.post(f"{URL}/apply/").status_code == 302
    for step, values in steps(**changed).items():
        answer = client.post(f"{URL}/apply/{step}", data=values)
        assert answer.status_code == 302, (step, answer.text)
    for intake_id in [wish.id for wish in wishes]:
        assert client.post(f"{URL}/apply/hosts", data={"act": f"add:{intake_id}"}).status_code == 302


def send(client: FlaskClient, wishes: Sequence[Intake], **changed: dict[str, Any]) -> None:
    """Apply from the first step to the last."""
    fill_in(client, wishes, **changed)
    answer = client.post(f"{URL}/apply/check")
    assert (answer.status_code, answer.location) == (302, f"{URL}/my/"), answer.text


def make_draft(call: Call, account: Account, now: datetime = IN_TIME) -> ApplicationDraft:
    """Return a draft, committed."""
    draft = begin_draft(call, actor=account, now=now)
    db.session.commit()
    return draft


def submission(call: Call, wishes: Sequence[Intake], **values: Any) -> Submission:
    """Return a whole application; ``values`` are fields of Submission."""
    defaults: dict[str, Any] = {
        "organisation_name": "Andes Cold Chain",
        "organisation_size": "10-49",
        "founded_in": 2019,
        "economy_code": "PE",
        "website": "",
        "sector": "food",
        "traits": ["women-led"],
        "languages": ["en"],
        "title": "Cold rooms without a grid",
        "summary": "A cold room that runs on ice made at noon.",
        "plan": "Build two rooms.",
        "results_expected": "Two rooms in use.",
        "trl": 7,
        "trl_reason": "Three rooms run.",
        "needs": ["desk"],
        "preferred_from": date(2027, 9, 6),
        "weeks": 13,
        "split_stays": False,
        "people": [Traveller(name="Rosa Huamán", role="Founder")],
        "home_name": "",
        "home_email": "",
        "seen_by_others": False,
        "wishes": [wish.id for wish in wishes],
        "links": [],
        "kept_from": [],
        "version": call.questionnaire.versions[-1],
        "answers": {"tried": "Ice from sawdust."},
        "declared_by": "Rosa Huamán",
    }
    return Submission(**(defaults | values))
