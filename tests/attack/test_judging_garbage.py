"""Whatever is sent to the judge's and the progress pages, they answer, and never with a failure of their own."""

from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from gtn_events.accounts.enums import Role
from gtn_events.competition.models import Scorecard
from gtn_events.core import clock
from gtn_events.core.db import db
from tests.attack.test_garbage import NUMBERS, TEXTS, VALUES
from tests.competition.panels import Panel, make_panel
from tests.factories import grant_role, make_account, sign_in

FIELDS = (
    *("score_impact", "comment_impact", "to_entrant", "to_jury", "private", "reason", "seen", "act"),
    *("typed_name", "kind", "detail", "days", "round", "sort", "at"),
)


@pytest.fixture
def panel(database: None) -> Panel:
    now = clock.now()
    panel = make_panel(judges=2, entries=2, opens_at=now - timedelta(days=1), closes_at=now + timedelta(days=1))
    for account in (panel.account(), make_account("organiser@gtn.example")):
        grant_role(account, Role.ORGANISER, panel.competition.scope)
    return panel


def test_no_value_makes_a_page_fail(client: FlaskClient, panel: Panel) -> None:
    sign_in(client, panel.account())
    base = f"/competitions/{panel.competition.slug}"
    card = f"{base}/judge/rounds/1/entries/{panel.entries[0].reference}"
    ties = {f"{name}_{panel.seat().id}": "" for name in ("conflict", "detail")}
    posts = (card, f"{card}/draft", f"{card}/recuse", f"{base}/judge/rounds/1/declaration")
    posts += tuple(f"{base}/manage/progress/1/{step}" for step in ("open", "extend", "remind"))
    for value in VALUES:
        fields = dict.fromkeys((*FIELDS, *ties), value)
        for path in posts:
            for act in (value, "save", "change", "submit"):
                assert (path, value, client.post(path, data=fields | {"act": act}).status_code < 500) == (
                    path,
                    value,
                    True,
                )
        assert client.get(f"{base}/manage/progress", query_string=fields).status_code < 500
    assert db.session.scalars(select(Scorecard)).all() == []


def test_no_address_fails(client: FlaskClient, panel: Panel) -> None:
    sign_in(client, panel.account())
    base = f"/competitions/{panel.competition.slug}"
    reference = panel.entries[0].reference
    for number in NUMBERS:
        for tail in ("declaration", f"entries/{reference}", f"entries/{reference}/recuse"):
            assert client.get(f"{base}/judge/rounds/{number}/{tail}").status_code == 404
        assert client.get(f"{base}/manage/progress/{number}/close").status_code == 404
    for text in TEXTS:
        for path in (f"rounds/1/entries/{text}", f"rounds/1/entries/{reference}/files/{text}"):
            assert client.get(f"{base}/judge/{path}").status_code < 500
        assert client.get(f"{base}/manage/progress/1/{text}").status_code < 500


def test_long_texts_are_refused_and_marks_are_escaped(client: FlaskClient, panel: Panel) -> None:
    sign_in(client, panel.account())
    card = f"/competitions/{panel.competition.slug}/judge/rounds/1/entries/{panel.entries[0].reference}"
    marks = "<script>alert(1)</script>"
    full = {"score_impact": "4", "score_market": "3", "act": "submit"}
    assert client.post(card, data=full | {"to_jury": "x" * 5_001}).status_code == 422
    sent = client.post(card, data=full | {"to_jury": marks, "comment_impact": marks, "private": "a\x07b\u202e"})
    assert sent.status_code == 302, sent.text[-3000:]
    scorecard = db.session.scalars(select(Scorecard)).one()
    assert (scorecard.to_jury, scorecard.private) == (marks, "ab")
    sign_in(client, panel.account(1))
    other = f"/competitions/{panel.competition.slug}/judge/rounds/1/entries/{panel.entries[0].reference}"
    client.post(other, data=full)
    page = client.get(other).text
    assert (marks in page, "&lt;script&gt;" in page) == (False, True)
