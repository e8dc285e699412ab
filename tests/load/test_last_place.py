"""The last place, given or answered by several at one moment: one of them has it, the others are told."""

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
from gtn_events.core.errors import DomainError
from gtn_events.core.outbox import OutboxMail
from gtn_events.incubation.domain.application_transitions import Party
from gtn_events.incubation.domain.applications import withdraw_application
from gtn_events.incubation.domain.match_runs import keep_run
from gtn_events.incubation.domain.offers import accept_offer, decline_offer, give_place, publish_run, take_back_offer
from gtn_events.incubation.enums import ApplicationState, OfferState, RunState
from gtn_events.incubation.matching import match
from gtn_events.incubation.models import Application, HostRank, Intake, MatchRun, Offer
from gtn_events.incubation.queries.market import market_of
from tests.incubation.factories import make_application, make_call, make_host, make_intake
from tests.load.browsers import all_at_once
from tests.load.people import people

TIMES = 6

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def now() -> datetime:
    return clock.now()


class Told:
    """What each of those at once was told: nothing when it went through."""

    def __init__(self, site: Flask) -> None:
        self.site = site
        self.words: list[str] = []

    def __call__(self, act: Callable[[], Any]) -> None:
        with self.site.app_context():
            try:
                act()
                db.session.commit()
                self.words.append("")
            except DomainError as refusal:
                db.session.rollback()
                self.words.append(refusal.message)
            finally:
                db.session.remove()

    def all_at_once(self, acts: list[Callable[[], Any]]) -> list[str]:
        """Do them together and return what was said, those that went through first."""
        db.session.rollback()
        all_at_once([partial(self, act) for act in acts])
        db.session.rollback()
        return sorted(self.words)


def place_and_firms(
    slug: str, firms: int, now: datetime, *, places: int = 1
) -> tuple[Intake, list[Application], Account]:
    """A host with places that so many firms named, ranked in their order, and an organiser."""
    call = make_call(slug, title=slug, reference_prefix=slug.upper()[:8])
    intake = make_intake(call, make_host(f"Host of {slug}", "THA"), places)
    found = people(firms + 1, name=slug, now=now)
    applications = [
        make_application(call, account, [intake], f"{slug} {number}", economy_code="PE")
        for number, (account, _browser) in enumerate(found[1:], start=1)
    ]
    for tier, application in enumerate(applications, start=1):
        db.session.add(HostRank(intake=intake, application=application, tier=tier))
    db.session.commit()
    return intake, applications, found[0][0]


def holding(intake_id: int) -> int:
    held = Offer.state.in_([OfferState.OFFERED, OfferState.ACCEPTED])
    return db.session.scalar(select(func.count()).where(Offer.intake_id == intake_id, held)) or 0


def test_the_last_place_is_given_once_however_many_give_it(site: Flask, now: datetime) -> None:
    intake, firms, actor = place_and_firms("last-place", TIMES, now)
    ids, intake_id, actor_id = [each.id for each in firms], intake.id, actor.id
    words = Told(site).all_at_once([partial(_give, one, intake_id, actor_id, now) for one in ids])
    assert words.count("") == 1
    assert set(words[1:]) == {"No place is free here any more: the last one was given a moment ago."}
    assert holding(intake_id) == 1


def test_one_firm_is_given_one_place_however_many_hosts_have_one(site: Flask, now: datetime) -> None:
    intake, (firm,), actor = place_and_firms("one-firm", 1, now)
    others = [make_intake(intake.call, make_host(f"Another {number}", "THA")) for number in range(TIMES)]
    intakes, firm_id, actor_id = [each.id for each in others], firm.id, actor.id
    words = Told(site).all_at_once([partial(_give, firm_id, each, actor_id, now) for each in intakes])
    assert words.count("") == 1
    assert set(words[1:]) == {"This application holds a place already."}
    assert db.session.scalar(select(func.count()).where(Offer.application_id == firm_id)) == 1


def test_a_match_is_published_once_and_no_place_is_given_by_hand_meanwhile(site: Flask, now: datetime) -> None:
    intake, firms, actor = place_and_firms("published", TIMES, now)
    call, intake_id, actor_id = intake.call, intake.id, actor.id
    rows = market_of(call)
    run_id = keep_run(call, rows, match(rows.market), actor=actor, now=now).id
    last = firms[-1].id
    db.session.commit()
    acts: list[Callable[[], Any]] = [partial(_publish, run_id, actor_id, now) for _time in range(TIMES)]
    words = Told(site).all_at_once([*acts, partial(_give, last, intake_id, actor_id, now)])
    assert words.count("") == 1
    assert holding(intake_id) == 1
    offers = db.session.scalar(select(func.count()).where(Offer.intake_id == intake_id))
    published = db.session.get_one(MatchRun, run_id).state is RunState.PUBLISHED
    assert (offers, published) in {(1, True), (1, False)}


def test_an_offer_is_answered_once(site: Flask, now: datetime) -> None:
    intake, (firm,), actor = place_and_firms("answered", 1, now)
    offer_id = give_place(firm, intake, actor=actor, now=now).id
    firm_id = firm.account_id
    db.session.commit()
    acts = [partial(_answer, offer_id, firm_id, now, accept_offer) for _time in range(TIMES)]
    words = Told(site).all_at_once(acts)
    assert words.count("") == 1
    assert set(words[1:]) == {"This offer is accepted; it cannot be accepted now."}
    mails = select(func.count()).where(OutboxMail.key == f"offer:{offer_id}:incubation/offer_accepted")
    assert db.session.scalar(mails) == 1


def test_accepting_declining_and_taking_back_leave_one_answer(site: Flask, now: datetime) -> None:
    intake, (firm,), actor = place_and_firms("crossed", 1, now)
    offer_id = give_place(firm, intake, actor=actor, now=now).id
    firm_id, actor_id, application_id = firm.account_id, actor.id, firm.id
    db.session.commit()
    words = Told(site).all_at_once(
        [
            partial(_answer, offer_id, firm_id, now, accept_offer),
            partial(_answer, offer_id, firm_id, now, partial(decline_offer, reason="We cannot come.")),
            partial(_answer, offer_id, actor_id, now, partial(take_back_offer, reason="The house burnt down.")),
            partial(_withdraw, application_id, firm_id, now),
        ]
    )
    offer = db.session.get_one(Offer, offer_id)
    application = db.session.get_one(Application, application_id)
    # Nobody is withdrawn and holds a place.
    assert not (offer.state.holds_a_place and application.state is ApplicationState.WITHDRAWN)
    assert offer.state in {OfferState.DECLINED, OfferState.WITHDRAWN}
    assert 1 <= words.count("") <= 3


def _give(application_id: int, intake_id: int, actor_id: int, now: datetime) -> None:
    application, intake = db.session.get_one(Application, application_id), db.session.get_one(Intake, intake_id)
    give_place(application, intake, actor=db.session.get_one(Account, actor_id), now=now, reason="By hand.")


def _publish(run_id: int, actor_id: int, now: datetime) -> None:
    publish_run(db.session.get_one(MatchRun, run_id), actor=db.session.get_one(Account, actor_id), now=now)


def _answer(offer_id: int, actor_id: int, now: datetime, act: Callable[..., None]) -> None:
    act(db.session.get_one(Offer, offer_id), actor=db.session.get_one(Account, actor_id), now=now)


def _withdraw(application_id: int, actor_id: int, now: datetime) -> None:
    application = db.session.get_one(Application, application_id)
    withdraw_application(application, party=Party.APPLICANT, actor=db.session.get_one(Account, actor_id), now=now)
