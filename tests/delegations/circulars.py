"""Circulars for tests, written by the domain itself."""

from datetime import datetime
from typing import Any

from gtn_events.accounts.enums import Role
from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.economies import Economy
from gtn_events.delegations.domain.circulars import CircularText, begin_circular, release, write_version
from gtn_events.delegations.models import CircularVersion
from gtn_events.forum.models import Forum

from ..factories import grant_role, make_account

TEXT: dict[str, Any] = {
    "title": "General information",
    "sections": {"welcome": "You are welcome.\n\nCome early.", "security": "Secret plan"},
    "hidden": frozenset({"security"}),
    "audience": (),
    "acknowledge_by": None,
}


def text(**values: Any) -> CircularText:
    """What a circular says; ``values`` replace some."""
    return CircularText(**(TEXT | values))


def economy(code: str) -> Economy:
    """One member economy."""
    return db.session.get_one(Economy, code)


def coordinator(email: str, *codes: str) -> Account:
    """A person who coordinates these economies."""
    account = make_account(email, family_name=email.partition("@")[0].upper())
    for code in codes:
        grant_role(account, Role.ECONOMY_COORDINATOR, economy(code).scope)
    return account


def make_draft(forum: Forum, organiser: Account, *, now: datetime, **values: Any) -> CircularVersion:
    """The next circular of a forum as a draft, committed."""
    version = begin_circular(forum, "General information", actor=organiser, now=now)
    write_version(version, text(**values), seen=version.lock_version, actor=organiser, now=now)
    db.session.commit()
    return version


def make_released(forum: Forum, organiser: Account, *, now: datetime, **values: Any) -> CircularVersion:
    """The next circular of a forum, released."""
    version = make_draft(forum, organiser, now=now, **values)
    release(version, actor=organiser, now=now)
    db.session.commit()
    return version
