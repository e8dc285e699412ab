"""The ledger of funded travel: planned, paid and the difference, for each person and economy."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from gtn_events.core.exports import Cell

from .domain.travel_per_diem import NOTHING, PerDiem, per_diem
from .models import Traveller, TravelSettings
from .travel_enums import TravellerState

HEADERS = (
    *("Economy", "Name", "Category", "State", "Arrives", "Departs", "Nights", "Per diem days"),
    *("Planned fare", "Planned per diem", "Planned other", "Planned", "Paid fare", "Paid per diem", "Paid other"),
    *("Paid", "Difference", "Currency", "Ended because"),
)


@dataclass(frozen=True)
class LedgerRow:
    """One traveller with the sums; whoever is withdrawn plans nothing any more."""

    traveller: Traveller
    per_diem: PerDiem
    planned: Decimal
    paid: Decimal

    @property
    def variance(self) -> Decimal:
        """What was paid beyond the plan; negative for what was saved."""
        return self.paid - self.planned


@dataclass(frozen=True)
class EconomyTotal:
    """The sums of one economy."""

    name: str
    people: int
    planned: Decimal
    paid: Decimal

    @property
    def variance(self) -> Decimal:
        """What was paid beyond the plan."""
        return self.paid - self.planned


def per_diem_of(traveller: Traveller, settings: TravelSettings | None) -> PerDiem:
    """Return the per diem of a traveller, nothing while there are no days or no rate."""
    if settings is None or traveller.arrives_on is None or traveller.departs_on is None:
        return NOTHING
    forum = traveller.forum
    return per_diem(
        traveller.arrives_on,
        traveller.departs_on,
        starts_on=forum.starts_on,
        ends_on=forum.ends_on,
        rate=settings.daily_rate,
    )


def ledger(travellers: Iterable[Traveller], settings: TravelSettings | None) -> list[LedgerRow]:
    """Return the rows of travellers in their order."""
    rows = []
    for each in travellers:
        due = NOTHING if each.state is TravellerState.WITHDRAWN else per_diem_of(each, settings)
        live = Decimal("0.00") if each.state is TravellerState.WITHDRAWN else each.planned_fare + each.planned_other
        rows.append(LedgerRow(each, due, live + due.amount, each.paid_fare + each.paid_per_diem + each.paid_other))
    return rows


def totals(rows: Iterable[LedgerRow]) -> list[EconomyTotal]:
    """Return the sums by economy, in the order in which they come, and of all at the end."""
    found: dict[str, list[LedgerRow]] = {}
    for row in rows:
        found.setdefault(row.traveller.registration.representation, []).append(row)
    parts = [_sum(name, part) for name, part in found.items()]
    return [*parts, _sum("", [row for part in found.values() for row in part])] if parts else []


def ledger_cells(rows: Iterable[LedgerRow], settings: TravelSettings | None) -> Iterable[list[Cell]]:
    """Yield the rows of the export; amounts are exact decimals."""
    currency = settings.currency if settings else ""
    for row in rows:
        each = row.traveller
        yield [
            each.registration.representation,
            each.registration.delegate_name,
            each.category.label,
            each.state.label,
            each.arrives_on,
            each.departs_on,
            row.per_diem.nights,
            row.per_diem.days,
            each.planned_fare,
            row.per_diem.amount,
            each.planned_other,
            row.planned,
            each.paid_fare,
            each.paid_per_diem,
            each.paid_other,
            row.paid,
            row.variance,
            currency,
            each.ended_reason,
        ]


def _sum(name: str, rows: list[LedgerRow]) -> EconomyTotal:
    zero = Decimal("0.00")
    return EconomyTotal(
        name, len(rows), sum((row.planned for row in rows), zero), sum((row.paid for row in rows), zero)
    )
