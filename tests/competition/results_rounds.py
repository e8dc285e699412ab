"""A closed round with scorecards of several judges, and its ranking, for tests of results."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from gtn_events.accounts.models import Account
from gtn_events.competition.domain.given import Given
from gtn_events.competition.domain.roots import record_call_root, record_seats_root
from gtn_events.competition.domain.round_state import close_round
from gtn_events.competition.models import Entry, EntryVersion, ResultVersion
from gtn_events.competition.queries.ranking import latest_version
from gtn_events.competition.ranking_job import RANKING
from gtn_events.core.canonical import sha256_of
from gtn_events.core.db import db
from gtn_events.core.jobs import enqueue_job, run_due_jobs
from tests.competition.factories import MADE_AT
from tests.competition.panels import IN_TIME, OPENED_AT, Panel, make_panel, submit

CLOSED_AT = IN_TIME + timedelta(days=20)
# Points for impact and market of three entries (rows) by three judges; the second judge is stricter than the others.
POINTS = (((5, 5), (4, 4), (5, 5)), ((4, 4), (3, 3), (4, 5)), ((3, 2), (1, 1), (2, 3)))


def make_scored_round(
    points: Sequence[Sequence[tuple[int, int]]] = POINTS, *, closed: bool = True, **values: Any
) -> Panel:
    """A round that all judges have scored and that is closed; ``values`` are columns of Round.

    The roots of its call, of its seats and of its close are recorded.
    """
    panel = make_panel(judges=len(points[0]), entries=len(points), **values)
    for entry in panel.entries:
        send_version(entry)
    record_call_root(panel.competition, now=OPENED_AT)
    record_seats_root(panel.round, [seat.id for seat in panel.seats.values()], now=OPENED_AT)
    for entry, row in enumerate(points):
        for judge, (impact, market) in enumerate(row):
            given = Given(
                {"impact": impact, "market": market}, to_entrant=f"Strong in its field, says judge {judge}, go on."
            )
            submit(panel.seat(judge, entry), given)
    if closed:
        close_round(panel.round, actor=panel.account(), now=CLOSED_AT)
    db.session.commit()
    return panel


def send_version(entry: Entry, *, now: datetime = MADE_AT) -> EntryVersion:
    """A version of an entry with its fingerprint, without an answer."""
    number = len(entry.versions) + 1
    content = {"reference": entry.reference, "version": number, "title": entry.title}
    version = EntryVersion(
        number=number, sent_at=now, sent_by_id=entry.account_id, content=content, sha256=sha256_of(content)
    )
    entry.versions.append(version)
    db.session.commit()
    return version


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
