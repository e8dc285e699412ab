"""The participation report: who is counted where, as of an earlier day, with small numbers left out, for whom."""

from datetime import date, datetime, timedelta
from io import BytesIO

import pytest
from flask.testing import FlaskClient
from openpyxl import load_workbook
from pypdf import PdfReader
from sqlalchemy import select

from gtn_events.accounts.enums import Gender, Role
from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.economies import DelegationClass
from gtn_events.core.journal import JournalEntry
from gtn_events.forum.domain.check_in import check_in, undo_check_in
from gtn_events.forum.domain.registrations import admit_registration, cancel_registration, reject_registration
from gtn_events.forum.domain.submission import Particulars, change_registration
from gtn_events.forum.domain.transitions import Party
from gtn_events.forum.enums import Funding
from gtn_events.forum.enums import RegistrationState as State
from gtn_events.forum.models import CheckIn, Forum, Registration
from gtn_events.forum.participation import ParticipationReport, report_of
from gtn_events.forum.queries.forums import checkpoint_of
from gtn_events.forum.queries.participation import participation
from gtn_events.forum.queries.participation_earlier import earlier_values
from tests.factories import grant_role, make_account, make_category, make_registration, make_side_event, sign_in
from tests.queries import count_queries

DAY = timedelta(days=1)


def people(forum: Forum, *what: tuple[str, Gender, State]) -> list[Registration]:
    category = forum.categories[0] if forum.categories else make_category(forum)
    return [
        make_registration(
            category,
            make_account(f"{code}-{number}@firm.example".lower(), gender=gender, economy_code=code),
            state,
        )
        for number, (code, gender, state) in enumerate(what)
    ]


def let_in(forum: Forum, registration: Registration, actor: Account, now: datetime) -> None:
    door = db.session.execute(checkpoint_of(forum, "main-door")).scalar_one()
    check_in(registration, door, station="", actor=actor, now=now)
    db.session.commit()


def report(
    forum: Forum, now: datetime, *, as_of: datetime | None = None, published: bool = False
) -> ParticipationReport:
    return report_of(forum, now=now, as_of=as_of, published=published)


def line(found: ParticipationReport, key: str, name: str) -> list[tuple[int | None, ...]]:
    return [tuple(each) for row in found.section(key).lines if row.name == name for each in row.counts]


def test_people_are_counted_by_economy_gender_and_how_far_they_came(
    forum: Forum, organiser: Account, now: datetime
) -> None:
    first, *_rest = people(
        forum,
        ("PE", Gender.WOMAN, State.CONFIRMED),
        ("PE", Gender.MAN, State.CONFIRMED),
        ("PE", Gender.NOT_SAID, State.REJECTED),
        ("THA", Gender.WOMAN, State.PENDING),
    )
    let_in(forum, first, organiser, now)
    found = report(forum, now)
    assert line(found, "economies", "Peru") == [(1, 1, 1, 3), (1, 1, 0, 2), (1, 0, 0, 1)]
    assert line(found, "economies", "Thailand") == [(1, 0, 0, 1), (0, 0, 0, 0), (0, 0, 0, 0)]
    assert found.total["nominated"] == (2, 1, 1, 4)
    assert (found.economies, len(found.section("economies").lines)) == (1, 21 + 4)
    assert line(found, "funding", "Own")[0] == (2, 1, 1, 4)


def test_a_person_of_the_secretariat_stands_under_it(forum: Forum, now: datetime) -> None:
    account = make_account("sec@apec.example", economy_code=None, delegation_class=DelegationClass.SECRETARIAT)
    make_registration(make_category(forum), account, State.CONFIRMED, funding=Funding.APEC)
    found = report(forum, now)
    assert line(found, "economies", DelegationClass.SECRETARIAT.label)[1] == (0, 0, 1, 1)
    assert line(found, "funding", "APEC")[1][3] == 1


def test_a_check_in_that_was_undone_does_not_count(forum: Forum, organiser: Account, now: datetime) -> None:
    (rosa,) = people(forum, ("PE", Gender.WOMAN, State.CONFIRMED))
    let_in(forum, rosa, organiser, now)
    undo_check_in(db.session.scalars(select(CheckIn)).one(), actor=organiser, now=now + DAY)
    db.session.commit()
    assert report(forum, now + DAY).total["attended"][3] == 0
    assert report(forum, now + 2 * DAY, as_of=now + timedelta(hours=1)).total["attended"][3] == 1


def test_an_earlier_day_comes_back_as_it_was_counted_then(forum: Forum, organiser: Account, now: datetime) -> None:
    start = datetime(2013, 5, 1, 8, tzinfo=now.tzinfo)
    one, two, three = people(
        forum,
        ("PE", Gender.WOMAN, State.PENDING),
        ("PE", Gender.MAN, State.PENDING),
        ("THA", Gender.MAN, State.PENDING),
    )
    moments, counted = [], []

    def note(at: datetime) -> None:
        db.session.commit()
        moments.append(at)
        counted.append(participation(forum))

    note(start)
    admit_registration(one, actor=organiser, now=start + DAY)
    reject_registration(two, actor=organiser, now=start + DAY, reason="No seat.")
    note(start + DAY)
    moved = Particulars(
        given_name="Rosa",
        family_name="Huamán",
        gender="another",
        email=one.email,
        delegation_class=DelegationClass.ECONOMY,
        economy_code="MEX",
        organisation_kind="ministry",
    )
    change_registration(
        one,
        moved,
        version=one.answer_set.version,
        answers={},
        seen_version=one.lock_version,
        actor=one.account,
        now=start + 2 * DAY,
    )
    note(start + 2 * DAY)
    cancel_registration(three, actor=organiser, now=start + 3 * DAY, party=Party.ORGANISER, reason="Away.")
    let_in(forum, one, organiser, start + 3 * DAY)
    note(start + 3 * DAY)
    for at, then in zip(moments, counted, strict=True):
        assert participation(forum, earlier_values(forum, at)) == then
        assert participation(forum, earlier_values(forum, at + timedelta(hours=1))) == then
    assert participation(forum, earlier_values(forum, datetime(2013, 3, 1, tzinfo=now.tzinfo))) == {}


def test_what_is_published_leaves_small_numbers_out(forum: Forum, now: datetime) -> None:
    people(
        forum,
        ("PE", Gender.WOMAN, State.CONFIRMED),
        *[("PE", Gender.MAN, State.CONFIRMED)] * 5,
        *[("THA", Gender.WOMAN, State.CONFIRMED)] * 4,
        *[("THA", Gender.MAN, State.CONFIRMED)] * 4,
    )
    found = report(forum, now, published=True)
    assert line(found, "economies", "Peru")[1][0] is None
    assert sum(number is None for number in line(found, "economies", "Peru")[1]) >= 2
    assert found.section("economies").has_gaps
    assert found.total["approved"][3] == 14


def test_side_events_and_days_have_their_tables(forum: Forum, organiser: Account, now: datetime) -> None:
    make_side_event(forum)
    (rosa,) = people(forum, ("PE", Gender.WOMAN, State.CONFIRMED))
    let_in(forum, rosa, organiser, datetime(2013, 6, 5, 2, tzinfo=now.tzinfo))
    found = report(forum, now)
    days = [[tuple(each) for each in row.counts] for row in found.section("days").lines]
    assert days == [[(1, 0, 0, 1)], [(0, 0, 0, 0)]]
    assert line(found, "side-events", "Green procurement clinic") == [(0, 0, 0, 0), (0, 0, 0, 0)]


def test_the_report_takes_the_same_queries_for_many_people(forum: Forum, now: datetime) -> None:
    people(forum, ("PE", Gender.WOMAN, State.CONFIRMED))
    with count_queries() as few:
        report(forum, now)
    people(forum, *[("THA", Gender.MAN, State.CONFIRMED)] * 8)
    with count_queries() as many:
        report(forum, now)
    assert len(many) == len(few)


def test_the_page_the_files_and_the_pdf_say_the_same(desk: FlaskClient, forum: Forum, organiser: Account) -> None:
    people(forum, *[("PE", Gender.WOMAN, State.CONFIRMED)] * 3, ("MAS", Gender.MAN, State.CONFIRMED))
    base = f"/forums/{forum}/manage/participation"
    page = desk.get(base)
    assert page.status_code == 200
    assert "By economy" in page.get_data(as_text=True)
    answer = desk.post(f"{base}/export", data={"what": "economies", "format": "csv"})
    assert "Peru,3,0,0,3,3,0,0,3,0,0,0,0" in answer.get_data(as_text=True)
    answer = desk.post(f"{base}/export", data={"what": "economies", "format": "csv", "published": "1"})
    assert "Malaysia,0,*,0,*" in answer.get_data(as_text=True)
    with desk.post(f"{base}/export", data={"what": "roles", "format": "xlsx"}) as answer:
        sheet = load_workbook(BytesIO(answer.data)).active
    assert [cell.value for cell in sheet[2]][:5] == ["Delegate", 3, 1, 0, 4]
    answer = desk.post(f"{base}/export", data={"what": "report"})
    text = "\n".join(each.extract_text() for each in PdfReader(BytesIO(answer.data)).pages)
    assert "Participation report" in text
    assert "Peru 3 0 0 3" in text.replace("\n", " ")
    actions = db.session.scalars(select(JournalEntry.action).where(JournalEntry.action == "participation exported"))
    assert len(actions.all()) == 4


@pytest.mark.parametrize("typed", ["yesterday", "2013-02-30", "9999-12-31", "0001-01-01", "2999-01-01"])
def test_a_day_that_cannot_be_is_named_at_its_field(desk: FlaskClient, forum: Forum, typed: str) -> None:
    page = desk.get(f"/forums/{forum}/manage/participation?as_of={typed}")
    if typed == "0001-01-01":
        assert page.status_code == 200
    else:
        assert page.status_code == 422
        assert 'id="as_of-error"' in page.get_data(as_text=True)
        assert desk.post(f"/forums/{forum}/manage/participation/export", data={"as_of": typed}).status_code == 422


def test_an_unknown_table_is_not_found(desk: FlaskClient, forum: Forum) -> None:
    assert desk.post(f"/forums/{forum}/manage/participation/export", data={"what": "secrets"}).status_code == 404


def test_others_do_not_see_it(client: FlaskClient, forum: Forum) -> None:
    base = f"/forums/{forum}/manage/participation"
    assert client.get(base).status_code == 302
    stranger = make_account("stranger@firm.example")
    sign_in(client, stranger)
    assert client.get(base).status_code == 403
    grant_role(stranger, Role.CHECK_IN_STAFF, forum.scope)
    assert client.get(base).status_code == 403
    assert client.post(f"{base}/export", data={"what": "economies"}).status_code == 403


def test_the_venues_day_ends_at_the_venues_midnight(desk: FlaskClient, forum: Forum) -> None:
    (rosa,) = people(forum, ("PE", Gender.WOMAN, State.CONFIRMED))
    # 2 April 2013, 00:30 in Jakarta.
    rosa.submitted_at = datetime(2013, 4, 1, 17, 30, tzinfo=rosa.submitted_at.tzinfo)
    db.session.commit()
    base = f"/forums/{forum}/manage/participation?as_of="
    assert "Nobody to count" in desk.get(base + date(2013, 4, 1).isoformat()).get_data(as_text=True)
    assert "By economy" in desk.get(base + date(2013, 4, 2).isoformat()).get_data(as_text=True)
