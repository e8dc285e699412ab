"""What was used, renewed or revoked is sent again as it was: links of nominees, feeds of agendas, lists and scans."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from gtn_events.accounts.enums import Role
from gtn_events.accounts.models import Account
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.outbox import OutboxMail
from gtn_events.delegations.domain.nominations import withdraw_nomination
from gtn_events.delegations.domain.nominee_answers import decline_nomination
from gtn_events.delegations.domain.nominee_links import invite_nominee, revoke_link
from gtn_events.delegations.enums import NominationState
from gtn_events.delegations.models import Nomination
from gtn_events.forum.domain.agenda_feed import renew_feed, revoke_feed
from gtn_events.forum.domain.registrations import cancel_registration
from gtn_events.forum.domain.transitions import Party
from gtn_events.forum.enums import Approval, RegistrationState
from gtn_events.forum.models import CheckIn, Forum, Registration, RegistrationDraft
from tests.delegations.conftest import coordinator_of
from tests.delegations.test_nominations import ADDRESS, invited, submit
from tests.factories import MADE_AT, grant_role, make_account, make_category, make_forum, make_registration, sign_in
from tests.forum.test_door_sync import batch_of, item

NOW = MADE_AT + timedelta(days=10)
PERSON = {"given_name": "Inés", "family_name": "Quispe", "origin": "economy:PE", "password": "a-green-long-sentence"}
Act = Callable[[Nomination, Account], None]


@pytest.fixture(autouse=True)
def at_noon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def forum(database: None) -> Forum:
    made = make_forum()
    make_category(made, capacity=10, approval=Approval.ECONOMY)
    return made


@pytest.fixture
def registration(forum: Forum) -> Registration:
    return make_registration(forum.categories[0], make_account(), RegistrationState.CONFIRMED)


def revoked(found: Nomination, coordinator: Account) -> None:
    revoke_link(found, actor=coordinator, now=NOW)


def renewed(found: Nomination, coordinator: Account) -> None:
    invite_nominee(found, actor=coordinator, now=NOW)


def withdrawn(found: Nomination, coordinator: Account) -> None:
    withdraw_nomination(found, actor=coordinator, now=NOW)


def declined(found: Nomination, _coordinator: Account) -> None:
    decline_nomination(found, words="", now=NOW)


def used(found: Nomination, _coordinator: Account) -> None:
    person = make_account(ADDRESS, economy_code="PE")
    submit(found.category, person)


def counted() -> tuple[int, ...]:
    """How many accounts, drafts, registrations and mails there are."""
    tables = (Account, RegistrationDraft, Registration, OutboxMail)
    return tuple(db.session.scalar(select(func.count()).select_from(each)) or 0 for each in tables)


@pytest.mark.parametrize("act", [revoked, renewed, withdrawn, declined, used], ids=lambda act: act.__name__)
@pytest.mark.parametrize("who", ["nobody", "the nominee", "a stranger"])
def test_a_link_that_is_over_opens_and_changes_nothing(client: FlaskClient, forum: Forum, act: Act, who: str) -> None:
    coordinator = coordinator_of("PE")
    found, token = invited(forum, forum.categories[0], coordinator)
    act(found, coordinator)
    db.session.commit()
    if who != "nobody":
        address = ADDRESS if who == "the nominee" else "stranger@firm.example"
        there = db.session.scalars(select(Account).where(Account.email == address)).one_or_none()
        sign_in(client, there or make_account(address, economy_code="PE"))
    before, state = counted(), found.state
    url = f"/forums/{forum}/nomination/{token}"
    answers = [client.get(url), client.post(url, data=PERSON), client.post(f"{url}/decline", data={"words": "No"})]
    db.session.expire_all()
    # A form that is refused leads back to a page that says why.
    assert [each.status_code for each in answers] == [410, 302, 302]
    assert [f"/forums/{forum}/register" in each.headers.get("Location", "") for each in answers] == [False] * 3
    assert [ADDRESS in each.text or "Quispe" in each.text for each in answers] == [False] * 3
    assert (counted(), found.state) == (before, state)
    assert found.state is not NominationState.DRAFT


@pytest.mark.parametrize("renews", [True, False])
def test_a_feed_that_is_over_answers_nothing_whoever_asks_and_whatever_they_had(
    client: FlaskClient, registration: Registration, renews: bool
) -> None:
    token = renew_feed(registration, actor=registration.account, now=NOW)
    db.session.commit()
    address = f"/calendar/{token}.ics"
    etag = client.get(address).headers["ETag"]
    (renew_feed if renews else revoke_feed)(registration, actor=registration.account, now=NOW)
    db.session.commit()
    sign_in(client, registration.account)
    answers = [client.get(address), client.get(address, headers={"If-None-Match": etag}), client.head(address)]
    assert [each.status_code for each in answers] == [404] * 3


def test_a_door_serves_nobody_whose_right_was_taken_back(
    client: FlaskClient, forum: Forum, registration: Registration, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = datetime(2013, 6, 5, 2, 0, tzinfo=UTC)
    monkeypatch.setattr(clock, "now", lambda: opened)
    staff = make_account("door@gtn.example")
    grant = grant_role(staff, Role.CHECK_IN_STAFF, forum.scope)
    sign_in(client, staff)
    door, scans = f"/forums/{forum}/check-in/at/main-door", [item(1, registration.reference, opened)]
    assert client.get(f"{door}/list.json").status_code == 200
    grant.ended_at = opened
    db.session.commit()
    sent = client.post(f"{door}/sync.json", json=batch_of(scans, sent_at=opened))
    asked = [client.get(f"{door}/{page}").status_code for page in ("list.json", "pulse.json")]
    assert (sent.status_code, asked, db.session.scalar(select(CheckIn))) == (403, [403, 403], None)


def test_an_old_list_lets_nobody_in_who_was_cancelled_since(
    client: FlaskClient, forum: Forum, registration: Registration, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = datetime(2013, 6, 5, 2, 0, tzinfo=UTC)
    monkeypatch.setattr(clock, "now", lambda: opened)
    staff = make_account("door@gtn.example")
    grant_role(staff, Role.CHECK_IN_STAFF, forum.scope)
    cancel_registration(registration, party=Party.DELEGATE, actor=registration.account, now=opened - timedelta(hours=2))
    db.session.commit()
    sign_in(client, staff)
    scans = batch_of([item(1, registration.reference, opened - timedelta(hours=1))], sent_at=opened)
    told = [client.post(f"/forums/{forum}/check-in/at/main-door/sync.json", json=scans) for _time in range(2)]
    answers = [each.get_json()["answers"][0] for each in told]
    assert answers[0] == answers[1]
    assert (answers[0]["outcome"] != "in", db.session.scalar(select(CheckIn))) == (True, None)
