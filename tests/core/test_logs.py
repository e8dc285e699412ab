"""Log lines carry the request they belong to, and no secret of an address."""

import json
import logging

import pytest
from flask import Flask
from flask.testing import FlaskClient

from gtn_events.core.logs import JsonFormatter


def test_every_answer_bears_a_request_id(client: FlaskClient) -> None:
    assert client.get("/healthz", headers={"X-Request-ID": "from-the-proxy-1"}).headers["X-Request-ID"] == (
        "from-the-proxy-1"
    )
    assert len(client.get("/healthz", headers={"X-Request-ID": "bad id\t{}"}).headers["X-Request-ID"]) == 16


def test_access_line_names_the_route_and_not_the_path(client: FlaskClient, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, "gtn_events.access"):
        client.get("/jobs/42?token=secret")
    (record,) = [record for record in caplog.records if record.name == "gtn_events.access"]
    assert record.facts["route"] == "/jobs/<int:job_id>"  # type: ignore[attr-defined]  # given as extra
    assert "secret" not in record.getMessage()


def test_line_of_a_failure_names_the_route_and_not_the_path(
    app: Flask, client: FlaskClient, database: None, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(**_values: object) -> str:
        raise RuntimeError("broken")

    (rule,) = [each for each in app.url_map.iter_rules() if each.endpoint == "accounts.invitation"]
    fail.access = app.view_functions[rule.endpoint].access  # type: ignore[attr-defined]  # see public()
    monkeypatch.setitem(app.view_functions, rule.endpoint, fail)
    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)
    assert client.get("/invitations/the-secret-token").status_code == 500
    assert f"failed: GET {rule.rule}" in caplog.text
    assert "the-secret-token" not in caplog.text


@pytest.mark.parametrize("size", [0, 3_000_000])
def test_what_is_refused_early_has_its_access_line(
    client: FlaskClient, database: None, caplog: pytest.LogCaptureFixture, size: int
) -> None:
    """Somebody who looks for the forums that are not shown, or sends floods, is seen."""
    form = {"data": b"a=" + b"a" * size, "content_type": "application/x-www-form-urlencoded"} if size else {}
    with caplog.at_level(logging.INFO, "gtn_events.access"):
        answer = client.open("/forums/of-nobody", method="POST" if size else "GET", **form)  # type: ignore[arg-type]
    lines = [record for record in caplog.records if record.name == "gtn_events.access"]
    assert (answer.status_code in {404, 405, 413}, len(lines)) == (True, 1)


def test_json_line_holds_message_request_and_facts() -> None:
    record = logging.LogRecord("gtn_events.x", logging.WARNING, "", 0, "mail %s", (7,), None)
    record.request_id, record.facts = "r1", {"status": 200}
    line = json.loads(JsonFormatter().format(record))
    del line["at"]
    assert line == {"level": "warning", "logger": "gtn_events.x", "message": "mail 7", "request": "r1", "status": 200}


def test_json_line_of_an_error_holds_its_traceback() -> None:
    try:
        raise ValueError("no\nnewline")
    except ValueError as error:
        info = (type(error), error, error.__traceback__)
    record = logging.LogRecord("gtn_events.x", logging.ERROR, "", 0, "failed", (), info)
    text = JsonFormatter().format(record)
    assert "\n" not in text
    assert json.loads(text)["error"].endswith("ValueError: no\nnewline")
