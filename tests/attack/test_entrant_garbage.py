"""Whatever is sent to the pages of an entrant, they answer, and never with a failure of their own."""

import io
from datetime import datetime
from typing import Any
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from gtn_events.accounts.models import Account
from gtn_events.competition.models import Entry
from gtn_events.core import clock
from gtn_events.core.db import db
from tests.attack.test_garbage import NUMBERS, TEXTS, VALUES
from tests.competition.entrant.entering import ENTRY, URL, begin, fill_in, send
from tests.competition.factories import make_competition
from tests.factories import make_account, sign_in

FIELDS = (
    *("category", "categories", "economy", "size", "founded_in", "organisation_name", "website", "seen", "go"),
    *("title", "summary", "languages", "video_url", "q_solution", "text", "declared_by", "agree"),
    *("members-0-name", "members-0-gender", "members-1-economy", "members-99-name", "members-x-name", "members-"),
)
STEPS = ("category", "company", "entry", "questions", "team", "declaration", "check")


@pytest.fixture(autouse=True)
def _moment(monkeypatch: pytest.MonkeyPatch, now: datetime) -> None:
    monkeypatch.setattr(clock, "now", lambda: now)


@pytest.fixture
def rosa(client: FlaskClient) -> Account:
    make_competition()
    account = make_account()
    sign_in(client, account)
    return account


@pytest.mark.usefixtures("rosa")
def test_no_value_makes_a_step_fail(client: FlaskClient) -> None:
    draft = begin(client)
    for value in VALUES:
        for step in STEPS:
            for go in (value, "add", "remove-1", f"remove-{value}"):
                fields = {name: value for name in FIELDS if name != "seen"} | {"go": go}
                assert (step, value, client.post(f"{draft}/{step}", data=fields).status_code < 500) == (
                    step,
                    value,
                    True,
                )
            assert client.post(f"{draft}/{step}/draft", data=dict.fromkeys(FIELDS, value)).status_code < 500
        for page in ("category", "team", "check"):
            assert client.get(f"{draft}/{page}").status_code == 200
    assert db.session.scalar(select(Entry)) is None


@pytest.mark.usefixtures("rosa")
def test_files_for_texts_and_texts_for_files_do_no_harm(client: FlaskClient) -> None:
    draft = begin(client)
    for step in STEPS:
        files: dict[str, Any] = {name: (io.BytesIO(b"x"), "x.txt") for name in FIELDS}
        assert client.post(f"{draft}/{step}", data=files, content_type="multipart/form-data").status_code < 500
        assert client.post(f"{draft}/{step}", json=[1, {"title": None}]).status_code < 500


@pytest.mark.usefixtures("rosa")
def test_no_address_fails(client: FlaskClient) -> None:
    location = send(client)
    for number in NUMBERS:
        for tail in ("", "category", "check", "discard"):
            assert client.get(f"{URL}/enter/{number}/{tail}").status_code == 404
        assert client.post(f"{URL}/enter/{number}/check").status_code < 500
    for text in map(quote, TEXTS):
        for path in (f"my/{text}", f"my/{text}/withdraw", f"enter/1/{text}"):
            assert client.get(f"{URL}/{path}").status_code < 500
        assert client.get(f"{location}/files/{text}").status_code < 500
        assert client.get(f"/competitions/{text}/").status_code < 500


def test_nothing_that_is_typed_makes_the_check_of_a_receipt_fail(client: FlaskClient) -> None:
    for value in VALUES:
        answer = client.get("/competitions/receipt", query_string=dict.fromkeys(("reference", "sha256", "seal"), value))
        assert (value, answer.status_code) == (value, 200)


@pytest.mark.usefixtures("rosa")
def test_marks_are_escaped_wherever_they_are_shown(client: FlaskClient) -> None:
    marks = "<script>alert(1)</script>"
    draft = begin(client)
    fill_in(client, draft, entry=ENTRY | {"title": marks, "summary": marks}, questions={"q_solution": marks})
    pages = [client.get(f"{draft}/check").text, client.get(f"{URL}/my/").text]
    location = str(client.post(f"{draft}/check").location)
    pages += [client.get(path).text for path in (location, f"{location}/withdraw", f"{URL}/my/", "/home")]
    assert [marks in page for page in pages] == [False] * len(pages)
    assert all("&lt;script&gt;" in page for page in pages[2:])
