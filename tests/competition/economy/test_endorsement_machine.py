"""Any sequence of acts of two coordinators, entrants and an organiser keeps the places, the order and the mails."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test
from sqlalchemy import func, select

from gtn_events.competition.domain.competitions import CompetitionDetails, edit_competition
from gtn_events.competition.domain.endorsement import (
    Direction,
    decline_entry,
    endorse_entry,
    order_of,
    prefer,
    take_back,
)
from gtn_events.competition.domain.endorsement_integrity import endorsement_differences
from gtn_events.competition.domain.entries import admit_entry, reconsider_entry, refuse_entry, withdraw_entry
from gtn_events.competition.domain.entry_submission import send_entry
from gtn_events.competition.domain.entry_transitions import Party
from gtn_events.competition.domain.integrity import entry_differences
from gtn_events.competition.domain.nomination_use import accept_nomination
from gtn_events.competition.domain.nominations import Nominee, nominate, withdraw_nomination
from gtn_events.competition.enums import Endorsement, EntryState, NominationState
from gtn_events.competition.models import Entry, Nomination
from gtn_events.competition.notifications_endorsement import TEMPLATES
from gtn_events.competition.queries.places import places_of
from gtn_events.core.db import db
from gtn_events.core.economies import Economy, seed_economies
from gtn_events.core.errors import DomainError
from gtn_events.core.journal import JournalEntry
from gtn_events.core.outbox import OutboxMail
from tests.competition.economy.desks import LINKS, NOW, make_coordinator, make_endorsed_competition, make_entries
from tests.competition.entrant.submitting import SECRET, make_draft, submission
from tests.conftest import empty_tables
from tests.factories import make_account

which = st.integers(0, 5)
reasons = st.sampled_from(["", "A reason"])
SETTINGS = settings(
    max_examples=15,
    stateful_step_count=30,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)


class EndorsementMachine(RuleBasedStateMachine):
    """Entries of one economy that has two places, sometimes three; firms that it nominates."""

    app: Flask

    def __init__(self) -> None:
        super().__init__()
        self.context = self.app.app_context()
        self.context.push()
        seed_economies(db.session())
        self.now = NOW
        self.competition = make_endorsed_competition()
        self.organiser, self.entrant = make_account("organiser@gtn.example"), make_account()
        self.coordinator = make_coordinator()
        self.entries = make_entries(self.competition, self.entrant, 4)
        self.nominations: list[Nomination] = []

    def teardown(self) -> None:
        db.session.remove()
        empty_tables()
        self.context.pop()

    @rule(entry=which)
    def endorse(self, entry: int) -> None:
        self._do(endorse_entry, self._entry(entry), actor=self.coordinator)

    @rule()
    def endorse_the_next(self) -> None:
        undecided = [
            entry for entry in self.entries if entry.endorsement is Endorsement.WAITING and entry.state.is_live
        ]
        for entry in undecided[:1]:
            self._do(endorse_entry, entry, actor=self.coordinator)

    @rule(entry=which)
    def take_back(self, entry: int) -> None:
        self._do(take_back, self._entry(entry), actor=self.coordinator)

    @rule(entry=which, reason=reasons)
    def decline(self, entry: int, reason: str) -> None:
        self._do(decline_entry, self._entry(entry), reason=reason, actor=self.coordinator)

    @rule(entry=which, direction=st.sampled_from(Direction))
    def move(self, entry: int, direction: Direction) -> None:
        self._do(prefer, self._entry(entry), direction, actor=self.coordinator)

    @rule(entry=which, act=st.sampled_from([admit_entry, reconsider_entry]))
    def decide(self, entry: int, act: Any) -> None:  # Any: one of two functions
        self._do(act, self._entry(entry), actor=self.organiser)

    @precondition(lambda self: sum(entry.state is EntryState.INELIGIBLE for entry in self.entries) < 2)
    @rule(entry=which)
    def refuse(self, entry: int) -> None:
        self._do(refuse_entry, self._entry(entry), actor=self.organiser, reason="Not its own product")

    @precondition(lambda self: sum(entry.state is EntryState.WITHDRAWN for entry in self.entries) < 2)
    @rule(entry=which)
    def withdraw(self, entry: int) -> None:
        self._do(withdraw_entry, self._entry(entry), party=Party.ENTRANT, actor=self.entrant)

    @precondition(lambda self: places_of(self.competition, "PE").left and len(self.nominations) < 5)
    @rule()
    def nominate(self) -> None:
        firm = Nominee(organisation_name="A firm", name="Lupe", email=f"firm{self.now.timestamp():.0f}@firm.example")
        economy = db.session.get_one(Economy, "PE")
        made = self._do(nominate, self.competition, economy, firm, links=LINKS, actor=self.coordinator)
        if made is not None:
            self.nominations.append(made)

    @precondition(lambda self: self.nominations)
    @rule(number=which)
    def take_nomination_back(self, number: int) -> None:
        self._do(withdraw_nomination, self.nominations[number % len(self.nominations)], actor=self.coordinator)

    @precondition(lambda self: any(each.state is NominationState.OPEN for each in self.nominations))
    @rule()
    def enter(self) -> None:
        nomination = next(each for each in self.nominations if each.state is NominationState.OPEN)
        account = nomination.account or make_account(nomination.email)
        accept_nomination(nomination, account, now=self.now)
        draft = make_draft(self.competition, account)
        sent = self._do(send_entry, draft, submission(self.competition), secret_key=SECRET, actor=account)
        self.entries.append(sent)

    @rule(places=st.integers(2, 3))
    def change_places(self, places: int) -> None:
        names = CompetitionDetails.__dataclass_fields__
        given = {name: getattr(self.competition, name) for name in names} | {"economy_limit": places}
        version = self.competition.lock_version
        self._do(
            edit_competition, self.competition, CompetitionDetails(**given), lock_version=version, actor=self.organiser
        )

    @invariant()
    def never_more_than_the_places(self) -> None:
        places = places_of(self.competition, "PE")
        assert places.limit is not None
        assert places.used <= places.limit

    @invariant()
    def a_place_is_never_left_while_one_stands_in_reserve(self) -> None:
        order = order_of(self.competition, "PE")
        places = places_of(self.competition, "PE")
        assert not (places.left and any(entry.endorsement is Endorsement.RESERVE for entry in order))

    @invariant()
    def only_endorsed_entries_are_admitted(self) -> None:
        admitted = [entry for entry in self.entries if entry.state is EntryState.ADMITTED]
        assert all(entry.endorsement is Endorsement.ENDORSED for entry in admitted)

    @invariant()
    def rows_agree(self) -> None:
        assert [*endorsement_differences(), *entry_differences()] == []

    @invariant()
    def every_change_is_told_and_written_once(self) -> None:
        mails = select(func.count()).where(OutboxMail.template.in_(TEMPLATES.values()))
        lines = select(func.count()).where(
            JournalEntry.subject_type == Entry.__tablename__, JournalEntry.action == "endorsement changed"
        )
        assert db.session.scalar(mails) == db.session.scalar(lines)

    def _entry(self, number: int) -> Entry:
        return self.entries[number % len(self.entries)]

    def _do(self, act: Any, *arguments: Any, **named: Any) -> Any:  # Any: whatever the act takes and gives
        self.now += timedelta(minutes=1)
        try:
            done = act(*arguments, now=self.now, **named)
            db.session.commit()
        except DomainError:
            db.session.rollback()
            return None
        return done


def test_any_sequence_of_acts_keeps_the_places(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(EndorsementMachine, "app", app, raising=False)
    run_state_machine_as_test(EndorsementMachine, settings=SETTINGS)
