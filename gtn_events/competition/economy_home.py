"""What a coordinator's home page shows of competitions: entries to decide, places to give, what was decided."""

from collections.abc import Iterator
from datetime import datetime

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from gtn_events.accounts.home import HomeItem, HomeSection
from gtn_events.accounts.models import Account

from .domain.endorsement_window import endorsement_until, judges_here, may_decide
from .models import Competition
from .queries.coordinators import own_economies
from .queries.endorsement import competitions_asking
from .queries.places import EconomyStanding, standings_of


def economy_section(account: Account, now: datetime) -> HomeSection:
    """Return the coordinator's part of the home page."""
    codes = [economy.code for economy in own_economies(account)]
    if not codes:
        return HomeSection()
    competitions = [each for each in competitions_asking() if not judges_here(each, account)]
    standings = [(each, standing) for each in competitions for standing in standings_of(each, codes)]
    return HomeSection(
        waiting=[item for each, standing in standings for item in _to_decide(each, standing, now)],
        have=[_desk(each, standing) for each, standing in standings],
    )


def _to_decide(competition: Competition, standing: EconomyStanding, now: datetime) -> Iterator[HomeItem]:
    if not standing.waiting or not may_decide(competition, now=now):
        return
    yield HomeItem(
        title=ngettext(
            "%(num)s entry to endorse or decline", "%(num)s entries to endorse or decline", standing.waiting
        ),
        text=f"{competition.title} · {standing.name}",
        url=url_for("competition_economy.entries", competition=competition),
        button=_("Decide"),
        deadline=endorsement_until(competition),
        venue_zone=competition.time_zone,
        venue_name=competition.city,
    )


def _desk(competition: Competition, standing: EconomyStanding) -> HomeItem:
    places = standing.places
    if places.limit is None:
        words = ngettext("%(num)s place used", "%(num)s places used", places.used)
    else:
        words = ngettext("%(used)s of %(num)s place", "%(used)s of %(num)s places", places.limit, used=places.used)
    return HomeItem(
        title=_("%(economy)s at %(title)s", economy=standing.name, title=competition.title),
        text=f"{_('You coordinate the economy')} · {words}",
        url=url_for("competition_economy.entries", competition=competition),
        state=competition.state,
    )
