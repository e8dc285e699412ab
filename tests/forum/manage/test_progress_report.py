"""The progress report: words from the data until somebody writes others, tables always, out as PDF and docx."""

from datetime import date, datetime
from io import BytesIO

import docx
import pytest
from flask.testing import FlaskClient
from pypdf import PdfReader

from gtn_events.accounts.enums import Gender, Role
from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.errors import Stale
from gtn_events.forum.domain.check_in import check_in
from gtn_events.forum.domain.progress_report import PaperDetails, progress_report_of, save_progress_report
from gtn_events.forum.enums import PaperPurpose
from gtn_events.forum.enums import RegistrationState as State
from gtn_events.forum.models import Forum
from gtn_events.forum.queries.forums import checkpoint_of
from tests.factories import grant_role, make_account, make_category, make_registration, sign_in

DETAILS = PaperDetails(
    document_number="2013/SMEWG36/025",
    agenda_item="",
    purpose=PaperPurpose.INFORMATION,
    submitted_by="Indonesia",
    meeting="36th SMEWG",
    meeting_place="",
    meeting_dates="",
    as_of=None,
    small_numbers=False,
)


def came(forum: Forum, organiser: Account, now: datetime, *economies: str) -> None:
    category = make_category(forum)
    door = db.session.execute(checkpoint_of(forum, "main-door")).scalar_one()
    for number, code in enumerate(economies):
        account = make_account(f"p{number}@firm.example", economy_code=code, gender=Gender.WOMAN)
        check_in(make_registration(category, account, State.CONFIRMED), door, station="", actor=organiser, now=now)
    db.session.commit()


def address(forum: Forum, ending: str = "") -> str:
    return f"/forums/{forum}/manage/progress-report{ending}"


def test_the_data_fills_the_words_and_the_tables(
    desk: FlaskClient, forum: Forum, organiser: Account, now: datetime
) -> None:
    came(forum, organiser, now, "PE", "PE", "PE", "THA", "THA", "THA")
    page = desk.get(address(forum)).get_data(as_text=True)
    assert "GTN Forum 2013 (First GTN Forum) was held in Jakarta, Indonesia" in page
    assert "6 people of 2 economies took part. They came from Peru and Thailand." in page
    text = " ".join(each.extract_text() for each in PdfReader(BytesIO(desk.get(address(forum, ".pdf")).data)).pages)
    assert "6 people of 2 economies took part" in " ".join(text.split())
    document = docx.Document(BytesIO(desk.get(address(forum, ".docx")).data))
    assert [cell.text for cell in document.tables[0].rows[1].cells] == ["Peru", "3", "0", "0", "3"]
    assert any("6 people of 2 economies" in each.text for each in document.paragraphs)


def test_what_the_organiser_writes_stays_and_is_printed(desk: FlaskClient, forum: Forum) -> None:
    sent = {
        "seen": "0",
        "purpose": "consideration",
        "document_number": "2013/SMEWG36/025",
        "text_recommendations": "Meet every year.\nPublish the directory. ชื่อ Đà Nẵng",
        "text_held": "It was held.",
        "text_summary": "",
    }
    assert desk.post(address(forum), data=sent).status_code == 302
    page = desk.get(address(forum)).get_data(as_text=True)
    assert "It was held." in page
    assert "What the data says" in page
    document = docx.Document(BytesIO(desk.get(address(forum, ".docx")).data))
    numbered = [
        each.text for each in document.paragraphs if each.style is not None and each.style.name == "List Number"
    ]
    assert numbered[-2:] == ["Meet every year.", "Publish the directory. ชื่อ Đà Nẵng"]
    assert [each.text for each in document.tables[0].rows[0].cells] == ["Document number", "2013/SMEWG36/025"]
    assert "Executive summary" not in [each.text for each in document.paragraphs]


def test_the_words_of_the_data_can_be_taken_again(desk: FlaskClient, forum: Forum) -> None:
    desk.post(address(forum), data={"seen": "0", "purpose": "information", "text_held": "Mine."})
    desk.post(address(forum), data={"seen": "1", "purpose": "information", "text_held": "Mine.", "take_held": "y"})
    report = progress_report_of(forum)
    assert report is not None
    assert "held" not in report.texts
    assert "was held in Jakarta" in desk.get(address(forum)).get_data(as_text=True)


def test_words_that_were_not_changed_follow_the_data(
    desk: FlaskClient, forum: Forum, organiser: Account, now: datetime
) -> None:
    page = desk.get(address(forum)).get_data(as_text=True)
    assert "Nobody has been checked in yet." in page
    said = "Nobody has been checked in yet. 0 had been nominated or had registered; 0 were confirmed."
    desk.post(address(forum), data={"seen": "0", "purpose": "information", "text_participants": said})
    came(forum, organiser, now, *["PE"] * 4)
    assert "4 people of 1 economy took part." in desk.get(address(forum)).get_data(as_text=True)


def test_a_second_editor_is_told_and_loses_nothing(
    desk: FlaskClient, forum: Forum, organiser: Account, now: datetime
) -> None:
    save_progress_report(forum, DETAILS, {"held": "First."}, seen_version=0, actor=organiser, now=now)
    db.session.commit()
    page = desk.post(address(forum), data={"seen": "0", "purpose": "information", "text_held": "Second."})
    assert page.status_code == 422
    assert "Somebody else saved this report" in page.get_data(as_text=True)
    assert "Second." in page.get_data(as_text=True)
    with pytest.raises(Stale):
        save_progress_report(forum, DETAILS, {}, seen_version=7, actor=organiser, now=now)


def test_bad_input_is_named_at_its_field(desk: FlaskClient, forum: Forum) -> None:
    page = desk.post(
        address(forum),
        data={"seen": "0", "purpose": "bribe", "as_of": "soon", "document_number": "x" * 61, "text_held": "y" * 20_001},
    )
    text = page.get_data(as_text=True)
    assert page.status_code == 422
    assert all(f'id="{name}-error"' in text for name in ("as_of", "document_number", "text_held"))
    assert progress_report_of(forum) is None


def test_small_numbers_are_printed_only_when_asked(
    desk: FlaskClient, forum: Forum, organiser: Account, now: datetime
) -> None:
    came(forum, organiser, now, "PE", "THA", "THA", "THA", "THA")

    def peru() -> list[str]:
        document = docx.Document(BytesIO(desk.get(address(forum, ".docx")).data))
        rows = [[cell.text for cell in row.cells] for table in document.tables for row in table.rows]
        return next(row for row in rows if row[0] == "Peru")

    assert peru() == ["Peru", "*", "0", "0", "*"]
    desk.post(address(forum), data={"seen": "0", "purpose": "information", "small_numbers": "y"})
    assert peru() == ["Peru", "1", "0", "0", "1"]


def test_people_are_counted_as_of_its_day(desk: FlaskClient, forum: Forum, organiser: Account, now: datetime) -> None:
    came(forum, organiser, now, *["PE"] * 4)
    desk.post(address(forum), data={"seen": "0", "purpose": "information", "as_of": date(2013, 3, 1).isoformat()})
    assert "Nobody has been checked in yet." in desk.get(address(forum)).get_data(as_text=True)


def test_others_do_not_see_it(client: FlaskClient, forum: Forum) -> None:
    assert client.get(address(forum)).status_code == 302
    helper = make_account("helper@gtn.example")
    grant_role(helper, Role.HELPER, forum.scope)
    sign_in(client, helper)
    for ending in ("", ".pdf", ".docx"):
        assert client.get(address(forum, ending)).status_code == 403
    assert client.post(address(forum), data={"seen": "0"}).status_code == 403
