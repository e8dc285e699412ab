"""Checkpoints: who passes, how often, and what the organiser may change."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError

from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.forum.domain.check_in import check_in, undo_check_in
from gtn_events.forum.domain.checkpoints import (
    CheckpointDetails,
    add_checkpoint,
    close_checkpoint,
    edit_checkpoint,
    reopen_checkpoint,
)
from gtn_events.forum.domain.side_events import delete_side_event
from gtn_events.forum.enums import BookingState, CheckpointKind, CheckpointRule, Direction, Outcome
from gtn_events.forum.enums import RegistrationState as State
from gtn_events.forum.errors import CheckInRefused, CheckpointRefused, SideEventRefused
from gtn_events.forum.models import CheckIn, Checkpoint, Forum, Registration, SideEvent, SideEventBooking
from gtn_events.forum.queries.attendance import attendance_counts
from gtn_events.forum.queries.check_in import count_in
from gtn_events.forum.queries.forums import checkpoint_of
from tests.factories import make_account, make_category, make_forum, make_registration, make_side_event

pytestmark = pytest.mark.usefixtures("database")

# 23:30 on 5 June in Jakarta (UTC+7): one hour later it is another day there, but not in UTC.
LATE = datetime(2013, 6, 5, 16, 30, tzinfo=UTC)


@pytest.fixture
def forum() -> Forum:
    return make_forum()


@pytest.fixture
def staff() -> Account:
    return make_account("door@gtn.example")


@pytest.fixture
def rosa(forum: Forum) -> Registration:
    return make_registration(make_category(forum), make_account(), State.CONFIRMED)


def details(
    label: str = "Hall",
    rule: CheckpointRule = CheckpointRule.ONCE,
    *,
    kind: CheckpointKind = CheckpointKind.OTHER,
    side_event: SideEvent | None = None,
    keys: tuple[str, ...] = (),
    counts: bool = True,
) -> CheckpointDetails:
    return CheckpointDetails(
        label=label, kind=kind, rule=rule, side_event=side_event, category_keys=keys, counts=counts
    )


def added(forum: Forum, actor: Account, given: CheckpointDetails) -> Checkpoint:
    checkpoint = add_checkpoint(forum, given, actor=actor, now=LATE)
    db.session.commit()
    return checkpoint


def passed(
    registration: Registration, door: Checkpoint, actor: Account, at: datetime, way: Direction = Direction.IN
) -> Outcome:
    return check_in(registration, door, station="", actor=actor, now=at, direction=way).outcome


def test_once_a_day_goes_by_the_venues_day(forum: Forum, staff: Account, rosa: Registration) -> None:
    door = added(forum, staff, details(rule=CheckpointRule.DAILY))
    assert passed(rosa, door, staff, LATE) is Outcome.IN
    assert passed(rosa, door, staff, LATE + timedelta(minutes=20)) is Outcome.ALREADY_IN
    assert passed(rosa, door, staff, LATE + timedelta(minutes=40)) is Outcome.IN
    assert (count_in(door, "2013-06-05"), count_in(door, "2013-06-06"), count_in(door, "2013-06-07")) == (
        (1, 1),
        (1, 1),
        (0, 1),
    )


def test_in_and_out_goes_by_turns(forum: Forum, staff: Account, rosa: Registration) -> None:
    door = added(forum, staff, details(rule=CheckpointRule.IN_AND_OUT))
    ways = [Direction.OUT, Direction.IN, Direction.IN, Direction.OUT, Direction.OUT, Direction.IN]
    assert [passed(rosa, door, staff, LATE, way) for way in ways] == [
        Outcome.ALREADY_OUT,
        Outcome.IN,
        Outcome.ALREADY_IN,
        Outcome.OUT,
        Outcome.ALREADY_OUT,
        Outcome.IN,
    ]
    assert count_in(door) == (1, 1)


def test_the_database_itself_refuses_two_ways_in_one_after_the_other(
    forum: Forum, staff: Account, rosa: Registration
) -> None:
    door = added(forum, staff, details(rule=CheckpointRule.IN_AND_OUT))
    passed(rosa, door, staff, LATE)
    db.session.commit()
    for number in (1, 2):
        again = CheckIn(checkpoint_id=door.id, registration_id=rosa.id, pass_number=number, at=LATE)
        with pytest.raises(IntegrityError), db.session.begin_nested():
            db.session.add(again)


def test_only_the_last_pass_of_a_person_is_taken_back(forum: Forum, staff: Account, rosa: Registration) -> None:
    door = added(forum, staff, details(rule=CheckpointRule.IN_AND_OUT))
    first = check_in(rosa, door, station="", actor=staff, now=LATE).check_in
    second = check_in(rosa, door, station="", actor=staff, now=LATE, direction=Direction.OUT).check_in
    assert first is not None
    assert second is not None
    with pytest.raises(CheckInRefused):
        undo_check_in(first, actor=staff, now=LATE)
    undo_check_in(second, actor=staff, now=LATE)
    assert passed(rosa, door, staff, LATE) is Outcome.ALREADY_IN
    assert passed(rosa, door, staff, LATE, Direction.OUT) is Outcome.OUT


@pytest.mark.parametrize("state", [None, *BookingState])
def test_only_those_with_a_place_pass_a_side_events_door(
    forum: Forum, staff: Account, rosa: Registration, state: BookingState | None
) -> None:
    side_event = make_side_event(forum)
    door = added(forum, staff, details(kind=CheckpointKind.SIDE_EVENT, side_event=side_event))
    if state is not None:
        db.session.add(
            SideEventBooking(side_event_id=side_event.id, registration_id=rosa.id, state=state, chosen_at=LATE)
        )
        db.session.commit()
    expected = Outcome.IN if state is BookingState.CONFIRMED else Outcome.NOT_HERE
    assert passed(rosa, door, staff, LATE) is expected
    assert count_in(door) == ((1, 1) if expected is Outcome.IN else (0, 0))


def test_other_categories_do_not_pass(forum: Forum, staff: Account, rosa: Registration) -> None:
    speaker = make_registration(make_category(forum, "Speaker"), make_account("s@firm.example"), State.CONFIRMED)
    door = added(forum, staff, details(keys=("speaker",)))
    assert (passed(rosa, door, staff, LATE), passed(speaker, door, staff, LATE)) == (Outcome.NOT_HERE, Outcome.IN)
    assert count_in(door) == (1, 1)


def test_a_closed_checkpoint_lets_nobody_in_but_takes_what_was_before(
    forum: Forum, staff: Account, rosa: Registration
) -> None:
    door = added(forum, staff, details())
    close_checkpoint(door, actor=staff, now=LATE)
    assert passed(rosa, door, staff, LATE) is Outcome.CLOSED
    assert passed(rosa, door, staff, LATE - timedelta(minutes=1)) is Outcome.IN
    reopen_checkpoint(door, actor=staff, now=LATE)
    assert passed(rosa, door, staff, LATE) is Outcome.ALREADY_IN


def test_the_last_open_checkpoint_stays_open(forum: Forum, staff: Account) -> None:
    main = db.session.scalars(checkpoint_of(forum, "main-door")).one()
    with pytest.raises(CheckpointRefused):
        close_checkpoint(main, actor=staff, now=LATE)


def test_a_rule_is_not_changed_under_those_who_passed_by_it(forum: Forum, staff: Account, rosa: Registration) -> None:
    door = added(forum, staff, details())
    edit_checkpoint(door, details(rule=CheckpointRule.DAILY), actor=staff, now=LATE)
    passed(rosa, door, staff, LATE)
    with pytest.raises(CheckpointRefused) as refusal:
        edit_checkpoint(door, details(rule=CheckpointRule.ONCE), actor=staff, now=LATE)
    assert refusal.value.field == "rule"
    edit_checkpoint(door, details("Great hall", rule=CheckpointRule.DAILY), actor=staff, now=LATE)
    assert door.label == "Great hall"


def test_names_are_not_given_twice_and_a_side_events_door_has_one(forum: Forum, staff: Account) -> None:
    added(forum, staff, details())
    for given, field in (
        (details(), "label"),
        (details("Clinic", kind=CheckpointKind.SIDE_EVENT), "side_event_id"),
        (details("Clinic", side_event=make_side_event(forum)), "side_event_id"),
    ):
        with pytest.raises(CheckpointRefused) as refusal:
            add_checkpoint(forum, given, actor=staff, now=LATE)
        assert refusal.value.field == field
    assert db.session.scalar(select(func.count()).select_from(Checkpoint)) == 2


def test_a_side_event_with_a_door_stays(forum: Forum, staff: Account) -> None:
    side_event = make_side_event(forum)
    added(forum, staff, details(kind=CheckpointKind.SIDE_EVENT, side_event=side_event))
    with pytest.raises(SideEventRefused):
        delete_side_event(side_event, actor=staff, now=LATE)


def test_only_ways_in_at_checkpoints_that_count_are_attendance(
    forum: Forum, staff: Account, rosa: Registration
) -> None:
    bus = added(forum, staff, details("Bus", kind=CheckpointKind.BUS, counts=False))
    hall = added(forum, staff, details(rule=CheckpointRule.IN_AND_OUT))
    passed(rosa, bus, staff, LATE)
    assert attendance_counts(forum) == (0, 0)
    passed(rosa, hall, staff, LATE)
    assert attendance_counts(forum) == (1, 0)
    db.session.execute(update(CheckIn).where(CheckIn.checkpoint_id == hall.id).values(undone_at=LATE))
    assert attendance_counts(forum) == (0, 0)
