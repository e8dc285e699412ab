"""The desk shows an economy's places and people, and lets the coordinator answer."""

import io
from datetime import timedelta

import openpyxl
import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.journal import JournalEntry
from gtn_events.core.outbox import OutboxMail
from gtn_events.core.seats import SeatPool
from gtn_events.forum.enums import Approval, ApprovalStage, DelegationFunction
from gtn_events.forum.enums import RegistrationState as State
from gtn_events.forum.models import Allotment, ForumCategory, Registration
from tests.delegations.conftest import DESK, Register
from tests.factories import MADE_AT, make_category


def allot(category: ForumCategory, places: int, holder: str = "PE") -> Allotment:
    """Keep places for a holder; the rest is common."""
    category.common_pool = SeatPool(
        label="common", capacity=category.pool.capacity - places, taken=0, created_at=MADE_AT
    )
    kept = Allotment(
        forum=category.forum,
        category=category,
        holder=holder,
        pool=SeatPool(label="kept", capacity=places, taken=0, created_at=MADE_AT),
        releases_at=MADE_AT + timedelta(days=40),
        created_at=MADE_AT,
    )
    db.session.add(kept)
    db.session.commit()
    return kept


def fresh(registration: Registration) -> Registration:
    db.session.expire_all()
    return db.session.get_one(Registration, registration.id)


def order_in(page: str, *names: str) -> list[str]:
    return sorted(names, key=page.index)


def test_people_stand_in_protocol_order(desk: FlaskClient, register: Register) -> None:
    register("Abad")
    register("Zavala", delegation_function=DelegationFunction.HEAD)
    register("Quispe", delegation_rank=2)
    register("Torres", delegation_rank=10)
    register("Mamani", delegation_function=DelegationFunction.OBSERVER, delegation_rank=1)
    page = desk.get(DESK).text
    names = ["Zavala", "Quispe", "Torres", "Abad", "Mamani"]
    assert order_in(page.partition("<tbody")[2], *names) == names


def test_pages_of_the_list_neither_repeat_nor_skip(desk: FlaskClient, register: Register) -> None:
    for number in range(30):
        register(f"Person{number:02d}", delegation_rank=number % 3 + 1)
    first = desk.get(DESK).text
    second = desk.get(first.partition('rel="next" href="')[2].partition('"')[0].replace("&amp;", "&")).text
    shown = [[name for name in (f"Person{n:02d}" for n in range(30)) if name in page] for page in (first, second)]
    assert (len(shown[0]), len(shown[1]), sorted(shown[0] + shown[1])) == (25, 5, [f"Person{n:02d}" for n in range(30)])


def test_places_say_what_is_kept_used_and_free(
    desk: FlaskClient, register: Register, category: ForumCategory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gtn_events.core.clock.now", lambda: MADE_AT + timedelta(days=37))
    kept = allot(category, 4)
    register("Abad", State.CONFIRMED, allotment=kept)
    kept.pool.taken = 1
    db.session.commit()
    page = desk.get(DESK).text
    assert ("of 4" in page, "1 confirmed" in page, "9 free" in page, "Unused places go back on" in page) == (True,) * 4


def test_places_count_only_whom_the_economy_has_to_answer(desk: FlaskClient, register: Register) -> None:
    register("Abad")
    register("Quispe", stage=ApprovalStage.HOST)
    page = desk.get(DESK).text
    assert ("1 to answer, 1 with the host" in page, "2 to answer" in page) == (True, False)


def test_filters_narrow_the_list(desk: FlaskClient, register: Register, category: ForumCategory) -> None:
    other = make_category(category.forum, "SME exhibitor", approval=Approval.ECONOMY)
    register("Abad")
    register("Quispe", State.CONFIRMED)
    register("Torres", category=other)
    by_state = desk.get(f"{DESK}?state=confirmed").text
    by_category = desk.get(f"{DESK}?category={other.id}").text
    by_word = desk.get(f"{DESK}?q=abad").text
    waiting = desk.get(f"{DESK}?waits=economy").text
    found = [[n for n in ("Abad", "Quispe", "Torres") if n in p] for p in (by_state, by_category, by_word, waiting)]
    assert found == [["Quispe"], ["Torres"], ["Abad"], ["Abad", "Torres"]]


def test_the_effect_says_who_would_wait_for_a_place(
    desk: FlaskClient, register: Register, category: ForumCategory
) -> None:
    category.pool.capacity = 1
    chosen = [register("Abad"), register("Quispe")]
    sitting = register("Torres", State.REJECTED)
    ids = [each.id for each in (*chosen, sitting)]
    page = desk.post(f"{DESK}/people/effect", data={"action": "approve", "ids": ids}).text
    told = ("Approve 2 people?", "1 of them would be on the waiting list", "Rosa TORRES: is rejected")
    assert [words for words in told if words not in page] == []
    assert fresh(chosen[0]).stage is ApprovalStage.ECONOMY


def test_a_yes_to_many_sends_them_to_the_host(desk: FlaskClient, register: Register, coordinator: Account) -> None:
    chosen = [register("Abad"), register("Quispe")]
    answer = desk.post(f"{DESK}/people/act", data={"action": "approve", "ids": [each.id for each in chosen]})
    found = [fresh(each) for each in chosen]
    assert "2 people approved by the economy" in answer.text
    assert {(each.state, each.stage, each.economy_answered_by_id) for each in found} == {
        (State.PENDING, ApprovalStage.HOST, coordinator.id)
    }


def test_a_no_to_many_needs_a_reason(desk: FlaskClient, register: Register) -> None:
    found = register("Abad")
    data = {"action": "reject", "ids": [found.id]}
    without = desk.post(f"{DESK}/people/act", data=data)
    before = fresh(found).state
    desk.post(f"{DESK}/people/act", data=data | {"reason": "Another person comes."})
    after = fresh(found)
    assert (without.status_code, before, after.state, after.state_reason) == (
        422,
        State.PENDING,
        State.REJECTED,
        "Another person comes.",
    )


def test_everybody_that_matches_is_answered_on_every_page(desk: FlaskClient, register: Register) -> None:
    for number in range(27):
        register(f"Person{number:02d}")
    desk.post(f"{DESK}/people/act", data={"action": "approve", "all": "1", "list": "waits=economy"})
    db.session.expire_all()
    assert set(db.session.scalars(select(Registration.stage))) == {ApprovalStage.HOST}


def test_one_person_is_approved_rejected_and_withdrawn(desk: FlaskClient, register: Register) -> None:
    first, second, third = register("Abad"), register("Quispe"), register("Torres", State.CONFIRMED)
    desk.post(f"{DESK}/people/{first.id}/approve")
    without = desk.post(f"{DESK}/people/{second.id}/reject", data={"reason": " "})
    desk.post(f"{DESK}/people/{second.id}/reject", data={"reason": "Not of our economy."})
    silent = desk.post(f"{DESK}/people/{third.id}/withdraw")
    desk.post(f"{DESK}/people/{third.id}/withdraw", data={"reason": "Has another duty."})
    states = [(each.state, each.stage) for each in map(fresh, (first, second, third))]
    assert (without.status_code, silent.status_code) == (422, 422)
    assert states == [
        (State.PENDING, ApprovalStage.HOST),
        (State.REJECTED, ApprovalStage.ECONOMY),
        (State.CANCELLED, ApprovalStage.HOST),
    ]
    assert fresh(third).category.pool.taken == 0


def test_a_persons_page_keeps_sensitive_questions_to_itself(desk: FlaskClient, register: Register) -> None:
    page = desk.get(f"{DESK}/people/{register('Abad').id}").text
    assert ("Technology you bring" in page, "Allergies" in page) == (True, False)


def test_exports_hold_the_narrowed_list_and_are_written_down(desk: FlaskClient, register: Register) -> None:
    register("Abad")
    register("Quispe", State.CONFIRMED)
    with desk.post(f"{DESK}/export", data={"format": "csv", "list": "state=confirmed"}) as response:
        csv = response.data.decode("utf-8-sig")
    with desk.post(f"{DESK}/export", data={"format": "xlsx"}) as response:
        book = openpyxl.load_workbook(io.BytesIO(response.data))
    lines = [row[4] for row in book.active.iter_rows(values_only=True)]
    assert ("QUISPE" in csv, "ABAD" in csv, lines) == (True, False, ["Family name", "ABAD", "QUISPE"])
    # The journal of the forum tells who took the list.
    exported = select(JournalEntry.action).where(JournalEntry.action == "delegation exported")
    assert len(db.session.scalars(exported).all()) == 2


def test_the_printed_list_names_who_has_a_place(desk: FlaskClient, register: Register) -> None:
    register("Abad")
    register("Quispe", State.CONFIRMED)
    page = desk.get(f"{DESK}/list").text
    assert ("QUISPE" in page, "ABAD" in page) == (True, False)


def test_mails_and_journal_are_of_the_economy_alone(desk: FlaskClient, register: Register) -> None:
    ours, theirs = register("Abad"), register("Zebra", economy_code="CHL")
    for each in (ours, theirs):
        desk.post(f"{DESK}/people/{each.id}/approve")
    assert db.session.scalars(select(OutboxMail.to_address)).all() == ["abad@firm.example"]
    mails, journal = desk.get(f"{DESK}/mails").text, desk.get(f"{DESK}/journal").text
    assert ("abad@firm.example" in mails, "Registration approved by the economy: Rosa ABAD" in journal) == (True, True)
    assert "pending → pending" not in journal


def test_home_says_who_waits_for_the_economy(
    desk: FlaskClient, register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gtn_events.core.clock.now", lambda: MADE_AT + timedelta(days=1))
    register("Abad")
    page = desk.get("/home").text
    assert ("1 person waits for your economy" in page, f"{DESK}?waits=economy" in page) == (True, True)
