"""Markup that somebody typed is shown as text, on every page and in every mail, whatever column it is kept in."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import JSON, Enum, String, update
from werkzeug.routing import Rule

from gtn_events.accounts.enums import Role
from gtn_events.competition.models import Competition
from gtn_events.core.db import Base, db
from gtn_events.forum.views.programme.cache import forget_programmes
from tests.attack.full_forum import FullForum, make_full_forum
from tests.factories import MADE_AT, grant_role, sign_in

TYPED = "\"'><xss onload=alert(1)></textarea></script>{{7*7}}%(name)s"
# Columns that hold a word of ours and not a person's text: changing them would break what they lead to.
WORDS = re.compile(
    r"(^|_)(slug|code|key|guid|state|kind|verb|template|scope|type|time_zone|language|sha256|stored_as|serial|prefix|"
    r"reference|reference_prefix|email|email_key|to_address|address|hash|colour|name_key|gender|size|role|"
    r"own_script_language|subject_type|subject|content_type|password_hash|token_sha256|body_html|source|decided_by)$"
)


@pytest.fixture
def place(database: None) -> FullForum:
    """A forum whose every text is markup."""
    made = make_full_forum("markup-forum", "markupword")
    for table in Base.metadata.sorted_tables:
        texts = {
            column.name: TYPED[: column.type.length] if column.type.length else TYPED
            for column in table.columns
            if isinstance(column.type, String)
            and not isinstance(column.type, Enum | JSON)
            and not column.unique
            and not column.primary_key
            and not column.foreign_keys
            and not WORDS.search(column.name)
            and (column.type.length or 1000) >= len(TYPED)
        }
        if texts and not table.name.startswith(("core_economy", "certificates_", "core_periodic")):
            db.session.execute(update(table).values(texts))
    db.session.execute(update(Competition).values(results_published_at=MADE_AT))
    db.session.commit()
    db.session.expire_all()
    forget_programmes()
    return made


def pages(app: Flask) -> list[Rule]:
    return [
        rule
        for rule in app.url_map.iter_rules()
        if "GET" in (rule.methods or ()) and not rule.endpoint.startswith("static")
    ]


@pytest.mark.parametrize("who", ["administrator", "delegate", "entrant", "coordinator", "nobody"])
def test_no_page_carries_markup_that_was_typed(app: Flask, client: FlaskClient, place: FullForum, who: str) -> None:
    if who != "nobody":
        others = {
            "delegate": place.delegate,
            "entrant": place.entered.entrant,
            "coordinator": place.entered.coordinator,
        }
        person = others.get(who, place.organiser)
        if who == "administrator":
            grant_role(person, Role.ADMINISTRATOR)
        sign_in(client, person)
    found, shown = [], 0
    for rule in pages(app):
        code = {"code": place.values["speaker_code"]} if "speaker" in rule.endpoint else {}
        response = client.get(place.address(app, rule, **code))
        if response.mimetype == "text/html":
            shown += "&lt;xss" in response.text
            if "<xss" in response.text or "49%(" in response.text:
                at = response.text.find("<xss")
                found.append((rule.endpoint, response.text[max(0, at - 120) : at + 20]))
        response.close()
    assert (found, shown > 5) == ([], True)
