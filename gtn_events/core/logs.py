"""Structured logs: one line an event, text or JSON, with the id of the request it belongs to."""

import json
import logging
import re
import secrets
import sys
import time
from datetime import UTC, datetime
from typing import Any, TextIO  # Any: view arguments of whatever address

from flask import Flask, Response, g, has_request_context, request

from gtn_events.config import Settings

LOGGER = "gtn_events"
HEADER = "X-Request-ID"
SAFE_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")
access = logging.getLogger("gtn_events.access")


class _StderrHandler(logging.StreamHandler[TextIO]):
    """Writes to whatever ``sys.stderr`` is at the moment, which test runners and servers exchange."""

    def __init__(self) -> None:
        logging.Handler.__init__(self)

    @property
    def stream(self) -> TextIO:  # type: ignore[override]  # looked up afresh each time
        return sys.stderr


class _RequestFilter(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = g.get("request_id", "-") if has_request_context() else "-"
        return True


class JsonFormatter(logging.Formatter):
    """One JSON object a line: at, level, logger, message, request, and what ``extra={"facts": {...}}`` adds."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
            "request": getattr(record, "request_id", "-"),
            **getattr(record, "facts", {}),
        }
        if record.exc_info:
            line["error"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False, default=str)


class Application(Flask):
    """Flask, but a line about a failure names the route: a real path may hold a one-time token."""

    def log_exception(self, exc_info: Any) -> None:  # Any: Flask's own signature
        """Write the failure of a request with its traceback."""
        route = request.url_rule.rule if request.url_rule else "-"
        self.logger.error("failed: %s %s", request.method, route, exc_info=exc_info)


def init_app(app: Flask) -> None:
    """Send all logs to standard error in one format, and write one line for each request."""
    settings: Settings = app.config["SETTINGS"]
    handler = _StderrHandler()
    handler.addFilter(_RequestFilter())
    text = logging.Formatter("%(asctime)s %(levelname)s %(name)s [%(request_id)s] %(message)s")
    handler.setFormatter(JsonFormatter() if settings.log_format == "json" else text)
    # On the root, so that the lines of servers and libraries look the same and nobody adds a second handler.
    root = logging.getLogger()
    root.handlers = [each for each in root.handlers if not isinstance(each, _StderrHandler)] + [handler]
    logging.getLogger(LOGGER).setLevel(logging.INFO)
    # Before anything that can refuse the request: what looks for a forum does so this early, too.
    app.url_value_preprocessor(_begin)
    app.after_request(_end)


def _begin(_endpoint: str | None, _values: dict[str, Any] | None) -> None:
    given = request.headers.get(HEADER, "")
    g.request_id = given if SAFE_ID.fullmatch(given) else secrets.token_hex(8)
    g.request_began = time.perf_counter()


def _end(response: Response) -> Response:
    """Write the line. The route's pattern stands for the path: a real path may hold a one-time token."""
    if "request_id" not in g:
        return response
    response.headers[HEADER] = g.request_id
    if request.endpoint == "static" or not access.isEnabledFor(logging.INFO):
        return response
    milliseconds = round((time.perf_counter() - g.request_began) * 1000, 1)
    route = request.url_rule.rule if request.url_rule else "-"
    facts = {"method": request.method, "route": route, "status": response.status_code, "ms": milliseconds}
    line = "%s %s %s %.1f ms"
    access.info(line, request.method, route, response.status_code, milliseconds, extra={"facts": facts})
    return response
