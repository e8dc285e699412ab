"""Trying designs of a round before its launch; the arithmetic runs in a worker (``results.simulation``)."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from decimal import Decimal

from flask_babel import gettext as _

from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.journal import record

from ..errors import RoundRefused
from ..models import Competition, Simulation
from ..queries.simulations import simulations_of
from .locking import lock_competition

MOST_SIMULATIONS = 20


@dataclass(frozen=True, kw_only=True)
class Design:
    """What an organiser types; the last three are standard deviations in points of 100."""

    entries: int
    judges: int
    cards: int
    shortlist: int
    quality: Decimal
    noise: Decimal
    severity: Decimal


def add_simulation(competition: Competition, design: Design, *, actor: Account, now: datetime) -> Simulation:
    """Keep a design, to be computed.

    Raises:
        RoundRefused: it cannot be, or there are as many as can be compared.

    Flushes; the caller commits.
    """
    if not 1 <= design.cards <= design.judges:
        raise RoundRefused(_("An entry has at most as many scorecards as there are judges."), field="cards")
    if not 1 <= design.shortlist <= design.entries:
        raise RoundRefused(_("At most as many go on as there are entries."), field="shortlist")
    lock_competition(competition)
    if len(simulations_of(competition)) >= MOST_SIMULATIONS:
        raise RoundRefused(
            _("There are %(most_simulations)s designs already. Take one away first.", most_simulations=MOST_SIMULATIONS)
        )
    simulation = Simulation(competition=competition, asked_at=now, **asdict(design))
    db.session.add(simulation)
    db.session.flush()
    changes = {"design": (None, f"{design.entries} x {design.cards}")}
    record("simulation asked for", simulation, actor=actor, now=now, scope=competition.scope, changes=changes)
    db.session.flush()
    return simulation


def keep_answer(simulation: Simulation, answer: Mapping[str, Mapping[str, str]], *, now: datetime) -> None:
    """Keep what was computed; a second run of the same design gives the same. Flushes."""
    simulation.answer, simulation.computed_at = {**answer}, now
    db.session.flush()


def remove_simulation(simulation: Simulation, *, actor: Account, now: datetime) -> None:
    """Take a design away. Flushes; the caller commits."""
    record("simulation taken away", simulation, actor=actor, now=now, scope=simulation.scope)
    db.session.delete(simulation)
    db.session.flush()
