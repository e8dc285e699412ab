"""Placements for tests: from an accepted offer to the stage that is wanted, by the domain's own functions."""

from datetime import UTC, date, datetime

from gtn_events.accounts.enums import Role
from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.incubation.domain import agreements, placements
from gtn_events.incubation.domain.agreement_defaults import write_agreement
from gtn_events.incubation.domain.offers import accept_offer, give_place
from gtn_events.incubation.domain.placement_transitions import Side
from gtn_events.incubation.models import Agreement, Call, Placement
from tests.factories import grant_role, make_account
from tests.incubation.factories import make_application, make_call, make_host, make_intake

ACCEPTED = datetime(2027, 6, 20, 3, 0, tzinfo=UTC)
SIGNED = datetime(2027, 7, 1, 3, 0, tzinfo=UTC)
STARTED = date(2027, 9, 6)
BEGUN = datetime(2027, 9, 6, 4, 0, tzinfo=UTC)


class People:
    """Who has part in the placement of these tests."""

    def __init__(self, call: Call, placement: Placement) -> None:
        self.firm = placement.application.account
        self.organiser = make_account("organiser@gtn.example", given_name="Dewi", family_name="Lestari")
        self.manager = make_account("thanakorn@host.example", given_name="Thanakorn", economy_code="THA")
        self.home = make_account("ana@ministry.example", given_name="Ana", economy_code="PE")
        grant_role(self.organiser, Role.ORGANISER, call.scope)
        grant_role(self.manager, Role.HOST_MANAGER, placement.intake.host.scope)
        grant_role(self.home, Role.ECONOMY_COORDINATOR, placement.application.economy.scope)


def make_placement(call: Call | None = None, *, host: str = "Korat Green Incubator", firm: str = "rosa") -> Placement:
    """A placement whose place was accepted a moment ago."""
    call = call or make_call()
    intake = make_intake(call, make_host(host, contact_name="Somsri"), 1, gives="A desk", mentor="Dr. Niran")
    account = make_account(f"{firm}@firm.example", given_name="Rosa", family_name="Huamán", economy_code="PE")
    application = make_application(
        call, account, [intake], results_expected="One room in use", needs=["mentoring"], title=f"Cold rooms of {firm}"
    )
    offer = give_place(application, intake, actor=account, now=ACCEPTED)
    accept_offer(offer, actor=account, now=ACCEPTED)
    db.session.commit()
    return placements.begin_placement(offer, actor=account, now=ACCEPTED)


def write(placement: Placement, actor: Account) -> Agreement:
    """The first version, as a draft."""
    agreement = write_agreement(placement, actor=actor, now=ACCEPTED)
    db.session.commit()
    return agreement


def sign_by_all(agreement: Agreement, actor: Account) -> None:
    """Send the draft out and let every party sign."""
    agreements.send_for_signature(agreement, actor=actor, now=SIGNED)
    for party in agreement.parties:
        agreements.sign(agreement, party, typed_name=party.name, seen=agreement.sha256, actor=None, now=SIGNED)
    db.session.commit()


def start(placement: Placement, actor: Account) -> None:
    """Let the firm arrive."""
    placements.start_placement(placement, on=STARTED, side=Side.HOST, actor=actor, now=BEGUN)
    db.session.commit()
