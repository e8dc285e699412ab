"""Whatever is sent to whatever address, the application answers, and never with a failure of its own."""

import io
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import AnyConverter, IntegerConverter, Rule

from gtn_events.accounts.enums import Role
from gtn_events.core.db import db
from tests.attack.full_forum import FullForum, make_full_forum
from tests.factories import grant_role, sign_in

WORD = "fuzzword"
NUMBERS = (0, 2**31, 2**63, 2**64, 10**40)
TEXTS = ("\x00", "a" * 3000, "..", "\u202egnp", "%", "'", "🧊", "ｆｕｌｌ", "-1", "9" * 40, "\n", "²")
VALUES = (
    "",
    "\x00",
    "a\x00b",
    "9" * 30,
    "-1",
    "²",
    "1e999",
    "NaN",
    "2147483648",
    "9223372036854775808",
    "2013-02-30",
    "0001-01-01",
    "0001-01-01T00:00",
    "9999-12-31T23:59",
    "99:99",
    "🧊" * 200,
    "x" * 12_000,
    "<script>alert(1)</script>",
    "=1+1",
    "[]",
    "http://[",
    "a@b",
    "\u202e\u0000",
    "\ud7ff\ue000\uffff",
)
# Fields that views read beside the forms of their pages.
LOOSE = (
    "action",
    "ids",
    "list",
    "all",
    "reason",
    "answer",
    "act",
    "code",
    "station",
    "seen",
    "move",
    "order",
    "step",
    "format",
    "answers",
    "sensitive",
    "next",
    "go",
    "lock_version",
    "file",
    "photo",
    "drop_photo",
    "confirm",
    "preview",
    "opening",
    "intake",
    "slot",
    "outcome",
    "back",
)
QUERY = ("q", "sort", "at", "size", "state", "category", "economy", "column", "role", "day", "track", "room")
QUERY += ("session", "next", "kind", "step", "serial", "name", "page", "from", "to", "actor", "what", "verb")
# core_health.ready rightly says 503 here: the tables of the tests are made without migrations.
NEVER = {
    "core_health.ready",
    "accounts.sign_out",
    "accounts.erase_submit",
    "accounts.session_end",
    "accounts.sessions_end_others",
}


@pytest.fixture
def place(database: None) -> FullForum:
    return make_full_forum("fuzz-forum", WORD)


def failures(client: FlaskClient, method: str, url: str, **request: Any) -> Iterator[str]:
    """What went wrong with one request, nothing if it was answered as it should be."""
    try:
        response = client.open(url, method=method, **request)
        status = response.status_code
        response.close()
    except Exception as error:  # noqa: BLE001  # the test collects every failure
        db.session.rollback()
        yield f"{method} {url[:120]} {str(request)[:200]}: {type(error).__name__} {str(error)[:200]}"
        return
    if status >= 500:
        yield f"{method} {url[:120]} {str(request)[:200]}: {status}"


def rules(app: Flask, who: str) -> Iterator[tuple[Rule, str]]:
    """Every rule with each method; of a coordinator, who finds nothing elsewhere, only their own pages."""
    for rule in app.url_map.iter_rules():
        if who == "coordinator" and not rule.endpoint.startswith("competition_economy."):
            continue
        if not rule.endpoint.startswith("static") and rule.endpoint not in NEVER:
            for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
                yield rule, method


def some(values: tuple[str, ...], turn: int) -> tuple[str, ...]:
    """Every sixth value, beginning elsewhere each time: all of them reach some address, none takes minutes."""
    return values[turn % 6 :: 6]


def person(place: FullForum, who: str) -> Any:
    if who == "administrator":
        grant_role(place.organiser, Role.ADMINISTRATOR)
    return {"delegate": place.delegate, "coordinator": place.entered.coordinator}.get(who, place.organiser)


def fields_of(page: str) -> set[str]:
    return set(re.findall(r'<(?:input|select|textarea|button)[^>]*\bname="([^"]+)"', page)) - {"csrf_token"}


@pytest.mark.parametrize("who", ["administrator", "delegate", "coordinator"])
def test_no_address_fails(app: Flask, client: FlaskClient, place: FullForum, who: str) -> None:
    sign_in(client, person(place, who))
    found: list[str] = []
    for turn, (rule, method) in enumerate(rules(app, who)):
        # An argument with a default value stands in no part of the address.
        for name, converter in rule._converters.items():
            number = isinstance(converter, IntegerConverter)
            if isinstance(converter, AnyConverter):
                continue
            for value in NUMBERS if number else some(TEXTS, turn):
                url = place.address(app, rule, **{name: value if number else "WHATEVER"})
                url = url.replace("WHATEVER", quote(str(value), safe=""))
                found.extend(failures(client, method, url))
    assert found == []


@pytest.mark.parametrize("who", ["administrator", "delegate", "coordinator", "nobody"])
def test_no_query_fails(app: Flask, client: FlaskClient, place: FullForum, who: str) -> None:
    if who != "nobody":
        sign_in(client, person(place, who))
    found: list[str] = []
    for turn, (rule, method) in enumerate(rules(app, who)):
        if method != "GET":
            continue
        url = place.address(app, rule)
        for value in some(VALUES, turn):
            query = "&".join(f"{name}={quote(value, errors='replace')}" for name in QUERY)
            found.extend(failures(client, method, f"{url}?{query}"))
        found.extend(failures(client, method, f"{url}?q=%ff%fe&at=%ff&%ff=1&&==&q=1&q=2"))
    assert found == []


@pytest.mark.parametrize("who", ["administrator", "delegate", "coordinator", "nobody"])
def test_no_form_fails(app: Flask, client: FlaskClient, place: FullForum, who: str) -> None:
    if who != "nobody":
        sign_in(client, person(place, who))
    found: list[str] = []
    for turn, (rule, method) in enumerate(rules(app, who)):
        if method != "POST":
            continue
        url = place.address(app, rule)
        try:
            names = sorted(fields_of(client.get(url).text) | set(LOOSE))
        except Exception as error:  # noqa: BLE001  # the page itself failed
            db.session.rollback()
            found.append(f"GET {url}: {error!r}"[:300])
            names = list(LOOSE)
        found.extend(failures(client, method, url))
        found.extend(failures(client, method, url, json={"action": ["approve"], "ids": {}}))
        found.extend(
            failures(
                client, method, url, data=b"\xff\xfe=\xff&%ff=%ff", content_type="application/x-www-form-urlencoded"
            )
        )
        found.extend(failures(client, method, url, data=b"broken", content_type="multipart/form-data; boundary=x"))
        found.extend(failures(client, method, url, data=b"--x\r\n\r\n", content_type="multipart/form-data"))
        for raw in some(VALUES, turn):
            value = raw.encode("utf-8", "surrogatepass").decode("utf-8", "replace")
            found.extend(failures(client, method, url, data={name: [value, value] for name in names}))
        files = {name: (io.BytesIO(b"\x00"), "../../\u202e\x01" + "n" * 400) for name in names}
        found.extend(failures(client, method, url, data=files, content_type="multipart/form-data"))
    assert found == []
