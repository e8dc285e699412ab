"""Any sequence of acts on a small forum: no seat too many, nobody passed by, one mail a change."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from sqlalchemy import func, select

from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.economies import DelegationClass, seed_economies
from gtn_events.core.errors import DomainError
from gtn_events.core.journal import JournalEntry
from gtn_events.core.outbox import OutboxMail
from gtn_events.core.seats import SeatPool
from gtn_events.forum.domain.bookings import choose_side_event
from gtn_events.forum.domain.categories import CategoryDetails, edit_category
from gtn_events.forum.domain.forums import set_overall_capacity
from gtn_events.forum.domain.integrity import seat_differences, state_differences
from gtn_events.forum.domain.places import accept_booking, decline_booking, lapse_due_bookings, leave_booking
from gtn_events.forum.domain.registrations import (
    admit_registration,
    approve_registration,
    cancel_registration,
    confirm_registration,
    reconsider_registration,
    reject_registration,
)
from gtn_events.forum.domain.submission import Particulars, Submission, submit_registration
from gtn_events.forum.domain.transitions import Party
from gtn_events.forum.domain.waiting_list import accept_offer, decline_offer, lapse_due_offers, offer_place
from gtn_events.forum.enums import ACTIVE_STATES, Approval, BookingState, RegistrationState
from gtn_events.forum.models import Forum, ForumCategory, Registration, SideEventBooking
from tests.conftest import NOW, empty_tables
from tests.factories import make_account, make_category, make_forum, make_side_event

PEOPLE = 7
who = st.integers(0, PEOPLE - 1)
side = st.integers(0, 1)
few = st.integers(0, 4)


@dataclass(frozen=True)
class Place:
    """Where somebody stands: in which line, since when, waiting or seated."""

    line: tuple[str, int]
    since: datetime
    waits: bool
    seated: bool


SETTINGS = settings(
    max_examples=20,
    stateful_step_count=25,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)


class RegistrationMachine(RuleBasedStateMachine):
    """Seven people, two categories (one without approval), an overall limit, two side events, one organiser."""

    app: Flask

    def __init__(self) -> None:
        super().__init__()
        self.context = self.app.app_context()
        self.context.push()
        seed_economies(db.session())
        self.now = NOW
        self.accounts = [make_account(f"person{number}@firm.example") for number in range(PEOPLE)]
        self.organiser = make_account("organiser@gtn.example")
        self.forum: Forum = make_forum()
        make_category(self.forum, "Delegate", capacity=2)
        make_category(self.forum, "Observer", capacity=1, approval=Approval.NONE)
        self.events = [
            make_side_event(self.forum, title, capacity=1, starts_at=starts, ends_at=starts + timedelta(hours=2))
            for title, starts in (("Clinic", NOW + timedelta(days=34)), ("Tour", NOW + timedelta(days=35)))
        ]
        self.before = self._places()
        self.out_of_turn: set[tuple[str, int]] = set()

    @initialize(overall=st.one_of(st.none(), few))
    def limit(self, overall: int | None) -> None:
        if overall is not None:
            self.forum.pool = SeatPool(label="All", capacity=overall, taken=0, created_at=self.now)
            db.session.commit()

    def teardown(self) -> None:
        db.session.remove()
        empty_tables()
        self.context.pop()

    @rule(person=who, category=st.integers(0, 1), events=st.sets(side))
    def submit(self, person: int, category: int, events: set[int]) -> None:
        account = self.accounts[person]
        submission = Submission(
            category=self.forum.categories[category],
            particulars=_particulars(account),
            version=self.forum.questionnaire.versions[-1],
            answers={},
            consent_text=self.forum.consent_texts[-1],
            side_events=[self.events[event] for event in sorted(events)],
        )
        self._do(submit_registration, self.forum, submission, actor=account)

    @rule(person=who, act=st.sampled_from([approve_registration, admit_registration, confirm_registration]))
    def decide(self, person: int, act: Any) -> None:
        self._act(person, act, actor=self.organiser)

    @rule(person=who)
    def reject(self, person: int) -> None:
        self._act(person, reject_registration, actor=self.organiser, reason="No.")

    @rule(person=who)
    def reconsider(self, person: int) -> None:
        theirs = select(Registration).where(Registration.account_id == self.accounts[person].id)
        for registration in db.session.scalars(theirs.order_by(Registration.id)).all():
            self._do(reconsider_registration, registration, actor=self.organiser)

    @rule(person=who, party=st.sampled_from([Party.DELEGATE, Party.ORGANISER]))
    def cancel(self, person: int, party: Party) -> None:
        self._act(person, cancel_registration, actor=self.accounts[person], party=party, reason="Ill.")

    @rule(person=who, act=st.sampled_from([accept_offer, decline_offer]))
    def answer(self, person: int, act: Any) -> None:
        self._act(person, act, actor=self.accounts[person])

    @rule(person=who)
    def offer(self, person: int) -> None:
        registration = self._latest(person)
        if registration is not None:
            self.out_of_turn = {("registration", registration.id)}
        self._act(person, offer_place, actor=self.organiser)

    @rule()
    def lapse(self) -> None:
        self.now += timedelta(days=3)
        self._do(lapse_due_offers)
        self._do(lapse_due_bookings)

    @rule(category=st.integers(0, 1), capacity=few)
    def resize(self, category: int, capacity: int) -> None:
        kind = self.forum.categories[category]
        details = CategoryDetails(
            label=kind.label, description="", capacity=capacity, approval=kind.approval, open_to_public=True
        )
        self._do(edit_category, kind, details, actor=self.organiser)

    @rule(capacity=st.one_of(st.none(), st.integers(0, 6)))
    def resize_all(self, capacity: int | None) -> None:
        self._do(set_overall_capacity, self.forum, capacity, actor=self.organiser)

    @rule(person=who, event=side)
    def choose(self, person: int, event: int) -> None:
        registration = self._latest(person)
        if registration is not None:
            self._do(choose_side_event, registration, self.events[event], actor=self.accounts[person])

    @rule(person=who, event=side, act=st.sampled_from([leave_booking, accept_booking, decline_booking]))
    def answer_for_side_event(self, person: int, event: int, act: Any) -> None:
        registration = self._latest(person)
        booking = db.session.scalar(
            select(SideEventBooking).where(
                SideEventBooking.registration_id == (registration.id if registration else 0),
                SideEventBooking.side_event_id == self.events[event].id,
            )
        )
        if booking is not None:
            self._do(act, booking, actor=self.accounts[person])

    @invariant()
    def everything_agrees(self) -> None:
        assert [*seat_differences(), *state_differences()] == []

    @invariant()
    def no_pool_holds_more_than_it_has(self) -> None:
        assert all(0 <= pool.taken <= pool.capacity for pool in db.session.scalars(select(SeatPool)))

    @invariant()
    def nobody_is_active_twice(self) -> None:
        active = db.session.scalars(select(Registration.account_id).where(Registration.state.in_(ACTIVE_STATES)))
        assert max(Counter(active).values(), default=0) <= 1

    @invariant()
    def every_change_is_told_once(self) -> None:
        entries = db.session.scalars(select(JournalEntry).where(JournalEntry.subject_type == "forum_registration"))
        changes = sum("state" in entry.changes for entry in entries)
        waiting_for_organiser = (
            select(func.count())
            .select_from(Registration)
            .join(ForumCategory)
            .where(ForumCategory.approval == Approval.ORGANISER)
        )
        mails = select(func.count()).where(OutboxMail.key.startswith("registration:"))
        assert db.session.scalar(mails) == changes + (db.session.scalar(waiting_for_organiser) or 0)

    @invariant()
    def nobody_waits_beside_a_free_seat(self) -> None:
        for registration in db.session.scalars(
            select(Registration).where(Registration.state == RegistrationState.WAITLISTED)
        ):
            assert min(pool.free for pool in registration.category.pools) == 0
        for booking in db.session.scalars(
            select(SideEventBooking).where(SideEventBooking.state == BookingState.WAITLISTED)
        ):
            assert booking.side_event.pool.free == 0

    @invariant()
    def nobody_is_passed_by(self) -> None:
        """Whoever came to a seat in the last step stood before all who waited then and still wait for the same."""
        now = self._places()
        waited = {key: place for key, place in self.before.items() if place.waits and now[key].waits}
        for key, place in now.items():
            before = self.before.get(key)
            if not place.seated or (before is not None and before.seated) or key in self.out_of_turn:
                continue
            mine = before.since if before is not None and before.waits else self.now
            for other in waited.values():
                assert other.line != place.line or mine < other.since
        self.before, self.out_of_turn = now, set()

    def _act(self, person: int, act: Any, **arguments: Any) -> None:
        registration = self._latest(person)
        if registration is not None:
            self._do(act, registration, **arguments)

    def _do(self, act: Any, *arguments: Any, **named: Any) -> None:
        self.now += timedelta(seconds=1)
        try:
            act(*arguments, **named, now=self.now)
        except DomainError:
            db.session.rollback()
        else:
            db.session.commit()

    def _latest(self, person: int) -> Registration | None:
        registrations = select(Registration).where(Registration.account_id == self.accounts[person].id)
        return db.session.scalars(registrations.order_by(Registration.id.desc()).limit(1)).first()

    def _places(self) -> dict[tuple[str, int], "Place"]:
        places: dict[tuple[str, int], Place] = {}
        for registration in db.session.scalars(select(Registration)):
            line = ("category", registration.category_id)
            since = registration.waitlisted_at or registration.submitted_at
            waits = registration.state is RegistrationState.WAITLISTED
            places["registration", registration.id] = Place(line, since, waits, registration.state.holds_seat)
        for booking in db.session.scalars(select(SideEventBooking)):
            line = ("side event", booking.side_event_id)
            waits = booking.state is BookingState.WAITLISTED
            since = booking.waitlisted_at or booking.chosen_at
            places["booking", booking.id] = Place(line, since, waits, booking.state.holds_seat)
        return places


def _particulars(account: Account) -> Particulars:
    return Particulars(
        given_name=account.given_name,
        family_name=account.family_name,
        gender=account.gender.value,
        email=account.email,
        delegation_class=DelegationClass.ECONOMY,
        economy_code="PE",
    )


def test_any_sequence_of_acts_keeps_the_rules(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(RegistrationMachine, "app", app, raising=False)
    run_state_machine_as_test(RegistrationMachine, settings=SETTINGS)
