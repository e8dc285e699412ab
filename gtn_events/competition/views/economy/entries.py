"""The entries of an economy: places, the order, what waits; and the list as a file."""

from dataclasses import dataclass

from flask import render_template
from flask.typing import ResponseReturnValue

from gtn_events.accounts.roles import current_account
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.exports import csv_response
from gtn_events.core.journal import record
from gtn_events.core.permissions import Permission, requires

from ...domain.endorsement_window import endorsement_until, may_decide
from ...domain.entry_window import Window, window_of
from ...enums import NominationState
from ...models import Competition, Entry, Nomination
from ...queries.economy_entries import (
    HEADERS,
    by_economy,
    changed_since,
    entries_of_economy,
    export_rows,
    nominations_of_economy,
)
from ...queries.places import EconomyStanding, standings_of
from .blueprint import blueprint
from .desk import Desk, own_desk


@dataclass(frozen=True)
class Part:
    """What the page shows of one economy."""

    standing: EconomyStanding
    entries: list[Entry]
    nominations: list[Nomination]


@blueprint.get("/")
@requires(Permission.SIGNED_IN)
def entries(competition: Competition) -> ResponseReturnValue:
    """Show the places and the entries of the person's own economy, and whom it nominated."""
    desk, now = own_desk(competition), clock.now()
    found = list(db.session.scalars(entries_of_economy(competition, desk.codes)))
    return render_template(
        "competition/economy/entries.html",
        competition=competition,
        parts=_parts(desk, found),
        count=len(found),
        changed=changed_since(found),
        until=endorsement_until(competition),
        decides=may_decide(competition, now=now),
        nominates=may_decide(competition, now=now) and window_of(competition, now=now) is not Window.OVER,
        now=now,
    )


@blueprint.post("/export")
@requires(Permission.SIGNED_IN)
def export(competition: Competition) -> ResponseReturnValue:
    """Send the list as a CSV file; the journal notes it."""
    desk = own_desk(competition)
    names = desk.names
    changes = {"economies": (None, ", ".join(names.values()))}
    actor, now = current_account(), clock.now()
    record("list of an economy exported", competition, actor=actor, now=now, scope=competition.scope, changes=changes)
    name = f"{competition.slug}-{'-'.join(desk.codes).lower()}.csv"
    db.session.commit()
    return csv_response(name, HEADERS, export_rows(competition, names))


def _parts(desk: Desk, found: list[Entry]) -> list[Part]:
    entries_by_code = by_economy(found)
    nominations = list(db.session.scalars(nominations_of_economy(desk.competition, desk.codes)))
    return [
        Part(
            standing,
            entries_by_code.get(standing.code, []),
            [each for each in nominations if each.economy_code == standing.code and each.state is NominationState.OPEN],
        )
        for standing in standings_of(desk.competition, desk.codes)
    ]
