"""The list of participants: protocol order, consent, and what stands on the internal one only."""

import io
import re
from datetime import datetime
from typing import Any

from flask.testing import FlaskClient
from openpyxl import load_workbook
from pypdf import PdfReader
from sqlalchemy import select

from gtn_events.accounts.enums import Role
from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.economies import DelegationClass
from gtn_events.core.jobs import Job, JobState, run_due_jobs
from gtn_events.core.uploads import Upload, upload_path
from gtn_events.designs.enums import Orientation
from gtn_events.designs.keeping import keep_design
from gtn_events.designs.models import DocumentDesign
from gtn_events.designs.values import Design
from gtn_events.forum.designed_lists import lists_by_version
from gtn_events.forum.enums import DelegationFunction
from gtn_events.forum.enums import RegistrationState as State
from gtn_events.forum.list_wording import PARTICIPANTS_LIST
from gtn_events.forum.models import CheckIn, Checkpoint, Forum, Registration
from gtn_events.forum.participants_job import HEADERS
from tests.factories import grant_role, make_account, make_category, make_registration, sign_in


def person(forum: Forum, family: str, state: State = State.CONFIRMED, **values: Any) -> Registration:
    category = forum.categories[0] if forum.categories else make_category(forum)
    account = make_account(f"{family.lower()}@firm.example", family_name=family)
    return make_registration(category, account, state, **({"listed_publicly": True} | values))


def everybody(forum: Forum) -> None:
    guest = {"economy_code": None, "delegation_class": DelegationClass.GUEST}
    person(forum, "Guest", **guest)
    person(forum, "Observer", **guest | {"delegation_class": DelegationClass.OBSERVER})
    person(forum, "Secretary", **guest | {"delegation_class": DelegationClass.SECRETARIAT})
    person(forum, "Zulu", economy_code="AUS", honorific="Dr")
    person(forum, "Chaiya", economy_code="THA", own_script_name="สิริพร วัฒนากุล", own_script_language="th")
    person(forum, "Abel", economy_code="THA", listed_publicly=False)
    person(forum, "Bravo", economy_code="THA")
    person(forum, "Pending", State.PENDING, economy_code="THA")


def written(desk: FlaskClient, forum: Forum, now: datetime, output: str, **form: str) -> tuple[Job, bytes]:
    assert desk.post(f"/forums/{forum}/manage/participants", data={"output": output} | form).status_code == 302
    run_due_jobs(now)
    job = db.session.scalars(select(Job).order_by(Job.id.desc()).limit(1)).one()
    assert (job.state, job.message) == (JobState.DONE, None)
    return job, upload_path(db.session.get_one(Upload, job.result_upload_id)).read_bytes()


def newest_list() -> str:
    job = db.session.scalars(select(Job).order_by(Job.id.desc()).limit(1)).one()
    return read(upload_path(db.session.get_one(Upload, job.result_upload_id)).read_bytes())


def read(data: bytes) -> str:
    return " ".join(" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(data)).pages)


def in_order(text: str, *words: str) -> bool:
    places = [text.find(word) for word in words]
    return -1 not in places and places == sorted(places)


def test_the_public_list_runs_in_protocol_order_and_keeps_who_did_not_agree_out(
    desk: FlaskClient, forum: Forum, now: datetime
) -> None:
    everybody(forum)
    _job, data = written(desk, forum, now, "pdf")
    text = read(data)
    names = ("Dr Rosa ZULU", "Thailand", "Rosa BRAVO", "Rosa CHAIYA", "Rosa OBSERVER", "Rosa SECRETARY", "Rosa GUEST")
    assert in_order(text, "Australia", *names)
    assert [word in text for word in ("ABEL", "PENDING", "firm.example", "Woman")] == [False] * 4
    assert "6 participants from 2 economies who agreed to be listed, in protocol order." in text
    assert "As of 2 May 2013, 10:00" in text


def test_inside_an_economy_the_head_comes_first_then_function_rank_and_name(
    desk: FlaskClient, forum: Forum, now: datetime
) -> None:
    person(forum, "Observing", economy_code="AUS", delegation_function=DelegationFunction.OBSERVER, delegation_rank=1)
    person(forum, "Unranked", economy_code="AUS")
    person(forum, "Tenth", economy_code="AUS", delegation_rank=10)
    person(forum, "Second", economy_code="AUS", delegation_rank=2)
    person(forum, "Zulu", economy_code="AUS", delegation_function=DelegationFunction.HEAD)
    person(forum, "Abel", economy_code="THA", delegation_function=DelegationFunction.HEAD)
    _job, data = written(desk, forum, now, "xlsx")
    rows = list(load_workbook(io.BytesIO(data), read_only=True).active.iter_rows(values_only=True))
    assert [row[4] for row in rows[1:]] == ["ZULU", "SECOND", "TENTH", "UNRANKED", "OBSERVING", "ABEL"]


def test_the_internal_list_has_everybody_with_gender_and_address(
    desk: FlaskClient, forum: Forum, now: datetime
) -> None:
    everybody(forum)
    _job, data = written(desk, forum, now, "xlsx")
    rows = list(load_workbook(io.BytesIO(data), read_only=True).active.iter_rows(values_only=True))
    assert rows[0] == HEADERS
    assert [row[4] for row in rows[1:]] == ["ZULU", "ABEL", "BRAVO", "CHAIYA", "OBSERVER", "SECRETARY", "GUEST"]
    abel = rows[2]
    assert (abel[0], abel[1], abel[7], abel[12], abel[13]) == (2, "Thailand", "abel@firm.example", "no", "no")


def test_only_those_who_attended_when_asked(desk: FlaskClient, forum: Forum, now: datetime) -> None:
    everybody(forum)
    door = db.session.scalars(select(Checkpoint).where(Checkpoint.forum_id == forum.id)).one()
    bravo = db.session.scalars(select(Registration).where(Registration.family_name == "Bravo")).one()
    db.session.add(CheckIn(checkpoint=door, registration=bravo, at=now))
    db.session.commit()
    _job, data = written(desk, forum, now, "xlsx", attended="1")
    rows = list(load_workbook(io.BytesIO(data), read_only=True).active.iter_rows(values_only=True))
    assert [(row[4], row[13]) for row in rows[1:]] == [("BRAVO", "yes")]


def test_a_letter_that_no_font_has_is_told_and_stops_nobody(desk: FlaskClient, forum: Forum, now: datetime) -> None:
    person(forum, "Odd", own_script_name="ሀ", own_script_language="am")
    job, data = written(desk, forum, now, "pdf")
    assert [("Rosa ODD" in each, "U+1200" in each) for each in job.failures] == [(True, True)]
    assert "ODD" in PdfReader(io.BytesIO(data)).pages[0].extract_text()


def kept(forum: Forum, organiser: Account, now: datetime, heading: str) -> DocumentDesign:
    design = Design(template="directory", orientation=Orientation.PORTRAIT, texts={"heading": heading})
    found = keep_design(forum.scope, PARTICIPANTS_LIST, design, seen=None, actor=organiser, now=now)
    db.session.commit()
    return found


def test_a_list_looks_as_it_did_when_it_was_ordered(
    desk: FlaskClient, forum: Forum, organiser: Account, now: datetime
) -> None:
    person(forum, "Zulu", economy_code="AUS")
    first = kept(forum, organiser, now, "Who is here")
    assert desk.post(f"/forums/{forum}/manage/participants", data={"output": "pdf"}).status_code == 302
    second = kept(forum, organiser, now, "Who is who")
    run_due_jobs(now)
    before, after = newest_list(), read(written(desk, forum, now, "pdf")[1])
    assert [("Who is here" in text, "Who is who" in text) for text in (before, after)] == [(True, False), (False, True)]
    assert [re.findall(r"Design: version \d+", text) for text in (before, after)] == [
        ["Design: version 1"],
        ["Design: version 2"],
    ]
    assert lists_by_version(forum.scope) == {first.id: 1, second.id: 1}


def test_without_a_design_a_list_has_the_standard_one(desk: FlaskClient, forum: Forum, now: datetime) -> None:
    person(forum, "Zulu", economy_code="AUS")
    text = read(written(desk, forum, now, "pdf")[1])
    written(desk, forum, now, "xlsx")
    assert "End of the list: 1 participant · Standard design" in text
    assert lists_by_version(forum.scope) == {None: 1}


def test_the_page_says_how_the_list_looks_and_leads_to_its_editor(
    desk: FlaskClient, forum: Forum, organiser: Account, now: datetime
) -> None:
    address, editor = f"/forums/{forum}/manage/participants", f"/designs/forum-{forum.id}/participants-list"
    assert "It has the standard design, with the template “Table”." in desk.get(address).text
    kept(forum, organiser, now, "Who is here")
    page = desk.get(address).text
    assert "It looks like version 1 of its design, with the template “Directory”." in page
    assert f'href="{editor}"' in page
    assert desk.get(editor).status_code == 200


def test_a_helper_makes_the_list_but_does_not_change_how_it_looks(client: FlaskClient, forum: Forum) -> None:
    helper = make_account("helper@gtn.example")
    grant_role(helper, Role.HELPER, forum.scope)
    sign_in(client, helper)
    page = client.get(f"/forums/{forum}/manage/participants")
    assert (page.status_code, "/designs/" in page.text) == (200, False)
    assert client.get(f"/designs/forum-{forum.id}/participants-list").status_code == 404


def test_door_staff_make_no_list(client: FlaskClient, forum: Forum) -> None:
    account = make_account("door@gtn.example")
    grant_role(account, Role.CHECK_IN_STAFF, forum.scope)
    sign_in(client, account)
    address = f"/forums/{forum}/manage/participants"
    assert (client.get(address).status_code, client.post(address, data={"output": "xlsx"}).status_code) == (403, 403)
