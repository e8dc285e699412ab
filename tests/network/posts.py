"""Posts for tests, entered by the domain itself."""

from datetime import date, datetime
from typing import Any

from gtn_events.accounts.domain.signed_links import LinkSigner
from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.economies import Economy
from gtn_events.network.domain.posts import Place, PostDetails, enter_post
from gtn_events.network.enums import PostKind
from gtn_events.network.models import CoordinatorPost

LINKS = LinkSigner("a-key-for-tests")
DETAILS: dict[str, Any] = {
    "office_name": "Rosa HUAMÁN",
    "post_title": "Director for SMEs",
    "organisation": "Office of Green Enterprise (invented)",
    "email": "office@economy.example",
    "phone": "+51 1 555 0100",
    "consented": ("office_name", "email"),
    "starts_on": date(2013, 5, 10),
    "ends_on": None,
}


def details(**values: Any) -> PostDetails:
    """The details of a post from 10 May 2013 on; ``values`` replace some."""
    return PostDetails(**(DETAILS | values))


def peru() -> Place:
    """The place that most tests are about."""
    return Place(economy=db.session.get_one(Economy, "PE"))


def make_post(
    actor: Account,
    *,
    now: datetime,
    holder: str = "rosa@firm.example",
    place: Place | None = None,
    kind: PostKind = PostKind.COORDINATOR,
    **values: Any,
) -> CoordinatorPost:
    """A post of Peru, entered at a moment and committed."""
    post = enter_post(place or peru(), kind, holder, details(**values), links=LINKS, actor=actor, now=now)
    db.session.commit()
    return post
