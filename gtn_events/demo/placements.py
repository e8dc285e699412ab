"""Placements of the demonstration, one in each stage: through the same functions as on the pages."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal

from sqlalchemy import select
from werkzeug.datastructures import FileStorage

from gtn_events.accounts.domain.roles import grant_role
from gtn_events.accounts.enums import Role
from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.incubation.domain import agreements, milestones, placements
from gtn_events.incubation.domain.activity_plan import first_plan, plan_of
from gtn_events.incubation.domain.agreement_defaults import first_clauses, first_parties, with_accounts, write_agreement
from gtn_events.incubation.domain.agreements import Signatory
from gtn_events.incubation.domain.application_blocks import decide_block
from gtn_events.incubation.domain.call_state import CallAction, act_on_call
from gtn_events.incubation.domain.offers import accept_offer, give_place
from gtn_events.incubation.domain.opening import open_call
from gtn_events.incubation.domain.placement_certificate import issue_for
from gtn_events.incubation.domain.placement_reports import Reported, send_report
from gtn_events.incubation.domain.placement_transitions import Side
from gtn_events.incubation.domain.service_hours import note_service
from gtn_events.incubation.enums import Light, PartyRole, ReportKind
from gtn_events.incubation.models import Agreement, Application, Block, Call, Host, Intake, Placement

from .applications import apply_and_admit
from .incubation import call_details
from .placed import (
    ACTIVITIES,
    AGREED,
    COMPLETED,
    DECLINED,
    ENDED,
    GOALS,
    HOMES,
    HOST_OF,
    HOSTS_SIGN,
    MILESTONES,
    PLACED,
    RUNNING,
    SESSIONS,
    SIGNING,
)

UNDER_WAY = timedelta(days=70)
BEFORE = timedelta(days=101)  # from the opening of a call of 42 days to the first stays
FIRM_MIDDLE = Reported(
    {"done": "One room runs, two farms have signed.", "results": "A loss of 11 % in the first room.", "days": 56},
    light=Light.AMBER,
    satisfaction=5,
)
COMPOST_MIDDLE = Reported(
    {"done": "One heap is warm, the second farm is found.", "results": "Eight growers want to see it.", "days": 28},
    light=Light.GREEN,
    satisfaction=5,
)
HOST_MIDDLE = Reported(
    {"done": "Introduced to two farms; a talk at the open day.", "problems": "None."}, light=Light.GREEN, satisfaction=5
)
FIRM_END = Reported(
    {
        "goal_1": "full",
        "activities": "A heap at each of two farms, and a course for eight growers.",
        "learnt": "How wet the air is at noon, and how little a farm can pay.",
        "onward": "supply",
        "sales": 12000,
        "home": "4",
        "programme": "5",
        "quote": "We came with a fan and left with a partner.",
        "quote_allowed": True,
    },
    satisfaction=5,
)
HOST_END = Reported(
    {"benefits": "Two farms came to us because of it.", "performance": "Always there, always early.", "programme": "5"},
    satisfaction=5,
)


def load_placements(
    staff: Mapping[str, Account],
    people: Mapping[str, Account],
    hosts: Sequence[Host],
    *,
    secret_key: str,
    now: datetime,
) -> Call:
    """Add a call whose firms are at their hosts, with a placement in each stage. Flushes.

    Args:
        people: key to account; the delegate of the demonstration is one of the firms.
        secret_key: the key behind the check letters of the certificate.
    """
    organiser = staff["organiser"]
    call = _call(hosts, organiser, now=now)
    for key, role in (("organiser", Role.ORGANISER), ("helper", Role.HELPER)):
        grant_role(staff[key], role, scope=call.scope, actor=staff["admin"], now=now)
    everybody = {**people, "delegate": staff["delegate"]}
    applications = apply_and_admit(call, everybody, organiser, projects=PLACED)
    placed = {
        project.key: _place(application, HOST_OF[project.key], organiser, now=now)
        for project, application in zip(PLACED, applications, strict=True)
    }
    _in_every_stage(placed, staff["host"], secret_key=secret_key, now=now)
    return call


def _call(hosts: Sequence[Host], organiser: Account, *, now: datetime) -> Call:
    opened = now.replace(hour=2, minute=0, second=0, microsecond=0) - UNDER_WAY - BEFORE
    year = (now - UNDER_WAY).year
    details = replace(
        call_details(opened, year=year, days=42),
        slug="co-incubation-under-way",
        title=f"Co-incubation, first half of {year}"
        if (now - UNDER_WAY).month < 7
        else f"Co-incubation, second half of {year}",
        reference_prefix=f"COP{year % 100}",
    )
    call = open_call(details, actor=organiser, now=opened - timedelta(days=10))
    act_on_call(call, CallAction.PUBLISH, actor=organiser, now=opened - timedelta(days=9))
    for host in hosts:
        if host.slug.startswith(("korat-", "kyushu-", "cebu-")):
            call.intakes.append(_intake(host, call))
    db.session.flush()
    return call


def _intake(host: Host, call: Call) -> Intake:
    return Intake(
        host=host,
        places=5,
        stay_from=call.placements_from,
        stay_until=call.placements_until,
        gives="A desk for two, the workshop, and a mentor for three hours a week",
        asks="One person who stays all the time, and a talk at the open day",
        mentor="Dr. Kanda Srisuk" if host.slug.startswith("korat-") else "The head of the guest programme",
        offered_at=call.opens_at + timedelta(days=1),
    )


def _place(application: Application, host: str, organiser: Account, *, now: datetime) -> Placement:
    intake = next(each for each in application.call.intakes if each.host.slug.startswith(f"{host}-"))
    given = now - UNDER_WAY - timedelta(days=40)
    for block in db.session.scalars(select(Block).where(Block.application_id == application.id)):
        # Firm and host of the demonstration have addresses of one domain.
        reason = "The domain is that of the network's office; the two have never met."
        decide_block(block, confirm=False, reason=reason, actor=organiser, now=given)
    offer = give_place(application, intake, actor=organiser, now=given)
    accept_offer(offer, actor=application.account, now=given + timedelta(days=3))
    return placements.begin_placement(offer, actor=application.account, now=given + timedelta(days=3))


def _in_every_stage(placed: Mapping[str, Placement], manager: Account, *, secret_key: str, now: datetime) -> None:
    for key, placement in placed.items():
        written = now - UNDER_WAY - timedelta(days=30)
        _plan_stays(placement, key, today=now.date(), now=written)
        agreement = _write(placement, HOST_OF[key], now=written)
        if key in (RUNNING, AGREED, ENDED, COMPLETED):
            _sign(agreement, now=written + timedelta(days=9))
    _wait_for_the_last_signature(placed[SIGNING], now=now)
    _decline(placed[DECLINED], now=now)
    _run(placed[RUNNING], manager, now=now)
    _end_early(placed[ENDED], now=now)
    _complete(placed[COMPLETED], manager, secret_key=secret_key, now=now)


def _write(placement: Placement, host: str, *, now: datetime) -> Agreement:
    firm = placement.application.account
    plan = first_plan(placement)
    if firm.email.startswith(RUNNING):
        plan = plan_of(plan | _rich(placement.stays[0].starts_on))
    parties = [_filled(each, placement, host) for each in first_parties(placement)]
    return agreements.draft_agreement(
        placement,
        clauses=first_clauses(placement),
        plan=plan,
        parties=with_accounts(parties),
        actor=firm,
        now=now,
    )


def _plan_stays(placement: Placement, key: str, *, today: date, now: datetime) -> None:
    """Split the stay of the one that runs; whoever is not there yet comes later."""
    first, weeks = placement.stays[0].starts_on, placement.application.weeks
    if key == RUNNING:
        stays = [(first, _after(first, 55)), (_after(first, 75), _after(first, 130))]
    elif key in (ENDED, COMPLETED):
        return
    else:
        comes = _after(today, 5 if key == AGREED else 20)
        stays = [(comes, _after(comes, 7 * weeks - 1))]
    placements.plan_stays(placement, stays, actor=placement.application.account, now=now)


def _rich(first: date) -> dict[str, object]:
    return {
        "activities": [
            {
                "from": _after(first, begins).isoformat(),
                "to": _after(first, ends).isoformat(),
                "what": what,
                "where": where,
                "host": "Dr. Kanda Srisuk",
                "guest": "Camila Ríos",
                "output": output,
            }
            for begins, ends, what, where, output in ACTIVITIES
        ],
        "goals": list(GOALS),
        "learning": "How a room is kept cold in wet heat, and what a farm pays for it.",
        "figures": [
            {"name": "Farms with a room", "unit": "farms", "from": "0", "to": "3"},
            {"name": "Harvest that is lost", "unit": "%", "from": "31", "to": "8"},
        ],
        "costs": [
            {"what": "Travel and living", "who": PartyRole.FIRM, "amount": "USD 6,200"},
            {"what": "Material of two rooms", "who": PartyRole.FIRM, "amount": "USD 3,500"},
            {"what": "Desk, mentor and six hours of the laboratory a month", "who": PartyRole.HOST, "amount": "Free"},
        ],
        "risks": "The rain comes early: then the rooms are tried with mushrooms in place of mangoes.",
    }


def _filled(signatory: Signatory, placement: Placement, host: str) -> Signatory:
    """Return a party with an invented person where the demonstration has no account."""
    if signatory.role is PartyRole.HOST and host in HOSTS_SIGN:
        name, email = HOSTS_SIGN[host]
        return replace(signatory, name=name, email=email)
    if signatory.role is PartyRole.HOME and not signatory.name:
        organisation, name, email = HOMES[placement.application.economy_code]
        return replace(signatory, organisation_name=organisation, name=name, email=email)
    if signatory.role is PartyRole.HOME:
        return replace(signatory, organisation_name="Office of Small Firms (invented)")
    return signatory


def _sign(agreement: Agreement, *, now: datetime, but_last: bool = False) -> None:
    agreements.send_for_signature(agreement, actor=agreement.placement.application.account, now=now)
    parties = agreement.parties[:-1] if but_last else agreement.parties
    for days, party in enumerate(parties, start=1):
        given = now + timedelta(days=days)
        agreements.sign(agreement, party, typed_name=party.name, seen=agreement.sha256, actor=party.account, now=given)


def _wait_for_the_last_signature(placement: Placement, *, now: datetime) -> None:
    _sign(placement.agreements[-1], now=now - timedelta(days=5), but_last=True)


def _decline(placement: Placement, *, now: datetime) -> None:
    agreement, firm = placement.agreements[-1], placement.application.account
    agreements.send_for_signature(agreement, actor=firm, now=now - timedelta(days=9))
    reason = "The plan names our laboratory for nine weeks; we have it free for four."
    agreements.decline(agreement, agreement.parties[1], reason=reason, actor=None, now=now - timedelta(days=6))


def _run(placement: Placement, manager: Account, *, now: datetime) -> None:
    firm, first = placement.application.account, placement.stays[0].starts_on
    begun = now - UNDER_WAY + timedelta(hours=6)
    placements.start_placement(placement, on=first, side=Side.HOST, actor=manager, now=begun)
    made = [
        milestones.add_milestone(
            placement, title=title, due_on=_after(first, days), measure=measure, actor=firm, now=begun
        )
        for title, days, measure in MILESTONES
    ]
    table = FileStorage(io.BytesIO(b"day,highest\n1,11.2\n2,10.8\n3,11.9\n"), filename="first-room.csv")
    shown = begun + timedelta(days=20)
    milestones.report_done(made[0], evidence="Measured by the laboratory.", file=table, actor=firm, now=shown)
    milestones.sign_off(made[0], actor=manager, now=shown + timedelta(days=2))
    milestones.report_done(
        made[1], evidence="https://www.andina.example/korat", file=None, actor=firm, now=now - timedelta(days=3)
    )
    milestones.set_light(
        made[2], Light.RED, note="The smith is ill; another one looks at it on Monday.", actor=firm, now=now
    )
    milestones.set_light(made[3], Light.AMBER, note="One scale was broken for a week.", actor=manager, now=now)
    for days, service, quantity, note in SESSIONS:
        note_service(
            placement,
            given_on=_after(first, days),
            service=service,
            quantity=Decimal(quantity),
            person="Dr. Kanda Srisuk" if service == "mentoring" else "",
            note=note,
            actor=manager,
            now=now,
        )
    placements.note_leaving(placement.stays[0], on=_after(first, 55), actor=manager, now=now - timedelta(days=14))
    send_report(placement, ReportKind.MID_TERM, PartyRole.FIRM, FIRM_MIDDLE, seen=0, actor=firm, now=now)
    reason = "A third farm is ready; the last goal is counted with three."
    amended = write_agreement(placement, actor=firm, now=now - timedelta(days=20), reason=reason)
    goals = [*amended.plan["goals"][1:], "Three farms have signed before the rain"]
    agreements.change_draft(
        amended,
        clauses=amended.clauses,
        plan=amended.plan | {"goals": goals},
        parties=[Signatory(p.role, p.organisation_name, p.name, p.email, p.account) for p in amended.parties],
        actor=firm,
        now=now - timedelta(days=20),
    )
    _sign(amended, now=now - timedelta(days=19))


def _end_early(placement: Placement, *, now: datetime) -> None:
    firm, first = placement.application.account, placement.stays[0].starts_on
    begun = now - UNDER_WAY + timedelta(hours=6)
    placements.start_placement(placement, on=first, side=Side.HOST, actor=firm, now=begun)
    placements.end_early(
        placement,
        on=_after(first, 30),
        reason="The workshop at home burned down; both of us are needed there.",
        side=Side.FIRM,
        actor=firm,
        now=begun + timedelta(days=30),
    )


def _complete(placement: Placement, manager: Account, *, secret_key: str, now: datetime) -> None:
    firm, first = placement.application.account, placement.stays[0].starts_on
    begun = now - UNDER_WAY + timedelta(hours=6)
    placements.start_placement(placement, on=first, side=Side.HOST, actor=manager, now=begun)
    made = milestones.add_milestone(
        placement, title="A heap at each of two farms", due_on=_after(first, 40), actor=firm, now=begun
    )
    milestones.report_done(made, evidence="Both are warm.", file=None, actor=firm, now=begun + timedelta(days=38))
    milestones.sign_off(made, actor=manager, now=begun + timedelta(days=39))
    middle, end = begun + timedelta(days=28), begun + timedelta(days=56)
    for role, reported, actor in (
        (PartyRole.FIRM, COMPOST_MIDDLE, firm),
        (PartyRole.HOST, HOST_MIDDLE, manager),
    ):
        send_report(placement, ReportKind.MID_TERM, role, reported, seen=0, actor=actor, now=middle)
    for role, reported, actor in ((PartyRole.FIRM, FIRM_END, firm), (PartyRole.HOST, HOST_END, manager)):
        send_report(placement, ReportKind.FINAL, role, reported, seen=0, actor=actor, now=end)
    placements.complete_placement(placement, on=_after(first, 55), side=Side.HOST, actor=manager, now=end)
    issue_for(placement, secret_key=secret_key, actor=manager, now=end)


def _after(day: date, days: int) -> date:
    return day + timedelta(days=days)
