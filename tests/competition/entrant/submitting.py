"""A draft and what is sent from it, for tests of the domain."""

from typing import Any

from gtn_events.accounts.models import Account
from gtn_events.competition.domain.entry_drafts import begin_draft
from gtn_events.competition.domain.entry_particulars import Person, Submission
from gtn_events.competition.models import Competition, EntryDraft
from gtn_events.core.db import db
from tests.competition.factories import MADE_AT

SECRET = "a key that nobody knows"


def make_draft(competition: Competition, account: Account) -> EntryDraft:
    """An empty draft; committed."""
    draft = begin_draft(competition, actor=account, now=MADE_AT)
    db.session.commit()
    return draft


def submission(competition: Competition, **values: Any) -> Submission:
    """A whole entry in the first category; ``values`` are fields of Submission."""
    defaults: dict[str, Any] = {
        "title": "Boards from rice husk",
        "summary": "A board pressed from rice husk.",
        "organisation_name": "Andes Cold Chain",
        "organisation_size": "10-49",
        "founded_in": 2009,
        "economy_code": "PE",
        "website": "",
        "video_url": "",
        "languages": ["en"],
        "categories": competition.categories[:1],
        "members": [Person(name="Rosa", role="", gender="woman", economy_code="PE", organisation_name="")],
        "version": competition.questionnaire.versions[-1],
        "answers": {"solution": "It keeps fish cold."},
        "declaration_text": competition.declaration_texts[-1],
        "declared_by": "Rosa Huamán",
    }
    return Submission(**(defaults | values))
