"""What a person's home page shows of funded travel: papers to send, boards to look after, the own economy."""

from collections.abc import Iterator
from datetime import datetime

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy import select

from gtn_events.accounts.enums import Role
from gtn_events.accounts.home import HomeItem, HomeSection
from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.economies import Economy
from gtn_events.forum.models import Forum

from .models import Traveller
from .queries.travel import missing_papers, travel_settings
from .travel_enums import TravellerState


def travel_section(account: Account, _now: datetime) -> HomeSection:
    """Return the part of funded travel."""
    return HomeSection(waiting=list(_papers(account)), have=[*_boards(account), *_economies(account)])


def _papers(account: Account) -> Iterator[HomeItem]:
    statement = select(Traveller).where(Traveller.account_id == account.id, Traveller.state == TravellerState.FUNDED)
    for traveller in db.session.scalars(statement):
        settings = travel_settings(traveller.forum)
        missing = missing_papers(traveller, settings.papers if settings else [])
        if missing:
            yield HomeItem(
                title=_("Papers of your journey: %(title)s", title=traveller.forum.title),
                text=", ".join(kind.label for kind in missing),
                url=url_for("delegations_my.show", forum=traveller.forum),
                button=_("Send them"),
            )


def _boards(account: Account) -> Iterator[HomeItem]:
    ids = [
        grant.scope_id
        for grant in account.live_grants
        if grant.role is Role.TRAVEL_OFFICER and grant.scope_kind == "forum"
    ]
    for forum in db.session.scalars(select(Forum).where(Forum.id.in_(ids)).order_by(Forum.id)) if ids else ():
        yield HomeItem(
            title=_("Funded travel: %(title)s", title=forum.title), url=url_for("delegations_travel.board", forum=forum)
        )


def _economies(account: Account) -> Iterator[HomeItem]:
    ranks = [
        grant.scope_id
        for grant in account.live_grants
        if grant.role is Role.ECONOMY_COORDINATOR and grant.scope_kind == "economy"
    ]
    if not ranks:
        return
    statement = (
        select(Forum, Economy)
        .join(Traveller, Traveller.forum_id == Forum.id)
        .join(Economy, Economy.code == Traveller.economy_code)
        .where(Economy.rank.in_(ranks))
        .distinct()
        .order_by(Forum.id, Economy.rank)
    )
    for forum, economy in db.session.execute(statement):
        yield HomeItem(
            title=_("Funded travellers: %(title)s", title=forum.title),
            text=economy.short_name,
            url=url_for("delegations_economy_travel.show", forum=forum, economy=economy.code),
            economy=economy,
        )
