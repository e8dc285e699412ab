"""The sign-in cookie: who the present request comes from, and the cookie's start and end."""

from datetime import timedelta

from flask import Flask, Response, current_app, g, request
from flask import session as browser_session
from flask.wrappers import Request
from flask_login import current_user
from sqlalchemy.exc import OperationalError
from werkzeug.wrappers import Response as BaseResponse

from gtn_events.config import Settings
from gtn_events.core import clock
from gtn_events.core.db import set_reading
from gtn_events.core.extensions import login_manager

from .domain.sessions import SEEN_EVERY, end_session, mark_seen, session_of_token, start_session
from .models import Account, AccountSession

COOKIE = "gtn-account"
TOKEN_LENGTH = 43


def init_app(app: Flask) -> None:
    """Load the account of each request from its cookie."""
    # Our own cookie and table carry the sign-in; Flask-Login's own cookie checks would
    # only write into the browser session on every request.
    login_manager.session_protection = None
    login_manager.request_loader(_load_account)
    app.after_request(_mark_seen)


def current_session() -> AccountSession:
    """Return the session that this request is signed in with; only for views that require one."""
    session: AccountSession = g.account_session
    return session


def sign_in_browser(account: Account, response: BaseResponse) -> AccountSession:
    """Start a new session for this browser and put its token into the response's cookie.

    The session that the browser had before ends, and with it everything that was kept in
    the browser session, so nothing planted before the sign-in lives on.
    Flushes; the caller commits before it sends the response.
    """
    settings = _settings()
    now = clock.now()
    if current_user.is_authenticated:
        end_session(current_session(), now=now)
    browser_session.clear()
    session, token = start_session(
        account,
        lifetime=timedelta(days=settings.session_days),
        now=now,
        client=request.user_agent.string,
        address=client_address(),
    )
    response.set_cookie(
        COOKIE,
        token,
        max_age=settings.session_days * 86400,
        secure=settings.secure,
        httponly=True,
        samesite="Lax",
    )
    return session


def forget_browser(response: BaseResponse) -> None:
    """Take the sign-in cookie and everything kept in the browser session away."""
    browser_session.clear()
    response.delete_cookie(COOKIE, secure=_settings().secure, httponly=True, samesite="Lax")


def client_address() -> str:
    """Return the network address that the request comes from, as far as trusted proxies tell it."""
    return request.remote_addr or ""


def _settings() -> Settings:
    settings: Settings = current_app.config["SETTINGS"]
    return settings


def _load_account(request: Request) -> Account | None:
    token = request.cookies.get(COOKIE, "")
    if len(token) != TOKEN_LENGTH:
        return None
    session = session_of_token(token, now=clock.now())
    if session is None:
        return None
    g.account_session = session
    g.seen_session_id = session.id if session.last_seen_at <= clock.now() - SEEN_EVERY else None
    return session.account


def _mark_seen(response: Response) -> Response:
    # Only after a page was read: a request that writes may still hold the write lock here,
    # and it is followed by a page anyway.
    session_id: int | None = g.get("seen_session_id")
    if session_id is not None and request.method == "GET":
        set_reading(False)
        try:
            mark_seen(session_id, now=clock.now())
        except OperationalError as error:
            # The page is made; being seen a little later does no harm.
            current_app.logger.warning("session %s was not marked as seen: %s", session_id, error)
        finally:
            set_reading(True)
    return response
