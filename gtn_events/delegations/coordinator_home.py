"""What a coordinator's home page shows of delegations: what waits for the economy, and the desk of each forum."""

from collections.abc import Iterator
from datetime import datetime

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from gtn_events.accounts.home import HomeItem, HomeSection
from gtn_events.accounts.models import Account
from gtn_events.accounts.queries.coordinators import own_economies
from gtn_events.forum.models import Forum
from gtn_events.forum.queries.exchanges import count_to_answer

from .models import Delegation
from .queries.forums import forums_ahead
from .queries.people import waiting_for_economy


def coordinator_section(account: Account, now: datetime) -> HomeSection:
    """Return the delegations of a coordinator's economies to the forums that are not over."""
    economies = own_economies(account)
    if not economies:
        return HomeSection()
    own = [Delegation(forum, economy) for forum in forums_ahead(now=now) for economy in economies]
    waiting = [*(item for each in own for item in _to_answer(each)), *_exchanges(own)]
    return HomeSection(waiting=waiting, have=[_desk(each) for each in own])


def _to_answer(delegation: Delegation) -> Iterator[HomeItem]:
    count, due_at = waiting_for_economy(delegation)
    if not count:
        return
    yield HomeItem(
        title=ngettext(
            "%(num)s person waits for your economy's answer", "%(num)s people wait for your economy's answer", count
        ),
        text=delegation.forum.title,
        url=url_for("delegations.desk", **delegation.address, waits="economy"),
        button=_("Decide"),
        deadline=due_at,
        venue_zone=delegation.forum.time_zone,
        venue_name=delegation.forum.city,
        economy=delegation.economy,
    )


def _exchanges(own: list[Delegation]) -> Iterator[HomeItem]:
    economies = {each.code: each.economy for each in own}
    forums = Forum.id.in_({each.forum.id for each in own})
    for forum, code, count in count_to_answer(forums, economies):
        yield HomeItem(
            title=ngettext("%(num)s exchange of places to answer", "%(num)s exchanges of places to answer", count),
            text=forum.title,
            url=url_for("delegations.exchanges", **Delegation(forum, economies[code]).address),
            button=_("Answer"),
            economy=economies[code],
        )


def _desk(delegation: Delegation) -> HomeItem:
    return HomeItem(
        title=_("Delegation to %(forum)s", forum=delegation.forum.title),
        url=url_for("delegations.desk", **delegation.address),
        economy=delegation.economy,
    )
