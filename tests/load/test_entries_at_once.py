"""Entries sent at one moment: no draft becomes two entries, no economy has more than its limit."""

from datetime import datetime, timedelta
from functools import partial

import pytest
from flask import Flask
from sqlalchemy import func, select

from gtn_events.accounts.models import Account
from gtn_events.competition.domain.entry_drafts import begin_change
from gtn_events.competition.domain.entry_submission import change_entry, send_entry
from gtn_events.competition.models import Competition, Entry, EntryDraft, EntryVersion
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.errors import DomainError
from gtn_events.core.outbox import OutboxMail
from tests.competition.entrant.submitting import SECRET, make_draft, submission
from tests.competition.factories import make_competition
from tests.load.browsers import all_at_once
from tests.load.people import people

LIMIT, TIMES = 4, 3

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def now() -> datetime:
    return clock.now()


def open_call(slug: str, now: datetime, **values: int) -> Competition:
    close = now + timedelta(days=365)
    return make_competition(slug, title=slug, reference_prefix=slug.upper()[:8], entries_close_at=close, **values)


def test_the_limit_of_an_economy_holds_and_no_draft_is_sent_twice(site: Flask, now: datetime) -> None:
    competition = open_call("limited", now, economy_limit=LIMIT)
    drafts = [make_draft(competition, account).id for account, _ in people(10, name="entrant", now=now)]
    competition_id = competition.id
    db.session.rollback()
    all_at_once([partial(_send, site, draft, now) for draft in drafts for _time in range(TIMES)])
    db.session.rollback()
    entries = db.session.scalars(select(Entry).where(Entry.competition_id == competition_id)).all()
    assert len(entries) == LIMIT
    assert len({entry.account_id for entry in entries}) == LIMIT
    left = select(func.count()).where(EntryDraft.competition_id == competition_id)
    assert db.session.scalar(left) == len(drafts) - LIMIT
    keys = [f"entry:{entry.id}:competition/entry_received:version 1" for entry in entries]
    assert db.session.scalar(select(func.count()).where(OutboxMail.key.in_(keys))) == LIMIT


def test_one_change_is_one_version_however_often_it_is_sent(site: Flask, now: datetime) -> None:
    competition = open_call("changed", now)
    [(account, _)] = people(1, name="changer", now=now)
    entry = send_entry(
        make_draft(competition, account), submission(competition), secret_key=SECRET, actor=account, now=now
    )
    draft_id, entry_id = begin_change(entry, {}, actor=account, now=now).id, entry.id
    db.session.commit()
    all_at_once([partial(_send, site, draft_id, now)] * (2 * TIMES))
    db.session.rollback()
    numbers = select(EntryVersion.number).where(EntryVersion.entry_id == entry_id).order_by(EntryVersion.number)
    assert db.session.scalars(numbers).all() == [1, 2]


def _send(site: Flask, draft_id: int, now: datetime) -> None:
    with site.app_context():
        try:
            draft = db.session.get(EntryDraft, draft_id)
            if draft is None:
                return
            actor = db.session.get_one(Account, draft.account_id)
            act = send_entry if draft.entry_id is None else change_entry
            act(draft, submission(draft.competition), secret_key=SECRET, actor=actor, now=now)
            db.session.commit()
        except DomainError:
            db.session.rollback()
        finally:
            db.session.remove()
