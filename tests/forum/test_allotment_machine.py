"""Any sequence of acts on a forum with kept places: they add up, nobody waits beside a place, nobody is passed by."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from sqlalchemy import select

from gtn_events.core.db import db
from gtn_events.core.economies import DelegationClass, seed_economies
from gtn_events.core.errors import DomainError
from gtn_events.core.seats import SeatPool
from gtn_events.forum.domain.allotments import (
    Kept,
    give_places_back,
    release_allotments,
    release_due_allotments,
    set_allotments,
)
from gtn_events.forum.domain.categories import CategoryDetails, edit_category
from gtn_events.forum.domain.economy_stage import endorse_registration, refuse_for_economy
from gtn_events.forum.domain.handing_over import fits
from gtn_events.forum.domain.integrity import (
    allotment_differences,
    seat_differences,
    state_differences,
    substitution_differences,
)
from gtn_events.forum.domain.registrations import (
    admit_registration,
    approve_registration,
    cancel_registration,
    confirm_registration,
)
from gtn_events.forum.domain.submission import Submission, change_registration, submit_registration
from gtn_events.forum.domain.substitutions import substitute, take_back_substitution
from gtn_events.forum.domain.swaps import Proposal, accept_swap, decline_swap, propose_swap
from gtn_events.forum.domain.transitions import Party
from gtn_events.forum.domain.waiting_list import accept_offer, decline_offer, lapse_due_offers, offer_place
from gtn_events.forum.enums import ACTIVE_STATES, Approval, RegistrationState, SubstitutionState
from gtn_events.forum.models import Allotment, AllotmentSwap, Forum, Registration, Substitution
from gtn_events.forum.queries.substitutions import CAN_COME, REPLACEABLE
from gtn_events.forum.queries.waiting import allotment_for
from tests import databases
from tests.conftest import NOW, empty_tables
from tests.factories import make_account, make_category, make_forum
from tests.forum.delegations import particulars, particulars_of

HOLDERS = ("PE", "CHL", "secretariat")
PEOPLE = 8
who = st.integers(0, PEOPLE - 1)
which = st.integers(0, 1)
few = st.integers(0, 3)
holders = st.sampled_from(HOLDERS)


@dataclass(frozen=True)
class Place:
    """Where somebody stands: in whose line, since when, waiting or seated."""

    line: tuple[int, str]
    since: datetime
    waits: bool
    seated: bool


class AllotmentMachine(RuleBasedStateMachine):
    """Eight people of three holders, one category in two stages and one without approval, an overall limit."""

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
        make_category(self.forum, "Delegate", capacity=4, approval=Approval.ECONOMY)
        make_category(self.forum, "Observer", capacity=3, approval=Approval.NONE)
        self.before = self._places()
        self.out_of_turn: set[int] = set()
        self.moved: set[int] = set()

    @initialize(
        overall=st.one_of(st.none(), st.integers(2, 6)),
        kept=st.lists(few, min_size=2, max_size=2),
        # Who is there from the beginning, and for which category.
        crowd=st.lists(which, min_size=6, max_size=PEOPLE),
    )
    def begin(self, overall: int | None, kept: list[int], crowd: list[int]) -> None:
        if overall is not None:
            self.forum.pool = SeatPool(label="All", capacity=overall, taken=0, created_at=self.now)
            db.session.commit()
        for category, places in zip(self.forum.categories, kept, strict=True):
            wanted = {"PE": Kept(places=places, releases_at=NOW + timedelta(days=10))}
            self._do(set_allotments, category, wanted, actor=self.organiser)
        for person, number in enumerate(crowd):
            self._submit(person, number)
            self._act(person, endorse_registration, actor=self.organiser)

    def teardown(self) -> None:
        db.session.remove()
        empty_tables()
        self.context.pop()

    @rule(person=who, category=which)
    def submit(self, person: int, category: int) -> None:
        self._submit(person, category)

    def _submit(self, person: int, category: int) -> None:
        account, holder = self.accounts[person], HOLDERS[person % 3]
        given = particulars(account, holder)
        if holder == "secretariat":
            given = particulars(account, None, delegation_class=DelegationClass.SECRETARIAT)
        submission = Submission(
            category=self.forum.categories[category],
            particulars=given,
            version=self.forum.questionnaire.versions[-1],
            answers={},
            consent_text=self.forum.consent_texts[-1],
        )
        self._do(submit_registration, self.forum, submission, actor=account)

    @rule(person=who)
    def endorse(self, person: int) -> None:
        self._act(person, endorse_registration, actor=self.organiser)

    @rule(person=who)
    def refuse(self, person: int) -> None:
        self._act(person, refuse_for_economy, actor=self.organiser, reason="Not this time.")

    @rule(person=who, act=st.sampled_from([approve_registration, admit_registration, confirm_registration]))
    def decide(self, person: int, act: Any) -> None:
        self._act(person, act, actor=self.organiser)

    @rule(person=who)
    def endorse_and_admit(self, person: int) -> None:
        self._act(person, endorse_registration, actor=self.organiser)
        self._act(person, admit_registration, actor=self.organiser)

    @rule(person=who)
    def cancel(self, person: int) -> None:
        self._act(person, cancel_registration, actor=self.organiser, party=Party.ORGANISER, reason="Ill.")

    @rule(person=who, act=st.sampled_from([accept_offer, decline_offer]))
    def answer(self, person: int, act: Any) -> None:
        self._act(person, act, actor=self.accounts[person])

    @rule(person=who)
    def offer(self, person: int) -> None:
        registration = self._latest(person)
        if registration is not None:
            self.out_of_turn = {registration.id}
            self._do(offer_place, registration, actor=self.organiser)

    @rule(number=st.integers(0, 20), admits=st.booleans())
    def substitute(self, number: int, admits: bool) -> None:
        active = list(db.session.scalars(select(Registration).where(Registration.state.in_(ACTIVE_STATES))))
        have, lack = ([each for each in active if each.state in states] for states in (REPLACEABLE, CAN_COME))
        pairs = [(one, other) for one in have for other in lack if fits(one, other)]
        if not pairs:
            return
        leaves, comes = pairs[number % len(pairs)]
        seen = (leaves.lock_version, comes.lock_version)
        self._do(substitute, leaves, comes, reason="Another duty.", seen=seen, actor=self.organiser)
        if admits:
            self._do(admit_registration, comes, actor=self.organiser)

    @rule()
    def take_substitution_back(self) -> None:
        newest = select(Substitution).order_by(Substitution.id.desc()).limit(1)
        found = db.session.scalars(newest).first()
        if found is not None:
            self._do(take_back_substitution, found, actor=self.organiser)

    @rule(person=who, economy=st.sampled_from(["PE", "CHL", "JPN"]))
    def move_to_another_economy(self, person: int, economy: str) -> None:
        registration = self._latest(person)
        if registration is not None and registration.delegation_class is DelegationClass.ECONOMY:
            self._do(
                change_registration,
                registration,
                particulars_of(registration, economy),
                version=registration.answer_set.version,
                answers={},
                seen_version=registration.lock_version,
                actor=self.accounts[person],
            )

    @rule(days=st.integers(1, 4))
    def lapse(self, days: int) -> None:
        self.now += timedelta(days=days)
        self._do(lapse_due_offers)

    @rule(category=which, holder=holders, places=few, days=st.one_of(st.none(), st.integers(1, 20)))
    def keep(self, category: int, holder: str, places: int, days: int | None) -> None:
        releases_at = None if days is None else self.now + timedelta(days=days)
        wanted = {holder: Kept(places=places, releases_at=releases_at)}
        self._do(set_allotments, self.forum.categories[category], wanted, actor=self.organiser)

    @rule(holder=st.one_of(st.none(), holders))
    def release(self, holder: str | None) -> None:
        self._do(release_allotments, self.forum, holder=holder, actor=self.organiser)

    @rule()
    def release_by_the_clock(self) -> None:
        self._do(release_due_allotments, self.forum)

    @rule(category=which, holder=holders, places=st.integers(1, 2))
    def give_back(self, category: int, holder: str, places: int) -> None:
        kept = allotment_for(self.forum.categories[category], holder)
        if kept is not None:
            self._do(give_places_back, kept, places, actor=self.organiser)

    @rule(giver=holders, taker=holders, category=which, places=st.integers(1, 2), back=few)
    def propose(self, giver: str, taker: str, category: int, places: int, back: int) -> None:
        proposal = Proposal(
            giver=giver,
            taker=taker,
            category=self.forum.categories[category],
            places=places,
            return_category=self.forum.categories[1 - category],
            return_places=back,
        )
        self._do(propose_swap, self.forum, proposal, actor=self.organiser)

    @rule(accepts=st.booleans())
    def answer_swap(self, accepts: bool) -> None:
        swap = db.session.scalars(select(AllotmentSwap).order_by(AllotmentSwap.id.desc()).limit(1)).first()
        if swap is not None:
            values = {} if accepts else {"reason": "No."}
            self._do(accept_swap if accepts else decline_swap, swap, actor=self.organiser, **values)

    @rule(category=which, capacity=st.integers(0, 6))
    def resize(self, category: int, capacity: int) -> None:
        kind = self.forum.categories[category]
        details = CategoryDetails(
            label=kind.label, description="", capacity=capacity, approval=kind.approval, open_to_public=True
        )
        self._do(edit_category, kind, details, actor=self.organiser)

    @invariant()
    def everything_agrees(self) -> None:
        assert [*seat_differences(), *state_differences(), *allotment_differences()] == []
        assert list(substitution_differences()) == []

    @invariant()
    def no_pool_holds_more_than_it_has(self) -> None:
        assert all(0 <= pool.taken <= pool.capacity for pool in db.session.scalars(select(SeatPool)))

    @invariant()
    def nobody_is_active_twice(self) -> None:
        active = db.session.scalars(select(Registration.account_id).where(Registration.state.in_(ACTIVE_STATES)))
        assert max(Counter(active).values(), default=0) <= 1

    @invariant()
    def nothing_is_kept_after_its_release(self) -> None:
        released = select(Allotment).where(Allotment.released_at.is_not(None))
        assert [each.pool.free for each in db.session.scalars(released) if each.pool.free] == []

    @invariant()
    def nobody_waits_beside_a_place_for_them(self) -> None:
        waiting = select(Registration).where(Registration.state == RegistrationState.WAITLISTED)
        for each in db.session.scalars(waiting):
            kept = allotment_for(each.category, each.holder)
            common = each.category.common_pool
            own = (kept.pool.free if kept else 0) + (common.free if common else each.category.pool.free)
            assert min(own, *(pool.free for pool in each.category.pools)) == 0

    @invariant()
    def nobody_is_passed_by_in_a_holders_line(self) -> None:
        now = self._places()
        self._see_moved_places(now)
        waited = {key: place for key, place in self.before.items() if place.waits and now[key].waits}
        for key, place in now.items():
            before = self.before.get(key)
            if not place.seated or (before is not None and before.seated) or key in self.out_of_turn:
                continue
            mine = before.since if before is not None and before.waits else self.now
            for other in waited.values():
                assert other.line != place.line or mine < other.since
        self.before, self.out_of_turn = now, set()

    def _see_moved_places(self, now: dict[int, Place]) -> None:
        """Whoever came to a place in the last step has just what the other had; so nobody was passed by for it."""
        done = select(Substitution).where(Substitution.state == SubstitutionState.DONE)
        for each in db.session.scalars(done):
            if each.id in self.moved or each.comes_id is None:
                continue
            left, came = self.before[each.leaves_id], now[each.comes_id]
            assert (came.line, came.seated, came.waits) == (left.line, left.seated, left.waits)
            assert left.seated or came.since == left.since
            assert not now[each.leaves_id].seated
            self.moved.add(each.id)
            self.out_of_turn.add(each.comes_id)

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

    def _places(self) -> dict[int, Place]:
        return {
            each.id: Place(
                (each.category_id, each.holder),
                each.waitlisted_at or each.submitted_at,
                each.state is RegistrationState.WAITLISTED,
                each.state.holds_seat,
            )
            for each in db.session.scalars(select(Registration))
        }


def test_any_sequence_of_acts_keeps_the_rules(
    app: Flask, monkeypatch: pytest.MonkeyPatch, pytestconfig: pytest.Config
) -> None:
    monkeypatch.setattr(AllotmentMachine, "app", app, raising=False)
    few_examples = databases.chosen_kind(pytestconfig) == databases.POSTGRESQL
    rules = settings(
        max_examples=5 if few_examples else 25,
        stateful_step_count=30,
        deadline=None,
        database=None,
        # A sequence that fails is long enough to read; making it shorter would take minutes.
        phases=[Phase.generate],
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
    )
    run_state_machine_as_test(AllotmentMachine, settings=rules)
