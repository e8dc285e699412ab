"""Whom an economy sent to earlier forums, so that they can be nominated again."""

from sqlalchemy import select

from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.forum.enums import RegistrationState
from gtn_events.forum.models import Forum, Registration
from gtn_events.forum.queries.registrations import PLACE_IN_DELEGATION

from ..models import Delegation


def earlier_forums(delegation: Delegation) -> list[Forum]:
    """Return the other forums at which people of the economy had a place, the newest first."""
    statement = (
        select(Forum)
        .where(
            Forum.id != delegation.forum.id,
            select(Registration.id)
            .where(
                Registration.forum_id == Forum.id,
                Registration.economy_code == delegation.code,
                Registration.state == RegistrationState.CONFIRMED,
            )
            .exists(),
        )
        .order_by(Forum.starts_on.desc(), Forum.id.desc())
    )
    return list(db.session.scalars(statement))


def people_of_earlier(delegation: Delegation, forum: Forum) -> list[Registration]:
    """Return the economy's people who were confirmed at an earlier forum, without those whose data was erased."""
    statement = (
        select(Registration)
        .join(Account, Account.id == Registration.account_id)
        .where(
            Registration.forum_id == forum.id,
            Registration.economy_code == delegation.code,
            Registration.state == RegistrationState.CONFIRMED,
            Account.erased_at.is_(None),
        )
        .order_by(PLACE_IN_DELEGATION, Registration.id)
    )
    return list(db.session.scalars(statement))
