"""Badges are printed once unless somebody says why, as a job that one odd name does not stop."""

import io
from datetime import datetime
from typing import Any
from zipfile import ZipFile

import pytest
from flask.testing import FlaskClient
from pypdf import PdfReader
from sqlalchemy import select

from gtn_events.accounts.enums import Role
from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.jobs import Job, JobState, run_due_jobs
from gtn_events.core.jobs.registry import JobInterrupted
from gtn_events.core.uploads import Upload, upload_path
from gtn_events.core.uploads.serving import upload_folder
from gtn_events.forum.documents_badges import BadgeFacts, badges_pdf
from gtn_events.forum.enums import BadgeFormat, BadgeState
from gtn_events.forum.enums import RegistrationState as State
from gtn_events.forum.models import BadgePrint, Forum, ForumBadge, Registration
from tests.factories import grant_role, make_account, make_category, make_forum, make_registration, sign_in
from tests.queries import count_queries


def delegate(forum: Forum, number: int = 1, state: State = State.CONFIRMED, **values: Any) -> Registration:
    category = forum.categories[0] if forum.categories else make_category(forum)
    account = make_account(f"p{number}@firm.example", family_name=f"Person{number}")
    return make_registration(category, account, state, **values)


def printed(desk: FlaskClient, forum: Forum, now: datetime, ids: list[int], **form: str) -> Job:
    sent = {"ids": [str(each) for each in ids], "paper": "sheet-4"} | form
    reply = desk.post(f"/forums/{forum}/manage/badges/print", data=sent)
    assert reply.status_code == 302, reply.text
    run_due_jobs(now)
    return db.session.scalars(select(Job).order_by(Job.id.desc())).first() or pytest.fail("no job")


def pages(job: Job) -> list[str]:
    upload = db.session.get_one(Upload, job.result_upload_id)
    reader = PdfReader(io.BytesIO(upload_path(upload).read_bytes()))
    return [" ".join(page.extract_text().split()) for page in reader.pages]


def copies() -> list[tuple[int, str]]:
    return [(each.copy, each.reason) for each in db.session.scalars(select(BadgePrint).order_by(BadgePrint.id))]


def test_a_badge_carries_the_number_of_the_ticket(desk: FlaskClient, forum: Forum, now: datetime) -> None:
    rosa = delegate(forum)
    job = printed(desk, forum, now, [rosa.id], paper="label")
    assert (job.state, job.done, job.total, job.failures) == (JobState.DONE, 1, 1, [])
    assert rosa.reference in pages(job)[0]
    assert "Rosa PERSON1" in pages(job)[0]
    badge = db.session.scalars(select(ForumBadge)).one()
    assert (badge.state, badge.copies, copies()) == (BadgeState.PRINTED, 1, [(1, "")])


def test_only_confirmed_delegates_get_a_badge(desk: FlaskClient, forum: Forum, now: datetime) -> None:
    rosa, waits = delegate(forum), delegate(forum, 2, State.PENDING)
    plan = desk.post(f"/forums/{forum}/manage/badges/plan", data={"ids": [rosa.id, waits.id]}).text
    assert "Rosa PERSON2: is pending" in plan
    assert printed(desk, forum, now, [rosa.id, waits.id]).total == 1


def test_whoever_has_a_badge_is_left_out_unless_a_reprint_is_asked_for(
    desk: FlaskClient, forum: Forum, now: datetime
) -> None:
    rosa, second = delegate(forum), delegate(forum, 2)
    printed(desk, forum, now, [rosa.id])
    assert printed(desk, forum, now, [rosa.id, second.id]).total == 1
    assert copies() == [(1, ""), (1, "")]


def test_a_reprint_needs_a_reason_and_is_counted(desk: FlaskClient, forum: Forum, now: datetime) -> None:
    rosa = delegate(forum)
    printed(desk, forum, now, [rosa.id])
    sent = {"ids": str(rosa.id), "paper": "single", "again": "1", "reason": " "}
    refused = desk.post(f"/forums/{forum}/manage/badges/print", data=sent)
    assert (refused.status_code, "Say why badges are printed again." in refused.text) == (422, True)
    printed(desk, forum, now, [rosa.id], again="1", reason="Coffee on it")
    assert copies() == [(1, ""), (2, "Coffee on it")]
    assert "Coffee on it" in desk.get(f"/forums/{forum}/manage/badges/{rosa.id}").text


def test_a_name_that_no_font_has_fails_alone(desk: FlaskClient, forum: Forum, now: datetime) -> None:
    rosa, odd = delegate(forum), delegate(forum, 2, own_script_name="ሀ", own_script_language="am")
    job = printed(desk, forum, now, [rosa.id, odd.id])
    assert job.state is JobState.DONE
    assert [(each.split(":")[0], "U+1200" in each) for each in job.failures] == [
        (f"Rosa PERSON2, {odd.reference}", True)
    ]
    assert [each.registration_id for each in db.session.scalars(select(ForumBadge))] == [rosa.id]


def test_all_that_are_not_printed_are_chosen_at_once(desk: FlaskClient, forum: Forum, now: datetime) -> None:
    people = [delegate(forum, number) for number in range(5)]
    printed(desk, forum, now, [people[0].id])
    job = printed(desk, forum, now, [], all="1", list="badge=not-printed")
    assert (job.total, len(copies())) == (4, 5)


def test_a_second_run_of_a_job_counts_nothing_twice(desk: FlaskClient, forum: Forum, now: datetime) -> None:
    rosa = delegate(forum)
    job = printed(desk, forum, now, [rosa.id])
    job.state = JobState.QUEUED
    db.session.commit()
    run_due_jobs(now)
    assert copies() == [(1, "")]


@pytest.mark.parametrize("corrected", [False, True])
def test_very_many_come_in_several_files_each_once_though_the_worker_was_stopped(
    desk: FlaskClient, forum: Forum, now: datetime, monkeypatch: pytest.MonkeyPatch, corrected: bool
) -> None:
    """What was drawn before is not drawn again, unless something else stands on it now."""
    people = [delegate(forum, number) for number in range(8)]
    monkeypatch.setattr("gtn_events.forum.badge_job.IN_A_FILE", 3)
    drawn: list[int] = []

    def drawn_once(badges: list[BadgeFacts], paper: BadgeFormat, *, with_back: bool, title: str) -> bytes:
        drawn.append(len(badges))
        if len(drawn) == 2:
            if corrected:
                people[0].family_name = "CORRECTED"
                db.session.commit()
            raise JobInterrupted
        return badges_pdf(badges, paper, with_back=with_back, title=title)

    monkeypatch.setattr("gtn_events.forum.badge_job.badges_pdf", drawn_once)
    job = printed(desk, forum, now, [each.id for each in people], back="y")
    assert (job.state, job.done, job.total, drawn) == (JobState.DONE, 8, 8, [3, 3, *([3] if corrected else []), 3, 2])
    assert copies() == [(1, "")] * 8
    with ZipFile(upload_path(db.session.get_one(Upload, job.result_upload_id))) as archive:
        names = archive.namelist()
        read = [PdfReader(io.BytesIO(archive.read(name))) for name in names]
    assert names == ["badges-01.pdf", "badges-02.pdf", "badges-03.pdf"]
    text = " ".join(page.extract_text() for each in read for page in each.pages)
    assert [text.count(each.reference) for each in people] == [1] * 8
    assert (text.count("CORRECTED") > 0, list(upload_folder().glob("work/*"))) == (corrected, [])


def test_the_back_mirrors_the_sheet(desk: FlaskClient, forum: Forum, now: datetime) -> None:
    people = [delegate(forum, number) for number in range(5)]
    job = printed(desk, forum, now, [each.id for each in people], back="1")
    assert len(pages(job)) == 4
    assert len(pages(printed(desk, forum, now, [people[0].id], back="1", paper="label", again="1", reason="x"))) == 1


def test_the_text_of_the_back_is_printed(desk: FlaskClient, forum: Forum, now: datetime) -> None:
    address = f"/forums/{forum}/manage/badges/text"
    assert desk.post(address, data={"back_text": "Ring 1 ሀ"}).status_code == 422
    desk.post(address, data={"back_text": "Help desk: left of the stairs"})
    job = printed(desk, forum, now, [delegate(forum).id], back="1", paper="single")
    assert "Help desk: left of the stairs" in pages(job)[1]
    assert desk.get(f"/forums/{forum}/manage/badges/sample.pdf").data.startswith(b"%PDF")
    assert len(copies()) == 1


def test_badges_of_another_forum_are_not_printed(desk: FlaskClient, forum: Forum, now: datetime) -> None:
    stranger = delegate(make_forum("other-forum", reference_prefix="OTHER"))
    sent = {"ids": str(stranger.id), "paper": "single"}
    desk.post(f"/forums/{forum}/manage/badges/print", data=sent)
    run_due_jobs(now)
    assert copies() == []
    assert desk.get(f"/forums/{forum}/manage/badges/{stranger.id}").status_code == 404


def test_door_staff_see_badges_and_print_none(client: FlaskClient, forum: Forum) -> None:
    rosa = delegate(forum)
    account = make_account("door@gtn.example")
    grant_role(account, Role.CHECK_IN_STAFF, forum.scope)
    sign_in(client, account)
    page = client.get(f"/forums/{forum}/manage/badges")
    assert (page.status_code, "Print" in page.text.partition("<main")[2].replace("Not printed", "")) == (200, False)
    assert client.post(f"/forums/{forum}/manage/badges/print", data={"ids": str(rosa.id)}).status_code == 403


def test_the_list_asks_the_same_number_of_queries_at_every_length(
    desk: FlaskClient, forum: Forum, organiser: Account, now: datetime
) -> None:
    counts = []
    for batch in (2, 9):
        ids = [delegate(forum, batch * 10 + number).id for number in range(batch)]
        printed(desk, forum, now, ids[:1])
        db.session.expire_all()
        with count_queries() as queries:
            assert desk.get(f"/forums/{forum}/manage/badges").status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]
