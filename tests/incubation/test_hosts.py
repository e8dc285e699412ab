"""Hosts: added and invited, described, verified until a day, listed, with photos; their places in calls."""

import io
import itertools
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from flask import current_app
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from sqlalchemy import select
from werkzeug.datastructures import FileStorage

from gtn_events.accounts.domain.signed_links import LinkSigner
from gtn_events.accounts.enums import Role
from gtn_events.accounts.models import Account, Invitation, RoleGrant
from gtn_events.core.db import db
from gtn_events.core.economies import Economy
from gtn_events.core.errors import Stale, UploadRefused
from gtn_events.core.journal import JournalEntry
from gtn_events.core.outbox import OutboxMail
from gtn_events.incubation.domain import intakes
from gtn_events.incubation.domain.hosts import (
    TRANSITIONS,
    HostAction,
    act_on_host,
    add_host,
    end_manager,
    invite_first_manager,
)
from gtn_events.incubation.domain.intake_limits import is_guaranteed, limits_in_words
from gtn_events.incubation.domain.intakes import IntakeTerms, check_terms, offer_places, withdraw_places
from gtn_events.incubation.domain.photos import add_photo, put_first, remove_photo
from gtn_events.incubation.domain.profile import edit_section, what_is_missing
from gtn_events.incubation.domain.verification import ask_for_verification, send_back, verification_of, verify_host
from gtn_events.incubation.enums import ApplicationState, CallState, HostState, OfferState, Trait, Verification
from gtn_events.incubation.errors import HostRefused, ReasonMissing, TransitionRefused
from gtn_events.incubation.expiry import remind_of_expiry
from gtn_events.incubation.matching import Host as MarketHost
from gtn_events.incubation.matching import Reserve
from gtn_events.incubation.models import Call, Host, Intake, Offer
from tests.factories import grant_role, make_account
from tests.incubation.factories import complete_host, make_application, make_call, make_host, make_intake

pytestmark = pytest.mark.usefixtures("database")
OPEN = datetime(2027, 3, 1, 3, 0, tzinfo=UTC)
TERMS = IntakeTerms(
    places=3,
    economy_cap=None,
    sector_cap=None,
    reserves=[],
    only_sectors=[],
    stay_from=date(2027, 8, 2),
    stay_until=date(2027, 12, 20),
    gives="A desk",
    asks="",
    mentor="",
)


@pytest.fixture
def manager() -> Account:
    return make_account("manager@host.example")


def mails(template: str) -> list[str]:
    """To whom mails of a kind go."""
    statement = select(OutboxMail.to_address).where(OutboxMail.template == f"incubation/{template}")
    return list(db.session.scalars(statement.order_by(OutboxMail.id)))


def add(name: str = "Korat Green Incubator", email: str = "manager@host.example") -> Host:
    links = LinkSigner(current_app.config["SETTINGS"].secret_key)
    economy = db.session.get_one(Economy, "THA")
    organiser = db.session.scalars(select(Account).where(Account.email == "organiser@gtn.example")).first()
    host, _given = add_host(
        name,
        economy,
        city="Korat",
        time_zone="Asia/Bangkok",
        manager_email=email,
        links=links,
        actor=organiser or make_account("organiser@gtn.example"),
        now=OPEN,
    )
    return host


def test_a_new_host_is_a_draft_and_its_manager_is_invited_by_mail() -> None:
    host = add()
    invitation = db.session.scalars(select(Invitation)).one()
    assert (host.state, host.slug) == (HostState.DRAFT, "korat-green-incubator")
    assert (invitation.email, invitation.role, invitation.scope) == (
        "manager@host.example",
        Role.HOST_MANAGER,
        host.scope,
    )
    assert db.session.scalars(select(OutboxMail.to_address)).all() == ["manager@host.example"]


def test_a_manager_with_an_account_gets_the_role_at_once(manager: Account) -> None:
    host = add()
    grant = db.session.scalars(select(RoleGrant)).one()
    assert (grant.account, grant.role, grant.scope) == (manager, Role.HOST_MANAGER, host.scope)


def test_a_name_is_taken_once_in_an_economy_and_addresses_never_collide() -> None:
    add()
    with pytest.raises(HostRefused, match="this name"):
        add("KORAT green  incubator")
    assert add("Korat Green-Incubator!").slug == "korat-green-incubator-2"
    assert add("โคราช").slug == "host"


def test_a_host_always_keeps_a_manager_and_only_one_without_is_given_its_first(manager: Account) -> None:
    host, links = make_host(), LinkSigner(current_app.config["SETTINGS"].secret_key)
    grant = invite_first_manager(host, manager.email, links=links, actor=manager, now=OPEN)
    assert isinstance(grant, RoleGrant)
    with pytest.raises(HostRefused, match="has a manager"):
        invite_first_manager(host, "intruder@firm.example", links=links, actor=manager, now=OPEN)
    with pytest.raises(HostRefused, match="only manager"):
        end_manager(grant, actor=manager, now=OPEN)
    grant_role(make_account("second@host.example"), Role.HOST_MANAGER, host.scope)
    end_manager(grant, actor=manager, now=OPEN)
    assert grant.ended_at == OPEN


def test_a_profile_says_what_it_lacks_section_by_section(manager: Account) -> None:
    host = add()
    assert {each.section for each in what_is_missing(host)} == {"about", "field", "services", "places", "contact"}
    complete_host(host)
    assert what_is_missing(host) == []


def test_a_section_changed_meanwhile_is_not_overwritten(manager: Account) -> None:
    host = make_host()
    with pytest.raises(Stale):
        edit_section(host, "contact", {}, seen=host.lock_version + 1, actor=manager, now=OPEN)


def test_the_journal_of_a_profile_never_holds_the_contact(manager: Account) -> None:
    host = make_host()
    values = {"contact_name": "Niran Somsri", "contact_email": "niran@host.example"}
    edit_section(host, "contact", values, seen=host.lock_version, actor=manager, now=OPEN)
    entry = db.session.scalars(select(JournalEntry).where(JournalEntry.action == "profile changed")).one()
    assert (host.contact_name, entry.changes) == ("Niran Somsri", {})


@pytest.mark.parametrize(("state", "action"), list(itertools.product(HostState, HostAction)))
def test_only_what_the_table_of_hosts_says_is_possible(state: HostState, action: HostAction, manager: Account) -> None:
    host = complete_host(make_host(state=state))
    if after := TRANSITIONS.get((state, action)):
        act_on_host(host, action, actor=manager, now=OPEN)
        assert host.state is after
    else:
        with pytest.raises(TransitionRefused):
            act_on_host(host, action, actor=manager, now=OPEN)
        assert host.state is state


def test_a_host_that_nobody_verified_or_lacks_something_is_not_listed(manager: Account) -> None:
    host = make_host(state=HostState.DRAFT)
    with pytest.raises(HostRefused, match="programme"):
        act_on_host(host, HostAction.LIST, actor=manager, now=OPEN)
    complete_host(host)
    host.verified_at = None
    with pytest.raises(HostRefused, match="coordinator"):
        act_on_host(host, HostAction.LIST, actor=manager, now=OPEN)


def test_the_coordinator_of_the_economy_is_asked_once_and_answers(manager: Account) -> None:
    host = complete_host(make_host(state=HostState.DRAFT, verified_at=None, verified_until=None))
    grant_role(manager, Role.HOST_MANAGER, host.scope)
    coordinator = make_account("coordinator@gov.example", economy_code="THA")
    grant_role(coordinator, Role.ECONOMY_COORDINATOR, host.economy.scope)
    elsewhere = make_account("other@gov.example")
    grant_role(elsewhere, Role.ECONOMY_COORDINATOR, db.session.get_one(Economy, "PE").scope)
    ask_for_verification(host, actor=manager, now=OPEN)
    assert (verification_of(host, now=OPEN), mails("host_to_verify")) == (Verification.ASKED, [coordinator.email])
    with pytest.raises(TransitionRefused):
        ask_for_verification(host, actor=manager, now=OPEN)
    send_back(host, reason="The address is missing.", actor=coordinator, now=OPEN)
    assert (verification_of(host, now=OPEN), mails("host_sent_back")) == (Verification.SENT_BACK, [manager.email])
    ask_for_verification(host, actor=manager, now=OPEN + timedelta(days=1))
    verify_host(host, until=date(2028, 3, 1), actor=coordinator, now=OPEN + timedelta(days=2))
    assert (verification_of(host, now=OPEN), host.verified_by_id) == (Verification.VERIFIED, coordinator.id)
    assert (mails("host_verified"), len(mails("host_to_verify"))) == ([manager.email], 2)


def test_nothing_incomplete_is_verified_and_nothing_is_sent_back_without_a_reason(manager: Account) -> None:
    host = make_host()
    with pytest.raises(HostRefused):
        verify_host(host, until=date(2028, 3, 1), actor=manager, now=OPEN)
    with pytest.raises(HostRefused):
        ask_for_verification(host, actor=manager, now=OPEN)
    with pytest.raises(ReasonMissing):
        send_back(host, reason="  ", actor=manager, now=OPEN)


@pytest.mark.parametrize("until", [date(2027, 3, 1), date(2020, 1, 1), date(2031, 1, 1)])
def test_a_verification_ends_in_the_coming_three_years(until: date, manager: Account) -> None:
    host = complete_host(make_host())
    with pytest.raises(HostRefused) as refused:
        verify_host(host, until=until, actor=manager, now=OPEN)
    assert refused.value.field == "until"


def test_a_verification_holds_to_the_end_of_its_day_where_the_host_is() -> None:
    host = make_host(verified_until=date(2027, 3, 1))
    last_minute = datetime(2027, 3, 1, 16, 59, tzinfo=UTC)  # 23:59 in Bangkok
    assert verification_of(host, now=last_minute) is Verification.VERIFIED
    assert verification_of(host, now=last_minute + timedelta(minutes=1)) is Verification.EXPIRED


def test_managers_and_coordinators_are_reminded_once_for_each_stage(manager: Account) -> None:
    host = make_host(verified_until=date(2027, 3, 31))
    grant_role(manager, Role.HOST_MANAGER, host.scope)
    grant_role(make_account("coordinator@gov.example"), Role.ECONOMY_COORDINATOR, host.economy.scope)
    made = []
    for days in (-1, 0, 1, 22, 23, 24, 30, 31, 32, 60):
        remind_of_expiry(OPEN + timedelta(days=days))
        made.append(len(mails("host_expires")) // 2)
    assert made == [0, 1, 1, 1, 2, 2, 2, 3, 3, 3]


def picture(kind: str = "PNG") -> FileStorage:
    stream = io.BytesIO()
    Image.new("RGB", (40, 30), "green").save(stream, kind)
    stream.seek(0)
    return FileStorage(stream, filename="laboratory.png")


def test_photos_need_a_picture_and_words_and_keep_their_order(manager: Account) -> None:
    host = make_host()
    with pytest.raises(HostRefused) as refused:
        add_photo(host, picture(), " ", actor=manager, now=OPEN)
    assert refused.value.field == "description"
    with pytest.raises(UploadRefused):
        add_photo(host, FileStorage(io.BytesIO(b"<svg/>"), filename="a.png"), "A", actor=manager, now=OPEN)
    first, second = (add_photo(host, picture(), words, actor=manager, now=OPEN) for words in ("Desks", "Laboratory"))
    put_first(second, actor=manager, now=OPEN)
    assert [photo.description for photo in host.photos] == ["Laboratory", "Desks"]
    assert second.upload.owner_id is None
    remove_photo(second, actor=manager, now=OPEN)
    assert [(photo.id, photo.position) for photo in host.photos] == [(first.id, 1)]
    assert second.upload.deleted_at == OPEN


def test_places_are_offered_and_changed_with_what_changed_in_the_journal(manager: Account) -> None:
    call, host = make_call(), make_host()
    intake = offer_places(call, host, TERMS, seen=None, actor=manager, now=OPEN)
    changed = replace(TERMS, places=4, economy_cap=2)
    offer_places(call, host, changed, seen=intake.lock_version, actor=manager, now=OPEN)
    entry = db.session.scalars(select(JournalEntry).where(JournalEntry.action == "places changed")).one()
    assert (intake.places, entry.changes) == (4, {"places": [3, 4], "economy_cap": [None, 2]})
    with pytest.raises(Stale):
        offer_places(call, host, TERMS, seen=None, actor=manager, now=OPEN)


def test_of_two_who_give_the_first_places_at_once_one_is_told(
    manager: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    call, host = make_call(), make_host()
    make_intake(call, host, places=2)
    monkeypatch.setattr(intakes, "intake_of", lambda _call, _host: None)
    with pytest.raises(Stale):
        offer_places(call, host, TERMS, seen=None, actor=manager, now=OPEN)
    db.session.commit()
    assert [each.places for each in db.session.scalars(select(Intake))] == [2]


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"places": 0}, "places"),
        ({"places": 501}, "places"),
        ({"economy_cap": 4}, "economy_cap"),
        ({"sector_cap": 0}, "sector_cap"),
        ({"reserves": [{"trait": "women-led", "places": 2}, {"trait": "micro", "places": 2}]}, "places"),
        ({"reserves": [{"trait": "women-led", "places": 1}, {"trait": "women-led", "places": 1}]}, "places"),
        ({"reserves": [{"trait": "tall", "places": 1}]}, "places"),
        ({"reserves": [{"trait": "micro", "places": -1}]}, "places"),
        ({"only_sectors": ["gold"]}, "only_sectors"),
        ({"stay_from": date(2027, 7, 31)}, "stay_from"),
        ({"stay_until": date(2028, 2, 1)}, "stay_until"),
        ({"stay_until": date(2027, 8, 20)}, "stay_until"),
    ],
)
def test_terms_that_break_a_rule_are_refused_at_their_field(
    values: dict[str, Any], field: str, manager: Account
) -> None:
    call, host = make_call(), make_host()
    with pytest.raises(HostRefused) as refused:
        offer_places(call, host, replace(TERMS, **values), seen=None, actor=manager, now=OPEN)
    assert refused.value.field == field


@pytest.mark.parametrize(
    ("of_call", "of_host", "now", "words"),
    [
        ({"state": CallState.DRAFT}, {}, OPEN, "takes no places"),
        ({"state": CallState.CLOSED}, {}, OPEN, "takes no places"),
        ({}, {}, datetime(2027, 6, 11, 16, 59, tzinfo=UTC), "have ranked"),
        ({}, {"state": HostState.DRAFT}, OPEN, "not in the catalogue"),
        ({}, {"state": HostState.RETIRED}, OPEN, "not in the catalogue"),
        ({}, {"verified_until": date(2027, 2, 28)}, OPEN, "not verified"),
        ({}, {"verified_until": None, "verified_at": None}, OPEN, "not verified"),
    ],
)
def test_new_places_need_an_open_call_and_a_verified_host(
    of_call: dict[str, Any], of_host: dict[str, Any], now: datetime, words: str, manager: Account
) -> None:
    call, host = make_call(**of_call), make_host(**of_host)
    with pytest.raises(HostRefused, match=words):
        offer_places(call, host, TERMS, seen=None, actor=manager, now=now)


def test_an_expired_verification_leaves_places_that_stand_changeable_and_keeps_new_ones_out(manager: Account) -> None:
    call, host = make_call(), make_host(verified_until=date(2027, 2, 28))
    intake = make_intake(call, host)
    offer_places(call, host, TERMS, seen=intake.lock_version, actor=manager, now=OPEN)
    withdraw_places(intake, reason="No room.", actor=manager, now=OPEN)
    with pytest.raises(HostRefused, match="not verified"):
        offer_places(call, host, TERMS, seen=intake.lock_version, actor=manager, now=OPEN)


def test_places_stay_once_the_ranking_is_sent(manager: Account) -> None:
    call, host = make_call(), make_host()
    intake = make_intake(call, host, ranking_sent_at=OPEN)
    with pytest.raises(TransitionRefused, match="ranking"):
        offer_places(call, host, TERMS, seen=intake.lock_version, actor=manager, now=OPEN)


def test_places_are_taken_back_with_a_reason_and_whoever_named_the_host_is_told(manager: Account) -> None:
    call = make_call()
    intake, other = make_intake(call, make_host()), make_intake(call, make_host("Cebu Cold Chain Centre", "PHL"))
    rosa, gone, elsewhere = (make_account(f"{key}@firm.example", economy_code="PE") for key in ("rosa", "ana", "eva"))
    make_application(call, rosa, [intake, other])
    make_application(call, gone, [intake], state=ApplicationState.WITHDRAWN)
    make_application(call, elsewhere, [other])
    with pytest.raises(ReasonMissing):
        withdraw_places(intake, reason=" ", actor=manager, now=OPEN)
    withdraw_places(intake, reason="The building is closed.", actor=manager, now=OPEN)
    assert (mails("places_withdrawn"), mails("places_withdrawn_organiser")) == ([rosa.email], ["organiser@gtn.example"])
    entry = db.session.scalars(select(JournalEntry).where(JournalEntry.action == "places taken back")).one()
    assert (intake.withdrawn_at, entry.reason) == (OPEN, "The building is closed.")
    with pytest.raises(TransitionRefused):
        withdraw_places(intake, reason="Again.", actor=manager, now=OPEN)
    given_again = offer_places(call, intake.host, TERMS, seen=intake.lock_version, actor=manager, now=OPEN)
    assert (given_again.withdrawn_at, given_again.places) == (None, 3)


@pytest.mark.parametrize("state", list(OfferState))
def test_places_that_are_offered_or_taken_are_not_taken_back(state: OfferState, manager: Account) -> None:
    call = make_call()
    intake = make_intake(call, make_host())
    application = make_application(call, make_account(economy_code="PE"), [intake])
    db.session.add(Offer(application=application, intake=intake, state=state, offered_at=OPEN, accept_by=OPEN))
    db.session.commit()
    if state.holds_a_place:
        with pytest.raises(TransitionRefused, match="settle"):
            withdraw_places(intake, reason="No room.", actor=manager, now=OPEN)
        more = make_application(call, make_account("eva@firm.example", economy_code="PE"), [intake])
        db.session.add(Offer(application=more, intake=intake, state=state, offered_at=OPEN, accept_by=OPEN))
        db.session.commit()
        fewer, seen = replace(TERMS, places=1), intake.lock_version
        with pytest.raises(HostRefused, match="2 places are offered"):
            offer_places(call, intake.host, fewer, seen=seen, actor=manager, now=OPEN)
    else:
        withdraw_places(intake, reason="No room.", actor=manager, now=OPEN)


LIMITS = st.builds(
    lambda places, economy, sector, kept: replace(
        TERMS,
        places=places,
        economy_cap=economy,
        sector_cap=sector,
        reserves=[{"trait": trait.value, "places": count} for trait, count in kept.items()],
    ),
    st.integers(1, 9),
    st.none() | st.integers(1, 9),
    st.none() | st.integers(1, 9),
    st.dictionaries(st.sampled_from(list(Trait)), st.integers(1, 9), max_size=4),
)


@settings(max_examples=60, deadline=None)
@given(terms=LIMITS)
def test_terms_pass_only_within_their_places_and_the_hint_is_the_markets_own(terms: IntakeTerms) -> None:
    call = Call(sectors=[], placements_from=TERMS.stay_from, placements_until=TERMS.stay_until, weeks_at_least=1)
    fits = all(cap is None or cap <= terms.places for cap in (terms.economy_cap, terms.sector_cap))
    fits = fits and sum(each["places"] for each in terms.reserves) <= terms.places
    try:
        check_terms(call, terms)
        passed = True
    except HostRefused:
        passed = False
    reserves = tuple(Reserve(each["trait"], each["places"]) for each in terms.reserves)
    market = MarketHost(terms.places, (), "", terms.economy_cap, terms.sector_cap, reserves)
    assert (passed, is_guaranteed(terms)) == (fits, market.guaranteed)


def test_limits_are_told_in_words() -> None:
    call = make_call()
    intake = make_intake(
        call,
        make_host(),
        places=5,
        economy_cap=2,
        only_sectors=["food"],
        reserves=[{"trait": "women-led", "places": 1}],
    )
    assert limits_in_words(call, intake) == [
        "Only Food chains",
        "At most 2 firms of one economy",
        "1 place is kept: Led by a woman",
    ]
