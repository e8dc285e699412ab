"""The table of an application's states, walked at random: it never leaves the table, and its end is an end."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gtn_events.incubation.domain.application_transitions import TRANSITIONS, Action, Party, actions_for, transition_for
from gtn_events.incubation.enums import ApplicationState as State
from gtn_events.incubation.errors import TransitionRefused


@given(st.lists(st.tuples(st.sampled_from(Action), st.sampled_from(Party)), max_size=20))
def test_a_walk_follows_the_table_and_a_withdrawal_is_for_good(acts: list[tuple[Action, Party]]) -> None:
    state, withdrawn = State.SUBMITTED, False
    for action, party in acts:
        offered = actions_for(state, party)
        try:
            row = transition_for(state, action, party)
        except TransitionRefused:
            assert action not in offered
            continue
        assert (action in offered, withdrawn) == (True, False)
        state = row.to
        withdrawn = state is State.WITHDRAWN


def test_an_applicant_can_withdraw_and_nothing_else() -> None:
    assert {action for state in State for action in actions_for(state, Party.APPLICANT)} == {Action.WITHDRAW}


@pytest.mark.parametrize("state", State)
def test_live_is_what_can_be_withdrawn(state: State) -> None:
    assert state.is_live == ((state, Action.WITHDRAW) in TRANSITIONS)


def test_whatever_an_organiser_does_against_an_applicant_has_a_reason() -> None:
    for (_state, action), row in TRANSITIONS.items():
        needs = Party.ORGANISER in row.with_reason
        assert needs == (action in (Action.REFUSE, Action.WITHDRAW))
