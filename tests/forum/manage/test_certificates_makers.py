"""Certificates of speakers, organisers and volunteers: who is due one, what it says, chosen ones or all."""

import io
from datetime import date, datetime
from zipfile import ZipFile

import pytest
from flask.testing import FlaskClient
from pypdf import PdfReader
from sqlalchemy import select

from gtn_events.accounts.domain.roles import end_grant
from gtn_events.accounts.enums import Role
from gtn_events.accounts.models import Account
from gtn_events.certificates.enums import CertificateKind
from gtn_events.certificates.models import Certificate
from gtn_events.core.db import db
from gtn_events.core.jobs import Job, run_due_jobs
from gtn_events.core.uploads import Upload, upload_path
from gtn_events.forum.certificates_makers import maker_request
from gtn_events.forum.domain.programme_sessions import (
    SessionDetails,
    SpeakerDetails,
    add_session,
    add_speaker,
    place_speaker,
)
from gtn_events.forum.enums import SpeakerRole
from gtn_events.forum.models import Forum, ForumSession
from gtn_events.forum.queries.makers import makers_of
from tests.factories import MADE_AT, grant_role, make_account
from tests.forum.programme.sample import make_programme
from tests.queries import count_queries

ISSUED_ON = date(2013, 6, 7)


@pytest.fixture
def team(forum: Forum, organiser: Account) -> dict[str, Account]:
    """People with roles: one who helps at the door, too, and one who organises and helps."""
    make_programme(forum)
    named = {
        "helper": make_account("helper@gtn.example", given_name="Ana", family_name="Silva"),
        "door": make_account("door@gtn.example", given_name="Budi", family_name="Santoso"),
    }
    for role in (Role.CHECK_IN_STAFF, Role.HELPER):
        grant_role(named["helper"], role, forum.scope)
    grant_role(named["door"], Role.CHECK_IN_STAFF, forum.scope)
    grant_role(organiser, Role.HELPER, forum.scope)
    return named


def certificates() -> list[Certificate]:
    return list(db.session.scalars(select(Certificate).order_by(Certificate.id)))


def test_each_person_is_named_once_for_the_most_that_they_did(forum: Forum, team: dict[str, Account]) -> None:
    found = [(each.kind.value, each.person.sort_name.split()[0], each.sessions) for each in makers_of(forum)]
    assert found == [
        ("speaker", "elena", ("Opening", "Buying green")),
        ("speaker", "huaman", ("Cold chains off the grid",)),
        ("speaker", "mori", ("Cold chains off the grid",)),
        ("organiser", "lestari", ()),
        ("volunteer", "santoso", ()),
        ("volunteer", "silva", ()),
    ]


def test_who_speaks_without_a_time_or_had_a_role_before_is_due_nothing(
    forum: Forum, organiser: Account, team: dict[str, Account]
) -> None:
    later = add_session(forum, SessionDetails(title="Not placed"), actor=None, now=MADE_AT)
    nobody = add_speaker(forum, SpeakerDetails(name="Nobody Yet"), actor=None, now=MADE_AT)
    place_speaker(forum, later, nobody, role=SpeakerRole.SPEAKER, actor=None, now=MADE_AT)
    grant = grant_role(make_account("left@gtn.example", family_name="Left"), Role.HELPER, forum.scope)
    end_grant(grant, actor=organiser, now=MADE_AT)
    names = {each.person.sort_name for each in makers_of(forum)}
    assert not any("nobody" in name or "left" in name for name in names)


def test_facts_say_roles_sessions_and_names(forum: Forum, team: dict[str, Account]) -> None:
    facts = {
        each.key.partition("-")[0] + each.person.sort_name[:4]: maker_request(each, forum, issued_on=ISSUED_ON).facts
        for each in makers_of(forum)
    }
    elena, hana = facts["speakerelen"], facts["speakermori"]
    assert (elena.given_name, elena.family_name, elena.role) == ("Elena Sokolova", "", "moderator and speaker")
    assert elena.rule_met == ("“Opening”", "“Buying green”")
    assert (hana.holder_name, hana.own_script_name, hana.economy_name) == ("Hana MORI", "森 はな", "Japan")
    assert (facts["volunteersilv"].role, facts["volunteersilv"].rule_met) == ("", ())


def test_many_sessions_are_told_in_few_lines_and_long_titles_are_cut(forum: Forum, team: dict[str, Account]) -> None:
    elena = makers_of(forum)[0].person
    for number in range(3):
        details = SessionDetails(title="Cold chains " * 20 + str(number), starts_at=MADE_AT, minutes=30)
        session = add_session(forum, details, actor=None, now=MADE_AT)
        place_speaker(forum, session, elena, role=SpeakerRole.SPEAKER, actor=None, now=MADE_AT)  # type: ignore[arg-type]
    first, second, more = maker_request(makers_of(forum)[0], forum, issued_on=ISSUED_ON).facts.rule_met
    assert first.startswith("“Cold chains Cold")
    assert (len(first) < 95, second[:5], more) == (True, "“Cold", "and 3 more sessions")


@pytest.mark.parametrize(
    ("title", "told"),
    [
        ("พลังงานสะอาด" * 10, ("พลังงานสะอาด" * 10)[:90] + " …"),
        ("On " + "綠色技術" * 30, ("On " + "綠色技術" * 30)[:90] + " …"),
        ("ก" * 89 + "กี่" * 9, "ก" * 89 + " …"),
        ("green roofs " * 10, "green roofs " * 7 + "green …"),
    ],
)
def test_a_long_title_without_spaces_is_cut_between_its_signs(
    forum: Forum, team: dict[str, Account], title: str, told: str
) -> None:
    session = db.session.scalars(select(ForumSession).where(ForumSession.title == "Buying green")).one()
    session.title = title.strip()
    db.session.commit()
    assert maker_request(makers_of(forum)[0], forum, issued_on=ISSUED_ON).facts.rule_met[1] == f"“{told}”"


def test_chosen_ones_and_then_all_are_issued_each_once(
    desk: FlaskClient, forum: Forum, team: dict[str, Account], now: datetime
) -> None:
    address = f"/forums/{forum}/manage/certificates/makers"
    keys = [each.key for each in makers_of(forum)]
    desk.post(address, data={"ids": [keys[0], keys[3], "speaker-999999", "nonsense"]})
    run_due_jobs(now)
    assert [each.serial[:3] for each in certificates()] == ["S13", "O13"]
    desk.post(address, data={"all": "1"})
    run_due_jobs(now)
    assert sorted(each.serial[:3] for each in certificates()) == ["O13", "S13", "S13", "S13", "V13", "V13"]
    assert {each.holder_account_id for each in certificates() if each.kind is CertificateKind.VOLUNTEER} == {
        team["helper"].id,
        team["door"].id,
    }
    job = db.session.scalars(select(Job).order_by(Job.id.desc())).first()
    assert job is not None
    with ZipFile(upload_path(db.session.get_one(Upload, job.result_upload_id))) as archive:
        texts = [PdfReader(io.BytesIO(archive.read(name))).pages[0].extract_text() for name in archive.namelist()]
    said = [" ".join(text.split()) for text in texts]
    assert "as moderator and speaker" in said[0]
    assert "was one of those who organised the" in said[3]
    assert "helped to run the" in said[4]


def test_a_role_that_is_given_anew_brings_no_second_certificate(
    desk: FlaskClient, forum: Forum, organiser: Account, team: dict[str, Account], now: datetime
) -> None:
    address = f"/forums/{forum}/manage/certificates/makers"
    desk.post(address, data={"all": "1"})
    run_due_jobs(now)
    before = len(certificates())
    door = team["door"]
    grant = next(each for each in door.live_grants)
    end_grant(grant, actor=organiser, now=now)
    grant_role(door, Role.CHECK_IN_STAFF, forum.scope)
    desk.post(address, data={"all": "1"})
    run_due_jobs(now)
    assert len(certificates()) == before


def test_nobody_chosen_is_said_and_starts_no_job(desk: FlaskClient, forum: Forum, team: dict[str, Account]) -> None:
    reply = desk.post(f"/forums/{forum}/manage/certificates/makers", data={}, follow_redirects=True)
    assert "Nobody is chosen" in reply.text
    assert db.session.scalars(select(Job)).all() == []


def test_the_list_costs_the_same_however_many_there_are(
    desk: FlaskClient, forum: Forum, team: dict[str, Account]
) -> None:
    address, counts = f"/forums/{forum}/manage/certificates/makers", []
    for batch in range(2):
        for number in range(4 * batch):
            grant_role(make_account(f"v{number}@gtn.example", family_name=f"V{number}"), Role.HELPER, forum.scope)
        desk.get(address)
        db.session.expire_all()
        with count_queries() as queries:
            assert desk.get(address).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]
