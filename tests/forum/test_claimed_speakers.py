"""A speaker whom a proposal named by an address keeps what is said of them, once the address has an account."""

import re

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from gtn_events.accounts.domain.addresses import parse_address
from gtn_events.accounts.domain.sign_up import NewPerson, change_address, confirm_address, create_account
from gtn_events.accounts.domain.signed_links import LinkPurpose
from gtn_events.accounts.enums import Role
from gtn_events.accounts.models import Account
from gtn_events.accounts.views.tokens import signer
from gtn_events.core.db import db
from gtn_events.core.economies import DelegationClass
from gtn_events.forum.domain.session_calls.speaking import answer_as_speaker
from gtn_events.forum.domain.session_calls.transitions import SessionAction
from gtn_events.forum.models import Forum, ProposedSpeaker, SessionProposal, Speaker
from tests.factories import grant_role, make_account, make_forum, sign_in

from .calling import CLOSED_AT, KENJI, close, decide, make_call, make_session_proposal

PERSON = NewPerson(given_name="Kenji", family_name="MORI", delegation_class=DelegationClass.ECONOMY, economy_code="JPN")


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gtn_events.core.clock.now", lambda: CLOSED_AT)


@pytest.fixture
def forum(database: None) -> Forum:
    return make_forum()


@pytest.fixture
def proposal(forum: Forum) -> SessionProposal:
    """An accepted session in which Kenji Mori speaks, who has no account."""
    organiser = make_account("organiser@gtn.example")
    grant_role(organiser, Role.ORGANISER, forum.scope)
    call = make_call(forum, organiser)
    proposal = make_session_proposal(call, make_account("proposer@firm.example"))
    close(call, organiser)
    decide(proposal, SessionAction.ACCEPT, organiser)
    return proposal


def kenji(proposal: SessionProposal) -> ProposedSpeaker:
    return next(each for each in proposal.speakers if each.email == KENJI.email)


def owner_of(name: str) -> int | None:
    db.session.expire_all()
    return db.session.scalars(select(Speaker).where(Speaker.name == name)).one().account_id


def sign_up(email: str = KENJI.email) -> Account:
    account = create_account(parse_address(email), "a long pass phrase 21", PERSON, now=CLOSED_AT)
    db.session.commit()
    return account


def test_a_named_speaker_who_makes_an_account_has_a_page_as_a_speaker(
    client: FlaskClient, forum: Forum, proposal: SessionProposal
) -> None:
    account = sign_up()
    sign_in(client, account)
    assert owner_of("Kenji Mori") == account.id
    assert "You as a speaker" in client.get(f"/forums/{forum}/my/speaking").text
    assert "You speak at" in client.get("/home").text


def test_an_address_that_is_not_proved_claims_nobody(proposal: SessionProposal) -> None:
    account = make_account(KENJI.email, email_confirmed_at=None)
    before = owner_of("Kenji Mori")
    confirm_address(account, now=CLOSED_AT)
    db.session.commit()
    assert (before, owner_of("Kenji Mori")) == (None, account.id)


def test_an_address_that_was_changed_claims_as_well(proposal: SessionProposal) -> None:
    account = make_account("kenji@home.example")
    change_address(account, parse_address(KENJI.email), now=CLOSED_AT)
    db.session.commit()
    assert owner_of("Kenji Mori") == account.id


def test_other_addresses_those_who_do_not_come_and_those_who_have_an_account_are_left_alone(
    proposal: SessionProposal,
) -> None:
    sign_up("somebody@else.example")
    assert owner_of("Kenji Mori") is None
    other = make_account("assistant@firm.example")
    db.session.scalars(select(Speaker).where(Speaker.name == "Kenji Mori")).one().account_id = other.id
    answer_as_speaker(
        next(each for each in proposal.speakers if each.email != KENJI.email), comes=False, actor=None, now=CLOSED_AT
    )
    db.session.commit()
    sign_up()
    sign_up("rosa@firm.example")
    assert (owner_of("Kenji Mori"), owner_of("Rosa Huamán")) == (other.id, None)


def test_who_is_a_speaker_of_the_forum_already_becomes_no_second_one(forum: Forum, proposal: SessionProposal) -> None:
    account = make_account("kenji@home.example")
    db.session.add(Speaker(forum_id=forum.id, code="k", name="K. Mori", sort_name="k", account_id=account.id))
    change_address(account, parse_address(KENJI.email), now=CLOSED_AT)
    db.session.commit()
    assert (owner_of("K. Mori"), owner_of("Kenji Mori")) == (account.id, None)


def test_the_page_of_the_link_says_how_to_come_to_photo_and_biography(
    client: FlaskClient, forum: Forum, proposal: SessionProposal
) -> None:
    named = kenji(proposal)
    token = signer().make(LinkPurpose.SPEAKER, {"speaker": named.id, "email": named.email_key}, now=CLOSED_AT)
    page = f"/forums/{forum}/call-for-sessions/speaker/{token}"
    own = f"/forums/{forum}/my/speaking"
    places = re.compile(rf'<a href="([^"]*{own})">')
    before = places.findall(client.get(page).text)
    client.post(page, data={"answer": "comes"})
    stranger = places.findall(client.get(page).text)
    account = sign_up()
    signed_out = places.findall(client.get(page).text)
    sign_in(client, account)
    assert (before, stranger, signed_out, places.findall(client.get(page).text)) == (
        [],
        [f"/sign-up?next={own}"],
        [f"/sign-in?next={own}"],
        [own],
    )


def test_whoever_has_had_the_account_since_before_gets_the_page_by_the_answer(
    client: FlaskClient, forum: Forum, proposal: SessionProposal
) -> None:
    named = kenji(proposal)
    account = make_account(KENJI.email)  # made without claiming, as accounts were once
    answer_as_speaker(named, comes=True, actor=None, now=CLOSED_AT)
    db.session.commit()
    sign_in(client, account)
    page = f"/forums/{forum}/call-for-sessions/speaking/{named.id}"
    before = client.get(page).text
    client.post(page, data={"answer": "comes"})
    after = client.get(page).text
    told = "Say once more that you come, and it is here."
    assert [(told in each, f'href="/forums/{forum}/my/speaking"' in each) for each in (before, after)] == [
        (True, False),
        (False, True),
    ]
    assert owner_of("Kenji Mori") == account.id
