"""Applications of the demonstration: sent through the same functions as on the pages, then decided on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from gtn_events.accounts.models import Account
from gtn_events.incubation.domain.application_drafts import begin_draft, save_step, save_wishes
from gtn_events.incubation.domain.application_particulars import Submission, Traveller
from gtn_events.incubation.domain.application_submission import send_application
from gtn_events.incubation.domain.application_transitions import Party
from gtn_events.incubation.domain.applications import admit_application, refuse_application, withdraw_application
from gtn_events.incubation.domain.wish_list import WishList
from gtn_events.incubation.models import Application, Call, Intake
from gtn_events.questionnaire.queries.versions import published_version


@dataclass(frozen=True)
class Project:
    """What an invented firm wants to do, and to which hosts it would go; ``key`` is the person's."""

    key: str
    title: str
    firm: str
    sector: str
    trl: int
    weeks: int
    summary: str
    wishes: tuple[str, ...]
    traits: tuple[str, ...] = ()
    known: tuple[str, ...] = ()
    seen_by_others: bool = True


PROJECTS = (
    Project(
        "mex1",
        "Dryers that run at night",
        "Secado Oaxaca",
        "food_and_cold_chains",
        7,
        12,
        "Drying fruit with heat that was stored at noon.",
        ("korat", "cebu", "lima"),
        ("micro",),
    ),
    Project(
        "phl1",
        "A dryer for wet seasons",
        "Bayani Solar Dryers",
        "food_and_cold_chains",
        8,
        10,
        "Dryers that fishers mend themselves.",
        ("korat", "kyushu"),
        ("women-led",),
    ),
    Project(
        "ct1",
        "Water that is washed with light",
        "Clearwash",
        "water",
        6,
        12,
        "A box that cleans the water of ten houses.",
        ("korat", "maker"),
        ("women-led",),
        ("maker",),
    ),
    Project(
        "ina2",
        "Boards of sago fibre",
        "Sagu Biomaterials",
        "circular_production",
        5,
        9,
        "Packaging that is eaten by soil in a summer.",
        ("johor", "kyushu", "korat"),
    ),
    Project(
        "vn2",
        "Husk boards for cold rooms",
        "Hà Giang Husk Boards",
        "circular_production",
        7,
        13,
        "Walls of cold rooms from what rice leaves behind.",
        ("kyushu", "korat"),
        ("women-led",),
    ),
    Project(
        "rus3",
        "Heat pumps for small shops",
        "Amur Heat Pumps",
        "clean_energy",
        8,
        8,
        "Heat from a river, for shops of one room.",
        ("atacama", "kyushu"),
        (),
        (),
        False,
    ),
    Project(
        "jpn3",
        "A store that is never opened",
        "Mirai Cold Storage",
        "food_and_cold_chains",
        8,
        10,
        "Boxes that change places without warm air.",
        ("korat", "cebu"),
        ("women-led",),
    ),
)
OWN_FIRM = {
    "organisation_name": ["Andina Cold Store"],
    "economy": ["PE"],
    "size": ["10-49"],
    "founded_in": ["2018"],
    "website": ["https://www.andina.example"],
    "traits": ["women-led"],
}
OWN_PROJECT = {
    "title": ["Ice at noon, cold at night"],
    "summary": ["A cold room for ten families that runs on ice made while the sun shines."],
    "sector": ["food_and_cold_chains"],
    "plan": [
        "Weeks 1 to 3: build one room with the host's workshop. "
        "Weeks 4 to 12: run it with two farms and count what is kept."
    ],
    "results_expected": ["One room in use, a count of what is kept, two farms that order one."],
    "trl": ["7"],
    "trl_reason": ["Three rooms have run in Puno since 2025."],
}
OWN_AIMS: dict[str, Any] = {  # Any: answers as JSON
    "purposes": ["partner", "pilot"],
    "motivation": "The salt that we use runs out; over there people cool with what a rice mill leaves behind.",
    "learning": "How a room is kept cold in wet heat, and what a farm pays for it.",
}
OWN_MONEY: dict[str, Any] = {  # Any: as above
    "budget": 9000,
    "who_pays": "We pay half; the other half comes from a fund of the region.",
    "tied": False,
}
OWN_STAY = {
    "needs": ["desk", "test-bed", "mentoring", "business-matching"],
    "weeks": ["13"],
    "split_stays": ["no"],
    "languages": ["en", "es"],
}


def draft_of_delegate(call: Call, delegate: Account, *, now: datetime) -> None:
    """Let the delegate's application be a draft that waits for its order of hosts. Flushes."""
    draft = begin_draft(call, actor=delegate, now=now)
    stay = OWN_STAY | {"preferred_from": [call.placements_from.isoformat()]}
    people = {"people-0-name": ["Camila Ríos"], "people-0-role": ["Founder"], "home_name": [""], "home_email": [""]}
    steps: tuple[tuple[str, dict[str, list[str]], dict[str, Any]], ...] = (  # Any: answers as JSON
        ("firm", OWN_FIRM, {}),
        ("project", OWN_PROJECT, {}),
        ("stay", stay, {}),
        ("people", people, {}),
        ("aims", _typed(OWN_AIMS), OWN_AIMS),
        ("money", _typed(OWN_MONEY), OWN_MONEY),
        ("papers", {}, {}),
        ("links", {"seen_by_others": ["yes"]}, {}),
    )
    for step, typed, answers in steps:
        save_step(draft, step, typed=typed, answers=answers, now=now)
    wishes = [_intake(call, key).id for key in ("kyushu", "korat", "cebu", "maker", "lima")]
    save_wishes(draft, WishList(tuple(wishes)), now=now)


def apply_in_every_state(call: Call, people: Mapping[str, Account], organiser: Account) -> list[Application]:
    """Send applications to the open call, some of them in each state; the firm of the last one is too old. Flushes."""
    applications = _send_all(call, PROJECTS[:6], people)
    for application in applications[:2]:
        admit_application(application, actor=organiser, now=application.submitted_at + timedelta(hours=9))
    moment = applications[2].submitted_at + timedelta(hours=3)
    withdraw_application(applications[2], party=Party.APPLICANT, actor=applications[2].account, now=moment)
    refuse_application(
        applications[3],
        actor=organiser,
        now=applications[3].submitted_at + timedelta(hours=9),
        reason="The boards are not sold yet; this call is for firms with a first customer.",
    )
    return applications


def apply_and_admit(
    call: Call, people: Mapping[str, Account], organiser: Account, *, projects: Sequence[Project] = PROJECTS
) -> list[Application]:
    """Send an application for each project, and admit it when the call is closed. Flushes."""
    applications = _send_all(call, projects, people)
    for number, application in enumerate(applications):
        admit_application(application, actor=organiser, now=call.closes_at + timedelta(hours=18, minutes=5 * number))
    return applications


def _send_all(call: Call, projects: Sequence[Project], people: Mapping[str, Account]) -> list[Application]:
    step = timedelta(days=2)
    return [
        _send(call, project, people[project.key], now=call.opens_at + step * number)
        for number, project in enumerate(projects, start=1)
    ]


def _send(call: Call, project: Project, account: Account, *, now: datetime) -> Application:
    version = published_version(call.questionnaire)
    if version is None or account.economy_code is None:
        raise LookupError("the form is not published, or the person has no economy")
    draft = begin_draft(call, actor=account, now=now)
    return send_application(
        draft,
        Submission(
            organisation_name=project.firm,
            organisation_size="1-9" if "micro" in project.traits else "10-49",
            founded_in=call.closes_at.year - 11 + len(project.firm) % 7,
            economy_code=account.economy_code,
            website="",
            sector=project.sector,
            traits=list(project.traits),
            languages=["en"],
            title=project.title,
            summary=project.summary,
            plan=f"{project.summary} First we build one with people of the host; then two users run it, and we count.",
            results_expected="One in use, two orders, and a partner who builds the next ones.",
            trl=project.trl,
            trl_reason="It has run with users for more than a year; the figures are with the organiser.",
            needs=["desk", "mentoring", "test-bed"],
            preferred_from=call.placements_from,
            weeks=project.weeks,
            split_stays=project.weeks > 12,
            people=[Traveller(name=account.display_name, role=account.position or "Founder")],
            home_name="",
            home_email="",
            seen_by_others=project.seen_by_others,
            wishes=[_intake(call, key).id for key in project.wishes if key not in project.known],
            links=[_intake(call, key).id for key in project.known],
            kept_from=[],
            version=version,
            answers=OWN_AIMS | OWN_MONEY,
            declared_by=account.display_name,
        ),
        actor=account,
        now=now,
    )


def _intake(call: Call, key: str) -> Intake:
    return next(each for each in call.intakes if each.host.slug.startswith(f"{key}-"))


def _typed(answers: Mapping[str, Any]) -> dict[str, list[str]]:  # Any: answers as JSON
    """Return answers as a form sends them."""
    words = {True: "yes", False: "no"}
    return {
        f"q_{key}": value if isinstance(value, list) else [words[value] if isinstance(value, bool) else str(value)]
        for key, value in answers.items()
    }
