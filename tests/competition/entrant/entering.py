"""The steps of an entry as a browser sends them."""

from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import select

from gtn_events.competition.models import EntryDraft
from gtn_events.core.db import db

URL = "/competitions/sme-competition-2013"
CATEGORY = {"category": "energy", "economy": "PE", "size": "10-49", "founded_in": "2009"}
FIRM = {"organisation_name": "Andes Cold Chain", "website": "https://andes.example"}
ENTRY = {"title": "Boards from rice husk", "summary": "A board pressed from rice husk.", "languages": ["en", "es"]}
TEAM = {"members-0-name": "Rosa Huamán", "members-0-role": "Founder", "members-0-gender": "woman"}


def begin(client: FlaskClient) -> str:
    """Begin a draft, and return the address below which its steps stand."""
    answer = client.post(f"{URL}/enter/")
    assert answer.status_code == 302, answer.text
    return str(answer.location).rstrip("/")


def steps_of(draft: str, **changed: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Return every step of the test competition's form, filled in."""
    text_id = db.session.scalars(select(EntryDraft)).all()[-1].competition.declaration_texts[-1].id
    declaration = {"text": str(text_id), "declared_by": "Rosa Huamán", "agree": "y"}
    steps: dict[str, dict[str, Any]] = {
        "category": CATEGORY,
        "company": FIRM,
        "entry": ENTRY,
        "questions": {"q_solution": "It keeps fish cold for three days."},
        "team": TEAM,
        "declaration": declaration,
    }
    assert draft
    return steps | changed


def fill_in(client: FlaskClient, draft: str, **changed: dict[str, Any]) -> None:
    """Send every step; each of them must be right."""
    for step, values in steps_of(draft, **changed).items():
        answer = client.post(f"{draft}/{step}", data=values)
        assert answer.status_code == 302, (step, answer.text)


def send(client: FlaskClient, **changed: dict[str, Any]) -> str:
    """Enter from the first step to the last, and return the address of the entry."""
    draft = begin(client)
    fill_in(client, draft, **changed)
    answer = client.post(f"{draft}/check")
    assert answer.status_code == 302, answer.text
    return str(answer.location)
