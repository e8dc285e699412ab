"""A placement under way with one row of everything that an address can name; every text carries one word."""

from datetime import date
from decimal import Decimal
from typing import Any

from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.incubation.enums import AgreementState, OfferState, PartyRole, PlacementState, ReportKind
from gtn_events.incubation.models import (
    Agreement,
    Application,
    Intake,
    Milestone,
    Offer,
    Party,
    Placement,
    PlacementReport,
    ServiceHours,
    Stay,
)
from tests.factories import MADE_AT

FIRST, LAST = date(2013, 1, 7), date(2099, 12, 1)


def make_placed(
    application: Application, intake: Intake, organiser: Account, upload_id: int, word: str
) -> dict[str, Any]:
    """Make it and return what addresses are filled with; the organiser is a party that has not signed."""
    pair = {"application": application, "intake": intake}
    offer = Offer(**pair, state=OfferState.ACCEPTED, offered_at=MADE_AT, accept_by=MADE_AT, answered_at=MADE_AT)
    placement = Placement(
        **pair,
        offer=offer,
        state=PlacementState.RUNNING,
        state_changed_at=MADE_AT,
        started_on=FIRST,
        created_at=MADE_AT,
        stays=[Stay(starts_on=FIRST, ends_on=LAST, arrived_on=FIRST)],
        agreements=[_agreement(organiser, upload_id, word)],
    )
    milestone = Milestone(
        placement=placement,
        title=f"Milestone {word}",
        measure=f"Measure {word}",
        note=f"Note {word}",
        evidence=f"Evidence {word}",
        due_on=LAST,
        upload_id=upload_id,
    )
    row = ServiceHours(
        placement=placement,
        given_on=FIRST,
        service="mentoring",
        quantity=Decimal(2),
        person=f"Mentor {word}",
        note=f"About {word}",
        noted_at=MADE_AT,
    )
    report = PlacementReport(
        placement=placement,
        kind=ReportKind.FINAL,
        role=PartyRole.FIRM,
        answers={"learnt": f"Learnt {word}"},
        satisfaction=4,
        saved_at=MADE_AT,
        sent_at=MADE_AT,
    )
    db.session.add_all([offer, placement, milestone, row, report])
    db.session.commit()
    return {
        "placement_id": placement.id,
        "stay_id": placement.stays[0].id,
        "party_id": placement.agreements[0].parties[1].id,
        "milestone_id": milestone.id,
        "row_id": row.id,
        "part": "plan",
        "report_kind": "final",
        "side": "firm",
    }


def _agreement(organiser: Account, upload_id: int, word: str) -> Agreement:
    return Agreement(
        number=1,
        state=AgreementState.SIGNING,
        clauses=[{"heading": f"Heading {word}", "text": f"Clause {word}"}],
        plan={"goals": [f"Goal {word}"], "risks": f"Risk {word}"},
        sha256="0" * 64,
        created_at=MADE_AT,
        sent_at=MADE_AT,
        parties=[
            Party(
                position=1,
                role=PartyRole.HOST,
                organisation_name=f"Office {word}",
                name=f"Party {word}",
                email=organiser.email,
                account=organiser,
            ),
            Party(
                position=2,
                role=PartyRole.HOME,
                organisation_name=f"Home {word}",
                name=f"Signed {word}",
                email=f"home.{word}@gov.example",
                signed_at=MADE_AT,
                typed_name=f"Signed {word}",
                upload_id=upload_id,
            ),
        ],
    )
