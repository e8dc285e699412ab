"""What placements keep about a person: told in the export, let go in the erasure."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select, update
from sqlalchemy.orm import joinedload, selectinload

from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.journal import JournalEntry
from gtn_events.core.outbox import OutboxMail, forget_mails
from gtn_events.core.uploads import delete_upload

from .errors import StillPlaced
from .models import Agreement, Application, Intake, Milestone, Party, Placement, PlacementReport, ServiceHours
from .queries.placement_list import LIVE


def export_placements(account: Account) -> dict[str, Any]:
    """Return a person's placements, the agreements they sign, and the reports they wrote, JSON-ready."""
    own = db.session.scalars(_own(account).options(selectinload(Placement.stays), selectinload(Placement.milestones)))
    parties = select(Party).where(_is(account)).options(joinedload(Party.agreement).joinedload(Agreement.placement))
    reports = select(PlacementReport).where(PlacementReport.account_id == account.id).order_by(PlacementReport.id)
    return {
        "placements": [_placement(each) for each in own],
        "agreements": [_party(each) for each in db.session.scalars(parties.order_by(Party.id))],
        "reports": [
            _report(each) for each in db.session.scalars(reports.options(joinedload(PlacementReport.placement)))
        ],
    }


def erase_placements(account: Account, now: datetime) -> None:
    """Take the person out of agreements, and what the firm wrote out of its placements; states, days and sums stay.

    The SHA-256 of a signed agreement stays, too.

    Raises:
        StillPlaced: a placement of the firm is prepared or under way.
    """
    placements = list(db.session.scalars(_own(account)))
    for placement in placements:
        if placement.state in LIVE:
            raise StillPlaced(
                f"Your placement {placement} is {placement.state.label.lower()}. When it is over, or cancelled by the "
                "organiser, your data can be erased."
            )
    ids = [placement.id for placement in placements]
    _empty_parties(account, ids, now=now)
    _empty_placements(ids, now=now)
    theirs = update(PlacementReport).where(PlacementReport.account_id == account.id)
    db.session.execute(theirs.values(account_id=None))
    names = update(ServiceHours).where(func.lower(ServiceHours.person) == account.display_name.lower())
    db.session.execute(names.values(person=""))
    db.session.flush()


def _own(account: Account) -> Select[Placement]:
    return (
        select(Placement)
        .join(Placement.application)
        .where(Application.account_id == account.id)
        .options(
            joinedload(Placement.application).joinedload(Application.call),
            joinedload(Placement.intake).joinedload(Intake.host),
        )
        .order_by(Placement.id)
    )


def _is(account: Account) -> ColumnElement[bool]:
    return or_(Party.account_id == account.id, func.lower(Party.email) == account.email_key)


def _empty_parties(account: Account, ids: Sequence[int], *, now: datetime) -> None:
    for party in db.session.scalars(select(Party).where(_is(account)).options(joinedload(Party.upload))):
        party.name = party.typed_name = party.email = ""
        party.account_id = None
        if party.upload is not None and party.upload.deleted_at is None:
            delete_upload(party.upload, now=now)
        if party.agreement.placement_id in ids:
            party.organisation_name = ""
    db.session.flush()


def _empty_placements(ids: Sequence[int], *, now: datetime) -> None:
    """Empty what the firm's placements say; the other parties keep that they signed."""
    emptied = {"plan": {}, "clauses": [], "reason": "", "ended_reason": ""}
    db.session.execute(update(Agreement).where(Agreement.placement_id.in_(ids)).values(**emptied))
    for milestone in db.session.scalars(
        select(Milestone).where(Milestone.placement_id.in_(ids)).options(joinedload(Milestone.upload))
    ):
        milestone.title, milestone.measure, milestone.note, milestone.evidence = "Erased milestone", "", "", ""
        if milestone.upload is not None and milestone.upload.deleted_at is None:
            delete_upload(milestone.upload, now=now)
    db.session.flush()
    for table, values in (
        (PlacementReport, {"answers": {}}),
        (ServiceHours, {"note": "", "person": ""}),
    ):
        db.session.execute(update(table).where(table.placement_id.in_(ids)).values(**values))
    db.session.execute(update(Placement).where(Placement.id.in_(ids)).values(reason=""))
    about = (JournalEntry.subject_type == Placement.__tablename__, JournalEntry.subject_id.in_(ids))
    db.session.execute(update(JournalEntry).where(*about).values(reason=None, changes={}))
    if ids:
        forget_mails(or_(*(OutboxMail.key.startswith(f"placement:{each}:") for each in ids)))


def _placement(placement: Placement) -> dict[str, Any]:
    return {
        "number": str(placement),
        "call": placement.application.call.title,
        "host": placement.intake.host.name,
        "state": placement.state.value,
        "reason": placement.reason,
        "stays": [{"from": stay.starts_on.isoformat(), "to": stay.ends_on.isoformat()} for stay in placement.stays],
        "milestones": [
            {
                "title": each.title,
                "until": each.due_on.isoformat(),
                "state": each.state.value,
                "note": each.note,
                "evidence": each.evidence,
            }
            for each in placement.milestones
        ],
    }


def _party(party: Party) -> dict[str, Any]:
    agreement = party.agreement
    return {
        "placement": str(agreement.placement),
        "version": agreement.number,
        "as": party.role.value,
        "organisation": party.organisation_name,
        "name": party.name,
        "email": party.email,
        "typed_name": party.typed_name,
        "signed_at": party.signed_at.isoformat() if party.signed_at else None,
        "sha256": party.sha256,
        "plan": agreement.plan,
        "clauses": agreement.clauses,
    }


def _report(report: PlacementReport) -> dict[str, Any]:
    return {
        "placement": str(report.placement),
        "kind": report.kind.value,
        "as": report.role.value,
        "sent_at": report.sent_at.isoformat() if report.sent_at else None,
        "satisfaction": report.satisfaction,
        "answers": report.answers,
    }
