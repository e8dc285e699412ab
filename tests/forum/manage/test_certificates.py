"""Certificates are for those who passed the door: one by one, all at once, and taken back."""

import io
from datetime import datetime
from zipfile import ZipFile

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from gtn_events.accounts.models import Account
from gtn_events.certificates.models import Certificate
from gtn_events.core.db import db
from gtn_events.core.jobs import Job, run_due_jobs
from gtn_events.core.uploads import Upload, upload_path
from gtn_events.forum.certificates import with_article
from gtn_events.forum.domain.check_in import check_in, undo_check_in
from gtn_events.forum.enums import AttendanceKind
from gtn_events.forum.enums import RegistrationState as State
from gtn_events.forum.models import Forum, Registration
from gtn_events.forum.queries.attendance_rule import rule_of
from gtn_events.forum.queries.forums import checkpoint_of
from tests.accounts.pages import seen_in
from tests.factories import make_account, make_category, make_registration
from tests.queries import count_queries


def attended(forum: Forum, organiser: Account, now: datetime, email: str = "rosa@firm.example") -> Registration:
    category = forum.categories[0] if forum.categories else make_category(forum)
    registration = make_registration(category, make_account(email), State.CONFIRMED)
    door = db.session.execute(checkpoint_of(forum, "main-door")).scalar_one()
    check_in(registration, door, station="", actor=organiser, now=now)
    db.session.commit()
    return registration


def certificates() -> list[Certificate]:
    return list(db.session.scalars(select(Certificate).order_by(Certificate.id)))


def test_only_who_attended_is_listed_and_issued(
    desk: FlaskClient, forum: Forum, organiser: Account, now: datetime
) -> None:
    rosa = attended(forum, organiser, now)
    absent = make_registration(
        forum.categories[0], make_account("absent@firm.example", family_name="Absent"), State.CONFIRMED
    )
    page = desk.get(f"/forums/{forum}/manage/certificates").get_data(as_text=True)
    assert ("Huamán" in page, "Absent" in page) == (True, False)
    assert desk.post(f"/forums/{forum}/manage/certificates/issue/{absent.id}").status_code == 404
    for _ in range(2):
        desk.post(f"/forums/{forum}/manage/certificates/issue/{rosa.id}")
    found = certificates()
    assert [(each.subject_id, each.number, each.serial[:3]) for each in found] == [(rosa.id, 1, "P13")]
    facts = found[0].shown_facts
    assert (facts.economy_in_sentence, facts.role, facts.dates, facts.city) == (
        "Peru",
        "a delegate",
        "5 and 6 June 2013",
        "Jakarta",
    )


def test_a_check_in_that_was_taken_back_is_no_attendance(
    desk: FlaskClient, forum: Forum, organiser: Account, now: datetime
) -> None:
    rosa = attended(forum, organiser, now)
    door = db.session.execute(checkpoint_of(forum, "main-door")).scalar_one()
    found = check_in(rosa, door, station="", actor=organiser, now=now).check_in
    assert found is not None
    undo_check_in(found, actor=organiser, now=now)
    db.session.commit()
    assert desk.post(f"/forums/{forum}/manage/certificates/issue/{rosa.id}").status_code == 404


def test_all_are_issued_as_a_job_with_one_zip(
    desk: FlaskClient, forum: Forum, organiser: Account, now: datetime
) -> None:
    for number in range(3):
        attended(forum, organiser, now, f"p{number}@firm.example")
    reply = desk.post(f"/forums/{forum}/manage/certificates/issue")
    run_due_jobs(now)
    job = db.session.scalars(select(Job)).one()
    assert (reply.location, job.done, job.total, job.failures) == (f"/jobs/{job.id}", 3, 3, [])
    assert job.back == ("Documents", "/forums/gtn-forum-2013/manage/certificates")
    upload = db.session.get_one(Upload, job.result_upload_id)
    names = ZipFile(io.BytesIO(upload_path(upload).read_bytes())).namelist()
    assert names == [f"{each.serial}_HUAMAN.pdf" for each in certificates()]


def test_revoking_needs_a_reason_and_frees_the_way_for_a_new_one(
    desk: FlaskClient, forum: Forum, organiser: Account, now: datetime
) -> None:
    rosa = attended(forum, organiser, now)
    issue = f"/forums/{forum}/manage/certificates/issue/{rosa.id}"
    desk.post(issue)
    address = f"/forums/{forum}/manage/certificates/{certificates()[0].serial}/revoke"
    assert desk.get(address).status_code == 200
    assert desk.post(address, data={"reason": " "}).status_code == 422
    assert desk.post(address, data={"reason": "Wrong name."}).status_code == 302
    desk.post(issue)
    db.session.expire_all()
    assert [each.revoked_at is None for each in certificates()] == [False, True]
    assert "Wrong name." in desk.get(f"/forums/{forum}/manage/certificates").get_data(as_text=True)


@pytest.mark.parametrize(
    ("label", "words"),
    [("Delegate", "a delegate"), ("Observer", "an observer"), ("SME exhibitor", "an SME exhibitor"), ("VIP", "a VIP")],
)
def test_a_category_is_spoken_with_its_article(label: str, words: str) -> None:
    assert with_article(label) == words


def test_the_list_asks_the_same_number_of_queries_at_every_length(
    desk: FlaskClient, forum: Forum, organiser: Account, now: datetime
) -> None:
    counts = []
    for batch in (2, 9):
        for number in range(batch):
            attended(forum, organiser, now, f"n{batch}-{number}@firm.example")
        db.session.expire_all()
        with count_queries() as queries:
            assert desk.get(f"/forums/{forum}/manage/certificates").status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_a_certificate_stays_when_the_rule_becomes_stricter_and_is_listed(
    desk: FlaskClient, forum: Forum, organiser: Account, now: datetime
) -> None:
    rosa = attended(forum, organiser, now)
    desk.post(f"/forums/{forum}/manage/certificates/issue/{rosa.id}")
    address = f"/forums/{forum}/manage/attendance"
    rule = {"kind": "days", "percent": "60", "every": "all"}
    tried = desk.post(address, data=rule | {"preview": "1"})
    assert (tried.status_code, "Checked in on 0 of 2 days" in tried.text) == (200, True)
    assert "no longer meets" not in desk.get(f"/forums/{forum}/manage/certificates").text
    assert desk.post(address, data=rule).status_code == 302
    page = desk.get(f"/forums/{forum}/manage/certificates").text
    assert "no longer meets the rule" in page.replace("\n", " ")
    assert [each.revoked_at for each in certificates()] == [None]
    assert desk.post(f"/forums/{forum}/manage/certificates/issue/{rosa.id}").status_code == 404


def test_a_share_that_the_rule_does_not_use_may_be_empty_and_stays(desk: FlaskClient, forum: Forum) -> None:
    address = f"/forums/{forum}/manage/attendance"
    desk.post(address, data={"kind": "days", "percent": "75", "every": "all"})
    unused = {"kind": "once", "percent": "", "every": "all", "seen": seen_in(desk.get(address))}
    assert desk.post(address, data=unused).status_code == 302
    assert (rule_of(forum).kind, rule_of(forum).percent) == (AttendanceKind.ONCE, 75)


@pytest.mark.parametrize(
    "wrong",
    [
        {"percent": "0"},
        {"percent": "x"},
        {"percent": ""},
        {"kind": "checkpoints"},
        {"kind": "checkpoints", "checkpoint_ids": "9999"},
    ],
)
def test_a_rule_that_cannot_be_is_refused(desk: FlaskClient, forum: Forum, wrong: dict[str, str]) -> None:
    sent = {"kind": "days", "percent": "60", "every": "all"} | wrong
    assert desk.post(f"/forums/{forum}/manage/attendance", data=sent).status_code == 422
