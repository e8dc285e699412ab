"""Designs that were tried, what they can begin from, and how much judges really differed."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from gtn_events.core.db import db

from ..enums import JudgeState
from ..models import Competition, Entry, Judge, ResultVersion, Round, Simulation
from .judging import LIVE_ENTRIES
from .public_page import first_round


def simulations_of(competition: Competition) -> list[Simulation]:
    """Return the designs in the order in which they were asked for."""
    statement = select(Simulation).where(Simulation.competition_id == competition.id).order_by(Simulation.id)
    return list(db.session.scalars(statement))


def simulation_of(competition: Competition, simulation_id: int) -> Simulation | None:
    """Return one design of a competition."""
    statement = select(Simulation).where(Simulation.competition_id == competition.id, Simulation.id == simulation_id)
    found: Simulation | None = db.session.scalar(statement)
    return found


def present_design(competition: Competition, *, now: datetime) -> dict[str, Any]:  # Any: whole numbers
    """Return what is known already: entries once the call has closed, judges, and the numbers of the first round."""
    entries = select(func.count()).where(Entry.competition_id == competition.id, Entry.state.in_(LIVE_ENTRIES))
    judges = select(func.count()).where(Judge.competition_id == competition.id, Judge.state == JudgeState.ACCEPTED)
    known = {"judges": db.session.scalar(judges) or 0}
    if now >= competition.entries_close_at:
        known["entries"] = db.session.scalar(entries) or 0
    if (round_ := first_round(competition)) is not None:
        known |= {"cards": round_.judges_per_entry, "shortlist": round_.cut.get("top") or 0}
    return {name: number for name, number in known.items() if number}


def measured_rounds(competition: Competition) -> list[tuple[Round, dict[str, Decimal]]]:
    """Return the ranked rounds of this edition and of the one it was made from, with what was measured in each."""
    editions = [competition.id, *([competition.cloned_from_id] if competition.cloned_from_id else [])]
    newest = select(func.max(ResultVersion.id)).group_by(ResultVersion.round_id)
    statement = (
        select(ResultVersion)
        .join(Round, Round.id == ResultVersion.round_id)
        .where(ResultVersion.id.in_(newest), Round.competition_id.in_(editions))
        .options(joinedload(ResultVersion.round).options(joinedload(Round.competition)))
        .order_by(Round.competition_id, Round.number)
    )
    found = [(each.round, each.facts.get("spread")) for each in db.session.scalars(statement)]
    return [(round_, {name: Decimal(text) for name, text in spread.items()}) for round_, spread in found if spread]
