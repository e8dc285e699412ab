"""Every view states who may use it."""

from typing import Any  # Any: view functions carry the mark as an attribute

import pytest
from flask import Flask
from flask.testing import FlaskClient

from gtn_events.core.permissions import Permission, is_marked

STATIC = "static"
VERBS = ("/delete", "/cancel", "/confirm", "/approve", "/reject", "/revoke", "/undo", "/publish", "/sign-out")


def views(app: Flask) -> dict[str, Any]:
    return {
        endpoint: view
        for endpoint, view in app.view_functions.items()
        if endpoint != STATIC and not endpoint.endswith(f".{STATIC}")
    }


def test_every_view_says_who_may_use_it(app: Flask) -> None:
    unmarked = [endpoint for endpoint, view in views(app).items() if not is_marked(view)]
    assert unmarked == []


def test_every_mark_is_public_or_a_permission(app: Flask) -> None:
    marks = {endpoint: view.access for endpoint, view in views(app).items()}
    wrong = {name: mark for name, mark in marks.items() if mark is not None and not isinstance(mark, Permission)}
    assert wrong == {}


def test_view_without_mark_is_refused(app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """The guard looks at the function itself, so a forgotten mark cannot be reached by any address."""
    monkeypatch.setitem(app.view_functions, "core.landing", lambda: "secret")
    response = client.get("/")
    assert (response.status_code, "secret" in response.text) == (403, False)


def test_no_two_rules_answer_the_same_request(app: Flask) -> None:
    seen: dict[tuple[str, str], str] = {}
    twice = []
    for rule in app.url_map.iter_rules():
        for method in sorted(rule.methods or ()):
            other = seen.setdefault((method, rule.rule), rule.endpoint)
            if other != rule.endpoint and method != "OPTIONS":
                twice.append((method, rule.rule, other, rule.endpoint))
    assert twice == []


def test_addresses_with_a_verb_take_a_post(app: Flask) -> None:
    """What such an address does is done by a POST; a GET there can only be the page that asks first."""
    methods: dict[str, set[str]] = {}
    for rule in app.url_map.iter_rules():
        methods.setdefault(rule.rule, set()).update(rule.methods or ())
    assert [rule for rule, found in methods.items() if rule.endswith(VERBS) and "POST" not in found] == []
