"""Who attended: by the rule of the forum; an erased person is given no certificate."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from gtn_events.accounts.domain.personal_data import erase_person
from gtn_events.core.db import db
from gtn_events.forum.domain.attendance import set_rule
from gtn_events.forum.domain.check_in import check_in, undo_check_in
from gtn_events.forum.enums import AttendanceKind
from gtn_events.forum.enums import RegistrationState as State
from gtn_events.forum.errors import ForumRefused
from gtn_events.forum.models import CheckIn, Checkpoint, Forum, Registration
from gtn_events.forum.queries.attendance import attended_registrations
from gtn_events.forum.queries.attendance_rule import Rule, preview_of
from gtn_events.forum.queries.forums import checkpoint_of
from tests.factories import make_account, make_category, make_forum, make_registration


@pytest.mark.usefixtures("database")
def test_an_erased_person_is_due_no_certificate(now: datetime) -> None:
    forum = make_forum(starts_on=date(2013, 4, 1), ends_on=date(2013, 4, 2))
    account = make_account()
    registration = make_registration(make_category(forum), account, State.CONFIRMED)
    door = db.session.execute(checkpoint_of(forum, "main-door")).scalar_one()
    check_in(registration, door, station="", actor=make_account("door@gtn.example"), now=now)
    assert [each.id for each in attended_registrations(forum)] == [registration.id]
    erase_person(account, now=now + timedelta(days=1))
    assert list(attended_registrations(forum)) == []
    assert (registration.family_name, registration.sort_name) == ("Erased person", "erased person")


VENUE = ZoneInfo("Asia/Jakarta")


def came(registration: Registration, checkpoint: Checkpoint, *local: tuple[int, int, int]) -> list[CheckIn]:
    """Check-ins at day, hour, minute in June at the venue."""
    made = [
        CheckIn(checkpoint=checkpoint, registration=registration, at=datetime(2013, 6, day, hour, minute, tzinfo=VENUE))
        for day, hour, minute in local
    ]
    db.session.add_all(made)
    db.session.commit()
    return made


def another_checkpoint(forum: Forum, key: str) -> Checkpoint:
    checkpoint = Checkpoint(forum=forum, key=key, label=key.capitalize())
    db.session.add(checkpoint)
    db.session.commit()
    return checkpoint


def delegate(forum: Forum, name: str) -> Registration:
    category = forum.categories[0] if forum.categories else make_category(forum)
    return make_registration(category, make_account(f"{name}@firm.example", family_name=name), State.CONFIRMED)


def who(forum: Forum) -> list[str]:
    return [each.family_name for each in attended_registrations(forum)]


@pytest.mark.usefixtures("database")
def test_without_a_rule_one_check_in_is_enough() -> None:
    forum = make_forum()
    door = another_checkpoint(forum, "door")
    came(delegate(forum, "ana"), door, (5, 9, 0))
    delegate(forum, "bo")
    assert who(forum) == ["ana"]


@pytest.mark.usefixtures("database")
@pytest.mark.parametrize(
    ("percent", "expected"), [(1, ["ana", "bo"]), (50, ["ana", "bo"]), (51, ["ana"]), (100, ["ana"])]
)
def test_a_share_of_the_days_is_rounded_up_and_counts_days_at_the_venue(
    percent: int, expected: list[str], now: datetime
) -> None:
    forum, organiser = make_forum(), make_account("organiser@gtn.example")
    door, dinner = another_checkpoint(forum, "door"), another_checkpoint(forum, "dinner")
    # 00:30 on the second day at the venue is still the first day in UTC.
    ana, bo = delegate(forum, "ana"), delegate(forum, "bo")
    came(ana, door, (5, 9, 0))
    came(ana, dinner, (6, 0, 30))
    came(bo, door, (5, 0, 0))
    came(bo, dinner, (5, 23, 59))
    came(delegate(forum, "late"), door, (7, 0, 0))
    set_rule(forum, Rule(AttendanceKind.DAYS, percent), actor=organiser, now=now)
    assert who(forum) == expected


@pytest.mark.usefixtures("database")
def test_a_check_in_that_was_undone_is_no_day(now: datetime) -> None:
    forum, organiser = make_forum(), make_account("organiser@gtn.example")
    [check] = came(delegate(forum, "ana"), another_checkpoint(forum, "door"), (5, 9, 0))
    set_rule(forum, Rule(AttendanceKind.DAYS, 50), actor=organiser, now=now)
    assert who(forum) == ["ana"]
    undo_check_in(check, actor=organiser, now=now)
    assert who(forum) == []


@pytest.mark.usefixtures("database")
@pytest.mark.parametrize(("every", "expected"), [(True, ["ana"]), (False, ["ana", "bo"])])
def test_named_checkpoints_all_or_one(every: bool, expected: list[str], now: datetime) -> None:  # a parameter
    forum, organiser = make_forum(), make_account("organiser@gtn.example")
    door, dinner, bus = (another_checkpoint(forum, key) for key in ("door", "dinner", "bus"))
    ana, bo, cy = (delegate(forum, name) for name in ("ana", "bo", "cy"))
    for person, places in ((ana, (door, dinner)), (bo, (dinner,)), (cy, (bus,))):
        for place in places:
            came(person, place, (5, 9, 0))
    rule = Rule(AttendanceKind.CHECKPOINTS, every=every, checkpoint_ids=(door.id, dinner.id))
    set_rule(forum, rule, actor=organiser, now=now)
    assert who(forum) == expected
    preview = preview_of(forum, rule)
    missed = {each.name: each.missed for each in preview.shown}
    assert (preview.met, preview.left_out, missed["Rosa CY"]) == (len(expected), 3 - len(expected), ("Door", "Dinner"))


@pytest.mark.usefixtures("database")
def test_a_rule_names_checkpoints_of_its_own_forum(now: datetime) -> None:
    forum, organiser = make_forum(), make_account("organiser@gtn.example")
    other = another_checkpoint(make_forum("other-forum", reference_prefix="OTHER"), "door")
    for ids in ((), (other.id,)):
        with pytest.raises(ForumRefused):
            set_rule(forum, Rule(AttendanceKind.CHECKPOINTS, checkpoint_ids=ids), actor=organiser, now=now)
