"""Nominations come by spreadsheet: looked at line by line, then taken; sent again, they change and never double."""

import csv
import io
from datetime import timedelta
from typing import Any

import openpyxl
import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.economies import Economy
from gtn_events.core.uploads import Upload
from gtn_events.delegations.domain.nomination_sheet import Fate, preview_sheet
from gtn_events.delegations.domain.nominations import Nominee, draft_nomination
from gtn_events.delegations.enums import NominationState as State
from gtn_events.delegations.models import Delegation, Nomination
from gtn_events.forum.enums import DelegationFunction, Funding
from gtn_events.forum.models import Forum, ForumCategory
from tests.delegations.conftest import DESK, Register, coordinator_of
from tests.factories import MADE_AT, sign_in

SHEET = f"{DESK}/nominations/upload"
HEADS = [
    "E-mail",
    "Category",
    "Given name",
    "Family name",
    "Gender",
    "Position",
    "Organisation",
    "Kind of organisation",
    "Function",
    "Rank",
    "Funding",
    "Why this person",
]
INES = [
    "Ines@Firm.example",
    "delegate",
    "Inés",
    "Quispe",
    "Woman",
    "Founder",
    "Andes Cold Chain",
    "sme",
    "Adviser",
    "3",
    "APEC",
    "Runs cold stores.",
]
LUZ = ["luz@firm.example", "Delegate", "Luz", "Mamani"]


@pytest.fixture(autouse=True)
def at_noon(monkeypatch: pytest.MonkeyPatch) -> None:
    """The forum is open for registration."""
    monkeypatch.setattr("gtn_events.core.clock.now", lambda: MADE_AT + timedelta(days=10))


def as_csv(*rows: list[str]) -> io.BytesIO:
    text = io.StringIO()
    csv.writer(text).writerows([HEADS, *rows])
    return io.BytesIO(text.getvalue().encode())


def as_xlsx(*rows: list[Any]) -> io.BytesIO:
    book, file = openpyxl.Workbook(), io.BytesIO()
    for row in (HEADS, *rows):
        book.active.append(row)
    book.save(file)
    return io.BytesIO(file.getvalue())


def send(desk: FlaskClient, file: io.BytesIO, name: str = "people.csv") -> TestResponse:
    return desk.post(SHEET, data={"file": (file, name)}, content_type="multipart/form-data")


def take(desk: FlaskClient, *rows: list[str], go: str = "nominate") -> TestResponse:
    return desk.post(send(desk, as_csv(*rows)).location, data={"go": go})


def by_name() -> dict[str, Nomination]:
    db.session.expire_all()
    return {each.family_name: each for each in db.session.scalars(select(Nomination))}


def in_delegation(forum: Forum, code: str = "PE") -> Delegation:
    return Delegation(forum, db.session.get_one(Economy, code))


def test_nothing_is_written_before_it_is_confirmed(desk: FlaskClient, category: ForumCategory) -> None:
    answer = send(desk, as_csv(INES, LUZ))
    page = desk.get(answer.location).text
    assert (answer.status_code, "New <strong>2" in page, "a draft: something is missing" in page) == (302, True, True)
    assert by_name() == {}


def test_who_is_complete_is_nominated_and_others_are_drafts(desk: FlaskClient, category: ForumCategory) -> None:
    take(desk, INES, LUZ)
    found = by_name()
    ines = found["Quispe"]
    assert {name: each.state for name, each in found.items()} == {"Quispe": State.NOMINATED, "Mamani": State.DRAFT}
    assert (ines.email_key, ines.category, ines.gender, ines.organisation_kind) == (
        "ines@firm.example",
        category,
        "woman",
        "sme",
    )
    assert (ines.function, ines.rank, ines.funding) == (DelegationFunction.ADVISER, 3, Funding.APEC)


def test_a_workbook_does_the_same(desk: FlaskClient, category: ForumCategory) -> None:
    answer = send(desk, as_xlsx([*INES[:9], 3, *INES[10:]]), "people.xlsx")
    desk.post(answer.location, data={"go": "draft"})
    assert (by_name()["Quispe"].state, by_name()["Quispe"].rank) == (State.DRAFT, 3)


def test_sent_again_it_changes_and_never_doubles(desk: FlaskClient, category: ForumCategory) -> None:
    take(desk, INES, LUZ)
    page = desk.get(send(desk, as_csv([*INES[:5], "Director", *INES[6:]], LUZ)).location).text
    take(desk, ["INES@firm.example", *INES[1:5], "Director", *INES[6:]], LUZ)
    assert ("Founder → Director" in page, "Unchanged <strong>1" in page) == (True, True)
    assert (len(by_name()), by_name()["Quispe"].position) == (2, "Director")


def test_a_column_that_the_file_has_not_leaves_alone_what_is_there(desk: FlaskClient, category: ForumCategory) -> None:
    take(desk, INES)
    file = io.BytesIO(b"E-mail,Category,Family name\r\nines@firm.example,Delegate,Torres\r\n")
    desk.post(send(desk, file).location, data={"go": "draft"})
    found = by_name()["Torres"]
    assert (found.position, found.rank, found.state) == ("Founder", 3, State.NOMINATED)


def test_each_error_stands_at_its_cell(forum: Forum, category: ForumCategory, register: Register) -> None:
    register("Abad")
    chile = coordinator_of("CHL")
    theirs = Nominee(email="pia@firm.example", category=category)
    draft_nomination(in_delegation(forum, "CHL"), theirs, actor=chile, now=MADE_AT)
    rows = [
        ["no address", "Delegate"],
        ["a@firm.example", "Minister"],
        ["b@firm.example", "Delegate", "", "=CMD()"],
        ["c@firm.example", "Delegate", "", "", "", "", "", "", "", "first"],
        LUZ,
        ["LUZ@firm.example", "Delegate"],
        ["abad@firm.example", "Delegate"],
        ["pia@firm.example", "Delegate"],
        ["d@firm.example", "Delegate", "x" * 101],
    ]
    lines = preview_sheet(in_delegation(forum), [HEADS, *rows], [category]).lines
    assert [(line.number, line.fate, list(line.errors)) for line in lines] == [
        (2, Fate.REFUSED, ["email"]),
        (3, Fate.REFUSED, ["category"]),
        (4, Fate.REFUSED, ["family_name"]),
        (5, Fate.REFUSED, ["rank"]),
        (6, Fate.NEW, []),
        (7, Fate.REFUSED, ["email"]),
        (8, Fate.REFUSED, ["email"]),
        (9, Fate.REFUSED, ["email"]),
        (10, Fate.REFUSED, ["given_name"]),
    ]
    assert lines[1].errors["category"] == "Write one of these: Delegate."
    assert lines[5].errors["email"] == "The address stands in line 6 already."


def test_apec_pays_for_nobody_of_an_economy_that_is_not_eligible(forum: Forum, category: ForumCategory) -> None:
    (line,) = preview_sheet(in_delegation(forum, "AUS"), [HEADS, INES], [category]).lines
    assert (line.fate, list(line.errors)) == (Fate.REFUSED, ["funding"])


def test_lines_to_correct_come_back_with_comments(desk: FlaskClient, category: ForumCategory) -> None:
    answer = send(desk, as_csv(INES, ["nobody", "Minister"]))
    with desk.get(f"{answer.location}/errors") as response:
        page = openpyxl.load_workbook(io.BytesIO(response.data)).active
    assert (page.max_row, page["A2"].value, page["A1"].value) == (2, "nobody", "E-mail")
    assert page["B2"].comment.text.strip() == "Write one of these: Delegate."
    assert "E-mail: Write an e-mail address" in page.cell(2, len(HEADS) + 1).value


def test_refused_lines_are_left_out_and_the_others_taken(desk: FlaskClient, category: ForumCategory) -> None:
    answer = desk.post(send(desk, as_csv(INES, ["nobody", "Delegate"])).location, data={"go": "draft"})
    assert "1 new, 0 changed, 0 as before, 1 refused" in desk.get(answer.location).text
    assert list(by_name()) == ["Quispe"]


def test_the_file_is_looked_at_again_when_it_is_confirmed(
    desk: FlaskClient, forum: Forum, category: ForumCategory
) -> None:
    kept = send(desk, as_csv(INES)).location
    chile = coordinator_of("CHL")
    theirs = Nominee(email="ines@firm.example", category=category, family_name="Theirs")
    draft_nomination(in_delegation(forum, "CHL"), theirs, actor=chile, now=MADE_AT)
    db.session.commit()
    desk.post(kept, data={"go": "nominate"})
    assert list(by_name()) == ["Theirs"]


def test_a_file_is_taken_once_and_then_deleted(desk: FlaskClient, category: ForumCategory) -> None:
    kept = send(desk, as_csv(LUZ)).location
    answers = [desk.post(kept, data={"go": "draft"}).status_code for _ in range(2)]
    assert (answers, db.session.scalar(select(func.count()).where(Upload.deleted_at.is_(None)))) == ([302, 404], 0)


def test_a_file_belongs_to_whoever_sent_it(desk: FlaskClient, category: ForumCategory, coordinator: Account) -> None:
    kept = send(desk, as_csv(LUZ)).location
    deputy = coordinator_of("CHL")
    sign_in(desk, deputy)
    own = kept.replace("/PE/", "/CHL/")
    assert [desk.get(url).status_code for url in (kept, own, f"{own}/errors")] == [403, 404, 404]


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"", "a.csv", "is empty"),
        (b"Name,Town\r\nRosa,Lima\r\n", "a.csv", "The first line has to name the columns"),
        ("E-mail,Category\r\nInés,x\r\n".encode("latin-1"), "a.csv", "a.csv"),
        (b"%PDF-1.4\n%%EOF", "a.csv", "PDF"),
        (b"E-mail,Category\r\n" + b"a@firm.example,Delegate\r\n" * 2_001, "a.csv", "more than 2001 lines"),
    ],
)
def test_a_file_that_is_none_of_ours_is_refused_at_its_field(
    desk: FlaskClient, category: ForumCategory, content: bytes, name: str, words: str
) -> None:
    answer = send(desk, io.BytesIO(content), name)
    assert (answer.status_code, words in answer.text) == (422, True)


def test_the_template_offers_choices_and_reads_back_unchanged(desk: FlaskClient, category: ForumCategory) -> None:
    take(desk, INES, LUZ)
    with desk.get(f"{DESK}/nominations/template") as response:
        book = openpyxl.load_workbook(io.BytesIO(response.data))
        again = send(desk, io.BytesIO(response.data), "people.xlsx")
    lists = book["Nominations"].data_validations.dataValidation
    assert (book["Nominations"].max_row, len(lists), book["Choices"]["B2"].value) == (3, 7, "Delegate")
    assert "Unchanged <strong>2" in desk.get(again.location).text
    with desk.get(f"{DESK}/nominations/template?format=csv") as response:
        assert response.data.decode("utf-8-sig").startswith("E-mail,Category,Title")
