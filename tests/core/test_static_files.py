"""Style and scripts are kept by browsers, under an address that changes with their content."""

import re

from flask.testing import FlaskClient

from gtn_events.core.static_files import KEPT, static_address


def test_what_a_page_names_is_kept_for_a_year(client: FlaskClient) -> None:
    named = re.findall(r'(?:href|src)="(/static/[^"#]+)', client.get("/").text)
    assert f"{static_address()}/css/base.css" in named
    for address in named:
        with client.get(address) as answer:
            assert (answer.status_code, answer.headers["Cache-Control"]) == (200, KEPT), address


def test_what_a_file_names_has_the_same_version(client: FlaskClient) -> None:
    with client.get(f"{static_address()}/css/components.css") as answer:
        assert 'url("../chevron.svg")' in answer.text
    with client.get(f"{static_address()}/chevron.svg") as answer:
        assert answer.headers["Cache-Control"] == KEPT


def test_a_page_of_another_release_has_its_files_but_they_are_not_kept(client: FlaskClient) -> None:
    with client.get("/static/0123456789abcdef/css/base.css") as answer:
        assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-cache")


def test_nothing_else_is_served(client: FlaskClient) -> None:
    for path in ("css/none.css", "../app.py", "%2e%2e/app.py", "css/..%2f..%2fapp.py"):
        answer = client.get(f"{static_address()}/{path}")
        assert (answer.status_code, answer.headers["Cache-Control"]) == (404, "private, no-cache"), path
