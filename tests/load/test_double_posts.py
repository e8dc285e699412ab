"""One form, sent eight times at the same moment: no failure, no row twice, no mail twice."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from gtn_events.accounts.enums import Role
from gtn_events.accounts.models import Account
from gtn_events.core import clock
from gtn_events.core.db import Model, db
from gtn_events.core.economies import Economy
from gtn_events.core.outbox import OutboxMail
from gtn_events.delegations.domain.circulars import begin_circular
from gtn_events.delegations.domain.nominations import Nominee, draft_nomination, nominate
from gtn_events.delegations.models import Circular, CircularAcknowledgement, CircularVersion, Delegation, Nomination
from gtn_events.forum.enums import DelegationFunction, Funding
from gtn_events.forum.models import (
    Checkpoint,
    Forum,
    ForumCategory,
    Mailing,
    Registration,
    SideEvent,
    SideEventGuest,
    SideEventProposal,
)
from gtn_events.network.models import CoordinatorPost, EconomyGroup
from tests.factories import grant_role, make_side_event
from tests.forum.proposing import open_window
from tests.load.browsers import Browser, all_at_once
from tests.load.people import open_forum, people

TIMES = 8

pytestmark = pytest.mark.slow


@dataclass(frozen=True)
class Sent:
    """A form: who sends it where, and which rows may come of it."""

    who: str
    path: str
    fields: dict[str, Any] = field(default_factory=dict)
    rows: dict[type[Model], int] = field(default_factory=dict)
    mails: int = 0


@pytest.fixture(scope="module")
def now() -> datetime:
    return clock.now()


@pytest.fixture(scope="module")
def forum(site: Flask, now: datetime) -> Forum:
    site.config["WTF_CSRF_ENABLED"] = False
    forum = open_forum("sent-twice", seats=50, now=now)
    forum.starts_on = TODAY + timedelta(days=30)  # the day of the side event that is proposed, though midnight came
    open_window(forum, opens_at=now - timedelta(days=1), closes_at=now + timedelta(days=1))
    return forum


@pytest.fixture(scope="module")
def browsers(forum: Forum, now: datetime) -> dict[str, Browser]:
    """An administrator who organises the forum, and the coordinator of Peru."""
    found = people(2, name="presses", now=now)
    (administrator, first), (coordinator, second) = found
    grant_role(administrator, Role.ADMINISTRATOR)
    grant_role(administrator, Role.ORGANISER, forum.scope)
    grant_role(coordinator, Role.ECONOMY_COORDINATOR, db.session.get_one(Economy, "PE").scope)
    return {"organiser": first, "coordinator": second}


FORUM = "/forums/sent-twice"
DESK = f"{FORUM}/delegation/PE"
TODAY = clock.now().date()
NOMINEE = {
    "email": "luz@firm.example",
    "category": "1",
    "family_name": "Quispe",
    "gender": "woman",
    "position": "Director",
    "organisation_name": "Andes",
    "organisation_kind": "sme",
    "function": "delegate",
    "funding": "own",
    "relevance": "Green technology.",
}
POST = {"place": "economy:PE", "kind": "coordinator", "holder_email": "kusi@firm.example", "office_name": "Kusi MAMANI"}
PLAIN = {"gender": "woman", "function": DelegationFunction.DELEGATE, "funding": Funding.OWN}
WALK_IN = {
    "given_name": "Tika",
    "family_name": "Dewi",
    "economy": "INA",
    "organisation_name": "Balai",
    "email": "tika@firm.example",
    "category_id": "1",
}
SIDE_EVENT = {
    "title": "Clinic",
    "host_economy_code": "PE",
    "starts_at": f"{TODAY + timedelta(days=30)}T14:00",
    "ends_at": f"{TODAY + timedelta(days=30)}T16:00",
    "capacity": "10",
    "published": "y",
}
PROPOSAL = {
    "title": "Panel",
    "lead_economy_code": "",
    "format": "hybrid",
    "slot_1": "lunch",
    "slot_2": "lunch",
    "slot_3": "lunch",
    "nonce": "ab" * 16,
}
FORMS = (
    Sent("coordinator", f"{DESK}/nominations/new", NOMINEE | {"go": "nominate"}, {Nomination: 1}),
    Sent("organiser", "/network/groups/new", {"name": "South", "economies": ["PE", "CHL"]}, {EconomyGroup: 1}),
    Sent("organiser", "/network/posts/new", POST | {"starts_on": str(TODAY)}, {CoordinatorPost: 1}, mails=2),
    Sent("organiser", f"{FORUM}/manage/side-events/new", SIDE_EVENT, {SideEvent: 1}),
    Sent(
        "organiser",
        f"{FORUM}/manage/checkpoints/new",
        {"label": "Dinner", "kind": "dinner", "rule": "once"},
        {Checkpoint: 1},
    ),
    Sent(
        "organiser",
        f"{FORUM}/manage/categories/new",
        {"label": "Speaker", "capacity": "5", "approval": "organiser"},
        {ForumCategory: 1},
    ),
    Sent("organiser", f"{FORUM}/manage/circulars/", {"title": "General information"}, {Circular: 1}),
    Sent("organiser", f"{FORUM}/manage/mailings/new", {"subject": "Bring a coat", "text": "It rains."}, {Mailing: 1}),
    Sent("coordinator", f"{FORUM}/propose/new", PROPOSAL, {SideEventProposal: 1}),
    Sent("organiser", f"{FORUM}/check-in/at/main-door/walk-in", WALK_IN, {Registration: 1}, mails=1),
)


@pytest.mark.parametrize("sent", FORMS, ids=lambda sent: sent.path)
def test_a_form_that_is_sent_several_times_at_once_counts_once(
    site: Flask, browsers: dict[str, Browser], sent: Sent
) -> None:
    assert _at_once(site, browsers, sent) == [*sent.rows.values(), sent.mails]


def test_a_nominee_who_is_invited_several_times_at_once_has_one_mail(
    site: Flask, browsers: dict[str, Browser], forum: Forum, now: datetime
) -> None:
    coordinator = db.session.get_one(Account, browsers["coordinator"].account_id)
    delegation = Delegation(db.session.merge(forum), db.session.get_one(Economy, "PE"))
    nominee = Nominee(**NOMINEE | PLAIN | {"email": "ana@firm.example", "category": delegation.forum.categories[0]})
    nomination = draft_nomination(delegation, nominee, actor=coordinator, now=now)
    nominate(nomination, actor=coordinator, now=now)
    db.session.commit()
    fields = {"seen": str(nomination.lock_version)}
    sent = Sent("coordinator", f"{DESK}/nominations/{nomination.id}/invite", fields, mails=1)
    assert _at_once(site, browsers, sent) == [1]


def test_guests_are_invited_once_and_once_again(
    site: Flask, browsers: dict[str, Browser], forum: Forum, now: datetime
) -> None:
    times = {"starts_at": now + timedelta(days=30), "ends_at": now + timedelta(days=30, hours=2)}
    event = make_side_event(db.session.merge(forum), "Hosted", **times)
    organiser = db.session.get_one(Account, browsers["organiser"].account_id)
    grant_role(organiser, Role.SIDE_EVENT_HOST, event.host_scope)
    desk = f"{FORUM}/side-events/{event}/host/guests"
    first = Sent("organiser", desk, {"addresses": "guest@firm.example"}, {SideEventGuest: 1}, mails=1)
    assert _at_once(site, browsers, first) == [1, 1]
    guest = db.session.scalars(select(SideEventGuest).where(SideEventGuest.side_event_id == event.id)).one()
    again = Sent("organiser", f"{desk}/{guest.id}/again", {"seen": guest.invited_at.isoformat()}, mails=1)
    assert _at_once(site, browsers, again) == [1]


def test_a_circular_is_released_acknowledged_and_followed_by_one_draft(
    site: Flask, browsers: dict[str, Browser], forum: Forum, now: datetime
) -> None:
    organiser = db.session.get_one(Account, browsers["organiser"].account_id)
    version = begin_circular(db.session.merge(forum), "To release", actor=organiser, now=now)
    version_id = version.id
    manage, number = f"{FORUM}/manage/circulars/{version.circular.number}", version.circular.number
    db.session.commit()
    assert _at_once(site, browsers, Sent("organiser", f"{manage}/release", mails=1)) == [1]
    acknowledges = f"{FORUM}/circulars/{number}/acknowledge"
    answer = Sent(
        "coordinator", acknowledges, {"economy": "PE", "version": str(version_id)}, {CircularAcknowledgement: 1}
    )
    assert _at_once(site, browsers, answer) == [1, 0]
    assert _at_once(site, browsers, Sent("organiser", f"{manage}/remind")) == [0]
    assert _at_once(site, browsers, Sent("organiser", f"{manage}/new-version", {}, {CircularVersion: 1})) == [1, 0]
    assert _at_once(site, browsers, Sent("organiser", f"{manage}/discard", {}, {CircularVersion: -1})) == [-1, 0]


def _at_once(site: Flask, browsers: dict[str, Browser], sent: Sent) -> list[int]:
    """Send a form several times at once; return how many rows and mails are there more than before."""
    before = _counted(sent)
    statuses = all_at_once([partial(_post, site, browsers[sent.who], sent)] * TIMES)
    db.session.rollback()
    assert (max(statuses) < 500, 302 in statuses) == (True, True), statuses
    return [later - first for first, later in zip(before, _counted(sent), strict=True)]


def _post(site: Flask, browser: Browser, sent: Sent) -> int:
    client = site.test_client()
    for name, value in browser.cookies.items():
        client.set_cookie(name, value)
    return client.post(sent.path, data=sent.fields).status_code


def _counted(sent: Sent) -> list[int]:
    db.session.rollback()
    tables = [*sent.rows, OutboxMail]
    counted = [db.session.scalar(select(func.count()).select_from(table)) or 0 for table in tables]
    # On SQLite a transaction that stays open would keep the browsers from writing.
    db.session.rollback()
    return counted
