"""The organiser's first page: what stands, what waits, what happened."""

from datetime import timedelta

from flask import render_template
from flask.typing import ResponseReturnValue

from gtn_events.core import clock
from gtn_events.core.outbox import count_by_state
from gtn_events.core.permissions import Permission, requires
from gtn_events.core.plots import seats_over_time_svg, stacked_bars_svg

from ...enums import RegistrationState
from ...models import Forum
from ...queries.allotments import DELEGATION_CLASSES
from ...queries.decisions import to_decide
from ...queries.exchanges import count_to_answer
from ...queries.figures import (
    confirmed_by_economy,
    pools_nearly_full,
    recent_acts,
    seats_by_day,
    side_events_with_waiting,
    state_figures,
)
from ...queries.forums import categories_in_order
from .blueprint import blueprint

RECENT = timedelta(days=1)


@blueprint.get("/")
@requires(Permission.FORUM_SEE)
def overview(forum: Forum) -> ResponseReturnValue:
    """Show the forum's figures; every plot has a table beside it."""
    now = clock.now()
    figures = state_figures(forum)
    days = seats_by_day(forum, offered=figures[RegistrationState.OFFERED], until=now)
    economies, without = confirmed_by_economy(forum)
    categories = categories_in_order(forum)
    capacity = sum(category.pool.capacity for category in categories)
    if forum.pool is not None:
        capacity = min(capacity, forum.pool.capacity)
    return render_template(
        "forum/manage/overview.html",
        forum=forum,
        now=now,
        figures=figures,
        with_economy=sum(each.with_economy for each in to_decide(Forum.id == forum.id, now=now)),
        days=days,
        seats_plot=seats_over_time_svg(days, capacity=capacity or None),
        economies=economies,
        economies_plot=stacked_bars_svg(
            [(row.code, row.name, (row.women, row.men, row.others)) for row in economies],
            series=("Women", "Men", "Another, or not said"),
        ),
        without=without,
        capacity=capacity,
        categories=categories,
        waiting_beside=side_events_with_waiting(forum),
        exchanges=sum(count for *_, count in count_to_answer(Forum.id == forum.id, DELEGATION_CLASSES)),
        pools=pools_nearly_full(forum),
        mails=count_by_state(forum.scope),
        recent=recent_acts(forum, since=now - RECENT),
    )
