"""A coordinator puts one of the economy's people in the place of another, at the desk."""

import re
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from gtn_events.accounts.domain.personal_data import erase_person, export_person
from gtn_events.accounts.enums import Role
from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.outbox import OutboxMail
from gtn_events.delegations.domain.nominations import withdraw_nomination
from gtn_events.delegations.domain.replacing import nominate_substitute
from gtn_events.delegations.enums import NominationState
from gtn_events.delegations.models import Nomination
from gtn_events.forum.domain.check_in import check_in
from gtn_events.forum.domain.integrity import seat_differences, substitution_differences
from gtn_events.forum.domain.registrations import admit_registration
from gtn_events.forum.enums import Approval, ApprovalStage, DelegationFunction, SubstitutionState
from gtn_events.forum.enums import RegistrationState as State
from gtn_events.forum.models import Checkpoint, ForumCategory, Registration, Substitution
from tests.delegations.conftest import DESK, Register
from tests.delegations.test_nominations import ADDRESS, TYPED, delegation, nominee, submit
from tests.factories import MADE_AT, grant_role, make_account, make_category, sign_in

NOW = MADE_AT + timedelta(days=10)


@pytest.fixture(autouse=True)
def at_noon(monkeypatch: pytest.MonkeyPatch) -> None:
    """The forum is open for registration."""
    monkeypatch.setattr("gtn_events.core.clock.now", lambda: NOW)


def states(*registrations: Registration) -> list[State]:
    db.session.expire_all()
    assert [*seat_differences(), *substitution_differences()] == []
    return [each.state for each in registrations]


def address(leaves: Registration) -> str:
    return f"{DESK}/people/{leaves.id}/substitute"


def sent(desk: FlaskClient, leaves: Registration, comes: Registration, **values: str) -> dict[str, str]:
    """What the effect page would send, read from it."""
    page = desk.get(f"{address(leaves)}?by={comes.id}").text
    hidden = dict(re.findall(r'<input type="hidden" name="(by|seen|seen_by)" value="(\d+)">', page))
    assert set(hidden) == {"by", "seen", "seen_by"}
    return {**hidden, "reason": "Has another duty.", **values}


def test_who_can_come_is_of_the_economy_and_category_and_has_no_place(
    desk: FlaskClient, register: Register, category: ForumCategory
) -> None:
    leaves = register("Abad", State.CONFIRMED)
    register("Pending")
    register("Waiting", State.WAITLISTED)
    register("Seated", State.CONFIRMED)
    register("Chilean", State.WAITLISTED, economy_code="CHL")
    register("Elsewhere", State.WAITLISTED, category=make_category(category.forum, "SME exhibitor"))
    page = desk.get(address(leaves)).text
    names = ["PENDING", "WAITING", "SEATED", "CHILEAN", "ELSEWHERE"]
    assert [name for name in names if name in page] == ["PENDING", "WAITING"]


def test_the_effect_is_shown_and_then_done(desk: FlaskClient, register: Register) -> None:
    leaves, comes = register("Abad", State.CONFIRMED), register("Quispe", State.WAITLISTED)
    page = desk.get(f"{address(leaves)}?by={comes.id}").text
    told = ("Rosa ABAD loses the place", "Rosa QUISPE gets the place", "cannot be undone", "Move the place now")
    assert [words for words in told if words not in page] == []
    assert states(leaves, comes) == [State.CONFIRMED, State.WAITLISTED]
    answer = desk.post(address(leaves), data=sent(desk, leaves, comes))
    assert (answer.status_code, answer.location) == (302, f"{DESK}/people/{comes.id}")
    assert states(leaves, comes) == [State.CANCELLED, State.CONFIRMED]
    assert "Replaced Rosa ABAD" in desk.get(answer.location).text
    desk_page = desk.get(DESK).text
    assert ("Replaced Rosa ABAD" in desk_page, "Replaced by Rosa QUISPE" in desk_page) == (True, True)


def test_a_pending_person_is_arranged_and_can_be_taken_back(desk: FlaskClient, register: Register) -> None:
    leaves, comes = register("Abad", State.CONFIRMED), register("Quispe")
    page = desk.get(f"{address(leaves)}?by={comes.id}").text
    assert ("The host in Jakarta has not said yes" in page, "Arrange the substitution" in page) == (True, True)
    desk.post(address(leaves), data=sent(desk, leaves, comes))
    assert (states(leaves, comes), comes.stage) == ([State.CONFIRMED, State.PENDING], ApprovalStage.HOST)
    shown = desk.get(f"{DESK}/people/{leaves.id}").text
    assert ("To be replaced by Rosa QUISPE" in shown, "Take the substitution back" in shown) == (True, True)
    assert "arranged already" in desk.get(address(leaves)).text
    desk.post(f"{address(leaves)}/take-back")
    assert db.session.scalars(select(Substitution.state)).one() is SubstitutionState.ENDED
    again = desk.post(f"{address(leaves)}/take-back", follow_redirects=True)
    assert ("nothing to take back" in again.text, states(leaves)) == (True, [State.CONFIRMED])


def test_the_host_reads_whose_place_it_is_before_saying_yes(
    app: Flask, desk: FlaskClient, register: Register, category: ForumCategory
) -> None:
    leaves, comes = register("Abad", State.CONFIRMED), register("Quispe")
    desk.post(address(leaves), data=sent(desk, leaves, comes))
    organiser, host = make_account("organiser@gtn.example"), app.test_client()
    grant_role(organiser, Role.ORGANISER, category.forum.scope)
    sign_in(host, organiser)
    manage = "/forums/gtn-forum-2013/manage/registrations"
    pages = [host.get(f"{manage}/{each.id}").text for each in (comes, leaves)]
    assert ("When you confirm Rosa QUISPE" in pages[0], "Rosa ABAD keeps it" in pages[1]) == (True, True)
    host.post(f"{manage}/{comes.id}/act", data={"action": "admit"})
    assert states(leaves, comes) == [State.CANCELLED, State.CONFIRMED]
    # What only an economy does, the host's buttons do not.
    for action in ("replace", "take-over"):
        host.post(f"{manage}/{comes.id}/act", data={"action": action})
    assert states(leaves, comes) == [State.CANCELLED, State.CONFIRMED]


def test_a_reason_is_needed(desk: FlaskClient, register: Register) -> None:
    leaves, comes = register("Abad", State.CONFIRMED), register("Quispe", State.WAITLISTED)
    answer = desk.post(address(leaves), data=sent(desk, leaves, comes, reason=" "))
    assert (answer.status_code, "Give a reason" in answer.text) == (422, True)
    assert states(leaves, comes) == [State.CONFIRMED, State.WAITLISTED]


def test_a_page_that_is_old_moves_nothing_and_keeps_the_reason(desk: FlaskClient, register: Register) -> None:
    leaves, comes = register("Abad", State.CONFIRMED), register("Quispe", State.WAITLISTED)
    old = sent(desk, leaves, comes)
    leaves.position = "Minister"
    db.session.commit()
    answer = desk.post(address(leaves), data=old)
    assert (answer.status_code, "changed since you opened" in answer.text) == (409, True)
    assert "Has another duty.</textarea>" in answer.text.replace("\r\n", "")
    assert states(leaves, comes) == [State.CONFIRMED, State.WAITLISTED]
    assert desk.post(address(leaves), data=sent(desk, leaves, comes)).status_code == 302


def test_who_cannot_come_is_refused_by_address_and_by_form(desk: FlaskClient, register: Register) -> None:
    leaves, other = register("Abad", State.CONFIRMED), register("Chilean", State.WAITLISTED, economy_code="CHL")
    assert [desk.get(f"{address(leaves)}?by={by}").status_code for by in (other.id, leaves.id, "x")] == [422] * 3
    data = {"by": str(other.id), "seen": "1", "seen_by": "1", "reason": "No."}
    assert "cannot come instead" in desk.post(address(leaves), data=data, follow_redirects=True).text
    assert states(leaves, other) == [State.CONFIRMED, State.WAITLISTED]


def test_who_is_inside_or_has_no_place_is_not_replaced(desk: FlaskClient, register: Register) -> None:
    inside, pending = register("Abad", State.CONFIRMED), register("Quispe")
    check_in(inside, db.session.scalars(select(Checkpoint)).one(), station="Left", actor=inside.account, now=NOW)
    db.session.commit()
    pages = [desk.get(address(each)).text for each in (inside, pending)]
    assert ("checked in already" in pages[0], "has no place" in pages[1]) == (True, True)
    assert "Substitute…" not in desk.get(f"{DESK}/people/{pending.id}").text


def typed(category: ForumCategory, leaves: Registration, **values: str) -> dict[str, str]:
    given = {
        "category": str(category.id),
        "funding": "own",
        "reason": "Another duty.",
        "seen": str(leaves.lock_version),
    }
    return TYPED | given | values


def test_somebody_new_is_nominated_for_the_place(
    desk: FlaskClient, register: Register, category: ForumCategory
) -> None:
    leaves = register("Abad", State.CONFIRMED, delegation_function=DelegationFunction.HEAD)
    answer = desk.post(f"{address(leaves)}/nominate", data=typed(category, leaves))
    nomination = db.session.scalars(select(Nomination)).one()
    assert (answer.status_code, nomination.state, nomination.replaces) == (302, NominationState.INVITED, leaves)
    mail = db.session.scalars(select(OutboxMail)).one()
    assert ("in the place of another person" in mail.body_text, "ABAD" in mail.body_text) == (True, False)
    assert "To be replaced by Inés QUISPE" in desk.get(f"{DESK}/people/{leaves.id}").text
    assert "Is to replace Rosa ABAD" in desk.get(f"{DESK}/nominations").text
    comes = submit(category, make_account(ADDRESS))
    db.session.commit()
    assert states(leaves, comes) == [State.CONFIRMED, State.PENDING]
    admit_registration(comes, actor=make_account("organiser@gtn.example"), now=NOW)
    db.session.commit()
    assert states(leaves, comes) == [State.CANCELLED, State.CONFIRMED]
    assert comes.delegation_function is DelegationFunction.HEAD
    assert category.pool.taken == 1


def test_where_nobody_approves_the_place_moves_as_the_nominee_registers(
    register: Register, category: ForumCategory, coordinator: Account
) -> None:
    category.approval, category.pool.capacity = Approval.NONE, 1
    leaves, waits = register("Abad", State.CONFIRMED), register("First", State.WAITLISTED, economy_code="CHL")
    nominated(leaves, coordinator)
    comes = submit(category, make_account(ADDRESS))
    db.session.commit()
    assert states(leaves, waits, comes) == [State.CANCELLED, State.WAITLISTED, State.CONFIRMED]


def nominated(leaves: Registration, coordinator: Account) -> Nomination:
    found = nominate_substitute(
        leaves,
        delegation(leaves.forum),
        nominee(leaves.category),
        reason="Another duty.",
        seen=leaves.lock_version,
        actor=coordinator,
        now=NOW,
    )
    db.session.commit()
    return found


@pytest.mark.parametrize("values", [{"email": "abad@firm.example"}, {"seen": "0"}, {"reason": ""}, {"relevance": ""}])
def test_a_nomination_for_a_place_that_is_refused_leaves_nothing(
    desk: FlaskClient, register: Register, category: ForumCategory, values: dict[str, str]
) -> None:
    leaves = register("Abad", State.CONFIRMED)
    answer = desk.post(f"{address(leaves)}/nominate", data=typed(category, leaves, **values))
    assert answer.status_code in (409, 422)
    assert (db.session.scalar(select(Nomination)), db.session.scalar(select(Substitution))) == (None, None)


def test_a_nominee_who_does_not_come_leaves_the_place(register: Register, coordinator: Account) -> None:
    leaves = register("Abad", State.CONFIRMED)
    found = nominated(leaves, coordinator)
    withdraw_nomination(found, actor=coordinator, now=NOW)
    db.session.commit()
    assert (states(leaves), found.replaces) == ([State.CONFIRMED], None)
    assert db.session.scalars(select(Substitution.state)).one() is SubstitutionState.ENDED


def test_after_taking_back_a_nominee_is_like_any_other(
    desk: FlaskClient, register: Register, category: ForumCategory, coordinator: Account
) -> None:
    leaves = register("Abad", State.CONFIRMED)
    found = nominated(leaves, coordinator)
    desk.post(f"{address(leaves)}/take-back")
    comes = submit(category, make_account(ADDRESS))
    admit_registration(comes, actor=coordinator, now=NOW)
    db.session.commit()
    assert (states(leaves, comes), found.state) == ([State.CONFIRMED, State.CONFIRMED], NominationState.COMPLETED)


def test_a_nominee_for_a_place_stays_in_its_category(
    desk: FlaskClient, register: Register, category: ForumCategory, coordinator: Account
) -> None:
    other = make_category(category.forum, "SME exhibitor", approval=Approval.ECONOMY)
    found = nominated(register("Abad", State.CONFIRMED), coordinator)
    data = TYPED | {"category": str(other.id), "funding": "own", "go": "save", "seen": str(found.lock_version)}
    answer = desk.post(f"{DESK}/nominations/{found.id}", data=data)
    assert (answer.status_code, "replace somebody of this category" in answer.text) == (409, True)


def test_the_reason_is_in_the_export_and_erased_with_the_person(desk: FlaskClient, register: Register) -> None:
    leaves, comes = register("Abad", State.CONFIRMED), register("Quispe", State.WAITLISTED)
    desk.post(address(leaves), data=sent(desk, leaves, comes), follow_redirects=True)
    told = export_person(leaves.account)["forum"]["substitutions"]
    assert [(each["part"], each["state"], each["reason"]) for each in told] == [("left", "done", "Has another duty.")]
    erase_person(leaves.account, now=NOW)
    db.session.commit()
    assert db.session.scalars(select(Substitution.reason)).one() == ""
    page = desk.get(f"{DESK}/people/{comes.id}").text
    assert ("Replaced" in page, "ABAD" in page) == (True, False)
