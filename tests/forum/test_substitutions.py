"""A place moves from one person of an economy to another, and nobody who waits gets in between."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from gtn_events.accounts.domain.personal_data import export_person
from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.errors import DomainError, Stale
from gtn_events.core.journal import JournalEntry
from gtn_events.core.outbox import OutboxMail
from gtn_events.core.seats import SeatPool
from gtn_events.forum.domain.allotments import Kept, release_allotments, set_allotments
from gtn_events.forum.domain.bookings import choose_side_event
from gtn_events.forum.domain.bulk import effect_of
from gtn_events.forum.domain.check_in import check_in, undo_check_in
from gtn_events.forum.domain.economy_stage import take_back_endorsement
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
    reject_registration,
)
from gtn_events.forum.domain.submission import change_registration
from gtn_events.forum.domain.substitutions import substitute, take_back_substitution
from gtn_events.forum.domain.transitions import Action, Party
from gtn_events.forum.enums import (
    Approval,
    ApprovalStage,
    BookingState,
    DelegationFunction,
    Funding,
    SubstitutionState,
)
from gtn_events.forum.enums import RegistrationState as State
from gtn_events.forum.errors import ReasonMissing, SubstitutionRefused
from gtn_events.forum.models import Checkpoint, Forum, ForumCategory, Registration, SideEventBooking, Substitution
from tests.factories import MADE_AT, make_account, make_category, make_forum, make_registration, make_side_event
from tests.forum.delegations import particulars_of

NOW = MADE_AT + timedelta(days=20)
pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture
def forum(database: None) -> Forum:
    """The published forum of the tests."""
    return make_forum(capacity=20)


@pytest.fixture
def category(forum: Forum) -> ForumCategory:
    """Two places; the economy is asked first, then the host."""
    return make_category(forum, capacity=2, approval=Approval.ECONOMY)


@pytest.fixture
def coordinator(database: None) -> Account:
    """Who acts for the economy."""
    return make_account("coordinator@gtn.example")


def person(category: ForumCategory, family: str, state: State, **values: Any) -> Registration:
    code = values.pop("economy_code", "PE")
    account = make_account(f"{family.lower()}@firm.example", family_name=family, economy_code=code)
    return make_registration(category, account, state, **values)


def replace(leaves: Registration, comes: Registration, coordinator: Account, **values: Any) -> Substitution:
    given: dict[str, Any] = {"reason": "Has another duty.", "seen": (leaves.lock_version, comes.lock_version)}
    done = substitute(leaves, comes, **(given | values), actor=coordinator, now=NOW)
    db.session.commit()
    return done


def agree() -> bool:
    db.session.expire_all()
    found = [*seat_differences(), *state_differences(), *allotment_differences(), *substitution_differences()]
    assert found == []
    return True


def mails() -> list[tuple[str, str]]:
    found = select(OutboxMail.to_address, OutboxMail.template).order_by(OutboxMail.id)
    return [(address.partition("@")[0], template) for address, template in db.session.execute(found)]


def test_the_place_goes_to_who_waits_and_not_to_who_waits_first(category: ForumCategory, coordinator: Account) -> None:
    leaves, other = (person(category, name, State.CONFIRMED) for name in ("Abad", "Bravo"))
    first = person(category, "First", State.WAITLISTED, economy_code="CHL", waitlisted_at=MADE_AT)
    comes = person(category, "Quispe", State.WAITLISTED, waitlisted_at=NOW)
    substitution = replace(leaves, comes, coordinator)
    assert agree()
    states = (leaves.state, comes.state, first.state, other.state)
    assert states == (State.CANCELLED, State.CONFIRMED, State.WAITLISTED, State.CONFIRMED)
    assert (substitution.state, leaves.state_reason, comes.confirmed_at) == (
        SubstitutionState.DONE,
        "Has another duty.",
        NOW,
    )
    assert mails() == [("abad", "forum/registration_replaced"), ("quispe", "forum/registration_takes_place")]


def test_both_mails_say_it_in_their_own_words(category: ForumCategory, coordinator: Account) -> None:
    leaves, comes = person(category, "Abad", State.CONFIRMED), person(category, "Quispe", State.WAITLISTED)
    replace(leaves, comes, coordinator)
    told, ticket = db.session.scalars(select(OutboxMail).order_by(OutboxMail.id)).all()
    assert ("Has another duty." in told.body_text, "cannot be undone" in told.body_text) == (True, True)
    assert ("Has another duty." in ticket.body_text, "in the place of another person" in ticket.body_text) == (
        False,
        True,
    )
    assert [bool(mail.attachments) for mail in (told, ticket)] == [False, True]
    # Neither names the other: an erasure of one leaves the mails of the other.
    assert ("QUISPE" in told.body_text, "ABAD" in ticket.body_text) == (False, False)


def test_a_seat_goes_along_with_where_it_is_from(category: ForumCategory, coordinator: Account) -> None:
    wanted = {"PE": Kept(places=1)}
    set_allotments(category, wanted, actor=coordinator, now=NOW)
    leaves, common = person(category, "Abad", State.PENDING), person(category, "Bravo", State.PENDING)
    for each in (leaves, common):
        admit_registration(each, actor=coordinator, now=NOW)
    assert (leaves.allotment is None, common.allotment is None) == (False, True)
    kept = leaves.allotment
    comes, second = (person(category, name, State.WAITLISTED) for name in ("Quispe", "Rojas"))
    replace(common, second, coordinator)
    replace(leaves, comes, coordinator)
    assert agree()
    assert (comes.allotment, second.allotment, leaves.allotment) == (kept, None, None)


def test_a_kept_place_that_was_released_stays_taken(category: ForumCategory, coordinator: Account) -> None:
    set_allotments(category, {"PE": Kept(places=1)}, actor=coordinator, now=NOW)
    leaves = person(category, "Abad", State.PENDING)
    admit_registration(leaves, actor=coordinator, now=NOW)
    release_allotments(category.forum, actor=coordinator, now=NOW)
    comes = person(category, "Quispe", State.WAITLISTED)
    replace(leaves, comes, coordinator)
    assert agree()
    assert comes.allotment is not None
    assert (comes.allotment.pool.taken, comes.allotment.pool.capacity) == (1, 1)


def test_an_offered_place_is_taken_by_the_economys_word(category: ForumCategory, coordinator: Account) -> None:
    leaves = person(category, "Abad", State.OFFERED)
    comes = person(category, "Quispe", State.WAITLISTED)
    replace(leaves, comes, coordinator)
    assert agree()
    assert (leaves.state, leaves.offer_ends_at, comes.state) == (State.CANCELLED, None, State.CONFIRMED)


def test_a_place_in_line_goes_to_who_stands_behind(category: ForumCategory, coordinator: Account) -> None:
    leaves = person(category, "Abad", State.WAITLISTED, waitlisted_at=MADE_AT, priority=2)
    comes = person(category, "Quispe", State.WAITLISTED, waitlisted_at=NOW)
    replace(leaves, comes, coordinator)
    assert (comes.state, comes.waitlisted_at, comes.priority) == (State.WAITLISTED, MADE_AT, 2)
    assert mails() == [("abad", "forum/registration_replaced"), ("quispe", "forum/registration_takes_turn")]


def test_a_place_in_line_is_of_no_use_to_who_stands_before(category: ForumCategory, coordinator: Account) -> None:
    leaves = person(category, "Abad", State.WAITLISTED, waitlisted_at=NOW)
    comes = person(category, "Quispe", State.WAITLISTED, waitlisted_at=MADE_AT)
    with pytest.raises(SubstitutionRefused, match="no use"):
        replace(leaves, comes, coordinator)


def test_a_pending_person_gets_the_place_when_the_host_says_yes(category: ForumCategory, coordinator: Account) -> None:
    leaves = person(category, "Abad", State.CONFIRMED)
    comes = person(category, "Quispe", State.PENDING, stage=ApprovalStage.ECONOMY)
    substitution = replace(leaves, comes, coordinator)
    # The choice is the economy's yes; nobody has lost or got anything.
    assert (leaves.state, comes.state, comes.stage) == (State.CONFIRMED, State.PENDING, ApprovalStage.HOST)
    assert (substitution.state, comes.economy_answered_by_id) == (SubstitutionState.ARRANGED, coordinator.id)
    assert mails() == [("quispe", "forum/registration_endorsed")]
    assert effect_of(Action.ADMIT, [comes], now=NOW).outcomes == {State.CONFIRMED: 1}
    admit_registration(comes, actor=make_account("organiser@gtn.example"), now=NOW)
    assert agree()
    assert (leaves.state, comes.state, substitution.state) == (
        State.CANCELLED,
        State.CONFIRMED,
        SubstitutionState.DONE,
    )
    assert category.pool.taken == 1


def test_approved_first_and_confirmed_later_moves_the_place_then(category: ForumCategory, coordinator: Account) -> None:
    leaves, comes = person(category, "Abad", State.CONFIRMED), person(category, "Quispe", State.PENDING)
    replace(leaves, comes, coordinator)
    approve_registration(comes, actor=coordinator, now=NOW)
    before = leaves.state
    confirm_registration(comes, actor=coordinator, now=NOW)
    assert agree()
    assert (before, leaves.state, comes.state) == (State.CONFIRMED, State.CANCELLED, State.CONFIRMED)


def test_whom_the_host_approved_already_comes_at_once(category: ForumCategory, coordinator: Account) -> None:
    leaves, comes = person(category, "Abad", State.CONFIRMED), person(category, "Quispe", State.APPROVED)
    replace(leaves, comes, coordinator)
    assert (leaves.state, comes.state) == (State.CANCELLED, State.CONFIRMED)


@pytest.mark.parametrize("what", ["rejected", "cancelled", "yes taken back", "another economy", "taken back"])
def test_the_first_person_keeps_the_place_when_the_other_does_not_come(
    category: ForumCategory, coordinator: Account, what: str
) -> None:
    leaves = person(category, "Abad", State.CONFIRMED)
    comes = person(category, "Quispe", State.PENDING, stage=ApprovalStage.ECONOMY)
    substitution = replace(leaves, comes, coordinator)
    match what:
        case "rejected":
            reject_registration(comes, actor=coordinator, now=NOW, reason="No.")
        case "cancelled":
            cancel_registration(comes, actor=comes.account, now=NOW, party=Party.DELEGATE)
        case "yes taken back":
            take_back_endorsement(comes, actor=coordinator, now=NOW)
        case "another economy":
            change_registration(
                comes,
                particulars_of(comes, "CHL"),
                version=comes.answer_set.version,
                answers={},
                seen_version=comes.lock_version,
                actor=comes.account,
                now=NOW,
            )
        case _:
            take_back_substitution(substitution, actor=coordinator, now=NOW)
    assert agree()
    assert (substitution.state, leaves.state) == (SubstitutionState.ENDED, State.CONFIRMED)
    # It can be arranged anew, and a thing that is over is not taken back.
    with pytest.raises(SubstitutionRefused, match="nothing to take back"):
        take_back_substitution(substitution, actor=coordinator, now=NOW)
    replace(leaves, person(category, "Rojas", State.WAITLISTED), coordinator)
    assert leaves.state is State.CANCELLED


def test_who_gives_the_place_up_before_ends_the_arrangement(category: ForumCategory, coordinator: Account) -> None:
    leaves, comes = person(category, "Abad", State.CONFIRMED), person(category, "Quispe", State.PENDING)
    waits = person(category, "First", State.WAITLISTED, economy_code="CHL")
    person(category, "Bravo", State.CONFIRMED)
    substitution = replace(leaves, comes, coordinator)
    cancel_registration(leaves, actor=leaves.account, now=NOW, party=Party.DELEGATE)
    assert (substitution.state, waits.state) == (SubstitutionState.ENDED, State.OFFERED)
    assert admit_registration(comes, actor=coordinator, now=NOW) is State.WAITLISTED
    assert agree()


def test_who_is_inside_is_not_replaced(category: ForumCategory, coordinator: Account) -> None:
    leaves = person(category, "Abad", State.CONFIRMED)
    door = db.session.scalars(select(Checkpoint)).one()
    entered = check_in(leaves, door, station="Left", actor=coordinator, now=NOW).check_in
    assert entered is not None
    comes = person(category, "Quispe", State.WAITLISTED)
    with pytest.raises(SubstitutionRefused, match="checked in"):
        replace(leaves, comes, coordinator)
    undo_check_in(entered, actor=coordinator, now=NOW)
    replace(leaves, comes, coordinator)
    assert comes.state is State.CONFIRMED


def test_who_comes_in_before_the_hosts_yes_keeps_the_place(category: ForumCategory, coordinator: Account) -> None:
    leaves, comes = person(category, "Abad", State.CONFIRMED), person(category, "Quispe", State.PENDING)
    substitution = replace(leaves, comes, coordinator)
    check_in(leaves, db.session.scalars(select(Checkpoint)).one(), station="Left", actor=coordinator, now=NOW)
    admit_registration(comes, actor=coordinator, now=NOW)
    assert agree()
    assert (substitution.state, leaves.state, comes.state) == (
        SubstitutionState.ENDED,
        State.CONFIRMED,
        State.CONFIRMED,
    )


@pytest.mark.parametrize("what", ["category", "economy", "confirmed", "rejected", "themselves", "promised elsewhere"])
def test_only_some_can_come(category: ForumCategory, coordinator: Account, what: str) -> None:
    leaves = person(category, "Abad", State.CONFIRMED)
    match what:
        case "category":
            comes = person(make_category(category.forum, "Observer"), "Quispe", State.WAITLISTED)
        case "economy":
            comes = person(category, "Quispe", State.WAITLISTED, economy_code="CHL")
        case "confirmed" | "rejected":
            comes = person(category, "Quispe", State(what))
        case "themselves":
            comes = leaves
        case _:
            comes = person(category, "Quispe", State.PENDING)
            replace(person(category, "Bravo", State.CONFIRMED), comes, coordinator)
    with pytest.raises(SubstitutionRefused):
        replace(leaves, comes, coordinator)
    db.session.rollback()
    assert (leaves.state, mails()) == (State.CONFIRMED, [])


@pytest.mark.parametrize("state", [State.PENDING, State.APPROVED, State.REJECTED, State.CANCELLED, State.DECLINED])
def test_who_has_no_place_is_not_replaced(category: ForumCategory, coordinator: Account, state: State) -> None:
    with pytest.raises(SubstitutionRefused, match="no place"):
        replace(person(category, "Abad", state), person(category, "Quispe", State.WAITLISTED), coordinator)


def test_a_place_is_promised_once(category: ForumCategory, coordinator: Account) -> None:
    leaves = person(category, "Abad", State.CONFIRMED)
    replace(leaves, person(category, "Quispe", State.PENDING), coordinator)
    with pytest.raises(SubstitutionRefused, match="arranged already"):
        replace(leaves, person(category, "Rojas", State.WAITLISTED), coordinator)


def test_a_reason_and_the_state_that_was_seen_are_needed(category: ForumCategory, coordinator: Account) -> None:
    leaves, comes = person(category, "Abad", State.CONFIRMED), person(category, "Quispe", State.WAITLISTED)
    refused: list[type[DomainError]] = []
    for values in ({"reason": " "}, {"seen": (0, comes.lock_version)}, {"seen": (leaves.lock_version, 0)}):
        with pytest.raises(DomainError) as raised:
            replace(leaves, comes, coordinator, **values)
        refused.append(raised.type)
    assert refused == [ReasonMissing, Stale, Stale]


def test_nobody_is_replaced_once_the_forum_is_over(category: ForumCategory, coordinator: Account) -> None:
    leaves, comes = person(category, "Abad", State.CONFIRMED), person(category, "Quispe", State.WAITLISTED)
    seen = (leaves.lock_version, comes.lock_version)
    with pytest.raises(SubstitutionRefused, match="is over"):
        substitute(leaves, comes, reason="Late.", seen=seen, actor=coordinator, now=NOW + timedelta(days=90))


def test_function_and_rank_go_along_and_funding_stays(category: ForumCategory, coordinator: Account) -> None:
    head: dict[str, Any] = {
        "delegation_function": DelegationFunction.HEAD,
        "delegation_rank": 1,
        "funding": Funding.APEC,
    }
    leaves = person(category, "Abad", State.CONFIRMED, **head)
    comes = person(category, "Quispe", State.WAITLISTED, delegation_rank=7)
    replace(leaves, comes, coordinator)
    assert (comes.delegation_function, comes.delegation_rank) == (DelegationFunction.HEAD, 1)
    assert (leaves.delegation_function, leaves.delegation_rank) == (DelegationFunction.DELEGATE, None)
    assert (comes.funding, leaves.funding) == (Funding.OWN, Funding.APEC)


def test_a_head_stays_head_in_the_place_of_a_delegate(category: ForumCategory, coordinator: Account) -> None:
    leaves = person(category, "Abad", State.CONFIRMED, delegation_rank=3)
    comes = person(category, "Quispe", State.WAITLISTED, delegation_function=DelegationFunction.HEAD)
    replace(leaves, comes, coordinator)
    assert (comes.delegation_function, comes.delegation_rank) == (DelegationFunction.HEAD, None)


def test_side_events_of_the_first_end_and_the_chosen_ones_of_the_other_count(
    category: ForumCategory, coordinator: Account
) -> None:
    clinic = make_side_event(category.forum, capacity=1)
    leaves, comes = person(category, "Abad", State.CONFIRMED), person(category, "Quispe", State.WAITLISTED)
    choose_side_event(leaves, clinic, actor=leaves.account, now=NOW)
    choose_side_event(comes, clinic, actor=comes.account, now=NOW)
    replace(leaves, comes, coordinator)
    assert agree()
    booked = {each.registration_id: each.state for each in db.session.scalars(select(SideEventBooking))}
    assert booked == {leaves.id: BookingState.CANCELLED, comes.id: BookingState.CONFIRMED}


def test_the_journal_of_both_names_the_other_by_number(category: ForumCategory, coordinator: Account) -> None:
    leaves, comes = person(category, "Abad", State.CONFIRMED), person(category, "Quispe", State.WAITLISTED)
    replace(leaves, comes, coordinator)
    entries = db.session.scalars(select(JournalEntry).order_by(JournalEntry.id)).all()
    place = [leaves.reference, comes.reference]
    told = [(each.subject_id, each.action, each.reason) for each in entries if each.changes.get("place") == place]
    assert told == [
        (leaves.id, "registration replaced by another person", "Has another duty."),
        (comes.id, "registration put in the place of another person", None),
    ]


def test_an_overall_limit_moves_along(category: ForumCategory, coordinator: Account) -> None:
    category.forum.pool = SeatPool(label="All", capacity=1, taken=0, created_at=MADE_AT)
    db.session.commit()
    leaves, comes = person(category, "Abad", State.CONFIRMED), person(category, "Quispe", State.WAITLISTED)
    replace(leaves, comes, coordinator)
    assert agree()
    assert (category.forum.pool.taken, comes.state) == (1, State.CONFIRMED)


def test_the_reason_is_told_in_the_export_of_who_left(category: ForumCategory, coordinator: Account) -> None:
    leaves, comes = person(category, "Abad", State.CONFIRMED), person(category, "Quispe", State.WAITLISTED)
    replace(leaves, comes, coordinator)
    told, other = (export_person(each.account)["forum"]["substitutions"] for each in (leaves, comes))
    assert [(each["part"], each["reason"]) for each in told] == [("left", "Has another duty.")]
    assert [(each["part"], each.get("reason")) for each in other] == [("came", None)]
