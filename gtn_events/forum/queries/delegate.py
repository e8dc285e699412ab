"""What one person has at one forum."""

from sqlalchemy import Select, and_, bindparam, case, exists, select
from sqlalchemy.orm import joinedload, selectinload

from gtn_events.accounts.models import Account
from gtn_events.core.db import db

from ..enums import ACTIVE_STATES
from ..models import Forum, ForumCategory, Registration, RegistrationDraft, SideEvent

# Every step of a registration asks these, so they are put together once.
_OPEN_CATEGORIES = (
    select(ForumCategory)
    .where(ForumCategory.forum_id == bindparam("forum_id"), ForumCategory.open_to_public)
    .options(joinedload(ForumCategory.pool))
    .order_by(ForumCategory.position, ForumCategory.id)
)
_PUBLISHED_SIDE_EVENTS = (
    select(SideEvent)
    .where(SideEvent.forum_id == bindparam("forum_id"), SideEvent.published)
    .options(joinedload(SideEvent.pool), joinedload(SideEvent.host_economy))
    .order_by(SideEvent.starts_at, SideEvent.id)
)

_OF_PERSON = (Registration.forum_id == bindparam("forum_id"), Registration.account_id == bindparam("account_id"))
_ACTIVE_FIRST = (
    select(Registration)
    .where(*_OF_PERSON)
    .options(joinedload(Registration.category).joinedload(ForumCategory.pool), joinedload(Registration.economy))
    .order_by(case((Registration.state.in_(sorted(ACTIVE_STATES)), 0), else_=1), Registration.id.desc())
    .limit(1)
)
_DRAFT = select(RegistrationDraft).where(
    RegistrationDraft.forum_id == bindparam("forum_id"), RegistrationDraft.account_id == bindparam("account_id")
)
_PROGRESS = (
    select(RegistrationDraft, exists().where(*_OF_PERSON, Registration.state.in_(sorted(ACTIVE_STATES))))
    .select_from(Account)
    .outerjoin(
        RegistrationDraft,
        and_(RegistrationDraft.account_id == Account.id, RegistrationDraft.forum_id == bindparam("forum_id")),
    )
    .where(Account.id == bindparam("account_id"))
)


def registration_of_person(*, forum_id: int, account_id: int) -> Registration | None:
    """Return the person's registration at a forum: the active one, otherwise the latest that ended."""
    registration: Registration | None = db.session.scalar(
        _ACTIVE_FIRST, {"forum_id": forum_id, "account_id": account_id}
    )
    return registration


def draft_of_person(*, forum_id: int, account_id: int) -> RegistrationDraft | None:
    """Return the person's draft at a forum."""
    draft: RegistrationDraft | None = db.session.scalar(_DRAFT, {"forum_id": forum_id, "account_id": account_id})
    return draft


def progress_of_person(*, forum_id: int, account_id: int) -> tuple[RegistrationDraft | None, bool]:
    """Return the person's draft at a forum, and whether they have an active registration there, in one query."""
    draft, registered = db.session.execute(_PROGRESS, {"forum_id": forum_id, "account_id": account_id}).one()
    return draft, registered


def open_categories(forum: Forum) -> list[ForumCategory]:
    """Return the categories that people may choose for themselves, in order, with their seats."""
    return list(db.session.scalars(_OPEN_CATEGORIES, {"forum_id": forum.id}))


def published_side_events(forum: Forum) -> list[SideEvent]:
    """Return the side events everybody can see, by time, with host and seats."""
    return list(db.session.scalars(_PUBLISHED_SIDE_EVENTS, {"forum_id": forum.id}))


def registrations_of_account(account_id: int) -> Select[Registration]:
    """Select everything a person ever registered for, the newest first, with its forum."""
    return (
        select(Registration)
        .where(Registration.account_id == account_id)
        .options(joinedload(Registration.forum), selectinload(Registration.category))
        .order_by(Registration.id.desc())
    )
