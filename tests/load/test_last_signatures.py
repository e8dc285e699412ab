"""An agreement that several write, sign or decline at one moment: each has its say once, and it is agreed once."""

from collections import Counter
from datetime import datetime
from functools import partial

import pytest
from flask import Flask
from sqlalchemy import func, select

from gtn_events.accounts.models import Account
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.journal import entries_about
from gtn_events.core.outbox import OutboxMail
from gtn_events.incubation.domain.agreement_defaults import first_clauses, first_plan, write_agreement
from gtn_events.incubation.domain.agreements import (
    Signatory,
    decline,
    draft_agreement,
    send_for_signature,
    sign,
    take_back,
)
from gtn_events.incubation.domain.offers import accept_offer, give_place
from gtn_events.incubation.domain.placements import begin_placement
from gtn_events.incubation.enums import AgreementState, PartyRole, PlacementState
from gtn_events.incubation.models import Agreement, Offer, Party, Placement
from tests.load.test_last_place import TIMES, Told, place_and_firms

ROLES = (PartyRole.FIRM, PartyRole.HOST, PartyRole.HOME)

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def now() -> datetime:
    return clock.now()


def accepted(slug: str, now: datetime) -> tuple[Placement, list[Account]]:
    """A placement whose agreement is not written, and three people."""
    intake, applications, actor = place_and_firms(slug, 3, now, places=3)
    offer = give_place(applications[0], intake, actor=actor, now=now)
    accept_offer(offer, actor=applications[0].account, now=now)
    placement = begin_placement(offer, actor=actor, now=now)
    db.session.commit()
    return placement, [each.account for each in applications]


def out_for_signature(slug: str, now: datetime) -> Agreement:
    """An agreement of three parties, each an account, that goes out for signature."""
    placement, people = accepted(slug, now)
    parties = [
        Signatory(role, f"Office {number}", person.display_name, person.email, person)
        for number, (role, person) in enumerate(zip(ROLES, people, strict=True))
    ]
    plan = first_plan(placement) | {"goals": ["One room in use"]}
    clauses = first_clauses(placement)
    agreement = draft_agreement(placement, clauses=clauses, plan=plan, parties=parties, actor=people[0], now=now)
    send_for_signature(agreement, actor=people[0], now=now)
    db.session.commit()
    return agreement


def happened(placement: Placement) -> Counter[str]:
    """How often each thing stands in the journal of the placement."""
    return Counter(entry.action for entry in db.session.scalars(entries_about(placement, limit=100)))


def mails_about(agreement: Agreement, template: str) -> list[str]:
    statement = select(OutboxMail.to_address).where(
        OutboxMail.template == f"incubation/{template}",
        OutboxMail.key.startswith(f"placement:{agreement.placement_id}:"),
    )
    return sorted(db.session.scalars(statement))


def test_the_last_two_signatures_at_one_moment_both_stand_and_agree_once(site: Flask, now: datetime) -> None:
    agreement = out_for_signature("two-sign", now)
    first, second, third = agreement.parties
    _sign(first.id, now)
    db.session.commit()
    told = Told(site).all_at_once([partial(_sign, each.id, now) for each in (second, third)])
    assert told == ["", ""]
    assert agreement.state is AgreementState.SIGNED
    assert [(each.signed_at, each.sha256) for each in agreement.parties] == [(now, agreement.sha256)] * 3
    placement = agreement.placement
    assert placement.state is PlacementState.AGREED
    of_the_offer = select(func.count()).where(Placement.offer_id == placement.offer_id)
    assert db.session.scalar(of_the_offer) == 1
    journal = happened(placement)
    assert [journal[f"agreement {what}"] for what in ("signed by the host", "signed by all")] == [1, 1]
    assert mails_about(agreement, "agreement_signed") == sorted(each.email for each in agreement.parties)
    # Whoever is asked is asked once, and nobody who had signed already.
    asked = mails_about(agreement, "agreement_to_sign")
    assert len(asked) == len(set(asked))


def test_all_parties_sign_at_one_moment(site: Flask, now: datetime) -> None:
    agreement = out_for_signature("all-sign", now)
    parties = [each.id for each in agreement.parties]
    told = Told(site).all_at_once([partial(_sign, each, now) for each in parties])
    assert told == ["", "", ""]
    assert (agreement.state, happened(agreement.placement)["agreement signed by all"]) == (AgreementState.SIGNED, 1)


def test_one_party_signs_once_however_often_it_presses(site: Flask, now: datetime) -> None:
    agreement = out_for_signature("one-signs", now)
    party = agreement.parties[0]
    told = Told(site).all_at_once([partial(_sign, party.id, now) for _time in range(TIMES)])
    assert told == [""] + [f"{party.name} has signed already."] * (TIMES - 1)
    assert happened(agreement.placement)["agreement signed by the firm"] == 1


def test_a_signature_and_a_refusal_at_one_moment_leave_one_of_them(site: Flask, now: datetime) -> None:
    agreement = out_for_signature("sign-or-not", now)
    first, second, third = [each.id for each in agreement.parties]
    _sign(first, now)
    _sign(second, now)
    db.session.commit()
    told = Told(site).all_at_once(
        [partial(_sign, third, now), partial(_decline, third, now), partial(_take_back, agreement.id, now)]
    )
    assert told.count("") == 1
    signed = agreement.state is AgreementState.SIGNED
    assert (agreement.placement.state is PlacementState.AGREED) is signed
    assert len(mails_about(agreement, "agreement_signed")) == (3 if signed else 0)
    assert len(mails_about(agreement, "agreement_declined")) == (0 if signed else 3)


def test_an_agreement_is_written_once_however_many_begin_it(site: Flask, now: datetime) -> None:
    placement, people = accepted("written", now)
    acts = [partial(_write, placement.id, each.id, now) for each in people]
    told = Told(site).all_at_once(acts)
    assert told == ["", *["Version 1 is draft already."] * (len(people) - 1)]
    assert len(placement.agreements) == 1


def test_an_accepted_offer_begins_one_placement_however_often_it_is_asked(site: Flask, now: datetime) -> None:
    placement, _people = accepted("begun", now)
    offer_id = placement.offer_id
    told = Told(site).all_at_once([partial(_begin, offer_id, now) for _time in range(TIMES)])
    assert told == [""] * TIMES
    assert db.session.scalar(select(func.count()).where(Placement.offer_id == offer_id)) == 1


def _sign(party_id: int, now: datetime) -> None:
    party = db.session.get_one(Party, party_id)
    agreement = party.agreement
    # What a page has read before somebody else signs.
    assert [each.signed_at for each in agreement.parties]
    sign(agreement, party, typed_name=party.name, seen=agreement.sha256, actor=party.account, now=now)


def _decline(party_id: int, now: datetime) -> None:
    party = db.session.get_one(Party, party_id)
    decline(party.agreement, party, reason="Not like this.", actor=party.account, now=now)


def _take_back(agreement_id: int, now: datetime) -> None:
    agreement = db.session.get_one(Agreement, agreement_id)
    take_back(agreement, reason="A mistake.", actor=agreement.placement.application.account, now=now)


def _write(placement_id: int, account_id: int, now: datetime) -> None:
    placement = db.session.get_one(Placement, placement_id)
    write_agreement(placement, actor=db.session.get_one(Account, account_id), now=now)


def _begin(offer_id: int, now: datetime) -> None:
    offer = db.session.get_one(Offer, offer_id)
    begin_placement(offer, actor=offer.application.account, now=now)
