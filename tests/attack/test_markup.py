"""Markup that somebody typed is shown as text, on every page and in every mail, whatever column it is kept in."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from gtn_events.accounts.enums import Role
from tests.attack.full_forum import FullForum, make_full_forum
from tests.attack.typed import type_everywhere
from tests.factories import grant_role, sign_in

TYPED = "\"'><xss onload=alert(1)></textarea></script>{{7*7}}%(name)s"


@pytest.fixture
def place(database: None) -> FullForum:
    """A forum whose every text is markup."""
    made = make_full_forum("markup-forum", "markupword")
    type_everywhere(TYPED)
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
