"""Co-incubation in the demonstration: calls (open, over, with hosts that rank, a draft), and the hosts."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from PIL import Image, ImageDraw
from werkzeug.datastructures import FileStorage

from gtn_events.accounts.domain.roles import grant_role
from gtn_events.accounts.enums import Role
from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.economies import Economy
from gtn_events.core.venue_time import day_at_venue
from gtn_events.eligibility.domain.keeping import rules_of, set_rules
from gtn_events.eligibility.domain.rules import Rule
from gtn_events.eligibility.enums import RuleKind
from gtn_events.incubation.defaults import DECLARATION
from gtn_events.incubation.domain.application_rules import RULE_KINDS
from gtn_events.incubation.domain.call_sectors import sectors_from
from gtn_events.incubation.domain.call_state import CallAction, act_on_call
from gtn_events.incubation.domain.calls import CallDetails
from gtn_events.incubation.domain.intakes import IntakeTerms, offer_places
from gtn_events.incubation.domain.opening import NextCall, clone_call, open_call
from gtn_events.incubation.domain.photos import add_photo
from gtn_events.incubation.domain.verification import ask_for_verification, verify_host
from gtn_events.incubation.enums import HostState, MatchingMethod
from gtn_events.incubation.models import Call, Host

from .hosts import HOSTS, DemoHost

ZONE = "Asia/Jakarta"
SECTORS = ("Clean energy", "Food and cold chains", "Circular production", "Water")
KEYS = {"energy": "clean_energy", "circular": "circular_production"}
DESCRIPTION = """Small firms of the 21 economies work some weeks or months in an incubator of another economy, to try
a market, meet partners, adapt a product, or learn how things are done there.

You apply once and name up to eight hosts. They read your application, talk with you, and rank; then the places are
given by a rule that is published here.
"""
FUNDING = """- The hosts give desks and mentoring free of charge unless their page says otherwise.
- Travel and living are paid by the firm. Firms of **travel-eligible economies** can ask for one return ticket.
- Nobody pays a fee for applying.
"""
PRIVACY = """The organiser stores what you send to hold the call. It is **seen by** the organiser, the hosts you name
and the coordinators of both economies, and is **deleted** when you erase your account.
"""
PROGRAMME = """**Weeks 1 and 2**: a plan with three goals, meetings with firms of the field.

**Weeks 3 to 10**: work in the laboratory and with first customers, a talk with the mentor every week.

**The last weeks**: an open day, a report, and what goes on afterwards.
"""


def load_incubation(staff: Mapping[str, Account], *, year: int, now: datetime) -> tuple[list[Call], list[Host]]:
    """Add last year's call, one whose hosts rank, one that is open, a draft, one to be matched; and the hosts. Flushes.

    Args:
        year: of the call that is open.
    """
    organiser, manager = staff["organiser"], staff["host"]
    opened = now.replace(hour=2, minute=0, second=0, microsecond=0) - timedelta(days=30)
    last = _call(call_details(opened - timedelta(days=365), year=year - 1), organiser)
    matched = _call(_of_season("winter", opened - timedelta(days=45), year=year, prefix="COW"), organiser)
    ranking = _call(_of_season("spring", opened - timedelta(days=18), year=year, prefix="COS"), organiser)
    call = _call(call_details(opened, year=year), organiser)
    young = Rule(kind=RuleKind.YEARS_AT_MOST, number=8)
    set_rules(call, [*rules_of(call), young], kinds=RULE_KINDS, actor=organiser, now=call.opens_at - timedelta(days=9))
    hosts = [_host(each, staff, calls=(matched, ranking, call), now=now) for each in HOSTS]
    for host in hosts:
        if host.economy_code == manager.economy_code:
            grant_role(manager, Role.HOST_MANAGER, scope=host.scope, actor=organiser, now=opened)
    act_on_call(last, CallAction.CLOSE, actor=organiser, now=opened)
    following = NextCall(
        title=f"Co-incubation {year + 1}",
        slug=f"co-incubation-{year + 1}",
        reference_prefix=f"COI{(year + 1) % 100}",
        opens_on=day_at_venue(opened + timedelta(days=365), ZONE),
    )
    draft = clone_call(call, following, actor=organiser, now=now)
    calls = [last, ranking, call, draft, matched]
    for each in calls:
        _give_roles(each, staff, now=now)
    return calls, hosts


def open_call_of(year: int, opened: datetime, organiser: Account) -> Call:
    """Return the published call of a year like those of the others. Flushes."""
    return _call(call_details(opened, year=year), organiser)


def _call(details: CallDetails, organiser: Account) -> Call:
    call = open_call(details, actor=organiser, now=details.opens_at - timedelta(days=10))
    act_on_call(call, CallAction.PUBLISH, actor=organiser, now=details.opens_at - timedelta(days=9))
    return call


def _of_season(season: str, opened: datetime, *, year: int, prefix: str) -> CallDetails:
    return replace(
        call_details(opened, year=year, days=42),
        slug=f"co-incubation-{season}-{year}",
        title=f"Co-incubation, {season} {year}",
        reference_prefix=f"{prefix}{year % 100}",
    )


def call_details(opened: datetime, *, year: int, days: int = 75) -> CallDetails:
    """Return a call of the demonstration that takes applications for so many days."""
    closes = opened.replace(hour=16, minute=59) + timedelta(days=days)
    ranked = closes + timedelta(days=14)
    starts = ranked.date() + timedelta(days=45)
    return CallDetails(
        slug=f"co-incubation-{year}",
        title=f"Co-incubation {year}",
        tagline="Take your green technology to an incubator of another economy, for one month to six.",
        description=DESCRIPTION,
        funding=FUNDING,
        time_zone=ZONE,
        opens_at=opened,
        closes_at=closes,
        ranking_until=ranked,
        match_on=ranked.date() + timedelta(days=3),
        accept_days=10,
        placements_from=starts,
        placements_until=starts + timedelta(days=182),
        weeks_at_least=4,
        weeks_at_most=26,
        sectors=sectors_from(SECTORS, []),
        method=MatchingMethod.STABLE,
        most_wishes=8,
        declaration=DECLARATION,
        privacy_notice=PRIVACY,
        contact_name="The organiser's office",
        contact_email="organiser@gtn.example",
        reference_prefix=f"COI{year % 100}",
    )


def _host(demo: DemoHost, staff: Mapping[str, Account], *, calls: Sequence[Call], now: datetime) -> Host:
    manager, coordinator = staff["host"], staff["coordinator" if demo.economy == "THA" else "admin"]
    added = min(call.opens_at for call in calls) - timedelta(days=20)
    host = Host(
        slug=demo.name.lower().replace(" ", "-"),
        name=demo.name,
        own_script_name=demo.own,
        economy=db.session.get_one(Economy, demo.economy),
        city=demo.city,
        time_zone=demo.zone,
        summary=demo.summary,
        sectors=list(demo.sectors),
        languages=list(demo.languages),
        services=[dict(zip(("code", "terms", "fee"), _service(line), strict=True)) for line in demo.services],
        trl_from=demo.trl[0],
        trl_until=demo.trl[1],
        contact_name="The office for guests",
        contact_email=f"guests@{demo.name.lower().replace(' ', '-')}.example",
        created_at=added,
        **_usual(demo),
    )
    db.session.add(host)
    db.session.flush()
    if demo.words:
        add_photo(host, _picture(demo.words), demo.words, actor=manager, now=added)
    if demo.verified_days is None:
        ask_for_verification(host, actor=manager, now=now - timedelta(days=2))
        return host
    host.state = HostState.LISTED if demo.listed else HostState.DRAFT
    last = now + timedelta(days=demo.verified_days)
    verified = min(added, last - timedelta(days=30))
    verify_host(host, until=day_at_venue(last, demo.zone), actor=coordinator, now=verified)
    for call in calls if demo.places is not None else ():
        given = call.opens_at + timedelta(days=1)
        offer_places(call, host, _terms(demo, call), seen=None, actor=manager, now=given)
    return host


def _usual(demo: DemoHost) -> dict[str, Any]:  # Any: a value of any column
    size = len(demo.name)
    return {
        "programme": PROGRAMME,
        "facilities": "Desks with a window, a workshop, a meeting room for twelve, and a kitchen.",
        "accessibility": "No steps at the door, a lift to every floor, an accessible toilet on each.",
        "costs": "A desk and the mentor are free. A room in town costs some 250 to 400 US dollars a month.",
        "admission": "Firms with a product that works, and one person who stays for at least four weeks.",
        "people": "A team of six; every guest has one mentor.",
        "results": f"{size + 12} firms have left so far; three of four are still at work.",
        "opened_in": 2000 + size % 12,
        "legal_status": "Foundation",
        "desks": size,
        "mentors": size // 3,
        "graduates": size + 12,
        "tenants": size // 2,
        "foreign_tenants": size // 6,
        "visa_help": size % 2 == 0,
    }


def _service(line: str) -> tuple[str, str, str]:
    code, _space, rest = line.partition(" ")
    terms, _space, fee = rest.partition(" ")
    return code, terms, fee


def _terms(demo: DemoHost, call: Call) -> IntakeTerms:
    first, last = demo.months
    return IntakeTerms(
        places=demo.places or 0,
        economy_cap=demo.caps[0],
        sector_cap=demo.caps[1],
        reserves=[{"trait": trait, "places": places} for trait, places in demo.reserves.items()],
        only_sectors=[KEYS[key] for key in demo.only],
        stay_from=_later(call.placements_from, first),
        stay_until=_later(call.placements_from, last + 1),
        gives="A desk, the workshop, and a mentor for three hours a week.",
        asks="One person who stays all the time, and a talk at the open day.",
        mentor="The head of the guest programme",
    )


def _later(day: date, months: int) -> date:
    return day + timedelta(days=30 * months)


def _picture(words: str) -> FileStorage:
    """Return an invented picture: bands and discs in the colours of the network, another one for other words."""
    image = Image.new("RGB", (1200, 800), "#e1f0e8")
    draw = ImageDraw.Draw(image)
    turn = sum(map(ord, words))
    draw.rectangle((0, 520 + turn % 80, 1200, 800), fill="#0b5a43")
    draw.rectangle(
        (120 + turn % 200, 260, 620 + turn % 200, 540 + turn % 60), fill="#f5f8f6", outline="#0b5a43", width=8
    )
    draw.ellipse((820, 90 + turn % 90, 1000, 270 + turn % 90), fill="#d48a1c")
    stream = io.BytesIO()
    image.save(stream, "PNG")
    stream.seek(0)
    return FileStorage(stream, filename="photo.png")


def _give_roles(call: Call, staff: Mapping[str, Account], *, now: datetime) -> None:
    for key, role in (("organiser", Role.ORGANISER), ("helper", Role.HELPER)):
        grant_role(staff[key], role, scope=call.scope, actor=staff["admin"], now=now)
