"""Whom a coordinator withdraws reads that it was the economy, and why: in the mail and on the page."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from gtn_events.accounts.enums import Role
from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.journal import JournalEntry
from gtn_events.core.outbox import OutboxMail
from gtn_events.forum.domain.registrations import cancel_registration, withdraw_registration
from gtn_events.forum.domain.transitions import Action, Party, actions_for
from gtn_events.forum.enums import RegistrationState as State
from gtn_events.forum.errors import ReasonMissing, TransitionRefused
from gtn_events.forum.models import Forum, Registration
from gtn_events.forum.notifications import tell_again
from tests.delegations.conftest import DESK, Register
from tests.factories import MADE_AT, grant_role, make_account, sign_in

MY = "/forums/gtn-forum-2013/my"
WORDS = "Has another duty."
OPEN = pytest.mark.usefixtures("before_the_forum")


@pytest.fixture
def before_the_forum(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gtn_events.core.clock.now", lambda: MADE_AT)


def last_mail() -> OutboxMail:
    return db.session.scalars(select(OutboxMail).order_by(OutboxMail.id.desc())).first()  # type: ignore[return-value]  # there is one


def withdrawn(register: Register, coordinator: Account) -> Registration:
    found = register("Torres", State.CONFIRMED)
    withdraw_registration(found, actor=coordinator, now=MADE_AT, reason=WORDS)
    db.session.commit()
    return found


def test_the_mail_names_the_economy_and_its_reason(desk: FlaskClient, register: Register) -> None:
    found = register("Torres", State.CONFIRMED)
    desk.post(f"{DESK}/people/{found.id}/withdraw", data={"reason": WORDS})
    mail = last_mail()
    assert (mail.template, mail.subject) == (
        "forum/registration_withdrawn",
        "Peru has withdrawn your registration for GTN Forum 2013",
    )
    assert ("The reason of Peru: Has another duty." in mail.body_text, "organiser's reason" in mail.body_text) == (
        True,
        False,
    )
    entry = db.session.scalars(select(JournalEntry).order_by(JournalEntry.id.desc())).first()
    assert entry is not None
    assert (entry.action, entry.reason) == ("registration withdrawn by the economy", WORDS)


def test_the_mail_that_is_sent_again_is_the_same(register: Register, coordinator: Account) -> None:
    tell_again(withdrawn(register, coordinator), now=MADE_AT)
    db.session.commit()
    assert last_mail().template == "forum/registration_withdrawn"


@OPEN
def test_the_delegate_the_desk_and_the_organiser_read_whose_reason_it_is(
    client: FlaskClient, register: Register, coordinator: Account, forum: Forum
) -> None:
    found = withdrawn(register, coordinator)
    organiser = make_account("organiser@gtn.example")
    grant_role(organiser, Role.ORGANISER, forum.scope)
    pages = []
    for who, url in (
        (found.account, MY),
        (coordinator, f"{DESK}/people/{found.id}"),
        (organiser, f"/forums/{forum}/manage/registrations/{found.id}"),
    ):
        sign_in(client, who)
        pages.append(client.get(url).text)
    mine, of_desk, of_organiser = pages
    assert "Peru has withdrawn your registration" in mine
    assert (
        "The reason of Peru:" in mine,
        "withdrew the registration on" in mine,
        "organiser&#39;s reason" in mine,
    ) == (
        True,
        True,
        False,
    )
    assert "Your economy withdrew this registration: Has another duty." in of_desk
    assert "Peru withdrew this registration: Has another duty." in of_organiser


def test_a_cancelled_registration_is_not_called_withdrawn(register: Register) -> None:
    found = register("Torres", State.CONFIRMED)
    cancel_registration(found, actor=found.account, now=MADE_AT, party=Party.DELEGATE)
    assert (found.withdrawn_by_economy, last_mail().template) == (False, "forum/registration_cancelled")


@pytest.mark.parametrize("state", State)
def test_an_economy_withdraws_exactly_who_is_active(register: Register, coordinator: Account, state: State) -> None:
    found = register("Torres", state)
    assert (Action.WITHDRAW in actions_for(state, Party.COORDINATOR)) is state.is_active
    assert Action.CANCEL not in actions_for(state, Party.COORDINATOR)
    if not state.is_active:
        with pytest.raises(TransitionRefused):
            withdraw_registration(found, actor=coordinator, now=MADE_AT, reason=WORDS)


def test_a_withdrawal_needs_a_reason(register: Register, coordinator: Account) -> None:
    found = register("Torres", State.CONFIRMED)
    with pytest.raises(ReasonMissing):
        withdraw_registration(found, actor=coordinator, now=MADE_AT, reason=" ")
    assert (found.state, found.withdrawn_by_economy) == (State.CONFIRMED, False)
