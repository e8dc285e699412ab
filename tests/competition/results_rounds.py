"""A closed round with scorecards of several judges, and its ranking, for tests of results."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from gtn_events.accounts.models import Account
from gtn_events.competition.domain.given import Given
from gtn_events.competition.domain.round_state import close_round
from gtn_events.competition.models import ResultVersion
from gtn_events.competition.queries.ranking import latest_version
from gtn_events.competition.ranking_job import RANKING
from gtn_events.core.db import db
from gtn_events.core.jobs import enqueue_job, run_due_jobs
from tests.competition.panels import IN_TIME, Panel, make_panel, submit

CLOSED_AT = IN_TIME + timedelta(days=20)
# Points for impact and market of three entries (rows) by three judges; the second judge is stricter than the others.
POINTS = (((5, 5), (4, 4), (5, 5)), ((4, 4), (3, 3), (4, 5)), ((3, 2), (1, 1), (2, 3)))


def make_scored_round(points: Sequence[Sequence[tuple[int, int]]] = POINTS, **values: Any) -> Panel:
    """A round that all judges have scored and that is closed; ``values`` are columns of Round."""
    panel = make_panel(judges=len(points[0]), entries=len(points), **values)
    for entry, row in enumerate(points):
        for judge, (impact, market) in enumerate(row):
            given = Given(
                {"impact": impact, "market": market}, to_entrant=f"Strong in its field, says judge {judge}, go on."
            )
            submit(panel.seat(judge, entry), given)
    close_round(panel.round, actor=panel.account(), now=CLOSED_AT)
    db.session.commit()
    return panel


def compute(panel: Panel, *, actor: Account | None = None, **params: Any) -> ResultVersion:
    """Let a worker compute the ranking and return the version that stands."""
    enqueue_job(
        RANKING,
        title="Ranking",
        params={"round_id": panel.round.id, **params},
        actor=actor,
        now=CLOSED_AT,
        scope=panel.round.scope,
    )
    db.session.commit()
    run_due_jobs(CLOSED_AT)
    version = latest_version(panel.round)
    assert version is not None
    return version
