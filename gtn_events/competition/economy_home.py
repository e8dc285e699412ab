"""What a coordinator's home page shows of competitions: entries to decide, places to give, what was decided."""

from collections.abc import Iterator
from datetime import datetime

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from gtn_events.accounts.home import HomeItem, HomeSection
from gtn_events.accounts.models import Account
from gtn_events.accounts.queries.coordinators import own_economies
from gtn_events.core.economies import Economy

from .domain.endorsement_window import endorsement_until, judges_here, may_decide
from .models import Competition
from .queries.endorsement import competitions_asking
from .queries.places import EconomyStanding, standings_of


def economy_section(account: Account, now: datetime) -> HomeSection:
    """Return the coordinator's part of the home page."""
    own = {economy.code: economy for economy in own_economies(account)}
    if not own:
        return HomeSection()
    competitions = [each for each in competitions_asking() if not judges_here(each, account)]
    standings = [(each, standing) for each in competitions for standing in standings_of(each, list(own))]
    return HomeSection(
        waiting=[item for each, standing in standings for item in _to_decide(each, own[standing.code], standing, now)],
        have=[_desk(each, own[standing.code], standing) for each, standing in standings],
    )


def _to_decide(
    competition: Competition, economy: Economy, standing: EconomyStanding, now: datetime
) -> Iterator[HomeItem]:
    if not standing.waiting or not may_decide(competition, now=now):
        return
    yield HomeItem(
        title=ngettext(
            "%(num)s entry to endorse or decline", "%(num)s entries to endorse or decline", standing.waiting
        ),
        text=competition.title,
        url=url_for("competition_economy.entries", competition=competition),
        button=_("Decide"),
        deadline=endorsement_until(competition),
        venue_zone=competition.time_zone,
        venue_name=competition.city,
        economy=economy,
    )


def _desk(competition: Competition, economy: Economy, standing: EconomyStanding) -> HomeItem:
    places = standing.places
    if places.limit is None:
        words = ngettext("%(num)s place used", "%(num)s places used", places.used)
    else:
        words = ngettext("%(used)s of %(num)s place", "%(used)s of %(num)s places", places.limit, used=places.used)
    return HomeItem(
        title=competition.title,
        text=words,
        url=url_for("competition_economy.entries", competition=competition),
        state=competition.state,
        economy=economy,
    )
