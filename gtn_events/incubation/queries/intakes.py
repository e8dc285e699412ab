"""Reads of the places that hosts give in a call."""

from collections.abc import Collection, Iterator
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import contains_eager, joinedload

from gtn_events.core.db import db
from gtn_events.core.economies import Economy
from gtn_events.core.exports import Cell

from ..enums import HostState, Trait
from ..models import Call, Host, Intake

INTAKE_HEADERS = (
    "Economy",
    "Host",
    "City",
    "Places",
    "At most of one economy",
    "At most of one sector",
    "Kept places",
    "Only sectors",
    "Stays from",
    "Stays until",
    "Gives",
    "Asks",
    "Offered",
    "Taken back",
    "Ranking sent",
)


def intakes_to_show(call: Call) -> list[Intake]:
    """Return the places that stand in a call, hosts in protocol order of economies, then by name."""
    return list(db.session.scalars(intakes_of(call).where(Intake.withdrawn_at.is_(None), Intake.places > 0)))


def intakes_to_choose(call: Call) -> list[Intake]:
    """Return the places that are offered in a call by hosts of the catalogue, in the order of the hosts' names."""
    statement = (
        select(Intake)
        .join(Host, Host.id == Intake.host_id)
        .where(Intake.call_id == call.id, Intake.withdrawn_at.is_(None), Host.state == HostState.LISTED)
        .options(joinedload(Intake.host).joinedload(Host.economy))
        .order_by(Host.sort_name, Intake.id)
    )
    return list(db.session.scalars(statement))


def intakes_of(call: Call) -> Select[Intake]:
    """Select the places of a call with their hosts and economies, those taken back too, in the same order."""
    return (
        select(Intake)
        .join(Intake.host)
        .join(Host.economy)
        .where(Intake.call_id == call.id)
        .options(contains_eager(Intake.host).contains_eager(Host.economy))
        .order_by(Economy.rank, Host.sort_name, Host.id)
    )


def intake_of(call: Call, host: Host) -> Intake | None:
    """Return what a host gives in a call, None before it gave anything."""
    found: Intake | None = db.session.scalar(select(Intake).where(Intake.call_id == call.id, Intake.host_id == host.id))
    return found


def intakes_of_host(host: Host) -> list[Intake]:
    """Return what a host gives in every call, the latest call first."""
    statement = (
        select(Intake)
        .join(Intake.call)
        .where(Intake.host_id == host.id)
        .options(joinedload(Intake.call))
        .order_by(Call.closes_at.desc(), Intake.id)
    )
    return list(db.session.scalars(statement))


def intakes_by_id(call: Call, ids: Collection[int]) -> dict[int, Intake]:
    """Return these intakes of a call with their hosts, also those that were withdrawn."""
    if not ids:
        return {}
    statement = (
        select(Intake)
        .where(Intake.call_id == call.id, Intake.id.in_(ids))
        .options(joinedload(Intake.host).joinedload(Host.economy))
    )
    return {intake.id: intake for intake in db.session.scalars(statement)}


def host_names(call: Call) -> dict[str, str]:
    """Return the names of all hosts that have or had places in a call, by their slug."""
    statement = select(Host.slug, Host.name).join(Intake, Intake.host_id == Host.id).where(Intake.call_id == call.id)
    return dict(db.session.execute(statement).all())


def intake_rows(call: Call) -> Iterator[list[Cell]]:
    """Yield one line for each host that gave places in a call, for an export."""
    for intake in db.session.scalars(intakes_of(call).execution_options(yield_per=500)):
        yield [
            intake.host.economy.short_name,
            intake.host.name,
            intake.host.city,
            intake.places,
            intake.economy_cap,
            intake.sector_cap,
            "; ".join(f"{Trait(each['trait']).label}: {each['places']}" for each in intake.reserves),
            "; ".join(sector["label"] for sector in call.sectors if sector["key"] in intake.only_sectors),
            intake.stay_from,
            intake.stay_until,
            intake.gives,
            intake.asks,
            _local(intake.offered_at, call),
            _local(intake.withdrawn_at, call),
            _local(intake.ranking_sent_at, call),
        ]


def _local(moment: datetime | None, call: Call) -> datetime | None:
    return moment.astimezone(call.zone).replace(tzinfo=None) if moment else None
