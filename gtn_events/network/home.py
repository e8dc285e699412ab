"""What a coordinator's home page shows of the network: the contacts, the economies of a group, an end that nears."""

from datetime import datetime, timedelta

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from gtn_events.accounts.enums import Role
from gtn_events.accounts.home import HomeItem, HomeSection
from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.text import day

from .models import CoordinatorPost
from .queries.posts import DUE_DAYS

COORDINATORS = {Role.ECONOMY_COORDINATOR, Role.REGIONAL_COORDINATOR}


def network_section(account: Account, now: datetime) -> HomeSection:
    """Return the network's part of a coordinator's home page."""
    grants = [grant for grant in account.live_grants if grant.role in COORDINATORS]
    if not grants:
        return HomeSection()
    own = [
        HomeItem(
            title=_("Economies that you coordinate"),
            url=url_for("network.group_economies", group=grant.scope_id or "apec"),
            text=_("Who coordinates each of them, what is vacant, which handovers are due."),
        )
        for grant in grants
        if grant.role is Role.REGIONAL_COORDINATOR
    ]
    contacts = HomeItem(
        title=_("Contacts of the network"),
        url=url_for("network.contacts"),
        text=_("Coordinators and deputies of all economies."),
    )
    return HomeSection(have=[*own, contacts], waiting=_ending(account, now))


def _ending(account: Account, now: datetime) -> list[HomeItem]:
    ends = (
        select(CoordinatorPost)
        .options(joinedload(CoordinatorPost.economy), joinedload(CoordinatorPost.group))
        .where(
            CoordinatorPost.account_id == account.id,
            CoordinatorPost.withdrawn_at.is_(None),
            CoordinatorPost.ends_on.between(now.date(), now.date() + timedelta(days=DUE_DAYS)),
        )
        .order_by(CoordinatorPost.ends_on)
    )
    return [
        HomeItem(
            title=_("Your post ends: %(place)s", place=post.place),
            text=_("Your last day is %(day)s. Say in time who follows you.", day=day(post.ends_on)),
            url=url_for("network.contacts"),
            button=_("See the contacts"),
        )
        for post in db.session.scalars(ends)
        if post.ends_on is not None
    ]
