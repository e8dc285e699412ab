"""CPU of the pages that everybody opens, and the memory of a web process that has shown all pages.

``python bench/pages.py [--database sqlite|postgresql]``. One forum with 300 sessions over two days in
twelve rooms, with levels, interpretation, materials, texts in another language and limited places, and 400
registrations. "Cold" is the first request after the programme changed.
"""

from sqlalchemy import update

from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.forum.models import Forum
from instance import Instance, arguments, costs_of, instance, told
from rows import add_particulars, add_programme, add_registrations, administrator_cookie
from tests.factories import make_category, make_side_event
from tests.load.people import open_forum

PUBLIC = ("", "/delegates", "/side-events", "/practical", "/programme", "/programme/list", "/programme/speakers")
MORE = (
    "/programme/search?q=cold",
    "/programme/sessions/s00001",
    "/programme/calendar.ics",
    "/programme/speakers/P00001",
)
MANAGE = (
    *("", "registrations", "registrations/1", "registrations/export", "categories", "side-events", "settings"),
    *("staff", "certificates", "mail", "questionnaire"),
)
ACCOUNT = (
    "/home",
    "/account/profile",
    "/account/sessions",
    "/account/data",
    "/admin/people",
    "/admin/mail",
    "/admin/journal",
)
MEMORY_TARGET = 150.0


def main() -> None:
    options = arguments("CPU of pages, memory of a web process.").parse_args()
    cookies: list[str] = []

    def fill() -> None:
        now = clock.now()
        cookies.append(administrator_cookie(now))
        forum = open_forum("bench", seats=300, now=now)
        add_registrations(make_category(forum, "Observer"), 400)
        make_side_event(forum)
        add_programme(forum, 300)
        add_particulars(forum)

    with instance(options.database, fill) as subject:
        print(f"memory of the idle web process: {subject.resident():.0f} MiB")
        told("landing page of the site", *costs_of(subject, lambda: get(subject, "/"), times=50), 5)
        told("landing page of the forum", *costs_of(subject, lambda: get(subject, "/forums/bench"), times=50), 5)
        programme(subject)
        everything(subject, cookies[0])


def programme(subject: Instance) -> None:
    """Measure the programme page: cold, from the cached fragment, unchanged."""
    path = "/forums/bench/programme"

    def cold() -> None:
        db.session.execute(update(Forum).values(programme_changed_at=clock.now()))
        db.session.commit()
        get(subject, path)

    told("programme of 300 sessions, cold", *costs_of(subject, cold, times=15), 20)
    told("programme of 300 sessions, remembered", *costs_of(subject, lambda: get(subject, path), times=50))
    _, headers, _ = subject.ask("GET", path)
    unchanged = {"If-None-Match": headers["etag"]}

    def again() -> None:
        assert subject.ask("GET", path, headers=unchanged)[0] == 304

    told("programme of 300 sessions, unchanged (304)", *costs_of(subject, again, times=100), 2)


def everything(subject: Instance, cookie: str) -> None:
    """Show every page some times and tell how much memory the process holds then."""
    paths = [f"/forums/bench{path}" for path in (*PUBLIC, *MORE)]
    paths += [f"/forums/bench/manage/{path}" for path in MANAGE] + ["/", "/sign-in", "/sign-up", "/privacy", *ACCOUNT]
    for _ in range(5):
        for path in paths:
            status = subject.ask("GET", path, cookie=cookie)[0]
            assert status in {200, 302}, (path, status)
    memory = subject.resident()
    verdict = "met" if memory <= MEMORY_TARGET else "MISSED"
    print(f"memory after {len(paths)} pages, 5 times: {memory:.0f} MiB  (target {MEMORY_TARGET:g} MiB: {verdict})")


def get(subject: Instance, path: str) -> None:
    status = subject.ask("GET", path)[0]
    assert status == 200, (path, status)


if __name__ == "__main__":
    main()
