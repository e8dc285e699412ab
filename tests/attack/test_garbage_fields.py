"""Field by field: whatever stands in one field of a form that is otherwise as the page showed it, the form answers."""

from collections.abc import Iterator
from datetime import UTC, datetime
from html.parser import HTMLParser

import pytest
from flask import Flask
from flask.testing import FlaskClient

from gtn_events.accounts.enums import Role
from gtn_events.accounts.models import Account
from gtn_events.core import clock
from tests.attack.full_forum import FullForum, make_full_forum
from tests.attack.test_garbage import VALUES, failures, rules
from tests.attack.test_wrong_role import hosted
from tests.factories import grant_role, make_account, sign_in

MOMENT = datetime(2013, 6, 5, 2, 0, tzinfo=UTC)
MORE = (*VALUES, "x" * 1_000_000, "@SUM(1+1)", "9999999999.99", "2013-06-05", "GTN13-0001-0001", "a@b.example\n" * 300)
# Whose pages begin how; a new page of these is tried by itself.
PAGES = {
    "coordinator": ("delegations.", "delegations_economy_travel.", "forum_delegation_badges.", "circulars."),
    "host": ("forum_host.",),
    "travel officer": ("delegations_travel.",),
    "door": ("forum_check_in.", "forum_manage.badge"),
    "organiser": (
        "circulars_manage.",
        "forum_manage.letters",
        "forum_manage.mailing",
        "forum_manage.allotment",
        "forum_session_calls_manage.",
    ),
    "delegate": ("forum_my.", "delegations_my.", "forum_proposals.", "forum_session_calls."),
}


class Forms(HTMLParser):
    """The forms of a page that are sent: where to, and what stands in their fields."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []
        self._open = False
        self._select = self._text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._open = given.get("method", "").lower() == "post"
            self.found += [(given.get("action", ""), {})] if self._open else []
        elif self._open and given.get("name") and tag in {"input", "button"}:
            if given.get("type") not in {"checkbox", "radio"} or "checked" in given:
                self._fields.setdefault(given["name"], given.get("value", "on"))
        elif self._open and given.get("name") and tag in {"select", "textarea"}:
            self._select = given["name"] if tag == "select" else ""
            self._text = given["name"] if tag == "textarea" else ""
            self._fields[given["name"]] = ""
        elif tag == "option" and self._open and self._select and "selected" in given:
            self._fields[self._select] = given.get("value", "")

    def handle_data(self, data: str) -> None:
        if self._open and self._text:
            self._fields[self._text] += data

    def handle_endtag(self, tag: str) -> None:
        self._open = self._open and tag != "form"
        self._select = "" if tag == "select" else self._select
        self._text = "" if tag == "textarea" else self._text

    @property
    def _fields(self) -> dict[str, str]:
        return self.found[-1][1]


@pytest.fixture
def place(database: None, monkeypatch: pytest.MonkeyPatch) -> FullForum:
    """A forum on its first morning."""
    made = make_full_forum("field-forum", "fieldword")
    monkeypatch.setattr(clock, "now", lambda: MOMENT)
    return made


def person(place: FullForum, who: str) -> Account:
    others = {"coordinator": place.entered.coordinator, "organiser": place.organiser, "delegate": place.delegate}
    if who in others:
        return others[who]
    account = make_account("worker@firm.example")
    roles = {"host": Role.SIDE_EVENT_HOST, "travel officer": Role.TRAVEL_OFFICER, "door": Role.HELPER}
    grant_role(account, roles[who], hosted(place).host_scope if who == "host" else place.forum.scope)
    return account


def forms(app: Flask, client: FlaskClient, place: FullForum, who: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Every form of a person's pages, each address once."""
    seen = set()
    for rule, method in rules(app, who="administrator"):
        if method != "GET" or not rule.endpoint.startswith(PAGES[who]):
            continue
        page = place.address(app, rule, economy="PE")
        with client.get(page) as response:
            assert (page, response.status_code < 500) == (page, True)
            found = Forms(response.text).found if response.mimetype == "text/html" else []
        for action, fields in found:
            url = action or page
            if url.startswith("/forums/") and (url, *fields) not in seen:
                seen.add((url, *fields))
                yield url, fields


@pytest.mark.parametrize("who", PAGES)
def test_no_field_fails(app: Flask, client: FlaskClient, place: FullForum, who: str) -> None:
    sign_in(client, person(place, who))
    found: list[str] = []
    tried = 0
    for url, fields in list(forms(app, client, place, who)):
        for name in sorted(fields.keys() - {"csrf_token"}):
            # Every seventh value, beginning elsewhere each time: all of them reach some field, none takes minutes.
            for raw in MORE[tried % 7 :: 7]:
                value = raw.encode("utf-8", "surrogatepass").decode("utf-8", "replace")
                found.extend(failures(client, "POST", url, data=fields | {name: value}))
            tried += 1
    assert (found, tried > 5) == ([], True)
