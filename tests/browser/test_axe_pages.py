"""Every page of the demonstration, opened by the person it is for: accessible, no wider than a phone, no complaints."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Browser, ConsoleMessage, Page
from werkzeug.exceptions import NotFound

from gtn_events.accounts.domain.sessions import start_session
from gtn_events.accounts.signed_in import COOKIE
from gtn_events.core import clock
from gtn_events.core.db import db
from tests.browser.conftest import DESK, PHONE, RULES, Site
from tests.browser.demo_pages import NOBODY, VISITS, Visit, account_of, demo_rows
from tests.conftest import empty_tables

# The colours of a narrow page are those of the wide one, so this costly rule runs there for the main pages only.
CONTRAST = "color-contrast"
# What is no page: files, parts of pages, probes, and the living page, which has tests of its own.
NO_PAGES = {
    "accounts.data_download",
    "designs.picture",
    "designs.template_picture",
    "designs.version_picture",
    "certificates.badge",
    "certificates.download",
    "certificates.issuer_json",
    "certificates.key_pem",
    "certificates.keys_json",
    "certificates.proof_json",
    "certificates.revocations_json",
    "certificates.status_json",
    "circulars.file",
    "circulars.pdf",
    "circulars_manage.file",
    "circulars_manage.pdf",
    "competition_economy.entry_file",
    "competition_judge.entry_file",
    "competition_judge.live_now",
    "competition_live.state",
    "competition_manage.appeal_file",
    "competition_manage.entry_file",
    "competition_manage.judging_report",
    "competition_manage.live_version",
    "competition_manage.mail_preview",
    "competition_my.appeal_file",
    "competition_my.file",
    "competition_public.results_json",
    "competition_public.signing_key",
    "core.styleguide",
    "core_health.alive",
    "core_health.ready",
    "core_outbox.mail_preview",
    "delegations.sheet_errors",
    "delegations.template",
    "delegations_manage.export",
    "delegations_travel.ledger_csv",
    "delegations_travel.ledger_xlsx",
    "forum_check_in.lately",
    "forum_check_in.offline_list",
    "forum_check_in.pulse",
    "forum_check_in.worker",
    "forum_feed.calendar",
    "forum_feed.favourites",
    "forum_manage.allotment_export",
    "forum_manage.badge_receipt",
    "forum_manage.badge_sample",
    "forum_manage.door_figures",
    "forum_manage.mail_preview",
    "forum_manage.programme_day_marks",
    "forum_manage.programme_day_try",
    "forum_manage.programme_sheet_template",
    "forum_manage.progress_report_docx",
    "forum_manage.progress_report_pdf",
    "forum_my.agenda_item",
    "forum_my.calendar",
    "forum_my.ticket_pdf",
    "forum_programme.calendar",
    "forum_programme.favourites",
    "forum_programme.file",
    "forum_programme.mine_sessions",
    "forum_programme.now_rooms",
    "forum_programme.screen_rooms",
    "forum_programme.session_calendar",
    "forum_programme.session_material",
    "forum_programme.speaker_photo",
    "forum_public.side_event_logo",
    "forum_public.sponsor_logo",
    "incubation_dashboard.report",
    "incubation_economy.dashboard_report",
    "incubation_host.application_file",
    "incubation_host.interview_file",
    "incubation_hosts.photo",
    "incubation_manage.application_file",
    "incubation_manage.dashboard_report",
    "incubation_manage.mail_preview",
    "incubation_my.file",
    "incubation_my.interview_file",
    "incubation_placement.agreement_pdf",
    "incubation_placement.agreement_signed_copy",
    "incubation_placement.milestone_file",
    "incubation_public.result_file",
    "jobs.progress",
    "jobs.result",
    "network.contacts_csv",
    "network.contacts_xlsx",
    "static",
    "static_of_another_release",
}


LATER = re.compile("status of (429|503)")
DRAWN_PICTURE = re.compile(r"/designs/[^?]+\.png(\?|$)")


@dataclass
class Demonstration:
    """The demonstration on a running site, one page for each person who looks, and what their browsers complain of."""

    site: Site
    browser: Browser
    rows: dict[str, str]
    complaints: list[str] = field(default_factory=list)
    _pages: dict[str, Page] = field(default_factory=dict)

    def page(self, who: str) -> Page:
        """Return the page of a person, signed in, wide and light."""
        if who not in self._pages:
            self._pages[who] = self._new_page(who)
        page = self._pages[who]
        page.set_viewport_size(DESK)
        page.emulate_media(color_scheme="light")
        self.complaints.clear()
        return page

    def close(self) -> None:
        """Close every browser."""
        for page in self._pages.values():
            page.context.close()

    def _new_page(self, who: str) -> Page:
        context = self.browser.new_context(base_url=self.site.address, reduced_motion="reduce")
        context.add_init_script(Axe().axe_script)
        if who != NOBODY:
            with self.site.app.app_context():
                _, token = start_session(account_of(who), lifetime=timedelta(days=1), now=clock.now())
                db.session.commit()
            context.add_cookies([{"name": COOKIE, "value": token, "url": self.site.address}])
        page = context.new_page()
        page.on("console", lambda message: self._note(message, page))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        return page

    def _note(self, message: ConsoleMessage, page: Page) -> None:
        """Keep what the browser complains of, but for answers that are meant.

        These are that of the page itself (a 404 that was asked for), and a picture of a design that the page asks for
        again, since those of the page before are still drawn.
        """
        address, failed = message.location["url"], message.text.startswith("Failed to load resource")
        of_page = failed and address == page.url
        later = failed and LATER.search(message.text) and DRAWN_PICTURE.search(address)
        if message.type in ("error", "warning") and not (of_page or later):
            self.complaints.append(message.text)


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
    shown.close()
    with app.app_context():
        db.session.remove()
        empty_tables()


@pytest.mark.parametrize("visit", VISITS, ids=str)
def test_page_is_accessible_and_fits(demonstration: Demonstration, visit: Visit) -> None:
    page = demonstration.page(visit.who)
    reply = page.goto(visit.path.format_map(demonstration.rows))
    assert reply is not None
    assert reply.status == visit.status
    if visit.press:
        with page.expect_event("load"):
            page.get_by_role("main").get_by_role("button", name=visit.press, exact=True).click()
    assert _faults_of_looks(page, visit) + demonstration.complaints == []


def _faults_of_looks(page: Page, visit: Visit) -> list[str]:
    """Return what is wrong with a page on a wide screen and on a phone."""
    faults = _faults(page, "desk") + _too_wide(page, DESK)
    if visit.dark:
        page.emulate_media(color_scheme="dark")
        faults += _faults(page, "desk, dark", runOnly={"type": "rule", "values": [CONTRAST]})
        page.emulate_media(color_scheme="light")
    page.set_viewport_size(PHONE)
    faults += _faults(page, "phone", rules={CONTRAST: {"enabled": visit.dark}})
    return faults + _too_wide(page, PHONE)


def test_no_page_is_left_out(demonstration: Demonstration) -> None:
    app = demonstration.site.app
    assert _endpoints_of_pages(app) - _endpoints_visited(app, demonstration.rows) == set()


def _too_wide(page: Page, size: dict[str, int]) -> list[str]:
    width = page.evaluate("document.documentElement.scrollWidth")
    return [f"the page is {width} px wide on {size['width']}"] if width > size["width"] else []


def _faults(page: Page, look: str, **options: object) -> list[str]:
    """Return one line for each violation in the present look of a page."""
    options = {"runOnly": RULES, "resultTypes": ["violations"]} | options
    violations = page.evaluate("options => axe.run(options).then(found => found.violations)", options)
    return [
        f"{look}: {violation['id']} at {json.dumps(node['target'])} {node['html'][:160]}"
        for violation in violations
        for node in violation["nodes"]
    ]


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
