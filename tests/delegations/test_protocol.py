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


@pytest.mark.parametrize(
    ("who", "direction", "beside", "order"),
    [
        ("Torres", "before", "Abad", ["Torres", "Abad", "Quispe"]),
        ("Abad", "after", "Torres", ["Quispe", "Torres", "Abad"]),
        ("Abad", "before", "Torres", ["Quispe", "Abad", "Torres"]),
        ("Quispe", "after", "Abad", ["Abad", "Quispe", "Torres"]),
    ],
)
def test_a_person_stands_before_or_after_another(
    desk: FlaskClient, register: Register, *, who: str, direction: str, beside: str, order: list[str]
) -> None:
    people = {name: register(name) for name in ("Abad", "Quispe", "Torres")}
    adviser = register("Adviser", delegation_function=Function.ADVISER)
    desk.post(
        f"{DESK}/people/{people[who].id}/move", data={"direction": direction, "neighbour": str(people[beside].id)}
    )
    ranks = [rank for _function, rank in stands(*(people[name] for name in order), adviser)]
    assert ranks == [1, 2, 3, None]


@pytest.mark.parametrize(
    ("beside", "status"), [("Adviser", 302), ("Abad", 302), ("Chilean", 404), ("nobody", 404), ("", 404)]
)
def test_the_order_changes_among_those_of_one_function_of_the_economy(
    desk: FlaskClient, register: Register, beside: str, status: int
) -> None:
    people = {"Abad": register("Abad"), "Quispe": register("Quispe")}
    people["Adviser"] = register("Adviser", delegation_function=Function.ADVISER)
    people["Chilean"] = register("Chilean", economy_code="CHL")
    neighbour = str(people[beside].id) if beside in people else beside
    reply = desk.post(f"{DESK}/people/{people['Abad'].id}/move", data={"direction": "after", "neighbour": neighbour})
    assert (reply.status_code, [rank for _, rank in stands(*people.values())]) == (status, [None] * 4)
    if status == 302:
        assert "only with others of the same function: Delegate." in desk.get(DESK).text


def test_a_step_leads_back_to_the_row_in_the_list_as_it_was(desk: FlaskClient, register: Register) -> None:
    register("Abad")
    second = register("Quispe")
    sent = {"direction": "up", "list": "state=pending&q=%22"}
    reply = desk.post(f"{DESK}/people/{second.id}/move", data=sent)
    assert reply.location == f"{DESK}?state=pending&q=%22#person-{second.id}"
    page = desk.get(f"{DESK}?state=pending").text
    assert (f'id="person-{second.id}"' in page, "QUISPE has a new place" in page) == (True, True)


def test_rows_are_dragged_in_protocol_order_only(desk: FlaskClient, register: Register) -> None:
    register("Abad")
    pages = [desk.get(f"{DESK}{query}").text for query in ("", "?sort=name", "?sort=-protocol")]
    assert ["data-ranks" in page for page in pages] == [True, False, False]


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
