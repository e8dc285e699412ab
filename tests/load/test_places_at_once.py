"""Coordinators who decide at one moment: an economy never gives more places than it has, nobody is mailed twice."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from gtn_events.accounts.models import Account
from gtn_events.competition.domain.endorsement import endorse_entry
from gtn_events.competition.domain.endorsement_integrity import endorsement_differences
from gtn_events.competition.domain.entry_submission import send_entry
from gtn_events.competition.domain.nominations import Nominee, nominate
from gtn_events.competition.enums import Endorsement, EntryPath, EntryState, NominationState
from gtn_events.competition.models import Competition, Entry, EntryDraft, Nomination
from gtn_events.competition.queries.places import places_of
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.economies import Economy
from gtn_events.core.errors import DomainError
from gtn_events.core.outbox import OutboxMail
from tests.competition.economy.desks import LINKS
from tests.competition.entrant.submitting import SECRET, make_draft, submission
from tests.competition.factories import make_competition, make_entry
from tests.load.browsers import all_at_once
from tests.load.people import people

PLACES, TIMES = 2, 3

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def now() -> datetime:
    return clock.now()


def open_call(slug: str, now: datetime, path: EntryPath) -> Competition:
    close = now + timedelta(days=365)
    values = {"entry_path": path, "economy_limit": PLACES, "entries_close_at": close}
    return make_competition(slug, title=slug, reference_prefix=slug.upper()[:8], **values)


def test_as_many_entries_are_endorsed_as_there_are_places(site: Flask, now: datetime) -> None:
    competition = open_call("endorsed", now, EntryPath.ENDORSED)
    coordinators = [account.id for account, _ in people(2, name="coordinator", now=now)]
    [(entrant, _)] = people(1, name="firm", now=now)
    values = {"state": EntryState.SUBMITTED, "organisation_name": "A firm"}
    entries = [make_entry(competition, entrant, f"Entry {number}", **values).id for number in range(6)]
    competition_id = competition.id
    db.session.rollback()
    acts = [partial(_endorse, entry, who, now) for entry in entries for who in coordinators]
    all_at_once([partial(_done, site, act) for act in acts])
    db.session.rollback()
    found = db.session.scalars(select(Entry).where(Entry.competition_id == competition_id)).all()
    assert sum(entry.endorsement is Endorsement.ENDORSED for entry in found) == PLACES
    assert sorted(entry.preference or 0 for entry in found) == list(range(1, 7))
    assert list(endorsement_differences()) == []
    mails = select(func.count()).where(OutboxMail.key.startswith("entry:"), OutboxMail.template.like("%/entry_%"))
    about = [OutboxMail.key.startswith(f"entry:{entry.id}:") for entry in found]
    assert [db.session.scalar(mails.where(one)) for one in about] == [1] * 6


def test_as_many_firms_are_nominated_as_there_are_places(site: Flask, now: datetime) -> None:
    competition_id = open_call("nominated", now, EntryPath.NOMINATED).id
    coordinators = [account.id for account, _ in people(2, name="nominator", now=now)]
    db.session.rollback()
    acts = [
        partial(_nominate, competition_id, f"{number}@firm.example", coordinators[number % 2], now)
        for number in range(8)
    ]
    all_at_once([partial(_done, site, act) for act in acts])
    db.session.rollback()
    assert places_of(db.session.get_one(Competition, competition_id), "PE").promised == PLACES


def test_a_nomination_is_used_by_one_entry_however_many_are_sent(site: Flask, now: datetime) -> None:
    competition = open_call("used", now, EntryPath.NOMINATED)
    [(coordinator, _), (firm, _)] = people(2, name="used", now=now)
    _nominate(competition.id, firm.email, coordinator.id, now)
    nomination = db.session.scalars(select(Nomination).where(Nomination.competition_id == competition.id)).one()
    nomination.account = firm
    drafts = [make_draft(competition, firm).id for _time in range(TIMES)]
    competition_id, nomination_id = competition.id, nomination.id
    db.session.commit()
    all_at_once([partial(_done, site, partial(_send, draft, now)) for draft in drafts for _time in range(2)])
    db.session.rollback()
    entry = db.session.scalars(select(Entry).where(Entry.competition_id == competition_id)).one()
    used = db.session.get_one(Nomination, nomination_id)
    assert (used.state, used.entry_id) == (NominationState.ENTERED, entry.id)


def _endorse(entry_id: int, coordinator_id: int, now: datetime) -> None:
    actor = db.session.get_one(Account, coordinator_id)
    endorse_entry(db.session.get_one(Entry, entry_id), actor=actor, now=now)


def _nominate(competition_id: int, email: str, coordinator_id: int, now: datetime) -> None:
    competition, actor = db.session.get_one(Competition, competition_id), db.session.get_one(Account, coordinator_id)
    firm = Nominee(organisation_name="A firm", name="Lupe", email=email)
    nominate(competition, db.session.get_one(Economy, "PE"), firm, links=LINKS, actor=actor, now=now)


def _send(draft_id: int, now: datetime) -> None:
    draft = db.session.get(EntryDraft, draft_id)
    if draft is not None:
        send_entry(draft, submission(draft.competition), secret_key=SECRET, actor=draft.account, now=now)


def _done(site: Flask, act: Callable[[], Any]) -> None:
    with site.app_context():
        try:
            act()
            db.session.commit()
        except DomainError:
            db.session.rollback()
        finally:
            db.session.remove()
