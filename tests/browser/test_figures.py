"""A firm gives its figures by the link of a mail, in a real browser and without signing in."""

from playwright.sync_api import Page, expect

from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.incubation.domain.figure_links import make_link
from gtn_events.incubation.figures import FIGURES
from gtn_events.incubation.models import FigureSet
from tests.attack.full_figures import make_figures
from tests.browser.conftest import Site
from tests.incubation.factories import make_call, make_host, make_intake


def test_a_firm_gives_its_figures_by_the_link_alone(site: Site, page: Page) -> None:
    number = make_figures(make_intake(make_call(), make_host()), "plain")["figures_id"]
    token = make_link(db.session.get_one(FigureSet, number), now=clock.now())
    db.session.commit()
    db.session.remove()
    page.goto(f"/co-incubation/figures/{token}")
    page.wait_for_load_state()
    for key in FIGURES:
        page.get_by_role("textbox", name=str(FIGURES[key].label), exact=True).fill("12")
    page.get_by_role("textbox", name="Men employed", exact=True).fill("1.5")
    page.get_by_label("Anything that explains the figures").fill("A year with two harvests.")
    page.get_by_role("button", name="Save and check").click()
    page.wait_for_load_state()
    expect(page.get_by_role("alert")).to_contain_text("Men employed: Write a whole number.")
    expect(page.get_by_label("Anything that explains the figures")).to_have_value("A year with two harvests.")
    page.get_by_role("textbox", name="Men employed", exact=True).fill("")
    page.get_by_label("Not known: Men employed").check()
    page.get_by_label("How the emissions were worked out").fill("Diesel by the meter.")
    page.get_by_role("button", name="Save and check").click()
    page.wait_for_load_state()
    expect(page.get_by_role("row", name="Men employed people not known")).to_be_visible()
    page.get_by_label("Your name").fill("Rosa Huamán")
    page.get_by_role("button", name="Confirm the figures").click()
    page.wait_for_load_state()
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
    expect(page.get_by_text("Rosa")).to_have_count(0)
    given = db.session.get_one(FigureSet, number)
    assert (given.values["revenue"], given.values["jobs_men"], given.sent_by) == ("12", None, "Rosa Huamán")
