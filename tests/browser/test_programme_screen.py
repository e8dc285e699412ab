"""The screen of a foyer when the network goes and comes back."""

from playwright.sync_api import Page, expect

from gtn_events.core.db import db
from tests.browser.conftest import Site
from tests.forum.programme.sample import make_programme


def test_screen_keeps_what_it_had_and_says_since_when(site: Site, page: Page) -> None:
    make_programme()
    db.session.remove()
    page.clock.install()
    # What it asked for at the start is there: the next time it asks is known.
    with page.expect_response("**/screen/rooms*") as asked:
        page.goto(f"{site.address}/forums/gtn-forum-2013/programme/screen?at=2013-06-05T11:05")
    asked.value.finished()
    page.wait_for_load_state()

    page.context.set_offline(True)
    page.clock.fast_forward(21_000)
    expect(page.locator("[data-lost]")).to_contain_text("No connection since")
    expect(page.get_by_text("Cold chains off the grid")).to_be_visible()

    page.context.set_offline(False)
    page.clock.fast_forward(61_000)
    expect(page.locator("[data-lost]")).to_be_hidden()
