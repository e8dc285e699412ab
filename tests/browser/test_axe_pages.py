"""Every page of the demonstration, opened by the person it is for: accessible, no wider than a phone, no complaints."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page
from werkzeug.exceptions import NotFound

from gtn_events.accounts.domain.sessions import start_session
from gtn_events.accounts.signed_in import COOKIE
from gtn_events.core import clock
from gtn_events.core.db import db
from tests.browser.conftest import DESK, PHONE, RULES, Site
from tests.browser.demo_pages import NOBODY, VISITS, Visit, account_of, demo_rows
from tests.conftest import empty_tables

# One process of the run loads the demonstration and walks it.
pytestmark = pytest.mark.xdist_group("demonstration")

# The colours of a narrow page are those of the wide one, so this costly rule runs there for the main pages only.
CONTRAST = "color-contrast"
# What is no page: files, parts of pages, probes, and the living page, which has tests of its own.
NO_PAGES = {
    "accounts.data_download",
    "certificates.download",
    "core.styleguide",
    "core_health.alive",
    "core_health.ready",
    "core_outbox.mail_preview",
    "forum_manage.mail_preview",
    "forum_manage.side_event_people",
    "forum_my.calendar",
    "forum_my.ticket_pdf",
    "forum_programme.calendar",
    "forum_programme.session_calendar",
    "jobs.progress",
    "jobs.result",
    "static",
}


@dataclass
class Demonstration:
    """The demonstration on a running site, and one browser context for each person who looks."""

    site: Site
    browser: Browser
    rows: dict[str, str]
    contexts: dict[str, BrowserContext] = field(default_factory=dict)

    def context(self, who: str) -> BrowserContext:
        """Return the browser of a person, signed in."""
        if who not in self.contexts:
            context = self.browser.new_context(base_url=self.site.address, viewport=DESK, reduced_motion="reduce")
            if who != NOBODY:
                with self.site.app.app_context():
                    _, token = start_session(account_of(who), lifetime=timedelta(days=1), now=clock.now())
                    db.session.commit()
                context.add_cookies([{"name": COOKIE, "value": token, "url": self.site.address}])
            context.add_init_script(Axe().axe_script)
            self.contexts[who] = context
        return self.contexts[who]


@pytest.fixture(scope="module")
def demonstration(running_site: Site, browser: Browser) -> Iterator[Demonstration]:
    """The demonstration, loaded by the command, with what it lacks added."""
    app = running_site.app
    loaded = app.test_cli_runner().invoke(args=["demo", "load"])
    assert loaded.exit_code == 0, loaded.output
    with app.app_context():
        rows = demo_rows(now=clock.now())
    shown = Demonstration(running_site, browser, rows)
    yield shown
    for context in shown.contexts.values():
        context.close()
    with app.app_context():
        db.session.remove()
        empty_tables()


@pytest.mark.parametrize("visit", VISITS, ids=str)
def test_page_is_accessible_and_fits(demonstration: Demonstration, visit: Visit) -> None:
    page = demonstration.context(visit.who).new_page()
    complaints = _collect_complaints(page)
    page.goto(visit.path.format_map(demonstration.rows))
    if visit.press:
        with page.expect_event("load"):
            page.get_by_role("main").get_by_role("button", name=visit.press, exact=True).click(timeout=5000)
    faults = _faults(page, "desk")
    if visit.dark:
        page.emulate_media(color_scheme="dark")
        faults += _faults(page, "desk, dark", runOnly={"type": "rule", "values": [CONTRAST]})
        page.emulate_media(color_scheme="light")
    page.set_viewport_size(PHONE)
    faults += _faults(page, "phone", rules={CONTRAST: {"enabled": visit.dark}})
    if (width := page.evaluate("document.documentElement.scrollWidth")) > PHONE["width"]:
        faults.append(f"phone: the page is {width} px wide")
    page.close()
    assert faults + complaints == []


def test_no_page_is_left_out(demonstration: Demonstration) -> None:
    app = demonstration.site.app
    assert _endpoints_of_pages(app) - _endpoints_visited(app, demonstration.rows) == set()


def _faults(page: Page, look: str, **options: object) -> list[str]:
    """Return one line for each violation in the present look of a page."""
    options = {"runOnly": RULES, "resultTypes": ["violations"]} | options
    violations = page.evaluate("options => axe.run(options).then(found => found.violations)", options)
    return [
        f"{look}: {violation['id']} at {json.dumps(node['target'])} {node['html'][:160]}"
        for violation in violations
        for node in violation["nodes"]
    ]


def _collect_complaints(page: Page) -> list[str]:
    """Return a list that fills with what the browser complains of, but for the answer of the page itself."""
    complaints: list[str] = []

    def note(message: ConsoleMessage) -> None:
        of_page = message.text.startswith("Failed to load resource") and message.location["url"] == page.url
        if message.type in ("error", "warning") and not of_page:
            complaints.append(message.text)

    page.on("console", note)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    return complaints


def _endpoints_of_pages(app: Flask) -> set[str]:
    return {rule.endpoint for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())} - NO_PAGES


def _endpoints_visited(app: Flask, rows: dict[str, str]) -> set[str]:
    adapter = app.url_map.bind("localhost")
    endpoints = set()
    for visit in VISITS:
        try:
            endpoints.add(adapter.match(visit.path.format_map(rows).partition("?")[0])[0])
        except NotFound:
            continue
    return endpoints
