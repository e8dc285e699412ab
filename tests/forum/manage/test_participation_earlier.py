"""Side events as of an earlier day, with places, doors and titles as they stood; what the journal lacks is named."""

from dataclasses import replace
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
from flask.testing import FlaskClient
from openpyxl import load_workbook
from pypdf import PdfReader

from gtn_events.accounts.enums import Gender
from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.forum.domain.bookings import choose_side_event
from gtn_events.forum.domain.check_in import check_in, undo_check_in
from gtn_events.forum.domain.checkpoints import CheckpointDetails, add_checkpoint
from gtn_events.forum.domain.places import accept_booking, leave_booking
from gtn_events.forum.domain.registrations import admit_registration, cancel_registration
from gtn_events.forum.domain.side_events import SideEventDetails, add_side_event, delete_side_event, edit_side_event
from gtn_events.forum.domain.submission import Particulars, change_registration
from gtn_events.forum.domain.transitions import Party
from gtn_events.forum.enums import CheckpointKind, CheckpointRule
from gtn_events.forum.enums import RegistrationState as State
from gtn_events.forum.models import Checkpoint, Forum, Registration, SideEvent
from gtn_events.forum.participation import LEFT_OUT_WORDS, report_of
from gtn_events.forum.queries.bookings import active_bookings
from gtn_events.forum.queries.participation_earlier import earlier_values
from gtn_events.forum.queries.participation_side_events import side_events
from tests.factories import make_account, make_category, make_registration, make_side_event
from tests.queries import count_queries

START = datetime.fromisoformat("2013-05-01T08:00:00+00:00")
DAY = timedelta(days=1)
BASE = "/forums/gtn-forum-2013/manage/participation"
PROGRAMME = str(LEFT_OUT_WORDS["programme"])


@pytest.fixture
def days(forum: Forum) -> "Days":
    return Days(forum)


class Days:
    """Notes what is counted at the end of each day, and asks for all of it again."""

    def __init__(self, forum: Forum) -> None:
        self.forum, self.now, self.counted = forum, START, list[tuple[datetime, Any]]()

    def next(self) -> datetime:
        db.session.commit()
        self.counted.append((self.now, side_events(self.forum)))
        self.now += DAY
        return self.now

    def all_come_back(self) -> None:
        self.next()
        for at, then in self.counted:
            assert side_events(self.forum, earlier_values(self.forum, at + DAY / 2)) == then


def people(forum: Forum, *genders: Gender, state: State = State.CONFIRMED) -> list[Registration]:
    category = make_category(forum)
    return [
        make_registration(category, make_account(f"p{number}@firm.example", gender=gender), state)
        for number, gender in enumerate(genders)
    ]


def details(side_event: SideEvent, **values: Any) -> SideEventDetails:
    names = ("title", "topic", "description", "host_name", "host_economy_code", "room_name", "starts_at", "ends_at")
    given = {name: getattr(side_event, name) for name in names}
    return SideEventDetails(**(given | {"published": True} | values))


def door_of(side_event: SideEvent, organiser: Account) -> Checkpoint:
    wanted = CheckpointDetails(
        label=side_event.title,
        kind=CheckpointKind.SIDE_EVENT,
        rule=CheckpointRule.ONCE,
        side_event=side_event,
        category_keys=(),
        counts=False,
    )
    return add_checkpoint(side_event.forum, wanted, actor=organiser, now=START)


def test_places_are_counted_as_they_were(forum: Forum, organiser: Account, days: Days) -> None:
    clinic = make_side_event(forum, capacity=1)
    one, two = people(forum, Gender.WOMAN, Gender.MAN)
    now = days.next()
    choose_side_event(one, clinic, actor=organiser, now=now)
    now = days.next()
    choose_side_event(two, clinic, actor=organiser, now=now)
    now = days.next()
    leave_booking(active_bookings(one)[0], actor=organiser, now=now)
    now = days.next()
    accept_booking(active_bookings(two)[0], actor=organiser, now=now)
    now = days.next()
    cancel_registration(two, actor=organiser, now=now, party=Party.ORGANISER)
    now = days.next()
    choose_side_event(one, clinic, actor=organiser, now=now)
    days.all_come_back()
    assert [then[0].booked.total for _at, then in days.counted] == [0, 1, 1, 0, 1, 0, 1]


def test_place_of_somebody_who_was_confirmed_later_is_no_place_before(
    forum: Forum, organiser: Account, days: Days
) -> None:
    clinic = make_side_event(forum)
    (one,) = people(forum, Gender.WOMAN, state=State.PENDING)
    choose_side_event(one, clinic, actor=organiser, now=START)
    now = days.next()
    admit_registration(one, actor=organiser, now=now)
    days.all_come_back()
    assert [then[0].booked.total for _at, then in days.counted] == [0, 1]


def test_titles_times_and_side_events_come_back(forum: Forum, organiser: Account, days: Days) -> None:
    clinic, gone = make_side_event(forum), make_side_event(forum, slug="gone", title="Gone meanwhile")
    (one,) = people(forum, Gender.WOMAN)
    choose_side_event(one, clinic, actor=organiser, now=START)
    now = days.next()
    later = clinic.starts_at + timedelta(minutes=30)
    edit_side_event(clinic, details(clinic, title="Clinic", starts_at=later), capacity=9, actor=organiser, now=now)
    now = days.next()
    leave_booking(active_bookings(one)[0], actor=organiser, now=now)
    added = replace(details(clinic), title="Added late")
    add_side_event(forum, added, capacity=5, actor=organiser, now=now)
    now = days.next()
    days.next()
    for at, then in days.counted:
        assert side_events(forum, earlier_values(forum, at + DAY / 2)) == then
    delete_side_event(gone, actor=organiser, now=days.now)
    db.session.commit()
    first = side_events(forum, earlier_values(forum, START))
    assert first is not None
    assert sorted(each.title for each in first) == ["Gone meanwhile", "Green procurement clinic"]


def test_side_event_called_like_a_field_changes_nobodys_state(forum: Forum, organiser: Account, days: Days) -> None:
    named = make_side_event(forum, slug="state", title="state")
    (one,) = people(forum, Gender.WOMAN)
    now = days.next()
    choose_side_event(one, named, actor=organiser, now=now)
    days.all_come_back()
    assert report_of(forum, now=now, as_of=START, published=False).total["approved"] == (1, 0, 0, 1)


def test_gender_is_the_one_of_the_day_in_every_table(forum: Forum, organiser: Account, days: Days) -> None:
    clinic = make_side_event(forum)
    door = door_of(clinic, organiser)
    (one,) = people(forum, Gender.WOMAN)
    choose_side_event(one, clinic, actor=organiser, now=START)
    check_in(one, door, station="", actor=organiser, now=START)
    now = days.next()
    changed = Particulars(
        given_name="Rosa",
        family_name="Huamán",
        gender="another",
        email=one.email,
        delegation_class=one.delegation_class,
        economy_code=one.economy_code,
    )
    change_registration(
        one,
        changed,
        version=one.answer_set.version,
        answers={},
        seen_version=one.lock_version,
        actor=one.account,
        now=now,
    )
    days.all_come_back()
    then = report_of(forum, now=days.now, as_of=START + DAY / 2, published=False)
    assert then.section("side-events").lines[0].counts == [(1, 0, 0, 1), (1, 0, 0, 1)]


def test_who_came_in_by_the_own_door_is_counted_once_and_as_of_the_day(
    forum: Forum, organiser: Account, days: Days
) -> None:
    clinic, other = make_side_event(forum), make_side_event(forum, slug="other", title="No door")
    door = door_of(clinic, organiser)
    one, two = people(forum, Gender.WOMAN, Gender.MAN)
    for each in (one, two):
        choose_side_event(each, clinic, actor=organiser, now=START)
    now = days.next()
    check_in(one, door, station="", actor=organiser, now=now)
    second = check_in(two, door, station="", actor=organiser, now=now).check_in
    now = days.next()
    assert second is not None
    undo_check_in(second, actor=organiser, now=now)
    days.all_come_back()
    found = {each.title: each.came for each in side_events(forum) or ()}
    assert (found[clinic.title].total if found[clinic.title] else None, found[other.title]) == (1, None)
    assert [then[0].came.total for _at, then in days.counted] == [0, 2, 1]


def test_two_of_one_title_are_left_out_and_named(forum: Forum, organiser: Account, desk: FlaskClient) -> None:
    clinic, twin = make_side_event(forum), make_side_event(forum, slug="twin")
    assert clinic.title == twin.title
    (one,) = people(forum, Gender.WOMAN)
    choose_side_event(one, clinic, actor=organiser, now=START + DAY)
    db.session.commit()
    assert side_events(forum, earlier_values(forum, START)) is None
    page = desk.get(f"{BASE}?as_of=2013-05-01").text
    assert (str(LEFT_OUT_WORDS["side-events"]) in page, "By side event" in page) == (True, False)


def test_programme_is_left_out_as_of_a_day_and_page_pdf_and_workbook_say_so(
    forum: Forum, organiser: Account, desk: FlaskClient
) -> None:
    make_side_event(forum)
    people(forum, Gender.WOMAN)
    asked = {"as_of": "2013-05-01"}
    assert (PROGRAMME in desk.get(f"{BASE}?as_of=2013-05-01").text, PROGRAMME in desk.get(BASE).text) == (True, False)
    assert desk.post(f"{BASE}/export", data={"what": "speakers", **asked}).status_code == 404
    with desk.post(f"{BASE}/export", data={"what": "side-events", "format": "xlsx", **asked}) as answer:
        book = load_workbook(BytesIO(answer.data))
    assert [cell.value for cell in book["List"][2]] == ["Green procurement clinic", 0, 0, 0, 0, None, None, None, None]
    assert PROGRAMME in [row[0].value for row in book["Notes"]]
    pdf = desk.post(f"{BASE}/export", data={"what": "report", **asked}).data
    text = " ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)
    assert PROGRAMME.partition(":")[0] in " ".join(text.split())


def test_as_of_takes_the_same_queries_for_many_people(forum: Forum, organiser: Account) -> None:
    clinic = make_side_event(forum)
    some = people(forum, *[Gender.WOMAN] * 6)
    choose_side_event(some[0], clinic, actor=organiser, now=START + DAY)
    db.session.commit()
    with count_queries() as few:
        report_of(forum, now=START + DAY, as_of=START, published=False)
    for each in some[1:]:
        choose_side_event(each, clinic, actor=organiser, now=START + DAY)
    db.session.commit()
    with count_queries() as many:
        report_of(forum, now=START + DAY, as_of=START, published=False)
    assert len(few) == len(many)
