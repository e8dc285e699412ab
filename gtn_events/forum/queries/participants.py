"""The list of participants in protocol order: who stands on it, and with what."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, case, exists, func, not_, select

from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.economies import DelegationClass, Economy

from ..enums import DelegationFunction, RegistrationState
from ..models import Forum, ForumCategory, Registration
from .attendance import attended
from .registrations import RowSelect, in_protocol_order

AT_ONCE = 1_000


@dataclass(frozen=True, slots=True)
class Participant:
    """One line of the list. ``economy`` is empty for those without one; ``attended`` is by the forum's rule."""

    reference: str
    economy: str
    delegation_class: DelegationClass
    honorific: str
    given_name: str
    family_name: str
    own_script_name: str
    own_script_language: str
    gender: str
    email: str
    organisation: str
    position: str
    category: str
    function: DelegationFunction
    listed_publicly: bool
    confirmed_at: datetime | None
    attended: bool

    @property
    def represents(self) -> str:
        """The economy, or the delegation class of those without one."""
        return self.economy or self.delegation_class.label

    @property
    def name(self) -> str:
        """Honorific, given name and FAMILY NAME."""
        return " ".join(part for part in (self.honorific, self.given_name, self.family_name.upper()) if part)


def participants(forum: Forum, *, public: bool, only_attended: bool) -> Iterator[Participant]:
    """Yield who is confirmed for a forum, in protocol order; memory stays flat.

    Args:
        public: only those who agreed to be listed.
        only_attended: only those who attended by the rule of the forum.
    """
    statement = _participants(forum, public=public)
    if only_attended:
        statement = statement.where(attended(forum))
    ordered = in_protocol_order(statement).execution_options(yield_per=AT_ONCE)
    for row in db.session.execute(ordered):
        yield Participant(*row)


def first_listed(forum: Forum, most: int) -> list[Participant]:
    """Return at most so many of those who agreed to be listed, in protocol order."""
    found = in_protocol_order(_participants(forum, public=True)).limit(most)
    return [Participant(*row) for row in db.session.execute(found)]


def longest_listed(forum: Forum) -> Participant | None:
    """Return who has the longest name of those who agreed to be listed, None where nobody did."""
    letters = func.length(Registration.honorific + Registration.given_name + Registration.family_name)
    statement = _participants(forum, public=True).outerjoin(Economy, Economy.code == Registration.economy_code)
    row = db.session.execute(statement.order_by(letters.desc(), Registration.id).limit(1)).one_or_none()
    return Participant(*row) if row else None


def participant_counts(forum: Forum) -> tuple[int, int]:
    """Return how many are confirmed, and how many of them agreed to be listed."""
    listed = case((Registration.listed_publicly.is_(True), 1), else_=0)
    statement = select(func.count(), func.coalesce(func.sum(listed), 0)).where(*_conditions(forum, public=False))
    row = db.session.execute(statement).one()
    return row[0], row[1]


def _participants(forum: Forum, *, public: bool) -> RowSelect:
    return (
        select(
            Registration.reference,
            func.coalesce(Economy.short_name, ""),
            Registration.delegation_class,
            Registration.honorific,
            Registration.given_name,
            Registration.family_name,
            Registration.own_script_name,
            Registration.own_script_language,
            Registration.gender,
            Registration.email,
            Registration.organisation_name,
            Registration.position,
            ForumCategory.label,
            Registration.delegation_function,
            Registration.listed_publicly,
            Registration.confirmed_at,
            attended(forum).label("attended"),
        )
        .join(ForumCategory, ForumCategory.id == Registration.category_id)
        .where(*_conditions(forum, public=public))
    )


def _conditions(forum: Forum, *, public: bool) -> list[ColumnElement[bool]]:
    erased = exists().where(Account.id == Registration.account_id, Account.erased_at.is_not(None))
    here = [
        Registration.forum_id == forum.id,
        Registration.state == RegistrationState.CONFIRMED,
        not_(erased),
    ]
    return [*here, Registration.listed_publicly.is_(True)] if public else here
