"""CPU of the dashboard of co-incubation, of its files and of its report, at 2,000 placements with all their figures.

``python bench/outcomes.py [--database sqlite|postgresql]``: one call with 100 hosts, 4,000 applications, 2,000 of them
placed, and five sets of figures for each. The report is made by the web process, in one request.
"""

import re
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from sqlalchemy import func, insert, select

from instance import Instance, arguments, costs_of, instance, told  # isort: skip  # puts the tests on the path
from gtn_events.accounts.models import Account
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.economies import ECONOMIES
from gtn_events.incubation.enums import ApplicationState, Moment, OfferState, PlacementState
from gtn_events.incubation.figures import FIGURES
from gtn_events.incubation.models import Application, Call, FigureSet, Host, Intake, Offer, Placement
from gtn_events.questionnaire.models import AnswerSet
from rows import administrator_cookie
from tests.incubation.factories import MADE_AT, make_call

HOSTS, APPLICATIONS, PLACED = 100, 4_000, 2_000
CODES = tuple(each.code for each in ECONOMIES)
PAGE = "/co-incubation/bench/manage/dashboard"
LIST = "/co-incubation/bench/manage/figures"
ENDED = date(2013, 6, 1)
AFTER = {Moment.START: -90, Moment.END: 0, Moment.AFTER_6: 183, Moment.AFTER_12: 365, Moment.AFTER_24: 730}


def main() -> None:
    options = arguments("CPU of the dashboard of co-incubation.").parse_args()
    cookies: list[str] = []

    def fill() -> None:
        cookies.append(administrator_cookie(clock.now()))
        add_placements(make_call("bench", title="Bench"))

    with instance(options.database, fill) as subject:
        measure(subject, cookies[0])


def measure(subject: Instance, cookie: str) -> None:
    """Print what each page and file costs."""
    for name, path, target in (
        ("dashboard of the call", PAGE, 300),
        ("dashboard of all calls", "/co-incubation/dashboard", 300),
        ("dashboard of one economy", "/co-incubation/economy/PE/dashboard", 150),
        ("list of figures", LIST, 100),
        ("report as a PDF", f"{PAGE}/report.pdf", 3_000),
    ):
        web, own = costs_of(subject, lambda path=path: get(subject, path, cookie), times=5)  # type: ignore[misc]
        told(f"{PLACED:,} placements: {name}", web, own, target)
    _status, headers, page = subject.ask("GET", PAGE, cookie=cookie)
    token = re.search(rb'name="csrf_token" value="([^"]+)"', page)
    assert token is not None
    cookie += "; " + headers["set-cookie"].partition(";")[0]
    body = urlencode({"csrf_token": token[1].decode(), "format": "csv", "list": ""})
    before = subject.cost()
    status, _headers, data = subject.ask("POST", f"{LIST}/export", cookie=cookie, body=body)
    after = subject.cost()
    assert (status, data.count(b"\r\n")) == (200, 5 * PLACED + 1), (status, data.count(b"\r\n"))
    web, own = 1000 * (after.web - before.web), 1000 * (after.database - before.database)
    told(f"CSV of {5 * PLACED:,} sets of figures", web, own, 2_000)


def get(subject: Instance, path: str, cookie: str) -> None:
    status, _headers, _page = subject.ask("GET", path, cookie=cookie)
    assert status == 200, (path, status)


def add_placements(call: Call) -> None:
    """Add the rows in bulk, the same at every run."""
    version = call.questionnaire.versions[-1].id
    accounts = _many(Account, [_account(number) for number in range(APPLICATIONS)])
    moments = {"created_at": MADE_AT, "updated_at": MADE_AT}
    answers = _many(AnswerSet, [{"version_id": version, **moments} for _number in range(APPLICATIONS)])
    hosts = _many(Host, [_host(number) for number in range(HOSTS)])
    intakes = _many(Intake, [_intake(call.id, host) for host in hosts])
    applications = _many(
        Application,
        [
            _application(call.id, number, account, answer)
            for number, (account, answer) in enumerate(zip(accounts, answers, strict=True))
        ],
    )
    pairs = [(application, intakes[number % HOSTS]) for number, application in enumerate(applications[:PLACED])]
    offers = _many(Offer, [_offer(application, intake) for application, intake in pairs])
    placements = _many(Placement, [_placement(offer, *pair) for offer, pair in zip(offers, pairs, strict=True)])
    _many(FigureSet, [_figures(each, number, moment) for number, each in enumerate(placements) for moment in Moment])
    db.session.commit()


def _many(kind: Any, rows: list[dict[str, Any]]) -> list[int]:  # Any: a mapped class, and values of its columns
    first = (db.session.scalar(select(func.max(kind.id))) or 0) + 1
    db.session.execute(insert(kind), [{"id": first + number, **row} for number, row in enumerate(rows)])
    return list(range(first, first + len(rows)))


def _account(number: int) -> dict[str, Any]:
    address = f"firm{number}@firm.example"
    return {
        "email": address,
        "email_key": address,
        "given_name": "Rosa",
        "family_name": f"Huamán {number}",
        "economy_code": CODES[number % len(CODES)],
        "created_at": MADE_AT,
    }


def _host(number: int) -> dict[str, Any]:
    return {
        "slug": f"host-{number}",
        "name": f"Incubator number {number}",
        "sort_name": f"incubator number {number:03}",
        "economy_code": CODES[(7 * number + 3) % len(CODES)],
        "city": "Korat",
        "time_zone": "Asia/Bangkok",
        "created_at": MADE_AT,
    }


def _intake(call_id: int, host_id: int) -> dict[str, Any]:
    stay = {"stay_from": ENDED - timedelta(days=90), "stay_until": ENDED}
    return {"call_id": call_id, "host_id": host_id, "places": 25, "offered_at": MADE_AT, **stay}


def _application(call_id: int, number: int, account_id: int, answer_set_id: int) -> dict[str, Any]:
    return {
        "call_id": call_id,
        "account_id": account_id,
        "answer_set_id": answer_set_id,
        "reference": f"BEN-{number:06}",
        "lottery_key": f"{number:012}",
        "state": ApplicationState.ADMITTED if number < PLACED + 1000 else ApplicationState.SUBMITTED,
        "organisation_name": f"Firm {number}",
        "economy_code": CODES[number % len(CODES)],
        "sector": "food",
        "traits": ["women-led"] if number % 3 == 0 else [],
        "title": f"Project {number}",
        "sort_title": f"project {number:05}",
        "trl": 7,
        "preferred_from": ENDED - timedelta(days=90),
        "weeks": 12,
        "submitted_at": MADE_AT,
        "state_changed_at": MADE_AT,
    }


def _offer(application_id: int, intake_id: int) -> dict[str, Any]:
    pair = {"application_id": application_id, "intake_id": intake_id}
    return {**pair, "state": OfferState.ACCEPTED, "offered_at": MADE_AT, "accept_by": MADE_AT}


def _placement(offer_id: int, application_id: int, intake_id: int) -> dict[str, Any]:
    return {
        "offer_id": offer_id,
        "application_id": application_id,
        "intake_id": intake_id,
        "state": PlacementState.COMPLETED,
        "state_changed_at": MADE_AT,
        "created_at": MADE_AT,
        "ended_on": ENDED,
    }


def _figures(placement_id: int, number: int, moment: Moment) -> dict[str, Any]:
    values = {key: str((number * 37 + place * 11) % 9_000) for place, key in enumerate(FIGURES)}
    return {
        "placement_id": placement_id,
        "moment": moment,
        "due_on": ENDED + timedelta(days=AFTER[moment]),
        "values": {**values, "exports": "0", "co2_method": "By the meter"},
        "sent_at": MADE_AT,
        "sent_by": f"Person {number}",
    }


if __name__ == "__main__":
    main()
