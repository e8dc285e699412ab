"""A placement in a real browser: the agreement is written, sent and signed; a report saves itself and is sent."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.incubation.models import Placement
from tests.browser.conftest import Site
from tests.incubation.placing import People, make_placement, sign_by_all, start, write


@pytest.fixture
def placement(site: Site) -> Placement:
    return make_placement()


@pytest.fixture
def people(placement: Placement) -> People:
    return People(placement.application.call, placement)


def address(placement: Placement) -> str:
    found = f"/co-incubation/{placement.application.call.slug}/placements/{placement.id}"
    db.session.rollback()
    return found


def test_three_parties_write_and_sign_an_agreement(
    page: Page, placement: Placement, people: People, sign_in_browser: Callable[[Account], None]
) -> None:
    parties = ((people.firm, "Rosa HUAMÁN"), (people.manager, people.manager.display_name))
    parties += ((people.home, people.home.display_name),)
    url = address(placement)
    sign_in_browser(people.firm)
    db.session.rollback()
    page.goto(f"{url}/agreement")
    page.get_by_role("button", name="Write the agreement").click()
    page.wait_for_load_state()
    page.get_by_label("Goal 2").fill("Two orders")
    for _part in range(4):
        page.get_by_role("button", name="Save and").first.click()
        page.wait_for_load_state()
    expect(page.get_by_text("Two orders")).to_be_visible()
    page.get_by_role("button", name="Send it for signature").click()
    page.wait_for_load_state()
    for person, name in parties:
        sign_in_browser(person)
        db.session.rollback()
        page.goto(f"{url}/agreement")
        page.get_by_label("Your name, as it stands in the agreement").fill(name)
        page.get_by_role("button", name="Sign version 1").click()
        page.wait_for_load_state()
    expect(page.get_by_text("Signed by all. The agreement stands.")).to_be_visible()


def test_a_report_saves_itself_and_is_sent(
    page: Page, placement: Placement, people: People, sign_in_browser: Callable[[Account], None]
) -> None:
    sign_by_all(write(placement, people.firm), people.firm)
    start(placement, people.manager)
    sign_in_browser(people.firm)
    url = address(placement)
    page.goto(f"{url}/reports/mid-term")
    page.wait_for_load_state()
    page.get_by_label("What was done of the plan").fill("One room runs")
    expect(page.locator("[data-draft-note]")).to_contain_text("Draft saved")
    page.reload()
    page.wait_for_load_state()
    expect(page.get_by_label("What was done of the plan")).to_have_value("One room runs")
    page.get_by_label("What came of it so far").fill("A loss of 11 %")
    page.get_by_label("At risk").check()
    page.get_by_label("4", exact=True).check()
    page.get_by_role("button", name="Send the report").click()
    page.wait_for_load_state()
    expect(page.get_by_text("The report is sent. Thank you.")).to_be_visible()
