"""What every response has in common: security headers, and one place where errors become pages."""

import sqlite3
from urllib.parse import urlsplit

from flask import (
    Flask,
    Response,
    current_app,
    flash,
    jsonify,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException, ServiceUnavailable

from .db import db
from .errors import DomainError, Stale

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'self'",
        "img-src 'self' data: blob:",
        "media-src 'self' blob:",
        "style-src 'self'",
        "script-src 'self'",
        "connect-src 'self'",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
TRIES_AFTER_CONFLICT = 2
# By their numbers: the driver of PostgreSQL is held by processes that work on it, not on SQLite.
CONFLICTS = frozenset({"40P01", "40001"})  # a deadlock, a snapshot that can no longer be kept
# Another request wrote the same, or took away what this one points at, after this one had looked: it looks again.
OVERTAKEN = frozenset({"23505", "23503"})  # a unique key, a foreign key
HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(self), microphone=(), geolocation=(), interest-cohort=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def init_app(app: Flask) -> None:
    """Add the headers and the error handlers."""
    app.after_request(_add_headers)
    app.register_error_handler(DomainError, _domain_error)
    app.register_error_handler(StaleDataError, _stale_row)
    app.register_error_handler(OperationalError, _database_conflict)
    app.register_error_handler(IntegrityError, _database_conflict)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(CSRFError, _expired_form)


def wants_json() -> bool:
    """Say whether the caller asked for JSON rather than a page."""
    best = request.accept_mimetypes.best_match(["text/html", "application/json"])
    return best == "application/json" and request.accept_mimetypes[best] > request.accept_mimetypes["text/html"]


def back_to_referrer(default: str | None = None) -> str:
    """Return the path of the page the person came from, never one of another site."""
    parts = urlsplit(request.referrer or "")
    if parts.path and parts.netloc == request.host:
        return parts.path + (f"?{parts.query}" if parts.query else "")
    return default or url_for("core.landing")


def is_local_path(target: str | None) -> bool:
    """Say whether a ``next`` parameter leads to a page of this site."""
    if not target or not target.startswith("/") or target.startswith(("//", "/\\")):
        return False
    parts = urlsplit(target)
    return not parts.scheme and not parts.netloc and "\\" not in target and "\n" not in target


def _add_headers(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if request.is_secure:
        response.headers.setdefault("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
    if "Cache-Control" not in response.headers:
        response.headers["Cache-Control"] = "no-store" if request.method != "GET" else "private, no-cache"
    return response


def _problem(status: int, title: str, detail: str) -> ResponseReturnValue:
    response = jsonify(type="about:blank", title=title, status=status, detail=detail)
    response.content_type = "application/problem+json"
    return response, status


def _domain_error(error: DomainError) -> ResponseReturnValue:
    db.session.rollback()
    if wants_json():
        return _problem(error.http_status, type(error).__name__, error.message)
    if request.method == "GET":
        return render_template("errors/domain.html", error=error), error.http_status
    flash(error.message, "danger")
    return redirect(back_to_referrer())


def _stale_row(_error: StaleDataError) -> ResponseReturnValue:
    """Two requests changed one row at the same moment; the second is told and nothing of it is kept."""
    return _domain_error(Stale("Somebody changed this at the same moment. Look at it again, then repeat what you did."))


def _database_conflict(error: OperationalError | IntegrityError) -> ResponseReturnValue:
    """Do the request once more when the database broke it off in favour of another; then say that the site is busy.

    One that was overtaken finds at its second look what the other wrote, and says so itself.

    The broken transaction left nothing behind. A request with files is not repeated: they were read.
    """
    tries = 0 if request.files else TRIES_AFTER_CONFLICT
    while _state(error) in CONFLICTS | OVERTAKEN and tries:
        tries -= 1
        db.session.rollback()
        current_app.logger.warning("%s, trying again", type(error.orig).__name__)
        try:
            return current_app.dispatch_request()
        except (OperationalError, IntegrityError) as again:
            error = again
        except (DomainError, StaleDataError, HTTPException) as other:
            return current_app.handle_user_exception(other)
    if _state(error) in CONFLICTS or _is_locked(error.orig):
        current_app.logger.error("a request was given up: %s", error.orig)
        return _http_error(ServiceUnavailable())
    raise error


def _state(error: OperationalError | IntegrityError) -> str | None:
    """Return PostgreSQL's number for what went wrong; None on SQLite."""
    return getattr(error.orig, "sqlstate", None)


def _is_locked(error: BaseException | None) -> bool:
    """Say whether SQLite kept this writer waiting longer than the busy time-out."""
    return isinstance(error, sqlite3.OperationalError) and error.sqlite_errorcode == sqlite3.SQLITE_BUSY


def _expired_form(_error: CSRFError) -> ResponseReturnValue:
    db.session.rollback()
    return render_template("errors/expired.html", typed=_typed_fields()), 400


def _typed_fields() -> list[tuple[str, str]]:
    """Return what was typed into an expired form, without secrets, so that nothing is lost."""
    hidden = ("csrf_token", "password")
    return [
        (name, value)
        for name, value in request.form.items(multi=True)
        if value.strip() and not any(part in name for part in hidden)
    ]


def _http_error(error: HTTPException) -> ResponseReturnValue:
    if error.response is not None or error.code is None or error.code < 400:
        return error
    db.session.rollback()
    if wants_json():
        response = make_response(_problem(error.code, error.name, error.description or error.name))
    else:
        response = make_response(render_template("errors/http.html", code=error.code, error=error), error.code)
    # What the error itself says besides its page: which methods are allowed, when to come again.
    response.headers.extend((name, value) for name, value in error.get_headers() if name != "Content-Type")
    return response
