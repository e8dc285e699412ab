"""A registration that is over takes letters and funding along, whoever ended it; nothing comes back by itself."""

from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from gtn_events.accounts.enums import Role
from gtn_events.accounts.models import Account
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.outbox import OutboxMail
from gtn_events.delegations.domain.travel import fund_traveller, set_amounts, settle
from gtn_events.delegations.domain.travel_papers import read_paper, send_paper
from gtn_events.delegations.models import Traveller
from gtn_events.delegations.queries.travel import travel_settings, travellers_of
from gtn_events.delegations.travel_enums import FundingCategory, PaperKind, TravellerState
from gtn_events.delegations.travel_ledger import ledger
from gtn_events.forum.domain.ending import would_end
from gtn_events.forum.domain.letters import issue_letter
from gtn_events.forum.domain.passports import ask_for_letter
from gtn_events.forum.domain.registrations import (
    approve_registration,
    cancel_registration,
    confirm_registration,
    reconsider_registration,
    reject_registration,
    withdraw_registration,
)
from gtn_events.forum.domain.substitutions import substitute
from gtn_events.forum.domain.transitions import Party
from gtn_events.forum.domain.waiting_list import decline_offer, lapse_due_offers, offer_place
from gtn_events.forum.enums import Funding, LetterKind, RegistrationState
from gtn_events.forum.models import Forum, Letter, Registration
from tests.delegations.conftest import coordinator_of
from tests.delegations.travelling import PDF, delegate, pdf
from tests.factories import grant_role, make_account, make_category, make_forum, make_registration, sign_in
from tests.forum.lettering import passport

EXPERT = FundingCategory.EXPERT
WITH_LETTERS = [
    "Letters GTN13-L-0001, GTN13-L-0002 are revoked.",
    "The funding of the travel ends; nothing more is paid.",
]


@pytest.fixture
def officer(database: None) -> Account:
    return make_account("officer@gtn.example", family_name="Officer")


@pytest.fixture
def ana(officer: Account, now: datetime) -> Registration:
    """Somebody with both letters and funded travel."""
    return equipped(delegate(make_forum(), "ana@firm.example"), officer, now)


def equipped(registration: Registration, officer: Account, now: datetime) -> Registration:
    ask_for_letter(registration, passport(), actor=registration.account, now=now)
    for kind in LetterKind:
        issue_letter(registration, kind, actor=officer, now=now)
    fund_traveller(registration, EXPERT, planned_fare=Decimal("800.00"), actor=officer, now=now)
    db.session.commit()
    return registration


def letters() -> list[tuple[str, str]]:
    db.session.expire_all()
    return [(each.state, each.revoke_reason) for each in db.session.scalars(select(Letter).order_by(Letter.number))]


def journeys() -> list[tuple[TravellerState, str]]:
    return [(each.state, each.ended_reason) for each in db.session.scalars(select(Traveller).order_by(Traveller.id))]


def mails() -> list[str]:
    return sorted(
        each for each in db.session.scalars(select(OutboxMail.template)) if "letter_r" in each or "end" in each
    )


@pytest.mark.parametrize("party", [Party.DELEGATE, Party.COORDINATOR, Party.ORGANISER])
def test_whoever_cancels_letters_and_funding_end(
    ana: Registration, officer: Account, now: datetime, party: Party
) -> None:
    assert would_end([ana.id]) == WITH_LETTERS
    if party is Party.COORDINATOR:
        withdraw_registration(ana, actor=officer, now=now, reason="Ill.")
    else:
        cancel_registration(ana, actor=officer, now=now, party=party, reason="Ill.")
    why = "The registration was cancelled."
    assert (letters(), journeys()) == ([("revoked", why)] * 2, [(TravellerState.WITHDRAWN, why)])
    assert (ana.funding, would_end([ana.id])) == (Funding.OWN, [])
    assert mails() == ["forum/letter_revoked", "forum/letter_revoked", "forum/travel_ended"]


def test_ledger_says_why_and_plans_nothing_but_keeps_what_was_paid(
    ana: Registration, officer: Account, now: datetime
) -> None:
    journey = db.session.scalars(select(Traveller)).one()
    amounts = {name: Decimal("0.00") for name in ("planned_fare", "planned_other", "paid_per_diem", "paid_other")}
    set_amounts(journey, amounts | {"paid_fare": Decimal("120.00")}, actor=officer, now=now)
    cancel_registration(ana, actor=officer, now=now, party=Party.ORGANISER)
    row = ledger(travellers_of(ana.forum), travel_settings(ana.forum))[0]
    assert (row.planned, row.paid) == (Decimal("0.00"), Decimal("120.00"))
    assert row.traveller.ended_reason == "The registration was cancelled."


def test_papers_stay_sealed_until_their_day(ana: Registration, officer: Account, now: datetime) -> None:
    paper = send_paper(db.session.scalars(select(Traveller)).one(), PaperKind.BANK, pdf(), actor=ana.account, now=now)
    cancel_registration(ana, actor=officer, now=now, party=Party.ORGANISER)
    assert read_paper(paper, actor=officer, now=now).data == PDF


def test_settled_journey_stays_settled(ana: Registration, officer: Account, now: datetime) -> None:
    journey = db.session.scalars(select(Traveller)).one()
    settings = travel_settings(ana.forum)
    assert settings is not None
    settings.papers = []
    settle(journey, actor=officer, now=now)
    cancel_registration(ana, actor=officer, now=now, party=Party.ORGANISER)
    assert journeys() == [(TravellerState.SETTLED, "")]


def test_rejected_and_taken_up_again_has_new_letters_and_no_funding(officer: Account, now: datetime) -> None:
    ana = equipped(delegate(make_forum(), "ana@firm.example", state=RegistrationState.APPROVED), officer, now)
    reject_registration(ana, actor=officer, now=now, reason="Not this time.")
    assert [state for state, why in letters()] == ["revoked", "revoked"]
    reconsider_registration(ana, actor=officer, now=now)
    approve_registration(ana, actor=officer, now=now)
    confirm_registration(ana, actor=officer, now=now)
    assert (ana.funding, journeys()[0][0]) == (Funding.OWN, TravellerState.WITHDRAWN)
    assert issue_letter(ana, LetterKind.VISA, actor=officer, now=now).reference == "GTN13-L-0003"
    assert fund_traveller(ana, EXPERT, actor=officer, now=now).state is TravellerState.FUNDED


@pytest.mark.parametrize("lapses", [True, False])
def test_a_place_that_passes_on_takes_them_along(officer: Account, now: datetime, lapses: bool) -> None:
    """Letters can be there already: they were issued between the host's yes and the waiting list."""
    category = make_category(make_forum(), capacity=1)
    ana = equipped(make_registration(category, make_account(), RegistrationState.APPROVED), officer, now)
    ana.state, ana.waitlisted_at = RegistrationState.WAITLISTED, now
    offer_place(ana, actor=officer, now=now)
    if lapses:
        lapse_due_offers(now=now + timedelta(days=30))
    else:
        decline_offer(ana, actor=ana.account, now=now)
    assert [state for state, why in letters()] == ["revoked", "revoked"]
    assert journeys() == [(TravellerState.WITHDRAWN, "The place was passed on.")]


def test_others_keep_theirs(ana: Registration, officer: Account, now: datetime) -> None:
    ben = delegate(ana.forum, "ben@firm.example")
    issue_letter(ben, LetterKind.INVITATION, actor=officer, now=now)
    fund_traveller(ben, EXPERT, actor=officer, now=now)
    cancel_registration(ana, actor=officer, now=now, party=Party.ORGANISER)
    assert would_end([ben.id]) == ["Letter GTN13-L-0003 is revoked.", WITH_LETTERS[1]]


def test_effect_on_many_counts_letters_and_people(ana: Registration, officer: Account, now: datetime) -> None:
    others = [equipped(delegate(ana.forum, f"p{each}@firm.example"), officer, now) for each in range(2)]
    assert would_end([ana.id, *(each.id for each in others)]) == [
        "6 letters are revoked.",
        "The funding of the travel of 3 people ends; nothing more is paid.",
    ]


@pytest.mark.parametrize(
    "address",
    ["/forums/{0}/my/cancel", "/forums/{0}/delegation/THA/people/{1}/withdraw", "/forums/{0}/manage/registrations/{1}"],
)
def test_page_that_cancels_names_what_ends(
    ana: Registration, client: FlaskClient, now: datetime, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    monkeypatch.setattr(clock, "now", lambda: now)
    forum: Forum = ana.forum
    people = {"my": ana.account, "delegation": coordinator_of("THA"), "manage": organiser_of(forum)}
    sign_in(client, people[address.split("/")[3]])
    page = client.get(address.format(forum.slug, ana.id)).text
    assert [each in page for each in WITH_LETTERS] == [True, True]


def test_many_are_rejected_after_a_page_that_names_what_ends(
    officer: Account, client: FlaskClient, now: datetime
) -> None:
    ana = equipped(delegate(make_forum(), "ana@firm.example", state=RegistrationState.APPROVED), officer, now)
    ben = equipped(delegate(ana.forum, "ben@firm.example"), officer, now)
    sign_in(client, organiser_of(ana.forum))
    data = {"action": "reject", "ids": [str(ana.id), str(ben.id)]}
    page = client.post(f"/forums/{ana.forum.slug}/manage/registrations/effect", data=data).text
    # Ben is confirmed: rejecting does nothing to him, nor to what he has.
    assert [each in page for each in (*WITH_LETTERS, "GTN13-L-0003")] == [True, True, False]


def test_own_page_leads_to_the_revoked_letters(
    ana: Registration, officer: Account, client: FlaskClient, now: datetime
) -> None:
    cancel_registration(ana, actor=officer, now=now, party=Party.ORGANISER)
    db.session.commit()
    sign_in(client, ana.account)
    assert f'href="/forums/{ana.forum.slug}/my/letters"' in client.get(f"/forums/{ana.forum.slug}/my").text
    assert client.get(f"/forums/{ana.forum.slug}/my/letters").text.count("The registration was cancelled.") == 2


def organiser_of(forum: Forum) -> Account:
    account = make_account("host@gtn.example", family_name="Host")
    grant_role(account, Role.ORGANISER, forum.scope)
    return account


def test_substitution_ends_letters_and_funding_of_who_leaves(
    ana: Registration, officer: Account, now: datetime
) -> None:
    comes = delegate(ana.forum, "ben@firm.example", state=RegistrationState.WAITLISTED)
    seen = (ana.lock_version, comes.lock_version)
    substitute(ana, comes, reason="Has another duty.", seen=seen, actor=officer, now=now)
    assert (ana.state, comes.state) == (RegistrationState.CANCELLED, RegistrationState.CONFIRMED)
    assert (would_end([ana.id]), would_end([comes.id])) == ([], [])
    assert [each.state for each in travellers_of(ana.forum)] == [TravellerState.WITHDRAWN]
