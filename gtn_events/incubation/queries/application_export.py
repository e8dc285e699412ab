"""The list of applications as rows for CSV, in protocol order."""

from collections.abc import Iterator

from sqlalchemy import select

from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.economies import Economy
from gtn_events.core.exports import Cell
from gtn_events.core.listing import Listing

from ..models import Application, Call, Host, Intake, Wish
from .applications import ListNames, narrowed

HEADERS = (
    "Number",
    "Economy",
    "Project",
    "Firm",
    "Employees",
    "Founded",
    "Sector",
    "Readiness",
    "Weeks",
    "From",
    "Needs",
    "Traits",
    "State",
    "Reason",
    "Sent",
    "Seen by other hosts",
    "Hosts in order",
    "Applicant",
    "E-mail",
)
COLUMNS = (
    Application.id,
    Application.reference,
    Application.economy_code,
    Application.title,
    Application.organisation_name,
    Application.organisation_size,
    Application.founded_in,
    Application.sector,
    Application.trl,
    Application.weeks,
    Application.preferred_from,
    Application.needs,
    Application.traits,
    Application.state,
    Application.state_reason,
    Application.submitted_at,
    Application.seen_by_others,
    Account.given_name,
    Account.family_name,
    Account.email,
)
AT_ONCE = 1_000


def export_rows(call: Call, listing: Listing, names: ListNames) -> Iterator[list[Cell]]:
    """Yield one line for each application the listing matches; memory stays flat however many there are."""
    statement = (
        select(*COLUMNS)
        .join(Account, Account.id == Application.account_id)
        .join(Economy, Economy.code == Application.economy_code)
        .where(*narrowed(call, listing))
        .order_by(Economy.rank, Application.sort_title, Application.id)
        .execution_options(yield_per=AT_ONCE)
    )
    zone = call.zone
    for part in db.session.execute(statement).partitions(AT_ONCE):
        wishes = _hosts_in_order([row.id for row in part])
        for row in part:
            yield [
                row.reference,
                names.economies.get(row.economy_code, row.economy_code),
                row.title,
                row.organisation_name,
                row.organisation_size,
                row.founded_in,
                names.sectors.get(row.sector, row.sector),
                row.trl,
                row.weeks,
                row.preferred_from,
                "; ".join(row.needs),
                "; ".join(row.traits),
                row.state.label,
                row.state_reason,
                row.submitted_at.astimezone(zone).replace(tzinfo=None),
                row.seen_by_others,
                "; ".join(wishes.get(row.id, ())),
                f"{row.given_name} {row.family_name.upper()}".strip(),
                row.email,
            ]


def _hosts_in_order(ids: list[int]) -> dict[int, list[str]]:
    statement = (
        select(Wish.application_id, Host.name)
        .join(Intake, Intake.id == Wish.intake_id)
        .join(Host, Host.id == Intake.host_id)
        .where(Wish.application_id.in_(ids))
        .order_by(Wish.application_id, Wish.position)
    )
    found: dict[int, list[str]] = {}
    for application_id, name in db.session.execute(statement):
        found.setdefault(application_id, []).append(name)
    return found
