"""Reads of hosts for those who work with them: managers, coordinators, organisers."""

from collections.abc import Iterator
from datetime import date, datetime

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import joinedload

from gtn_events.accounts.enums import Role
from gtn_events.accounts.models import Account, RoleGrant
from gtn_events.core.db import db
from gtn_events.core.economies import Economy
from gtn_events.core.exports import Cell

from ..enums import HostState
from ..languages import LANGUAGES
from ..models import Host, HostPhoto
from ..services import SERVICES

HEADERS = (
    "Economy",
    "Host",
    "City",
    "State",
    "Verified until",
    "Sectors",
    "Languages",
    "Services",
    "Readiness from",
    "Readiness until",
    "Desks",
    "Mentors",
    "Graduates",
    "Website",
    "Contact",
    "E-mail",
)


def hosts_of_economy(economy: Economy) -> list[Host]:
    """Return the hosts of an economy; those that ask to be verified first, then by name."""
    statement = (
        select(Host)
        .where(Host.economy_code == economy.code)
        .options(joinedload(Host.economy))
        .order_by(Host.verification_asked_at.is_(None), Host.verification_asked_at, Host.sort_name, Host.id)
    )
    return list(db.session.scalars(statement))


def all_hosts() -> Select[Host]:
    """Select every host with its economy, in protocol order, then by name."""
    return (
        select(Host)
        .join(Host.economy)
        .options(joinedload(Host.economy))
        .order_by(Economy.rank, Host.sort_name, Host.id)
    )


def photo_of(host: Host, photo_id: int) -> Select[HostPhoto]:
    """Select one photo of this host with its file."""
    return (
        select(HostPhoto)
        .where(HostPhoto.host_id == host.id, HostPhoto.id == photo_id)
        .options(joinedload(HostPhoto.upload))
    )


def managers_by_host(host_ids: list[int]) -> dict[int, list[str]]:
    """Return the names of the managers of hosts, by the id of the host."""
    statement = (
        select(RoleGrant.scope_id, Account)
        .join(Account, Account.id == RoleGrant.account_id)
        .where(
            RoleGrant.role == Role.HOST_MANAGER,
            RoleGrant.scope_kind == "host",
            RoleGrant.scope_id.in_(host_ids),
            RoleGrant.ended_at.is_(None),
        )
        .order_by(RoleGrant.id)
    )
    found: dict[int, list[str]] = {}
    for host_id, account in db.session.execute(statement):
        found.setdefault(host_id, []).append(account.display_name)
    return found


def hosts_that_expire(first: date, last: date) -> list[tuple[Host, date]]:
    """Return the hosts of the catalogue whose verification ends between two days, each with its last day."""
    statement = (
        select(Host, Host.verified_until)
        .where(Host.state == HostState.LISTED, Host.verified_until >= first, Host.verified_until <= last)
        .options(joinedload(Host.economy))
        .order_by(Host.id)
    )
    return [(host, until) for host, until in db.session.execute(statement) if until is not None]


def hosts_that_wait(economy_codes: list[str], *, today: datetime) -> int:
    """Return how many hosts of economies ask to be verified, or are in the catalogue with an ended verification."""
    ended = (Host.state == HostState.LISTED) & (Host.verified_until < today.date())
    statement = (
        select(func.count())
        .select_from(Host)
        .where(Host.economy_code.in_(economy_codes), or_(Host.verification_asked_at.is_not(None), ended))
    )
    return db.session.scalar(statement) or 0


def host_rows(hosts: Select[Host]) -> Iterator[list[Cell]]:
    """Yield one line for each host, for an export."""
    for host in db.session.scalars(hosts.execution_options(yield_per=500)):
        yield [
            host.economy.short_name,
            host.name,
            host.city,
            host.state.label,
            host.verified_until,
            "; ".join(host.sectors),
            "; ".join(str(LANGUAGES.get(tag, tag)) for tag in host.languages),
            "; ".join(str(SERVICES[each["code"]].label) for each in host.services if each["code"] in SERVICES),
            host.trl_from,
            host.trl_until,
            host.desks,
            host.mentors,
            host.graduates,
            host.website,
            host.contact_name,
            host.contact_email,
        ]
