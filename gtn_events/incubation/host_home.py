"""What the home page of a host's people and of a coordinator shows: what waits for a place, and where to look."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext as _n
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from gtn_events.accounts.enums import Role
from gtn_events.accounts.home import HomeItem, HomeSection
from gtn_events.accounts.models import Account
from gtn_events.accounts.queries.coordinators import own_economies
from gtn_events.core.db import db
from gtn_events.core.moments import city_of_zone

from .domain.host_ranking import ranking_of
from .domain.review_window import takes_reviews
from .enums import CallState, MatchingMethod
from .models import Call, Intake
from .queries.host_desk import desk_of
from .queries.match import calls_with_match


def host_section(account: Account, now: datetime) -> HomeSection:
    """Return what the hosts that a person manages have to do, their desks, and the economies the person coordinates."""
    intakes = _intakes_of(account)
    return HomeSection(
        waiting=list(_to_rank(account, intakes, now)),
        have=[*map(_desk, intakes), *_results(intakes), *_economies(account)],
    )


def _intakes_of(account: Account) -> Sequence[Intake]:
    hosts = [grant.scope_id for grant in account.live_grants if grant.role is Role.HOST_MANAGER]
    if not hosts:
        return ()
    statement = (
        select(Intake)
        .join(Call, Call.id == Intake.call_id)
        .where(Intake.host_id.in_(hosts), Intake.withdrawn_at.is_(None), Call.state == CallState.PUBLISHED)
        .options(joinedload(Intake.call), joinedload(Intake.host))
        .order_by(Call.ranking_until, Intake.id)
    )
    return db.session.scalars(statement).all()


def _to_rank(account: Account, intakes: Sequence[Intake], now: datetime) -> Iterator[HomeItem]:
    for intake in intakes:
        call = intake.call
        ranks = call.method is MatchingMethod.STABLE and intake.ranking_sent_at is None
        if not ranks or not takes_reviews(call, now=now):
            continue
        if left := len(ranking_of(desk_of(intake, account.id)).to_place):
            yield HomeItem(
                title=_n("%(num)s application waits for a place", "%(num)s applications wait for a place", left),
                text=_("%(host)s in %(call)s", host=intake.host.name, call=call.title),
                url=url_for("incubation_host.applications", host=intake.host, call=call),
                button=_("Read and rank"),
                deadline=call.ranking_until,
                venue_zone=call.time_zone,
                venue_name=city_of_zone(call.time_zone),
            )


def _desk(intake: Intake) -> HomeItem:
    return HomeItem(
        title=_("Applications to %(host)s", host=intake.host.name),
        text=intake.call.title,
        url=url_for("incubation_host.applications", host=intake.host, call=intake.call),
    )


def _results(intakes: Sequence[Intake]) -> Iterator[HomeItem]:
    published = calls_with_match({intake.call_id for intake in intakes})
    for intake in intakes:
        if intake.call_id in published:
            yield HomeItem(
                title=_("What the match gave %(host)s", host=intake.host.name),
                text=intake.call.title,
                url=url_for("incubation_host.result", host=intake.host, call=intake.call),
            )


def _economies(account: Account) -> Iterator[HomeItem]:
    for economy in own_economies(account):
        yield HomeItem(
            title=_("Applications for co-incubation"),
            text=_("How your economy's firms and hosts go on"),
            url=url_for("incubation_economy.applications", economy=economy.code),
            economy=economy,
        )
