"""What a coordinator's home page shows of circulars: those to acknowledge, and where all of them stand."""

from datetime import UTC, datetime, time

from flask import url_for
from flask_babel import gettext as _

from gtn_events.accounts.home import HomeItem, HomeSection
from gtn_events.accounts.models import Account
from gtn_events.accounts.queries.coordinators import own_economies
from gtn_events.core.economies import Economy

from .models import CircularVersion
from .queries.circulars import released_versions


def circulars_section(account: Account, _now: datetime) -> HomeSection:
    """Return the circulars' part of a coordinator's home page."""
    own = own_economies(account)
    if not own:
        return HomeSection()
    versions = [each for each in released_versions() if any(each.is_for(economy.code) for economy in own)]
    forums = {each.circular.forum_id: each.circular.forum for each in versions}
    return HomeSection(
        waiting=[
            _to_acknowledge(version, economy)
            for version in versions
            for economy in own
            if version.is_for(economy.code)
            and economy.code not in {each.economy_code for each in version.acknowledgements}
        ],
        have=[
            HomeItem(title=_("Circulars: %(forum)s", forum=forum.title), url=url_for("circulars.index", forum=forum))
            for forum in forums.values()
        ],
    )


def _to_acknowledge(version: CircularVersion, economy: Economy) -> HomeItem:
    forum, last = version.circular.forum, version.acknowledge_by
    return HomeItem(
        title=_("Circular No. %(number)s to acknowledge", number=version.circular.number),
        text=f"{forum.title}: {version.title}",
        url=url_for("circulars.show", forum=forum, number=version.circular.number),
        button=_("Read it"),
        deadline=datetime.combine(last, time(23, 59), tzinfo=forum.zone).astimezone(UTC) if last else None,
        venue_zone=forum.time_zone,
        venue_name=forum.city,
        economy=economy,
    )
