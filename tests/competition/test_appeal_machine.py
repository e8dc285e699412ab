"""Any sequence of acts on appeals: only what the table allows, one that lives, in time, one mail a step."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from sqlalchemy import func, select

from gtn_events.accounts.enums import Role
from gtn_events.accounts.models import Account
from gtn_events.competition.domain.appeal_deciding import assign_decider, carry_out, decide_appeal
from gtn_events.competition.domain.appeal_transitions import DECISIONS, TRANSITIONS
from gtn_events.competition.domain.appeal_window import contestable
from gtn_events.competition.domain.appeals import (
    AppealTexts,
    discard_appeal,
    save_appeal,
    send_appeal,
    withdraw_appeal,
)
from gtn_events.competition.enums import AppealGround, AppealState, RoundState, Standing
from gtn_events.competition.models import Appeal
from gtn_events.core.db import db
from gtn_events.core.economies import seed_economies
from gtn_events.core.errors import DomainError
from gtn_events.core.outbox import OutboxMail
from tests.competition.appealing import TEXT
from tests.competition.factories import make_competition, make_entry, make_round
from tests.conftest import NOW, empty_tables
from tests.factories import grant_role, make_account

DAYS = 3
which = st.integers(0, 1)
SETTINGS = settings(
    max_examples=12,
    stateful_step_count=25,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)


class AppealMachine(RuleBasedStateMachine):
    """Two entries of a decided round, two people of the staff who took no part, and time that goes by."""

    app: Flask

    def __init__(self) -> None:
        super().__init__()
        self.context = self.app.app_context()
        self.context.push()
        seed_economies(db.session())
        self.now: datetime = NOW
        competition = make_competition(appeal_days=DAYS)
        self.entrants = [make_account(f"entrant{number}@firm.example") for number in range(2)]
        self.entries = [make_entry(competition, account) for account in self.entrants]
        round_ = make_round(competition, self.entries, state=RoundState.DECIDED, decided_at=NOW)
        for row in round_.round_entries:
            row.standing = Standing.OUT
        self.staff: list[Account] = [make_account(f"staff{number}@gtn.example") for number in range(2)]
        for account in self.staff:
            grant_role(account, Role.ORGANISER, competition.scope)
        self.states: dict[int, AppealState] = {}

    def teardown(self) -> None:
        db.session.remove()
        empty_tables()
        self.context.pop()

    @rule(hours=st.integers(1, 20))
    def wait(self, hours: int) -> None:
        self.now += timedelta(hours=hours)

    @rule(entry=which, ground=st.sampled_from([None, *AppealGround]), text=st.sampled_from(["", TEXT]))
    def save(self, entry: int, ground: AppealGround | None, text: str) -> None:
        (about,) = contestable(self.entries[entry])
        self._do(save_appeal, self.entries[entry], about, AppealTexts(ground, text), upload=None)

    @rule(entry=which)
    def send_whole(self, entry: int) -> None:
        self.save(entry, AppealGround.ERROR, TEXT)
        self._on_newest(entry, send_appeal, actor=self.entrants[entry])

    @rule(entry=which)
    def send(self, entry: int) -> None:
        self._on_newest(entry, send_appeal, actor=self.entrants[entry])

    @rule(entry=which)
    def withdraw(self, entry: int) -> None:
        self._on_newest(entry, withdraw_appeal, actor=self.entrants[entry])

    @rule(entry=which)
    def discard(self, entry: int) -> None:
        self._on_newest(entry, discard_appeal)

    @rule(entry=which, who=which)
    def assign(self, entry: int, who: int) -> None:
        self._on_newest(entry, assign_decider, self.staff[who].id, actor=self.staff[0])

    @rule(entry=which, who=which, action=st.sampled_from(DECISIONS), reason=st.sampled_from([" ", "A reason"]))
    def decide(self, entry: int, who: int, action: Any, reason: str) -> None:  # Any: an action of the table
        self._on_newest(entry, decide_appeal, action, reason=reason, actor=self.staff[who])

    @rule(entry=which, words=st.sampled_from(["", "Done"]))
    def finish(self, entry: int, words: str) -> None:
        self._on_newest(entry, carry_out, words, actor=self.staff[0])

    @invariant()
    def only_what_the_table_allows(self) -> None:
        ways = {(source, row.to) for (source, _action), row in TRANSITIONS.items()}
        found = {appeal.id: appeal for appeal in db.session.scalars(select(Appeal))}
        for appeal_id, appeal in found.items():
            before = self.states.get(appeal_id, AppealState.DRAFT)
            assert appeal.state is before or (before, appeal.state) in ways
            assert appeal.decider_id is None or appeal.state not in {AppealState.DRAFT, AppealState.RECEIVED}
        gone = self.states.keys() - found.keys()
        assert {self.states[each] for each in gone} <= {AppealState.DRAFT}
        self.states = {appeal_id: appeal.state for appeal_id, appeal in found.items()}

    @invariant()
    def one_lives_and_none_came_late(self) -> None:
        for entry in self.entries:
            appeals = list(db.session.scalars(select(Appeal).where(Appeal.entry_id == entry.id)))
            assert sum(each.state is not AppealState.WITHDRAWN for each in appeals) <= 1
            (about,) = contestable(entry)
            assert all(each.sent_at <= about.deadline for each in appeals if each.sent_at is not None)

    @invariant()
    def entrant_is_told_of_each_step_once(self) -> None:
        steps = 0
        for appeal in db.session.scalars(select(Appeal)):
            ends = (appeal.decided_at, appeal.carried_out_at, appeal.state is AppealState.WITHDRAWN or None)
            steps += (appeal.sent_at is not None) + sum(each is not None for each in ends)
        to_entrants = OutboxMail.to_address.in_([account.email for account in self.entrants])
        assert db.session.scalar(select(func.count()).select_from(OutboxMail).where(to_entrants)) == steps

    def _on_newest(self, entry: int, act: Any, *arguments: Any, **named: Any) -> None:  # Any: whatever the act takes
        newest = select(Appeal).where(Appeal.entry_id == self.entries[entry].id).order_by(Appeal.id.desc()).limit(1)
        appeal = db.session.scalar(newest)
        if appeal is not None:
            self._do(act, appeal, *arguments, **named)

    def _do(self, act: Any, *arguments: Any, **named: Any) -> None:  # Any: whatever the act takes
        try:
            act(*arguments, now=self.now, **named)
            db.session.commit()
        except DomainError:
            db.session.rollback()


def test_any_sequence_of_acts_keeps_the_rules(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(AppealMachine, "app", app, raising=False)
    run_state_machine_as_test(AppealMachine, settings=SETTINGS)
