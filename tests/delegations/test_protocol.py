"""A coordinator sets the protocol order of the delegation; it has one head."""

from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.economies import Economy
from gtn_events.delegations.domain.nominations import draft_nomination, nominate
from gtn_events.delegations.models import Delegation
from gtn_events.forum.enums import DelegationFunction as Function
from gtn_events.forum.enums import RegistrationState
from gtn_events.forum.models import Forum, ForumCategory, Registration
from tests.delegations.conftest import DESK, Register
from tests.delegations.test_nominations import nominee, submit
from tests.factories import MADE_AT, make_account

NOW = MADE_AT + timedelta(days=10)


def stands(*people: Registration) -> list[tuple[Function, int | None]]:
    db.session.expire_all()
    return [(each.delegation_function, each.delegation_rank) for each in people]


def test_a_new_head_makes_the_one_before_alternate(desk: FlaskClient, register: Register) -> None:
    first, second = register("Abad"), register("Quispe")
    for each in (first, second):
        desk.post(f"{DESK}/people/{each.id}/place", data={"function": "head", "rank": "1"})
    assert stands(first, second) == [(Function.ALTERNATE, 1), (Function.HEAD, 1)]


def test_a_head_who_does_not_come_leaves_the_function_free(desk: FlaskClient, register: Register) -> None:
    gone = register("Abad", RegistrationState.CANCELLED, delegation_function=Function.HEAD)
    other = register("Zebra", economy_code="CHL", delegation_function=Function.HEAD)
    new = register("Quispe")
    desk.post(f"{DESK}/people/{new.id}/place", data={"function": "head"})
    assert stands(gone, other, new) == [(Function.HEAD, None), (Function.HEAD, None), (Function.HEAD, None)]


def test_a_step_up_or_down_numbers_those_of_the_same_function(desk: FlaskClient, register: Register) -> None:
    head = register("Head", delegation_function=Function.HEAD)
    first, second, third = register("Abad"), register("Quispe"), register("Torres")
    desk.post(f"{DESK}/people/{third.id}/move", data={"direction": "up"})
    assert [rank for _function, rank in stands(head, first, second, third)] == [None, 1, 3, 2]
    desk.post(f"{DESK}/people/{first.id}/move", data={"direction": "up"})
    assert [rank for _function, rank in stands(first, second, third)] == [1, 3, 2]


@pytest.mark.parametrize("rank", ["0", "1000", "x"])
def test_a_rank_is_a_number_of_the_range(desk: FlaskClient, register: Register, rank: str) -> None:
    found = register("Abad")
    answer = desk.post(f"{DESK}/people/{found.id}/place", data={"function": "adviser", "rank": rank})
    assert (answer.status_code, stands(found)) == (422, [(Function.DELEGATE, None)])


def test_a_nominee_is_no_second_head(
    forum: Forum, category: ForumCategory, coordinator: Account, register: Register
) -> None:
    register("Abad", delegation_function=Function.HEAD)
    delegation = Delegation(forum, db.session.get_one(Economy, "PE"))
    found = draft_nomination(delegation, nominee(category, function=Function.HEAD), actor=coordinator, now=NOW)
    nominate(found, actor=coordinator, now=NOW)
    assert submit(category, make_account("ines@firm.example")).delegation_function is Function.ALTERNATE
