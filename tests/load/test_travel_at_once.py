"""Travellers and officers who act on one journey at one moment: what is left could have come one after the other."""

from collections import Counter
from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from gtn_events.accounts.models import Account
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.journal import entries_about
from gtn_events.core.sealing import SealedItem
from gtn_events.delegations.domain.travel import fund_traveller, locked_travel_settings, settle, withdraw_funding
from gtn_events.delegations.domain.travel_papers import accept_paper, send_paper
from gtn_events.delegations.models import Traveller, TravelPaper
from gtn_events.delegations.travel_enums import FundingCategory, PaperKind, PaperState, TravellerState
from gtn_events.forum.domain.registrations import cancel_registration
from gtn_events.forum.domain.transitions import Party
from gtn_events.forum.enums import Funding, RegistrationState
from gtn_events.forum.models import Registration
from tests.delegations.travelling import pdf
from tests.factories import make_registration
from tests.load.people import open_forum, people
from tests.load.test_last_place import Told

EACH = 4

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def now() -> datetime:
    return clock.now()


def delegates(slug: str, count: int, now: datetime) -> tuple[list[Registration], Account]:
    """Confirmed delegates of one forum that asks for a bank form, and an officer."""
    forum = open_forum(slug, seats=50, now=now)
    (officer, _browser), *others = people(count + 1, name=slug, now=now)
    locked_travel_settings(forum).papers = [PaperKind.BANK.value]
    found = [
        make_registration(forum.categories[0], account, RegistrationState.CONFIRMED, reference=f"{slug}-{account.id}")
        for account, _browser in others
    ]
    db.session.commit()
    return found, officer


def funded(slug: str, now: datetime) -> tuple[Traveller, Account]:
    """One whose travel is paid, with the bank form sent."""
    [registration], officer = delegates(slug, 1, now)
    traveller = fund_traveller(registration, FundingCategory.PARTICIPANT, actor=officer, now=now)
    db.session.commit()
    return traveller, officer


def happened(traveller: Traveller) -> Counter[str]:
    """How often each thing stands in the journal of a journey."""
    return Counter(entry.action for entry in db.session.scalars(entries_about(traveller, limit=100)))


def live_files(paper: TravelPaper) -> int:
    statement = select(func.count()).where(
        SealedItem.owner_type == paper.__tablename__,
        SealedItem.owner_id == paper.id,
        SealedItem.shredded_at.is_(None),
    )
    return db.session.scalar(statement) or 0


def test_a_paper_that_is_sent_several_times_at_once_is_one_paper_with_one_file(site: Flask, now: datetime) -> None:
    traveller, _officer = funded("sent-at-once", now)
    told = Told(site).all_at_once([partial(_send, traveller.id, now) for _time in range(EACH)])
    assert told == [""] * EACH
    [paper] = traveller.papers
    assert (paper.state, live_files(paper)) == (PaperState.SENT, 1)
    assert happened(traveller)["travel paper sent"] == EACH


def test_acceptance_beside_a_new_upload_is_one_after_the_other(site: Flask, now: datetime) -> None:
    traveller, officer = funded("accepted-at-once", now)
    paper = send_paper(traveller, PaperKind.BANK, pdf(), actor=traveller.account, now=now)
    db.session.commit()
    accepts = partial(_accept, paper.id, paper.lock_version, officer.id, now)
    acts: list[Callable[[], Any]] = [accepts, accepts, *[partial(_send, traveller.id, now) for _time in range(2)]]
    told = Told(site).all_at_once(acts)
    seen, accepted = happened(traveller), paper.state is PaperState.ACCEPTED
    assert (live_files(paper), seen["travel paper accepted"]) == (1, int(accepted))
    if accepted:
        # Before any other file came: what was accepted is what was looked at.
        late = "Bank form: it was accepted. Write to the organiser if it has to change."
        assert told == sorted(["", "Bank form: it was decided on meanwhile.", late, late])
    else:
        stale = "Bank form: the traveller sent another file since you looked. Open it, then decide."
        assert (told, seen["travel paper sent"]) == (["", "", stale, stale], 3)


def test_a_journey_is_settled_once(site: Flask, now: datetime) -> None:
    traveller, officer = funded("settled-at-once", now)
    paper = send_paper(traveller, PaperKind.BANK, pdf(), actor=traveller.account, now=now)
    accept_paper(paper, seen=paper.lock_version, actor=officer, now=now)
    db.session.commit()
    told = Told(site).all_at_once([partial(_settle, traveller.id, officer.id, now) for _time in range(EACH)])
    assert told == [""] + ["This journey is settled; nothing of it changes any more."] * (EACH - 1)
    assert happened(traveller)["travel settled"] == 1


def test_a_journey_is_settled_or_taken_back(site: Flask, now: datetime) -> None:
    traveller, officer = funded("ended-at-once", now)
    paper = send_paper(traveller, PaperKind.BANK, pdf(), actor=traveller.account, now=now)
    accept_paper(paper, seen=paper.lock_version, actor=officer, now=now)
    db.session.commit()
    ends = (_settle, _withdraw) * 2
    told = Told(site).all_at_once([partial(end, traveller.id, officer.id, now) for end in ends])
    assert told.count("") == 1
    acts = happened(traveller)
    settled = traveller.state is TravellerState.SETTLED
    assert (acts["travel settled"], acts["travel funding withdrawn"]) == (int(settled), int(not settled))
    assert live_files(paper) == int(settled)
    assert traveller.registration.funding is (Funding.APEC if settled else Funding.OWN)


def test_no_file_stays_of_a_journey_that_is_taken_back_while_papers_come(site: Flask, now: datetime) -> None:
    traveller, officer = funded("withdrawn-at-once", now)
    acts: list[Callable[[], Any]] = [partial(_send, traveller.id, now) for _time in range(EACH)]
    Told(site).all_at_once([*acts, partial(_withdraw, traveller.id, officer.id, now)])
    assert traveller.state is TravellerState.WITHDRAWN
    assert [live_files(paper) for paper in traveller.papers] in ([], [0])


def test_the_last_funded_place_of_an_economy_is_given_once(site: Flask, now: datetime) -> None:
    registrations, officer = delegates("ceiling-at-once", EACH, now)
    fund_traveller(registrations[0], FundingCategory.PARTICIPANT, actor=officer, now=now)
    db.session.commit()
    acts = [partial(_fund, each.id, FundingCategory.PARTICIPANT, officer.id, now) for each in registrations[1:]]
    told = Told(site).all_at_once(acts)
    assert told == [""] + ["Peru has 2 funded participants already, which is its ceiling."] * (EACH - 2)
    live = select(func.count()).where(Traveller.forum_id == registrations[0].forum_id)
    assert db.session.scalar(live) == 2


def test_a_person_is_funded_in_one_category_by_whoever_was_first(site: Flask, now: datetime) -> None:
    [registration], officer = delegates("category-at-once", 1, now)
    acts = [partial(_fund, registration.id, category, officer.id, now) for category in list(FundingCategory) * 2]
    told = Told(site).all_at_once(acts)
    [traveller] = db.session.scalars(select(Traveller).where(Traveller.registration_id == registration.id))
    refusal = f"{registration.delegate_name} is funded as {traveller.category.label.lower()} already."
    assert told[0] == ""
    assert {each.partition(" A person")[0] for each in told[1:]} == {refusal}


def test_nobody_is_funded_whose_registration_was_cancelled_meanwhile(site: Flask, now: datetime) -> None:
    [registration], officer = delegates("cancelled-at-once", 1, now)
    funds = partial(_fund, registration.id, FundingCategory.EXPERT, officer.id, now)
    told = Told(site).all_at_once([partial(_cancel, registration.id, now), funds])
    funded_now = db.session.scalars(select(Traveller).where(Traveller.registration_id == registration.id)).all()
    assert registration.state is RegistrationState.CANCELLED
    assert (told.count(""), len(funded_now)) in ((2, 1), (1, 0))


def _send(traveller_id: int, now: datetime) -> None:
    traveller = db.session.get_one(Traveller, traveller_id)
    send_paper(traveller, PaperKind.BANK, pdf(), actor=traveller.account, now=now)


def _accept(paper_id: int, seen: int, officer_id: int, now: datetime) -> None:
    actor = db.session.get_one(Account, officer_id)
    accept_paper(db.session.get_one(TravelPaper, paper_id), seen=seen, actor=actor, now=now)


def _settle(traveller_id: int, officer_id: int, now: datetime) -> None:
    settle(db.session.get_one(Traveller, traveller_id), actor=db.session.get_one(Account, officer_id), now=now)


def _withdraw(traveller_id: int, officer_id: int, now: datetime) -> None:
    actor = db.session.get_one(Account, officer_id)
    withdraw_funding(db.session.get_one(Traveller, traveller_id), reason="Cannot come.", actor=actor, now=now)


def _fund(registration_id: int, category: FundingCategory, officer_id: int, now: datetime) -> None:
    actor = db.session.get_one(Account, officer_id)
    fund_traveller(db.session.get_one(Registration, registration_id), category, actor=actor, now=now)


def _cancel(registration_id: int, now: datetime) -> None:
    registration = db.session.get_one(Registration, registration_id)
    cancel_registration(registration, party=Party.DELEGATE, actor=registration.account, now=now)
