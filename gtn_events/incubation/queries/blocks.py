"""Who must not be matched with whom, and by what a host is recognised."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, Select, and_, exists, func, select
from sqlalchemy.orm import contains_eager, joinedload

from gtn_events.accounts.domain.ties import domain_of, folded
from gtn_events.accounts.enums import Role
from gtn_events.accounts.models import Account, Organisation, RoleGrant
from gtn_events.core.db import db
from gtn_events.core.listing import Listing

from ..enums import BlockSource, BlockState
from ..models import Application, Block, Call, Host, Intake

if TYPE_CHECKING:
    from werkzeug.datastructures import MultiDict


@dataclass(frozen=True)
class HostFacts:
    """By what the people of one intake's host are recognised, folded: names of organisations, domains of mail."""

    intake_id: int
    organisations: frozenset[str]
    domains: frozenset[str]


def facts_of_hosts(call: Call) -> list[HostFacts]:
    """Return the facts of every host with places in a call, in two queries."""
    intakes = db.session.scalars(select(Intake).where(Intake.call_id == call.id).options(joinedload(Intake.host))).all()
    people = _people_of([intake.host_id for intake in intakes])
    found = []
    for intake in intakes:
        own = people.get(intake.host_id, [])
        emails = [intake.host.contact_email, *(email for email, _name in own)]
        names = [intake.host.name, *(name for _email, name in own)]
        found.append(
            HostFacts(
                intake.id,
                frozenset(folded(name) for name in names if name and folded(name)),
                frozenset(domain_of(email) for email in emails if "@" in email and domain_of(email)),
            )
        )
    return found


def standing_block(application_id: object, intake_id: object) -> ColumnElement[bool]:
    """Return the condition that something keeps an application and an intake apart (columns or ids)."""
    return exists().where(
        and_(
            Block.application_id == application_id,
            Block.intake_id == intake_id,
            Block.state != BlockState.DISMISSED,
        )
    )


def read_block_listing(path: str, args: "MultiDict[str, str]") -> Listing:
    """Return what the address asks of the list of blocks."""
    return Listing.read(
        path,
        args,
        sorts={"application": Application.sort_title, "host": Host.sort_name},
        default_sort="application",
        filters={"state": [each.value for each in BlockState], "source": [each.value for each in BlockSource]},
    )


def blocks_of(call: Call, listing: Listing) -> Select[Block]:
    """Select the blocks of a call that a listing asks for, not ordered, with their applications and hosts."""
    return (
        select(Block)
        .join(Block.application)
        .join(Block.intake)
        .join(Intake.host)
        .where(*_narrowed(call, listing))
        .options(contains_eager(Block.application), contains_eager(Block.intake).contains_eager(Intake.host))
    )


def block_counts(call: Call, listing: Listing) -> dict[BlockState, int]:
    """Return how many blocks are in each state under the other filters; empty states are left out."""
    statement = (
        select(Block.state, func.count())
        .join(Block.application)
        .join(Block.intake)
        .join(Intake.host)
        .where(*_narrowed(call, listing, but_state=True))
        .group_by(Block.state)
    )
    found = dict(db.session.execute(statement).all())
    return {state: found[state] for state in BlockState if state in found}


def block_of(call: Call, block_id: int) -> Select[Block]:
    """Select one block of this call."""
    return select(Block).join(Block.application).where(Block.id == block_id, Application.call_id == call.id)


def blocks_about(application: Application) -> Sequence[Block]:
    """Return the blocks of one application with their hosts, in the order in which they were noted."""
    statement = (
        select(Block)
        .where(Block.application_id == application.id)
        .options(joinedload(Block.intake).joinedload(Intake.host))
        .order_by(Block.id)
    )
    return db.session.scalars(statement).all()


def _narrowed(call: Call, listing: Listing, *, but_state: bool = False) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = [Application.call_id == call.id]
    if listing.search:
        conditions.append(listing.searched(Application.search_text, Host.search_text))
    if not but_state and (states := listing.chosen("state")):
        conditions.append(Block.state.in_([BlockState(state) for state in states]))
    if sources := listing.chosen("source"):
        conditions.append(Block.source.in_([BlockSource(source) for source in sources]))
    return conditions


def _people_of(host_ids: Sequence[int]) -> dict[int, list[tuple[str, str]]]:
    """Return address and organisation of each person who manages one of these hosts."""
    statement = (
        select(RoleGrant.scope_id, Account.email_key, Organisation.name)
        .join(Account, Account.id == RoleGrant.account_id)
        .outerjoin(Organisation, Organisation.id == Account.organisation_id)
        .where(
            RoleGrant.role == Role.HOST_MANAGER,
            RoleGrant.scope_kind == "host",
            RoleGrant.scope_id.in_(host_ids),
            RoleGrant.ended_at.is_(None),
        )
    )
    people: dict[int, list[tuple[str, str]]] = {}
    for host_id, email, name in db.session.execute(statement):
        people.setdefault(host_id, []).append((email, name or ""))
    return people
