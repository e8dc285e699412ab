"""What a person's home page shows of funded travel: papers to send, boards to look after, the own economy."""

from collections.abc import Iterator
from datetime import datetime

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import select

from gtn_events.accounts.enums import Role
from gtn_events.accounts.home import HomeItem, HomeSection
from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.economies import Economy
from gtn_events.forum.models import Forum

from .models import Traveller
from .queries.travel import missing_papers, papers_to_look_at, travel_settings
from .travel_enums import TravellerState


def travel_section(account: Account, _now: datetime) -> HomeSection:
    """Return the part of funded travel."""
    own = _forums_of_officer(account)
    return HomeSection(waiting=[*_papers(account), *_to_look_at(own)], have=[*map(_board, own), *_economies(account)])


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


def _forums_of_officer(account: Account) -> list[Forum]:
    ids = [
        grant.scope_id
        for grant in account.live_grants
        if grant.role is Role.TRAVEL_OFFICER and grant.scope_kind == "forum"
    ]
    return list(db.session.scalars(select(Forum).where(Forum.id.in_(ids)).order_by(Forum.id))) if ids else []


def _to_look_at(forums: list[Forum]) -> Iterator[HomeItem]:
    counts = papers_to_look_at([forum.id for forum in forums]) if forums else {}
    for forum in forums:
        if forum.id in counts:
            yield HomeItem(
                title=ngettext(
                    "%(num)s paper of a traveller to look at",
                    "%(num)s papers of travellers to look at",
                    counts[forum.id],
                ),
                text=forum.title,
                url=url_for("delegations_travel.board", forum=forum, show="sent"),
                button=_("Look"),
            )


def _board(forum: Forum) -> HomeItem:
    return HomeItem(
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
