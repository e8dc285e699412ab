"""CPU of a completed registration: form page, submit, confirmation.

``python bench/registration.py [--database sqlite|postgresql]``. Each of the people has filled in the
steps before; measured is the web process while it shows the last step, takes the registration
(with a seat, the journal and the mail with its ticket in the outbox) and shows the confirmation.
"""

import re
from collections.abc import Iterator
from urllib.parse import urlencode

from gtn_events.core import clock
from instance import Instance, arguments, costs_of, instance, told
from tests.load.browsers import Browser
from tests.load.people import fill_drafts, open_forum, people

GROUP, GROUPS = 25, 7
FORM, MINE = "/forums/bench/register/check", "/forums/bench/my"
TARGET = 25.0


def main() -> None:
    options = arguments("CPU of a completed registration.").parse_args()
    crowd: list[Browser] = []

    def fill() -> None:
        now = clock.now()
        count = GROUP * (GROUPS + 1)
        forum = open_forum("bench", seats=count, now=now)
        made = people(count, name="bench", now=now)
        fill_drafts(forum, [account for account, _ in made], now=now)
        crowd.extend(browser for _, browser in made)

    with instance(options.database, fill) as subject:
        waiting = iter(crowd)
        web, database = costs_of(subject, lambda: register(subject, waiting), times=GROUP, groups=GROUPS)
        told(f"a completed registration on {options.database}", web, database, TARGET)


def register(subject: Instance, waiting: Iterator[Browser]) -> None:
    """Register the next person."""
    browser = next(waiting)
    cookie = "; ".join(f"{name}={value}" for name, value in browser.cookies.items())
    status, headers, page = subject.ask("GET", FORM, cookie=cookie)
    token = re.search(rb'name="csrf_token" value="([^"]+)"', page)
    assert status == 200, status
    assert token is not None
    cookie += "; " + headers["set-cookie"].partition(";")[0]
    body = urlencode({"csrf_token": token[1].decode(), "consent": "y"})
    status, headers, _ = subject.ask("POST", FORM, cookie=cookie, body=body)
    assert (status, headers["location"]) == (302, MINE), status
    status, _, page = subject.ask("GET", MINE, cookie=cookie)
    assert status == 200
    assert b"You are registered" in page


if __name__ == "__main__":
    main()
