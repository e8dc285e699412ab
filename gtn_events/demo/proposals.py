"""Proposed side events of the next forum, in every state but withdrawn, made by the functions that clicks use."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from gtn_events.accounts.domain.signed_links import LinkSigner
from gtn_events.accounts.models import Account
from gtn_events.forum.domain.guests import invite_guests
from gtn_events.forum.domain.hosting import set_audience
from gtn_events.forum.domain.proposals.co_hosts import answer_as_co_host
from gtn_events.forum.domain.proposals.deciding import (
    Place,
    agree_to_proposal,
    decide_proposal,
    note_on_proposal,
    publish_proposal,
)
from gtn_events.forum.domain.proposals.drafts import NamedCoHost, ProposalTexts, begin_proposal
from gtn_events.forum.domain.proposals.sending import send_proposal
from gtn_events.forum.domain.proposals.transitions import ProposalAction
from gtn_events.forum.domain.proposals.window import set_window
from gtn_events.forum.enums import Audience, ProposalFormat
from gtn_events.forum.models import Forum, SideEventProposal

WORDS = """An economy, an organisation of one, or both together can propose. Rooms hold 24 to 60 people.

- The host gives room, projector and microphones; everything else is the lead host's.
- There is no interpretation unless it is agreed.
"""
DESCRIPTION = (
    "Small firms lose more tenders on paper than on price. This event puts a buyer and a firm at one table, with a "
    "real tender between them, and lets both say where it goes wrong. In the first part three buyers of public "
    "bodies walk through the clauses they use for green goods: what each clause is for, which proof satisfies it, and "
    "which proof they have to refuse although they believe it. In the second part three firms show the offer they "
    "made, with the prices taken out, and the buyers mark it as they would at home. The audience marks it as well, "
    "on paper, before the buyers speak; the difference between both is the most useful part of the afternoon. In the "
    "third part small groups rewrite one clause each, so that a firm of twenty people can meet it without hiring a "
    "consultant, and so that the buyer still gets what the clause was written for. The groups are mixed: at least one "
    "buyer and at least two firms at each table, and nobody sits with people of the own economy only. The rewritten "
    "clauses are collected, put side by side and sent to everybody who was there within two weeks, with the names of "
    "those who wrote them if they wish. Nothing is sold and nobody gives a talk longer than seven minutes. Bring a "
    "tender that you lost, or one that nobody answered."
)


def propose_side_events(
    forum: Forum, staff: Mapping[str, Account], people: Mapping[str, Account], *, secret_key: str, now: datetime
) -> None:
    """Open the window and propose: a draft, two to decide, one each sent back, declined, agreed, public. Flushes."""
    organiser, links = staff["organiser"], LinkSigner(secret_key)
    begun, ends = now - timedelta(days=12), now + timedelta(days=20)
    opens = now - timedelta(days=14)
    set_window(forum, opens_at=opens, closes_at=ends, takes=True, words=WORDS, actor=organiser, now=begun)
    delegate = staff["delegate"]
    _begin(forum, "Cold stores for small harbours", "Energy", delegate, now=now - timedelta(days=1), draft=True)
    proposed = [
        _begin(forum, title, topic, account, now=begun + timedelta(hours=number))
        for number, (title, topic, account) in enumerate(
            (
                ("A tender on the table", "Green public procurement", delegate),
                ("Leasing instead of buying", "Finance", people["ct1"]),
                ("Measuring water twice", "Water", people["vn1"]),
                ("A fair for one firm", "Trade", people["mex1"]),
                ("Repair as a trade", "Waste", people["ct2"]),
                ("Husk, coir and other boards", "Materials", people["phl3"]),
            )
        )
    ]
    for proposal in proposed:
        send_proposal(proposal, links=links, actor=proposal.account, now=proposal.created_at + timedelta(hours=1))
    _decide(proposed, organiser, links, now=now - timedelta(days=5))


def _decide(proposed: list[SideEventProposal], organiser: Account, links: LinkSigner, *, now: datetime) -> None:
    _waits, reviewed, changed, declined, agreed, public = proposed
    for proposal in (reviewed, agreed, public):
        for co_host in proposal.co_hosts:
            answer_as_co_host(co_host, confirms=True, actor=None, now=now - timedelta(days=3))
        decide_proposal(proposal, ProposalAction.REVIEW, actor=organiser, now=now - timedelta(days=2))
    note_on_proposal(reviewed, "Close to the one on working capital: ask whether both join.", actor=organiser, now=now)
    reason = "Please name a second speaker, and say what the audience does in the second half."
    decide_proposal(changed, ProposalAction.ASK_CHANGES, reason=reason, actor=organiser, now=now)
    reason = "This is a presentation of one firm. Side events are open to firms of several economies."
    decide_proposal(declined, ProposalAction.DECLINE, reason=reason, actor=organiser, now=now)
    for proposal, start in ((agreed, time(9, 30)), (public, time(17, 45))):
        agree_to_proposal(proposal, _place(proposal.forum, start), links=links, actor=organiser, now=now)
    publish_proposal(public, actor=organiser, now=now + timedelta(days=1))
    if public.side_event is not None:
        set_audience(public.side_event, Audience.BOTH, actor=public.account, now=now + timedelta(days=2))
        guests = ["curator@museum.example", "buyer@city-office.example"]
        invite_guests(public.side_event, guests, actor=public.account, now=now + timedelta(days=2))


def _place(forum: Forum, start: time) -> Place:
    starts_at = datetime.combine(forum.ends_on, start, ZoneInfo(forum.time_zone))
    return Place(room_name="Room Rinjani", starts_at=starts_at, ends_at=starts_at + timedelta(minutes=75), capacity=24)


def _begin(
    forum: Forum, title: str, topic: str, account: Account, *, now: datetime, draft: bool = False
) -> SideEventProposal:
    texts = ProposalTexts(
        title=title,
        topic=topic,
        lead_economy_code=None if account.organisation else account.economy_code,
        lead_name=account.organisation.name if account.organisation else "",
        contact_name=account.display_name,
        contact_email=account.email,
        contact_phone="",
        format=ProposalFormat.IN_PERSON,
        languages="English",
        interpretation="",
        description=DESCRIPTION,
        objectives="Six clauses that small firms can meet, written down and shared.",
        expected_number=24,
        room_layout="Round tables",
        equipment="Projector, two microphones",
        accessibility="Captioning",
        wishes=[
            {"day": forum.starts_on.isoformat(), "slot": "lunch"},
            {"day": forum.ends_on.isoformat(), "slot": "evening"},
        ],
        speakers="",
        website="",
    )
    co_hosts = [NamedCoHost("Bukit Incubator", "coordinator@gtn.example")]
    if draft:
        texts, co_hosts = replace(texts, description=DESCRIPTION[:300], objectives="", expected_number=None), []
    return begin_proposal(forum, texts, co_hosts, actor=account, now=now)
