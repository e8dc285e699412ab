"""Placements as the people see them who have part in one; everything that a page reads goes through ``seen_by``."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, exists, func, or_, select, true
from sqlalchemy.orm import contains_eager, joinedload, selectinload
from sqlalchemy.orm.interfaces import ORMOption

from gtn_events.accounts.enums import Role
from gtn_events.accounts.models import Account
from gtn_events.accounts.roles import gives
from gtn_events.core.db import db
from gtn_events.core.economies import Economy
from gtn_events.core.permissions import Permission, Scope

from ..enums import AgreementState, PartyRole, ReportKind, Viewer
from ..models import (
    Agreement,
    Application,
    Host,
    Intake,
    Milestone,
    Party,
    Placement,
    PlacementReport,
    ServiceHours,
)

Sent = frozenset[tuple[ReportKind, PartyRole]]
# A draft is written by firm, host, coordinators and organiser; other parties see what went out for signature.
SHOWN_TO_PARTIES = tuple(state for state in AgreementState if state is not AgreementState.DRAFT)


@dataclass(frozen=True)
class Scopes:
    """What a person's roles are for, as far as placements go; ``everywhere`` is a role for the whole site."""

    calls: frozenset[int]
    hosts: frozenset[int]
    economies: frozenset[int]
    everywhere: bool


def scopes_of(account: Account) -> Scopes:
    """Return the calls a person organises, the hosts they manage and the economies (by rank) they coordinate."""
    grants = account.live_grants
    return Scopes(
        calls=frozenset(
            each.scope_id
            for each in grants
            if each.scope_kind == "call"
            and gives(each, Permission.CALL_PLACEMENTS_MANAGE, Scope("call", each.scope_id))
        ),
        hosts=frozenset(each.scope_id for each in grants if each.role is Role.HOST_MANAGER),
        economies=frozenset(each.scope_id for each in grants if each.role is Role.ECONOMY_COORDINATOR),
        everywhere=any(
            each.scope_kind == "site" and gives(each, Permission.CALL_PLACEMENTS_MANAGE, None) for each in grants
        ),
    )


def seen_by(account: Account) -> ColumnElement[bool]:
    """Return the condition under which a person sees a placement; the statement joins application, intake and host."""
    scopes = scopes_of(account)
    if scopes.everywhere:
        return true()
    return or_(Application.call_id.in_(scopes.calls), taken_part_by(account))


def taken_part_by(account: Account) -> ColumnElement[bool]:
    """Return the condition that a person is the firm, of the host, a coordinator, or a party, whoever organises it."""
    scopes = scopes_of(account)
    codes = select(Economy.code).where(Economy.rank.in_(scopes.economies))
    return or_(
        Application.account_id == account.id,
        Intake.host_id.in_(scopes.hosts),
        Application.economy_code.in_(codes),
        Host.economy_code.in_(codes),
        exists().where(
            Agreement.placement_id == Placement.id,
            Party.agreement_id == Agreement.id,
            Agreement.state.in_(SHOWN_TO_PARTIES),
            is_party(account),
        ),
    )


def is_party(account: Account) -> ColumnElement[bool]:
    """Return the condition that a party of an agreement is this person, by account or by confirmed address."""
    own = Party.account_id == account.id
    if account.email_confirmed_at is None:
        return own
    return or_(own, Party.account_id.is_(None) & (func.lower(Party.email) == account.email_key))


def viewers_of(placement: Placement, account: Account) -> frozenset[Viewer]:
    """Return as what a person looks at a placement; empty for a stranger."""
    scopes = scopes_of(account)
    application, host = placement.application, placement.intake.host
    held = {
        Viewer.FIRM: application.account_id == account.id,
        Viewer.HOST: host.id in scopes.hosts,
        Viewer.HOME: application.economy.rank in scopes.economies,
        Viewer.HOST_ECONOMY: host.economy.rank in scopes.economies,
        Viewer.ORGANISER: scopes.everywhere or application.call_id in scopes.calls,
        Viewer.SIGNATORY: bool(own_parties(placement, account)),
    }
    return frozenset(viewer for viewer, holds in held.items() if holds)


def own_parties(placement: Placement, account: Account) -> list[Party]:
    """Return the parties of versions that went out for signature which are this person."""
    parties = [party for each in placement.agreements if each.state in SHOWN_TO_PARTIES for party in each.parties]
    return [party for party in parties if party_is(party, account)]


def party_is(party: Party, account: Account) -> bool:
    """Say whether a party of an agreement is this person."""
    if party.account_id is not None:
        return party.account_id == account.id
    return account.email_confirmed_at is not None and party.email.casefold() == account.email_key


def placement_of(placement_id: int, *, call_id: int, account: Account) -> Select[Placement]:
    """Select one placement of a call with everything its pages show, if the person sees it."""
    return (
        with_ends()
        .where(Placement.id == placement_id, Application.call_id == call_id, seen_by(account))
        .options(
            joinedload(Placement.offer),
            *whole(),
            selectinload(Placement.milestones).joinedload(Milestone.upload),
        )
    )


def placements_where(condition: ColumnElement[bool]) -> Select[Placement]:
    """Select placements with everything that lists, homes and reminders read, the newest first.

    Args:
        condition: on placement, application, intake or host.
    """
    statement = with_ends().where(condition).options(*whole(), selectinload(Placement.milestones))
    return statement.order_by(Placement.id.desc())


def reports_sent(ids: Iterable[int]) -> dict[int, Sent]:
    """Return which reports of these placements were sent; a placement without one is left out."""
    statement = select(PlacementReport.placement_id, PlacementReport.kind, PlacementReport.role).where(
        PlacementReport.placement_id.in_(list(ids)), PlacementReport.sent_at.is_not(None)
    )
    found: dict[int, set[tuple[ReportKind, PartyRole]]] = defaultdict(set)
    for placement_id, kind, role in db.session.execute(statement):
        found[placement_id].add((kind, role))
    return {placement_id: frozenset(sent) for placement_id, sent in found.items()}


def satisfaction_of(ids: Iterable[int]) -> dict[tuple[int, PartyRole], int]:
    """Return how content each side is, from 1 to 5, as its last report that was sent says."""
    statement = (
        select(PlacementReport.placement_id, PlacementReport.role, PlacementReport.satisfaction)
        .where(
            PlacementReport.placement_id.in_(list(ids)),
            PlacementReport.sent_at.is_not(None),
            PlacementReport.satisfaction.is_not(None),
        )
        .order_by(PlacementReport.sent_at)
    )
    return {(row.placement_id, row.role): row.satisfaction or 0 for row in db.session.execute(statement)}


def report_of(placement: Placement, kind: ReportKind, role: PartyRole) -> PlacementReport | None:
    """Return the report of one side, sent or not."""
    statement = select(PlacementReport).where(
        PlacementReport.placement_id == placement.id, PlacementReport.kind == kind, PlacementReport.role == role
    )
    report: PlacementReport | None = db.session.scalar(statement.options(joinedload(PlacementReport.account)))
    return report


def reports_of(placement: Placement) -> Sequence[PlacementReport]:
    """Return all reports of a placement, drafts too."""
    statement = select(PlacementReport).where(PlacementReport.placement_id == placement.id)
    return db.session.scalars(statement.order_by(PlacementReport.id)).all()


def services_of(placement: Placement) -> Sequence[ServiceHours]:
    """Return what the host gave, the newest day first."""
    statement = select(ServiceHours).where(ServiceHours.placement_id == placement.id)
    return db.session.scalars(statement.order_by(ServiceHours.given_on.desc(), ServiceHours.id.desc())).all()


def with_ends() -> Select[Placement]:
    """Select placements joined with application, intake and host, which are loaded with what names them."""
    return (
        select(Placement)
        .join(Placement.application)
        .join(Placement.intake)
        .join(Intake.host)
        .options(
            contains_eager(Placement.application).options(
                joinedload(Application.call), joinedload(Application.account), joinedload(Application.economy)
            ),
            contains_eager(Placement.intake).contains_eager(Intake.host).joinedload(Host.economy),
        )
    )


def whole() -> tuple[ORMOption, ...]:
    """Return what loads the stays and every version of the agreement with its parties."""
    agreements = selectinload(Placement.agreements)
    parties = agreements.selectinload(Agreement.parties)
    return selectinload(Placement.stays), parties.joinedload(Party.account), parties.joinedload(Party.upload)
