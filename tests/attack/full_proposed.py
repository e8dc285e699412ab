"""A proposed side event with a co-host and a note; every text carries one word."""

from typing import Any

from flask import current_app

from gtn_events.accounts.domain.signed_links import LinkSigner
from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.forum.domain.guests import invite_guests
from gtn_events.forum.domain.proposals.deciding import note_on_proposal
from gtn_events.forum.domain.proposals.drafts import NamedCoHost
from gtn_events.forum.domain.proposals.sending import send_proposal
from gtn_events.forum.enums import Audience
from gtn_events.forum.models import Forum
from gtn_events.forum.queries.guests import guests_of
from tests.attack.full_asking import ask_own_questions
from tests.factories import MADE_AT, make_side_event
from tests.forum.proposing import make_proposal, open_window


def make_proposed(forum: Forum, organiser: Account, delegate: Account, word: str) -> dict[str, Any]:
    """Make it and return what addresses are filled with; the delegate proposed it, the organiser made a note."""
    open_window(forum, actor=organiser)
    co_hosts = [NamedCoHost(f"Co-host {word}", f"cohost.{word}@firm.example")]
    texts = {"contact_name": f"Contact {word}", "speakers": f"Speaker {word}", "topic": f"Topic {word}"}
    proposal = make_proposal(forum, delegate, f"Proposal {word}", co_hosts=co_hosts, **texts)
    links = LinkSigner(current_app.config["SETTINGS"].secret_key)
    send_proposal(proposal, links=links, actor=delegate, now=MADE_AT)
    note_on_proposal(proposal, f"Note {word}", actor=organiser, now=MADE_AT)
    db.session.commit()
    side_event = make_side_event(forum, f"Hosted {word}", slug=f"hosted-{word}", audience=Audience.BOTH)
    ask_own_questions(side_event, organiser, word)
    invite_guests(side_event, [f"guest.{word}@firm.example"], actor=organiser, now=MADE_AT)
    guest = guests_of(side_event)[0]
    guest.name = f"Guest {word}"
    db.session.commit()
    return {
        "side_event": side_event.slug,
        "guest_id": guest.id,
        "proposal_id": proposal.id,
        "co_host_id": proposal.co_hosts[0].id,
        "answer": "decline",
    }
