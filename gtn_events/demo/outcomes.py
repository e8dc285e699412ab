"""A call of three years ago in the demonstration: firms were placed, and gave their figures until two years later."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import select

from gtn_events.accounts.domain.roles import grant_role
from gtn_events.accounts.enums import Role
from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.incubation.domain.agreements import Signatory, draft_agreement, send_for_signature, sign
from gtn_events.incubation.domain.call_state import CallAction, act_on_call
from gtn_events.incubation.domain.figure_links import make_link
from gtn_events.incubation.domain.figure_sets import GivenFigures, confirm_figures, save_figures
from gtn_events.incubation.domain.intakes import IntakeTerms, offer_places
from gtn_events.incubation.domain.offers import accept_offer, decline_offer, give_place
from gtn_events.incubation.domain.placement_certificate import issue_for
from gtn_events.incubation.domain.placement_transitions import Side
from gtn_events.incubation.domain.placements import begin_placement, complete_placement, end_early, start_placement
from gtn_events.incubation.enums import Moment, PartyRole, ReportKind
from gtn_events.incubation.figures import FIGURES, METHOD
from gtn_events.incubation.models import Application, Call, FigureSet, Host, Intake, Placement, PlacementReport
from gtn_events.incubation.notifications_figures import ask_for_figures

from .applications import apply_and_admit
from .incubation import open_call_of

YEARS = 3
PLACES = {"korat": 3, "kyushu": 3, "cebu": 1, "atacama": 1, "johor": 2, "lima": 1, "maker": 1}
DECLARED = "Diesel that no longer runs, litres by the meter, 2.68 kg CO2 a litre (IPCC 2006)."


@dataclass(frozen=True)
class Stayed:
    """One firm: the host it went to, revenue (in thousand USD), women and men at each moment that it answered."""

    key: str
    host: str
    revenue: tuple[int | None, ...]
    women: tuple[int, ...]
    men: tuple[int, ...]
    early: bool = False


FIRMS = (
    Stayed("mex1", "korat", (180, 210, 260, 340, 520), (4, 4, 5, 6, 9), (5, 5, 5, 6, 8)),
    Stayed("phl1", "kyushu", (95, 96, 120, 150, 210), (6, 6, 8, 9, 11), (3, 3, 3, 4, 4)),
    Stayed("ct1", "korat", (410, 430, 470, None, 640), (7, 7, 7, 8, 9), (9, 9, 10, 10, 12)),
    Stayed("vn2", "kyushu", (240, 250, 310, 390), (9, 9, 12, 14), (6, 6, 7, 8)),
    Stayed("jpn3", "cebu", (700, 720, 760), (5, 5, 6), (11, 11, 11)),
    Stayed("rus3", "atacama", (320, 300), (2, 2), (8, 7), early=True),
)


def placed_three_years_ago(
    staff: Mapping[str, Account],
    people: Mapping[str, Account],
    hosts: Sequence[Host],
    *,
    year: int,
    secret_key: str,
    now: datetime,
) -> Call:
    """Add the call with its applications, placements and figures, and close it. Flushes.

    Args:
        year: of the call that is open now.
        secret_key: the key behind the check letters of certificates.
    """
    organiser, manager = staff["organiser"], staff["host"]
    opened = now.replace(hour=2, minute=0, second=0, microsecond=0) - timedelta(days=30 + 365 * YEARS)
    call = open_call_of(year - YEARS, opened, organiser)
    for key, role in (("organiser", Role.ORGANISER), ("helper", Role.HELPER)):
        grant_role(staff[key], role, scope=call.scope, actor=staff["admin"], now=opened)
    for host in hosts:
        places = PLACES.get(host.slug.partition("-")[0], 0)
        if places and host.verified_until is not None:
            offer_places(call, host, _terms(call, places), seen=None, actor=manager, now=opened + timedelta(days=1))
    db.session.refresh(call)
    applications = {_key(each): each for each in apply_and_admit(call, people, organiser)}
    for firm in FIRMS:
        _stay(applications[firm.key], firm, organiser, secret_key=secret_key)
    declined = applications["ina2"]
    offer = give_place(declined, _intake(call, "johor"), actor=organiser, now=call.ranking_until)
    decline_offer(
        offer,
        reason="An order came in, and all of us are needed at home.",
        actor=declined.account,
        now=call.ranking_until,
    )
    act_on_call(call, CallAction.CLOSE, actor=organiser, now=_noon(call.placements_until))
    return call


def _stay(application: Application, firm: Stayed, organiser: Account, *, secret_key: str) -> None:
    call, account = application.call, application.account
    offered = call.ranking_until + timedelta(days=3)
    offer = give_place(application, _intake(call, firm.host), actor=organiser, now=offered)
    accept_offer(offer, actor=account, now=offered + timedelta(days=1))
    placement = begin_placement(offer, actor=organiser, now=offered + timedelta(days=2))
    _agree(placement, organiser, now=offered + timedelta(days=9))
    first, last = placement.stays[0].starts_on, placement.stays[0].ends_on
    start_placement(placement, on=first, side=Side.HOST, actor=organiser, now=_noon(first))
    if firm.early:
        on = first + timedelta(days=21)
        reason = "The port of the host was closed; the pump could not be brought."
        end_early(placement, on=on, reason=reason, side=Side.HOST, actor=organiser, now=_noon(on))
    else:
        db.session.add_all(_report(placement, role, _noon(last)) for role in (PartyRole.FIRM, PartyRole.HOST))
        db.session.flush()
        complete_placement(placement, on=last, side=Side.HOST, actor=organiser, now=_noon(last))
        issue_for(placement, secret_key=secret_key, actor=organiser, now=_noon(last))
    for number, moment in enumerate(Moment):
        figures = db.session.scalars(
            select(FigureSet).where(FigureSet.placement_id == placement.id, FigureSet.moment == moment)
        ).one()
        _ask_and_give(figures, firm, number, organiser)


def _ask_and_give(figures: FigureSet, firm: Stayed, number: int, organiser: Account) -> None:
    due = _noon(figures.due_on)
    ask_for_figures(figures, make_link(figures, now=due), occasion="2", now=due)
    gave = number < len(firm.revenue)
    figures.reminders = 2 if gave else 3
    db.session.flush()
    if not gave:
        return
    by_hand = firm.key == "jpn3" and number == 1
    account = organiser if by_hand else figures.placement.application.account
    source = "The annual report that the firm sent us" if by_hand else ""
    given = GivenFigures(_values(firm, number), note="", source=source)
    save_figures(figures, given, actor=account, now=due + timedelta(days=2))
    seen = figures.lock_version
    confirm_figures(figures, by=account.display_name, seen=seen, actor=account, now=due + timedelta(days=2, minutes=9))


def _values(firm: Stayed, number: int) -> dict[str, str | None]:
    revenue, size = firm.revenue[number], len(firm.key) + firm.women[0]
    values: dict[str, str | None] = dict.fromkeys(FIGURES, "0")
    values |= {
        "revenue": None if revenue is None else str(1000 * revenue),
        "exports": None if revenue is None else str(40 * revenue * number),
        "jobs_women": str(firm.women[number]),
        "jobs_men": str(firm.men[number]),
        "capital": str(15_000 * number * (size % 4)),
        "contracts": str(number * (size % 3)),
        "pilots": str(min(number, 1 + size % 2)),
        "partners": str(number + size % 2 if number else 0),
        "patents": str(number // 3),
        "co2": str(14 * number + size) if number else None,
    }
    return values | ({METHOD: DECLARED} if number else {})


def _agree(placement: Placement, organiser: Account, *, now: datetime) -> None:
    application, host = placement.application, placement.intake.host
    account = application.account
    agreement = draft_agreement(
        placement,
        clauses=[{"heading": "Aim", "text": f"{application.organisation_name} tests its solution at {host.name}."}],
        plan={"goals": ["Two users run it for a season"], "activities": [], "figures": [], "risks": ""},
        parties=[
            Signatory(PartyRole.FIRM, application.organisation_name, account.display_name, account.email, account),
            Signatory(PartyRole.HOST, host.name, "The head of the guest programme", host.contact_email),
            Signatory(PartyRole.HOME, "Home incubator", "The coordinator at home", f"home.{account.email}"),
        ],
        actor=organiser,
        now=now,
    )
    send_for_signature(agreement, actor=organiser, now=now)
    for party in agreement.parties:
        sign(agreement, party, typed_name=party.name, seen=agreement.sha256, actor=None, now=now + timedelta(days=1))


def _report(placement: Placement, role: PartyRole, now: datetime) -> PlacementReport:
    return PlacementReport(
        placement=placement, kind=ReportKind.FINAL, role=role, satisfaction=4, answers={}, saved_at=now, sent_at=now
    )


def _terms(call: Call, places: int) -> IntakeTerms:
    return IntakeTerms(
        places=places,
        economy_cap=None,
        sector_cap=None,
        reserves=[],
        only_sectors=[],
        stay_from=call.placements_from,
        stay_until=call.placements_until,
        gives="A desk and a mentor.",
        asks="One person who stays all the time.",
        mentor="The head of the guest programme",
    )


def _intake(call: Call, key: str) -> Intake:
    return next(each for each in call.intakes if each.host.slug.startswith(f"{key}-"))


def _key(application: Application) -> str:
    return application.account.email.partition("@")[0]


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12), UTC)
