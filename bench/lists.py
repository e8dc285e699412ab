"""CPU of the organiser's list and of its CSV, at 5,000 and at 100,000 registrations.

``python bench/lists.py [--database sqlite|postgresql] [--most 100000]``. Memory is the highest
resident set of the web process while the file is sent, over what it held before.
"""

import re
import threading
from urllib.parse import urlencode

from gtn_events.core import clock
from instance import Instance, arguments, costs_of, instance, told, wait_for_quiet
from rows import add_registrations, administrator_cookie
from tests.load.people import open_forum

LIST = "/forums/bench/manage/registrations"
VIEWS = {
    "first page": "",
    "search for a frequent word": "?q=huaman",
    "search for one person": "?q=p4321@",
    "filter": "?state=pending&economy=PE",
    "sorted by date, descending": "?sort=-asked",
}
MEMORY_TARGET = 64.0


def main() -> None:
    parser = arguments("CPU of the organiser's list and of its CSV.")
    parser.add_argument("--most", type=int, default=100_000)
    options = parser.parse_args()
    first = measure(options.database, 5_000, {})
    measure(options.database, options.most, first)


def measure(database: str, count: int, few: dict[str, float]) -> dict[str, float]:
    """Measure one size; return ms by view."""
    cookies: list[str] = []

    def fill() -> None:
        now = clock.now()
        cookies.append(administrator_cookie(now))
        forum = open_forum("bench", seats=1, now=now)
        add_registrations(forum.categories[0], count)

    found: dict[str, float] = {}
    with instance(database, fill) as subject:
        for name, query in (*VIEWS.items(), ("last page", last_page(subject, cookies[0]))):
            web, own = costs_of(subject, lambda query=query: get(subject, query, cookies[0]), times=10)  # type: ignore[misc]
            told(f"{count:,} registrations: {name}", web, own, 80 if few else 40)
            if name in few:
                print(f"    {web / few[name]:.1f} times that of 5,000")
            found[name] = web
        csv(subject, cookies[0], count)
    return found


def last_page(subject: Instance, cookie: str) -> str:
    """Return the query of a page near the end: the page before the first, in the opposite order."""
    _, _, page = subject.ask("GET", LIST + "?sort=-name", cookie=cookie)
    found = re.search(rb'href="[^"]*registrations(\?[^"]*after[^"]*)"', page) or re.search(
        rb'href="[^"]*registrations(\?[^"]*)"[^>]*rel="next"', page
    )
    return found[1].decode().replace("&amp;", "&") if found else "?sort=-name"


def get(subject: Instance, query: str, cookie: str) -> None:
    status, _, _ = subject.ask("GET", LIST + query, cookie=cookie)
    assert status == 200, status


def csv(subject: Instance, cookie: str, count: int) -> None:
    """Fetch the whole list as CSV and tell CPU and memory."""
    _, headers, form = subject.ask("GET", LIST + "/export", cookie=cookie)
    token = re.search(rb'name="csrf_token" value="([^"]+)"', form)
    assert token is not None
    cookie += "; " + headers["set-cookie"].partition(";")[0]
    body = urlencode({"csrf_token": token[1].decode(), "format": "csv", "list": ""})
    wait_for_quiet()
    idle, before = subject.resident(), subject.cost()
    highest, done = [idle], threading.Event()
    watch = threading.Thread(target=_watch, args=(subject, highest, done))
    watch.start()
    status, _, data = subject.ask("POST", LIST + "/export", cookie=cookie, body=body)
    after = subject.cost()
    done.set()
    watch.join()
    lines = data.count(b"\n")
    assert (status, lines) == (200, count + 1), (status, lines)
    more = max(highest) - idle
    told(
        f"CSV of {count:,}",
        1000 * (after.web - before.web),
        1000 * (after.database - before.database),
        _csv_target(count),
    )
    verdict = "met" if more <= MEMORY_TARGET else "MISSED"
    sent = len(data) / 2**20
    print(f"CSV of {count:,}: {sent:.1f} MiB sent, {more:.0f} MiB more memory  (target {MEMORY_TARGET:g}: {verdict})")


def _csv_target(count: int) -> float | None:
    return 300 if count == 5_000 else None


def _watch(subject: Instance, highest: list[float], done: threading.Event) -> None:
    while not done.wait(0.02):
        highest.append(subject.resident())


if __name__ == "__main__":
    main()
