"""CPU of a judge's submit: the sent scorecard becomes a version in the round's chain.

``python bench/judging.py [--database sqlite|postgresql]``. Each judge has a queue of entries and goes through it as
a browser does: the page of the entry, the submit, and by its redirect the page of the next one. Measured apart are
the submit alone (with the chain, the journal and the way to the next entry), and the page.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

from sqlalchemy import select

from gtn_events.competition.models import Assignment
from gtn_events.core import clock
from gtn_events.core.db import db
from instance import Instance, arguments, costs_of, instance, told
from tests.load.browsers import Browser
from tests.load.juries import open_jury

JUDGES, EACH, ENTRIES = 20, 20, 100
GROUP, GROUPS = 40, 7
TARGET = 20.0


@dataclass
class Turn:
    """One seat of one judge whose page was opened: where to send the scorecard, and the token of the form."""

    browser: Browser
    path: str
    cookie: str
    token: str


def main() -> None:
    options = arguments("CPU of a judge's submit.").parse_args()
    seats: list[tuple[Browser, str]] = []

    def fill() -> None:
        round_, browsers = open_jury("bench", judges=JUDGES, entries=ENTRIES, each=EACH, now=clock.now())
        of_account = {each.account_id: each for each in browsers}
        base = f"/competitions/bench/judge/rounds/{round_.number}/entries"
        for seat in db.session.scalars(select(Assignment).order_by(Assignment.id)):
            seats.append((of_account[seat.judge.account_id or 0], f"{base}/{seat.entry.reference}"))

    with instance(options.database, fill) as subject:
        turns = iter([opened(subject, browser, path) for browser, path in seats])
        web, database = costs_of(subject, lambda: submit(subject, turns), times=GROUP, groups=GROUPS)
        told(f"a judge's submit on {options.database}", web, database, TARGET)
        browser, path = seats[-1]
        web, database = costs_of(subject, lambda: opened(subject, browser, path), times=GROUP, groups=GROUPS)
        told(f"entry and scorecard on {options.database}", web, database)


def opened(subject: Instance, browser: Browser, path: str) -> Turn:
    """Open the page of an entry."""
    cookie = "; ".join(f"{name}={value}" for name, value in browser.cookies.items())
    status, headers, page = subject.ask("GET", path, cookie=cookie)
    token = re.search(rb'name="csrf_token" value="([^"]+)"', page)
    assert status == 200, status
    assert token is not None
    return Turn(browser, path, cookie + "; " + headers["set-cookie"].partition(";")[0], token[1].decode())


def submit(subject: Instance, turns: Iterator[Turn]) -> None:
    """Submit the next scorecard."""
    turn = next(turns)
    fields = {"csrf_token": turn.token, "seen": "0", "score_impact": "4", "score_market": "3", "act": "submit"}
    texts = {"comment_impact": "Two seasons of data from 14 sites.", "to_entrant": "Say who the partner could be."}
    status, headers, _ = subject.ask("POST", turn.path, cookie=turn.cookie, body=urlencode(fields | texts))
    assert (status, "/judge/" in headers["location"]) == (302, True), status


if __name__ == "__main__":
    main()
