"""What every journey does: press, follow, and let a worker work."""

from playwright.sync_api import Page

from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.jobs import run_due_jobs


def work() -> None:
    """Do what waits for a worker, and let the test's own transaction end."""
    db.session.rollback()
    run_due_jobs(clock.now())
    db.session.rollback()


def press(page: Page, name: str) -> None:
    """Press one of the buttons in the main part, and wait for the page that it leads to."""
    with page.expect_event("load"):
        page.get_by_role("main").get_by_role("button", name=name, exact=True).click()


def follow(page: Page, name: str) -> None:
    """Follow a link, and wait for its page."""
    with page.expect_event("load"):
        page.get_by_role("link", name=name, exact=True).click()
