"""Any sequence of acts on a small call: one session for each accepted proposal, nobody left over, one mail a change."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from sqlalchemy import select

from gtn_events.core.db import db
from gtn_events.core.economies import seed_economies
from gtn_events.core.errors import DomainError
from gtn_events.core.journal import JournalEntry
from gtn_events.core.outbox import OutboxMail
from gtn_events.forum.domain.programme_sessions import SessionDetails, change_session, remove_session
from gtn_events.forum.domain.session_calls.calls import close_call, publish_call
from gtn_events.forum.domain.session_calls.deciding import decide_many
from gtn_events.forum.domain.session_calls.drafts import (
    NamedSpeaker,
    begin_session_proposal,
    delete_session_draft,
    save_session_proposal,
)
from gtn_events.forum.domain.session_calls.scoring import score_session
from gtn_events.forum.domain.session_calls.sending import (
    confirm_session,
    send_session_proposal,
    withdraw_session_proposal,
)
from gtn_events.forum.domain.session_calls.speaking import answer_as_speaker
from gtn_events.forum.domain.session_calls.transitions import DECISIONS, TRANSITIONS, SessionAction
from gtn_events.forum.models import ForumSession, SessionProposal, SessionReview, SessionSpeaker, Speaker
from gtn_events.forum.session_call_enums import SessionProposalState as State
from gtn_events.forum.session_standings import is_blind
from tests.conftest import NOW, empty_tables
from tests.factories import make_account, make_forum
from tests.forum.calling import LINKS, make_call, session_texts

PEOPLE = 4
who = st.integers(0, PEOPLE - 1)
which = st.integers(0, 3)
SETTINGS = settings(
    max_examples=20,
    stateful_step_count=40,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)


class SessionCallMachine(RuleBasedStateMachine):
    """Four people who propose, speak and score each other's sessions, and one organiser."""

    app: Flask

    def __init__(self) -> None:
        super().__init__()
        self.context = self.app.app_context()
        self.context.push()
        seed_economies(db.session())
        self.now = NOW
        self.organiser = make_account("organiser@gtn.example")
        self.accounts = [make_account(f"person{number}@firm.example") for number in range(PEOPLE)]
        self.forum = make_forum()
        self.call = make_call(self.forum, self.organiser, *self.accounts)

    def teardown(self) -> None:
        db.session.remove()
        empty_tables()
        self.context.pop()

    @rule(person=who, speakers=st.sets(who, min_size=1, max_size=2), sends=st.booleans())
    def begin(self, person: int, speakers: set[int], sends: bool) -> None:  # drawn by name
        actor = self.accounts[person]
        self._do(begin_session_proposal, self.call, self._texts(speakers), actor=actor)
        if sends and (found := self._all()):
            self._do(send_session_proposal, found[-1], actor=actor)

    @rule(number=which, speakers=st.sets(who, max_size=2))
    def save(self, number: int, speakers: set[int]) -> None:
        if (proposal := self._proposal(number)) is not None:
            seen, actor = proposal.lock_version, proposal.account
            self._do(save_session_proposal, proposal, self._texts(speakers), seen=seen, actor=actor)

    @rule(number=which, act=st.sampled_from([send_session_proposal, confirm_session, withdraw_session_proposal]))
    def own(self, number: int, act: Any) -> None:
        if (proposal := self._proposal(number)) is not None:
            self._do(act, proposal, actor=proposal.account)

    @rule(number=which)
    def delete(self, number: int) -> None:
        if (proposal := self._proposal(number)) is not None:
            self._do(delete_session_draft, proposal)

    @rule(act=st.sampled_from([publish_call, close_call]))
    def open_or_close(self, act: Any) -> None:
        self._do(act, self.call, actor=self.organiser)

    @rule(numbers=st.lists(which, min_size=1, max_size=4, unique=True), action=st.sampled_from(DECISIONS))
    def decide(self, numbers: list[int], action: SessionAction) -> None:
        chosen = [each for number in numbers if (each := self._proposal(number)) is not None]
        self._do(decide_many, self.call, chosen, action, reason="Why.", links=LINKS, actor=self.organiser)

    @rule(number=which, person=who, points=st.integers(0, 6))
    def score(self, number: int, person: int, points: int) -> None:
        if (proposal := self._proposal(number)) is not None:
            scores = {each.id: points for each in self.call.criteria}
            self._do(score_session, proposal, scores, "", actor=self.accounts[person])

    @rule(number=which, speaker=st.integers(0, 1), comes=st.booleans())
    def answer(self, number: int, speaker: int, comes: bool) -> None:  # drawn by name
        proposal = self._proposal(number)
        if proposal is not None and speaker < len(proposal.speakers):
            self._do(answer_as_speaker, proposal.speakers[speaker], comes=comes, actor=None)

    @rule(number=which, placed=st.booleans())
    def arrange(self, number: int, placed: bool) -> None:  # drawn by name
        proposal = self._proposal(number)
        if proposal is None or proposal.session is None:
            return
        if placed:
            details = SessionDetails(title=proposal.title, starts_at=self.now, minutes=30)
            self._do(change_session, self.forum, proposal.session, details, actor=self.organiser)
        else:
            self._do(remove_session, self.forum, proposal.session, actor=self.organiser)

    @invariant()
    def every_session_is_of_one_accepted_proposal(self) -> None:
        db.session.expire_all()
        made = [each.session_id for each in self._all() if each.session_id is not None]
        assert sorted(made) == sorted(db.session.scalars(select(ForumSession.id)))
        assert all(each.state.is_in_programme for each in self._all() if each.session_id is not None)

    @invariant()
    def speakers_are_those_of_accepted_sessions(self) -> None:
        """Nobody twice, nobody who came with a session that was withdrawn, nobody in a session who does not come."""
        accepted = [each for each in self._all() if each.state.is_in_programme]
        named = {each.speaker_id for proposal in accepted for each in proposal.speakers if each.speaker_id}
        assert set(db.session.scalars(select(Speaker.id))) == named
        accounts = [account_id for account_id in db.session.scalars(select(Speaker.account_id)) if account_id]
        assert len(accounts) == len(set(accounts))
        for proposal in self._all():
            if proposal.session_id is not None:
                come = {each.speaker_id for each in proposal.speakers if each.declined_at is None}
                links = select(SessionSpeaker.speaker_id).where(SessionSpeaker.session_id == proposal.session_id)
                assert set(db.session.scalars(links)) == come

    @invariant()
    def nobody_has_scored_what_concerns_them(self) -> None:
        for review in db.session.scalars(select(SessionReview)):
            assert not review.proposal.concerns(review.account)
            assert all(1 <= each.score <= 5 for each in review.scores)
            assert len(review.scores) == len(self.call.criteria)

    @invariant()
    def scores_are_hidden_from_who_has_not_scored(self) -> None:
        for proposal in self._all():
            for account in self.accounts:
                own = any(each.account_id == account.id for each in proposal.reviews)
                if proposal.concerns(account) or (proposal.state.is_undecided and not own):
                    assert is_blind(proposal, account)

    @invariant()
    def every_change_is_in_the_table_and_told_once(self) -> None:
        table = {(before, row.outcome) for (before, _action), row in TRANSITIONS.items()}
        entries = db.session.scalars(select(JournalEntry).where(JournalEntry.subject_type == "forum_session_proposal"))
        steps = [each.changes["state"] for each in entries if "state" in each.changes]
        assert {(State(before), State(after)) for before, after in steps} <= table
        told = select(OutboxMail.key).where(
            OutboxMail.key.startswith("session-proposal:"), OutboxMail.template.not_in(_TO_OTHERS)
        )
        assert len(db.session.scalars(told).all()) == len(steps)

    def _texts(self, speakers: set[int]) -> Any:
        named = [NamedSpeaker(f"Person {each}", self.accounts[each].email) for each in sorted(speakers)]
        return session_texts(f"About {sorted(speakers)}", speakers=named)

    def _all(self) -> list[SessionProposal]:
        return list(db.session.scalars(select(SessionProposal).order_by(SessionProposal.id)))

    def _proposal(self, number: int) -> SessionProposal | None:
        found = self._all()
        return found[number] if number < len(found) else None

    def _do(self, act: Any, *arguments: Any, **named: Any) -> None:
        self.now += timedelta(seconds=1)
        try:
            act(*arguments, **named, now=self.now)
        except DomainError:
            db.session.rollback()
        else:
            db.session.commit()


_TO_OTHERS = ("forum/session_speaker", "forum/session_off", "forum/session_left")


def test_any_sequence_of_acts_keeps_the_rules(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(SessionCallMachine, "app", app, raising=False)
    run_state_machine_as_test(SessionCallMachine, settings=SETTINGS)
