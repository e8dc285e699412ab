"""Proposed side events for tests."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from gtn_events.accounts.domain.signed_links import LinkSigner
from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.forum.domain.proposals.deciding import Place
from gtn_events.forum.domain.proposals.drafts import NamedCoHost, ProposalTexts, begin_proposal
from gtn_events.forum.domain.proposals.window import set_window
from gtn_events.forum.enums import ProposalFormat
from gtn_events.forum.models import Forum, ProposalWindow, SideEventProposal
from tests.factories import MADE_AT

LINKS = LinkSigner("a secret of tests")
# Whenever the tests run, proposals are taken.
FAR = datetime(2099, 12, 31, 16, 59, tzinfo=UTC)
DESCRIPTION = " ".join(["word"] * 220)
PLACE = Place(
    room_name="Hall 2",
    starts_at=datetime(2013, 6, 5, 5, 0, tzinfo=UTC),
    ends_at=datetime(2013, 6, 5, 6, 0, tzinfo=UTC),
    capacity=12,
)


def open_window(forum: Forum, *, actor: Account | None = None, **values: Any) -> ProposalWindow:
    """Let a forum take proposals from April 2013 on."""
    given = {"opens_at": MADE_AT, "closes_at": FAR, "takes": True, "words": "", "now": MADE_AT} | values
    window = set_window(forum, actor=actor, **given)  # type: ignore[arg-type]  # the journal takes None, too
    db.session.commit()
    return window


def texts(title: str = "A tender on the table", **values: Any) -> ProposalTexts:
    """A proposal in which nothing is missing."""
    defaults: dict[str, Any] = {
        "title": title,
        "topic": "Green public procurement",
        "lead_economy_code": "PE",
        "lead_name": "",
        "contact_name": "Rosa Huamán",
        "contact_email": "rosa@firm.example",
        "contact_phone": "",
        "format": ProposalFormat.IN_PERSON,
        "languages": "English",
        "interpretation": "",
        "description": DESCRIPTION,
        "objectives": "Six clauses that small firms can meet.",
        "expected_number": 30,
        "room_layout": "Round tables",
        "equipment": "",
        "accessibility": "",
        "wishes": [{"day": "2013-06-05", "slot": "lunch"}],
        "speakers": "Rosa Huamán, founder, Peru",
        "website": "",
    }
    return ProposalTexts(**(defaults | values))


def make_proposal(
    forum: Forum,
    account: Account,
    title: str = "A tender on the table",
    *,
    co_hosts: Sequence[NamedCoHost] = (),
    **values: Any,
) -> SideEventProposal:
    """A draft in which nothing is missing; ``values`` are fields of ``ProposalTexts``."""
    proposal = begin_proposal(forum, texts(title, **values), co_hosts, actor=account, now=MADE_AT)
    db.session.commit()
    return proposal
