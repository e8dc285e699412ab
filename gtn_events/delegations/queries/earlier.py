"""Whom an economy sent to earlier forums, so that they can be nominated again."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import contains_eager

from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.forum.enums import ACTIVE_STATES, RegistrationState
from gtn_events.forum.models import Forum, Registration
from gtn_events.forum.queries.registrations import PLACE_IN_DELEGATION

from ..enums import NominationState
from ..models import Delegation, Nomination


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
        .join(Registration.account)
        .options(contains_eager(Registration.account))
        .where(
            Registration.forum_id == forum.id,
            Registration.economy_code == delegation.code,
            Registration.state == RegistrationState.CONFIRMED,
            Account.erased_at.is_(None),
        )
        .order_by(PLACE_IN_DELEGATION, Registration.id)
    )
    return list(db.session.scalars(statement))


def here_already(forum: Forum, people: Iterable[Registration]) -> set[int]:
    """Return the ids of earlier registrations whose people are registered or nominated for a forum already."""
    by_key = {each.account.email_key: each.id for each in people}
    registered = (
        select(Account.email_key)
        .join(Registration, Registration.account_id == Account.id)
        .where(Registration.forum_id == forum.id, Registration.state.in_(sorted(ACTIVE_STATES)))
    )
    nominated = select(Nomination.email_key).where(
        Nomination.forum_id == forum.id, Nomination.state.in_([state for state in NominationState if state.is_open])
    )
    found = [
        *db.session.scalars(registered.where(Account.email_key.in_(by_key))),
        *db.session.scalars(nominated.where(Nomination.email_key.in_(by_key))),
    ]
    return {by_key[key] for key in found}
