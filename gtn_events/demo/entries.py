"""Entries of the competitions: what was sent, its version, and what the organiser decided."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from gtn_events.accounts.models import Account
from gtn_events.competition.domain.entries import admit_entry, refuse_entry, withdraw_entry
from gtn_events.competition.domain.entry_transitions import Party
from gtn_events.competition.enums import EntryState
from gtn_events.competition.models import Competition, Entry, EntryCategory, EntryMember, EntryVersion
from gtn_events.core.canonical import sha256_of
from gtn_events.core.db import db
from gtn_events.core.journal import record
from gtn_events.core.references import new_reference
from gtn_events.questionnaire.domain.answers import store_answers
from gtn_events.questionnaire.models import QuestionnaireVersion
from gtn_events.questionnaire.queries.versions import published_version

from .entrants import NEXT_CALL, Idea

TEAM = ("Ari Lumen", "Noa Verdant", "Mika Rivers", "Sasha Loam", "Jun Breeze", "Remy Kelp")
ENVIRONMENT = """| For each unit sold | Before | Now | How it was measured |
|---|---|---|---|
| Energy, kWh a year | 410 | 260 | Meters at 12 users, 9 months |
| CO₂e over its life, t | 2.9 | 1.1 | Own life-cycle study, method given |
"""


def enter_all(
    competition: Competition, ideas: Sequence[Idea], accounts: Mapping[str, Account], *, organiser: Account
) -> list[Entry]:
    """Send each idea within the window and admit it; the entries in the order of the ideas. Flushes."""
    opened, closes = competition.entries_open_at, competition.entries_close_at
    step = (closes - opened) / (len(ideas) + 1)
    entries = [
        send_idea(competition, idea, accounts[idea.key], now=opened + step * number)
        for number, idea in enumerate(ideas, start=1)
    ]
    for number, entry in enumerate(entries):
        admit_entry(entry, actor=organiser, now=closes + timedelta(hours=20, minutes=7 * number))
    return entries


def enter_in_every_state(
    competition: Competition, accounts: Mapping[str, Account], delegate: Account, *, organiser: Account, now: datetime
) -> list[Entry]:
    """Send entries to the open call and leave some of them in each state. Flushes."""
    step = (now - competition.entries_open_at) / (len(NEXT_CALL) + 2)
    moments = [competition.entries_open_at + step * number for number in range(1, len(NEXT_CALL) + 2)]
    entries = [
        send_idea(competition, idea, accounts[idea.key], now=moment)
        for idea, moment in zip(NEXT_CALL, moments, strict=False)
    ]
    own = Idea("delegate", "Wool boxes for fish", "Andina Cold Store", "land-use", "10-49", 0, "Wool instead of foam.")
    entries.append(send_idea(competition, own, delegate, now=moments[-1]))
    _send_again(entries[-1], now=moments[-1] + timedelta(hours=5))
    for entry in entries[:4]:
        admit_entry(entry, actor=organiser, now=entry.submitted_at + timedelta(hours=9))
    withdraw_entry(
        entries[4], party=Party.ENTRANT, actor=entries[4].account, now=entries[4].submitted_at + timedelta(hours=3)
    )
    refuse_entry(
        entries[5],
        actor=organiser,
        now=entries[5].submitted_at + timedelta(hours=9),
        reason="The firm sells lamp oil of another maker; the entry has to be about a product of its own.",
    )
    # Sent after the first close, before it was moved to where it is now.
    entries[6].state = EntryState.LATE
    db.session.flush()
    return entries


def send_idea(competition: Competition, idea: Idea, account: Account, *, now: datetime) -> Entry:
    """Send one entry as its firm would have. Flushes."""
    version = published_version(competition.questionnaire)
    if version is None:
        raise LookupError("the entry form is not published")
    answers = _answers(idea)
    entry = Entry(
        competition=competition,
        account=account,
        reference=new_reference(competition.reference_prefix),
        state=EntryState.SUBMITTED,
        title=idea.title,
        summary=idea.summary,
        organisation_name=idea.firm,
        organisation_size=idea.size,
        founded_in=competition.entries_open_at.year - 3 - len(idea.firm) % 7,
        economy_code=account.economy_code,
        languages=["en"],
        answer_set=store_answers(None, version, answers, now=now, purge_on=None),
        submitted_at=now,
        state_changed_at=now,
        members=_team(idea, account),
        entry_categories=[
            EntryCategory(category=category) for category in competition.categories if category.key == idea.category
        ],
    )
    db.session.add(entry)
    entry.versions.append(_version(entry, account, version, answers, now=now))
    db.session.flush()
    record("entry sent", entry, actor=account, now=now, scope=entry.scope)
    return entry


def _send_again(entry: Entry, *, now: datetime) -> None:
    """Let an entrant say more of what users measured, in a second version."""
    first = entry.versions[-1]
    answers = first.content["answers"] | {
        "problem": "Foam boxes cost small users most, break where nobody mends them, and are burnt after a season.",
        "readiness_evidence": "Fourteen users over eleven months; the report is with the organiser.",
        "revenue": 210,
    }
    entry.summary = "Boxes of sheep's wool instead of foam."
    content = first.content | {
        "version": 2,
        "sent_at": now.isoformat(),
        "summary": entry.summary,
        "answers": answers,
    }
    entry.versions.append(
        EntryVersion(
            number=2,
            sent_at=now,
            sent_by_id=first.sent_by_id,
            declaration_text=first.declaration_text,
            declared_by=first.declared_by,
            content=content,
            sha256=sha256_of(content),
        )
    )
    store_answers(entry.answer_set, entry.answer_set.version, answers, now=now, purge_on=None)
    db.session.flush()
    record("entry changed", entry, actor=entry.account, now=now, scope=entry.scope)


def _team(idea: Idea, account: Account) -> list[EntryMember]:
    return [
        EntryMember(
            position=1,
            name=account.display_name,
            role="Founder",
            gender=account.gender.value,
            economy_code=account.economy_code,
            organisation_name=idea.firm,
        ),
        EntryMember(position=2, name=TEAM[len(idea.summary) % len(TEAM)], role="Engineer", organisation_name=idea.firm),
    ]


def _answers(idea: Idea) -> dict[str, Any]:
    return {
        "registration_number": f"INV-{1000 + 37 * len(idea.summary)}",
        "legal_form": "company",
        "tied": False,
        "pitch": f"{idea.summary} {idea.firm} has sold it to twelve users, and nine of them have ordered again.",
        "problem": "What is used today costs small users most, breaks first where nobody can mend it, and is burnt "
        "or buried after a few years.",
        "solution": f"**{idea.title}** is made in one workshop from what is found nearby. A user is trained in a day, "
        "and every part can be replaced with hand tools.",
        "newness": "economy",
        "innovation": "Others need a factory or a grid. This needs neither, and costs less from the second year.",
        "stage": "early-sales",
        "readiness": 8,
        "readiness_evidence": "Twelve users over nine months; the report is with the organiser.",
        "property": ["applied"],
        "environment": ENVIRONMENT,
        "checked": False,
        "goals": ["9", "12", "13"],
        "social": "Eleven jobs, seven of them held by women; the price is within reach of a family firm.",
        "market": "Some 40 000 small firms in three economies; the first twelve pay the full price.",
        "model": "Sales and yearly service. Costs are covered from 60 units a year; 41 are ordered.",
        "revenue": 180,
        "scale": "A partner in a second economy builds under licence next year; a third is asked.",
        "incubation": True,
        "incubation_wish": "A host with a test bench, for three months.",
    }


def _version(
    entry: Entry, account: Account, version: QuestionnaireVersion, answers: Mapping[str, Any], *, now: datetime
) -> EntryVersion:
    declaration = entry.competition.declaration_texts[-1]
    content = {
        "reference": entry.reference,
        "version": 1,
        "sent_at": now.isoformat(),
        "title": entry.title,
        "summary": entry.summary,
        "organisation": entry.organisation_name,
        "organisation_size": entry.organisation_size,
        "founded_in": entry.founded_in,
        "economy": entry.economy_code,
        "website": "",
        "video_url": "",
        "languages": entry.languages,
        "categories": [each.category.key for each in entry.entry_categories],
        "team": [{"name": each.name, "role": each.role} for each in entry.members],
        "questionnaire_version": version.number,
        "answers": dict(answers),
        "declaration": {"text": declaration.number, "declared_by": account.display_name},
    }
    return EntryVersion(
        number=1,
        sent_at=now,
        sent_by_id=account.id,
        declaration_text=declaration,
        declared_by=account.display_name,
        content=content,
        sha256=sha256_of(content),
    )
