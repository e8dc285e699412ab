"""Rows for tests, without randomness: each function makes one thing, flushed and committed."""

from datetime import UTC, datetime, timedelta
from typing import Any

from flask.testing import FlaskClient

from gtn_events.accounts.domain import roles
from gtn_events.accounts.domain.sessions import start_session
from gtn_events.accounts.enums import Role
from gtn_events.accounts.models import Account, Organisation, RoleGrant
from gtn_events.accounts.signed_in import COOKIE
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.permissions import Scope

MADE_AT = datetime(2013, 4, 1, 8, 0, tzinfo=UTC)


def make_account(email: str = "rosa@firm.example", **values: Any) -> Account:
    """A person with a confirmed address and a filled profile; ``values`` are columns of Account."""
    defaults: dict[str, Any] = {
        "email": email,
        "email_key": email.lower(),
        "email_confirmed_at": MADE_AT,
        "given_name": "Rosa",
        "family_name": "Huamán",
        "economy_code": "PE",
        "time_zone": "America/Lima",
        "created_at": MADE_AT,
    }
    account = Account(**(defaults | values))
    db.session.add(account)
    db.session.commit()
    return account


def make_organisation(name: str = "Andes Cold Chain", **values: Any) -> Organisation:
    """An SME of Peru; ``values`` are columns of Organisation."""
    organisation = Organisation(**({"name": name, "economy_code": "PE", "created_at": MADE_AT} | values))
    db.session.add(organisation)
    db.session.commit()
    return organisation


def grant_role(account: Account, role: Role, scope: Scope | None = None) -> RoleGrant:
    """Give a role, for the whole site unless a scope is given."""
    grant = roles.grant_role(account, role, scope=scope or roles.SITE, actor=None, now=MADE_AT)
    db.session.commit()
    return grant


def sign_in(client: FlaskClient, account: Account) -> None:
    """Make a test client the browser of this account."""
    _, token = start_session(account, lifetime=timedelta(days=14), now=clock.now())
    db.session.commit()
    client.set_cookie(COOKIE, token)
