"""Any sequence of acts on some entries: only what the table allows, never over a limit, one mail and line a change."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from sqlalchemy import func, select

from gtn_events.competition.domain.eligibility_override import hold_to_rule, let_rule_pass
from gtn_events.competition.domain.entries import (
    accept_late_entry,
    admit_entry,
    extend_entry,
    reconsider_entry,
    refuse_entry,
    withdraw_entry,
)
from gtn_events.competition.domain.entry_bulk import act_on_many, effect_of
from gtn_events.competition.domain.entry_findings import findings_of
from gtn_events.competition.domain.entry_transitions import TRANSITIONS, Action, Party
from gtn_events.competition.domain.integrity import entry_differences
from gtn_events.competition.enums import EntryState
from gtn_events.competition.models import Entry
from gtn_events.core.db import db
from gtn_events.core.economies import seed_economies
from gtn_events.core.errors import DomainError
from gtn_events.core.journal import JournalEntry
from gtn_events.core.outbox import OutboxMail
from gtn_events.eligibility.domain.exceptions import unmet
from gtn_events.eligibility.domain.rules import Rule
from gtn_events.eligibility.enums import RuleKind
from tests.competition.factories import make_competition, make_entry
from tests.conftest import NOW, empty_tables
from tests.factories import make_account

STARTS = (EntryState.SUBMITTED, EntryState.LATE, EntryState.SUBMITTED, EntryState.INELIGIBLE, EntryState.INELIGIBLE)
which = st.integers(0, len(STARTS) - 1)
reasons = st.sampled_from(["", " ", "A reason"])
YOUNG = Rule(kind=RuleKind.YEARS_AT_MOST, number=3)
LIMIT = 3

SETTINGS = settings(
    max_examples=15,
    stateful_step_count=25,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)


class EntryMachine(RuleBasedStateMachine):
    """Five entries of one economy that may have three; the even ones break a rule; one organiser."""

    app: Flask

    def __init__(self) -> None:
        super().__init__()
        self.context = self.app.app_context()
        self.context.push()
        seed_economies(db.session())
        self.now: datetime = NOW
        self.organiser, self.entrant = make_account("organiser@gtn.example"), make_account()
        self.competition = make_competition(economy_limit=LIMIT, eligibility=[YOUNG.to_json()])
        self.entries = [
            make_entry(
                self.competition,
                self.entrant,
                f"Entry {number}",
                state=state,
                state_reason="As it began" if state is EntryState.INELIGIBLE else None,
                founded_in=2009 if number % 2 == 0 else 2012,
            )
            for number, state in enumerate(STARTS)
        ]
        self.states = [entry.state for entry in self.entries]
        self.changes = 0

    def teardown(self) -> None:
        db.session.remove()
        empty_tables()
        self.context.pop()

    @rule(entry=which, act=st.sampled_from([admit_entry, accept_late_entry, reconsider_entry]))
    def decide(self, entry: int, act: Any) -> None:  # Any: one of three functions
        self._do(act, self.entries[entry], actor=self.organiser)

    @rule(entry=which, reason=reasons)
    def refuse(self, entry: int, reason: str) -> None:
        self._do(refuse_entry, self.entries[entry], actor=self.organiser, reason=reason)

    @rule(entry=which, party=st.sampled_from(Party), reason=reasons)
    def withdraw(self, entry: int, party: Party, reason: str) -> None:
        self._do(withdraw_entry, self.entries[entry], party=party, actor=self.organiser, reason=reason)

    @rule(entry=which, reason=reasons)
    def let_pass(self, entry: int, reason: str) -> None:
        self._do(let_rule_pass, self.entries[entry], YOUNG.key, actor=self.organiser, reason=reason)

    @rule(entry=which)
    def hold(self, entry: int) -> None:
        self._do(hold_to_rule, self.entries[entry], YOUNG.key, actor=self.organiser)

    @rule(entry=which, days=st.integers(-1, 40), reason=reasons)
    def extend(self, entry: int, days: int, reason: str) -> None:
        until = self.now + timedelta(days=days)
        self._do(extend_entry, self.entries[entry], until, actor=self.organiser, reason=reason)

    @rule(chosen=st.sets(which), action=st.sampled_from([Action.ADMIT, Action.REFUSE]))
    def many(self, chosen: set[int], action: Action) -> None:
        entries = [self.entries[each] for each in sorted(chosen)]
        told = effect_of(action, self.competition, entries)
        done = act_on_many(action, entries, actor=self.organiser, now=self.now, reason="Together")
        db.session.commit()
        assert (done.outcomes, done.refused) == (told.outcomes, told.refused)

    @invariant()
    def only_what_the_table_allows_with_one_line_and_one_mail(self) -> None:
        ways = {(source, row.to) for (source, _action), row in TRANSITIONS.items()}
        changed = [entry for entry, before in zip(self.entries, self.states, strict=True) if entry.state is not before]
        self.changes += len(changed)
        for entry, before in zip(self.entries, self.states, strict=True):
            assert entry.state is before or (before, entry.state) in ways
        for entry in changed:
            broken = unmet(findings_of(entry), entry.eligibility_override)
            assert entry.state is not EntryState.ADMITTED or broken == []
        self.states = [entry.state for entry in self.entries]
        about = JournalEntry.subject_type == Entry.__tablename__
        lines = select(func.count()).where(about, JournalEntry.action.startswith("entry "))
        mails = select(func.count()).where(OutboxMail.template != "competition/entry_extended")
        assert db.session.scalar(lines) == db.session.scalar(mails) == self.changes

    @invariant()
    def never_over_the_limit(self) -> None:
        assert sum(entry.state.is_live for entry in self.entries) <= LIMIT

    @invariant()
    def rows_agree(self) -> None:
        assert list(entry_differences()) == []

    def _do(self, act: Any, *arguments: Any, **named: Any) -> None:  # Any: whatever the act takes
        self.now += timedelta(minutes=1)
        try:
            act(*arguments, now=self.now, **named)
            db.session.commit()
        except DomainError:
            db.session.rollback()


def test_any_sequence_of_acts_keeps_the_rules(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(EntryMachine, "app", app, raising=False)
    run_state_machine_as_test(EntryMachine, settings=SETTINGS)
