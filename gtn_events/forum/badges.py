"""The badges of a forum: the number of a confirmed registration, as it stands on ticket and badge."""

from sqlalchemy import select

from gtn_events.core.badges import Badge, BadgeEvent
from gtn_events.core.db import db

from .enums import ForumState, RegistrationState
from .models import Forum
from .queries.check_in import by_reference

KIND = "forum"


def events_with_badges() -> list[BadgeEvent]:
    """Return the forums that people can be at, the newest first."""
    statement = select(Forum).where(Forum.state != ForumState.DRAFT).order_by(Forum.starts_on.desc(), Forum.id)
    return [BadgeEvent(f"{KIND}:{each.id}", each.title) for each in db.session.scalars(statement)]


def read_badge_of_forum(event: str, typed: str) -> Badge | None:
    """Return the badge of a confirmed delegate, whose code may be a number or an address that ends in it."""
    number = event.partition(":")[2]
    forum = db.session.get(Forum, int(number)) if number.isdecimal() else None
    code = typed.strip().rsplit("/", 1)[-1]
    found = by_reference(forum, code) if forum is not None and code else None
    if found is None or found.state is not RegistrationState.CONFIRMED:
        return None
    return Badge(KIND, found.id, found.account_id)
