"""An organiser's errands in a real browser, at a desk and on a phone: inviting, steps of a form, corrections."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select

from gtn_events.accounts.enums import Role
from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.outbox import OutboxMail
from gtn_events.forum.models import ForumCategory
from tests.accounts.mails import link_of_last_mail
from tests.browser.conftest import DESK, PHONE, Site
from tests.browser.registering import FORUM, PASSWORD, open_forum
from tests.factories import grant_role, make_account, make_registration

MANAGE = f"{FORUM}/manage"

pytestmark = pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])


@pytest.fixture
def desk(page: Page, size: dict[str, int], sign_in_browser: Callable[[Account], None]) -> Page:
    """The organiser's page."""
    forum = open_forum()
    organiser = make_account("dewi@gtn.example", given_name="Dewi", family_name="Lestari", economy_code="INA")
    grant_role(organiser, Role.ORGANISER, forum.scope)
    sign_in_browser(organiser)
    page.set_viewport_size(size)
    return page


def test_an_invited_person_makes_an_account_and_works_at_the_forum(
    desk: Page, site: Site, browser: Browser, size: dict[str, int]
) -> None:
    desk.goto(f"{MANAGE}/staff")
    desk.get_by_label("E-mail address").fill("Hana@firm.example")
    desk.get_by_label("Check-in staff").check()
    desk.get_by_role("button", name="Add", exact=True).click()
    expect(desk.get_by_text("An invitation to Hana@firm.example is on its way.")).to_be_visible()
    link = link_of_last_mail()
    db.session.rollback()
    context = browser.new_context(base_url=site.address, viewport=size)
    hana = context.new_page()
    hana.goto(link)
    hana.get_by_label("Given names").fill("Hana")
    hana.get_by_label("Family name").fill("Mori")
    hana.get_by_label("Economy").select_option("Japan")
    hana.get_by_label("Password").fill(PASSWORD)
    hana.get_by_role("button", name="Make my account and accept").click()
    expect(hana.get_by_text("You are now: Check-in staff, GTN Forum 2027.")).to_be_visible()
    hana.goto(f"{FORUM}/check-in/")
    expect(hana.get_by_role("heading", level=1)).to_be_visible()
    hana.goto(link)
    expect(hana.get_by_text("This invitation was accepted already.")).to_be_visible()
    context.close()
    desk.reload()
    expect(desk.get_by_role("rowheader", name="Hana MORI")).to_be_visible()
    expect(desk.get_by_text("Invited, not answered yet")).to_have_count(0)


def test_an_invitation_is_withdrawn(desk: Page) -> None:
    desk.goto(f"{MANAGE}/staff")
    desk.get_by_label("E-mail address").fill("hana@firm.example")
    desk.get_by_role("button", name="Add", exact=True).click()
    desk.get_by_role("button", name="Send again").click()
    expect(desk.get_by_role("alert").or_(desk.get_by_role("status")).first).to_contain_text("is on its way")
    link = link_of_last_mail()
    db.session.rollback()
    desk.get_by_role("button", name="Withdraw").click()
    expect(desk.get_by_text("The invitation to hana@firm.example is withdrawn.")).to_be_visible()
    desk.goto(link)
    expect(desk.get_by_text("This invitation was withdrawn.")).to_be_visible()


def test_a_step_is_added_moved_filled_and_published(desk: Page, size: dict[str, int]) -> None:
    desk.goto(f"{MANAGE}/questionnaire")
    desk.get_by_role("link", name="Steps", exact=True).click()
    desk.get_by_role("link", name="Add a step").click()
    desk.get_by_label("Title").fill("Meals")
    desk.get_by_label("Description").fill("Only the kitchen sees it.")
    desk.get_by_role("button", name="Save in the draft").click()
    rows = desk.locator(".editor-row")
    expect(rows).to_have_count(2)
    desk.wait_for_load_state()  # rows can be dragged when the script has run
    expect(rows.nth(1)).to_have_attribute("draggable", "true")
    if size is DESK:
        with desk.expect_response(lambda answer: answer.url.endswith("/steps/order")):
            rows.nth(1).drag_to(rows.nth(0), target_position={"x": 20, "y": 4})
    else:
        with desk.expect_response(lambda answer: answer.url.endswith("/steps/order")):
            desk.get_by_role("button", name="Move “Meals” up").click()
    desk.reload()
    expect(rows.nth(0)).to_contain_text("Meals")
    desk.get_by_role("link", name="Questions", exact=True).first.click()
    desk.get_by_role("button", name="Add a question to “Meals”").click()
    desk.get_by_label("Question", exact=True).fill("Do you eat fish?")
    desk.get_by_role("button", name="Save in the draft").click()
    desk.get_by_role("link", name="Preview").click()
    expect(desk.get_by_text("Only the kitchen sees it.")).to_be_visible()
    desk.goto(f"{MANAGE}/questionnaire/publish")
    expect(desk.get_by_text("Step “Meals”")).to_be_visible()
    desk.get_by_role("button", name="Publish version 2").click()
    desk.goto(f"{FORUM}/register/meals")
    expect(desk.get_by_role("heading", level=1, name="Meals")).to_be_visible()
    expect(desk.get_by_text("Only the kitchen sees it.")).to_be_visible()


def test_a_delegates_answer_is_corrected_and_the_second_editor_is_told(desk: Page) -> None:
    category = db.session.scalars(select(ForumCategory)).one()
    found = make_registration(category, make_account())
    path = f"{MANAGE}/registrations/{found.id}"
    db.session.rollback()
    other = desk.context.new_page()
    for tab in (desk, other):
        tab.goto(path)
        tab.get_by_role("link", name="Correct").click()
        tab.get_by_label("Technology you bring").fill("Cold stores")
        tab.get_by_label("Reason").fill("Asked by telephone.")
    desk.get_by_role("button", name="Save and tell the delegate").click()
    expect(desk.get_by_text("Technology you bring: – → Cold stores")).to_be_visible()
    other.get_by_role("button", name="Save and tell the delegate").click()
    expect(other.get_by_text("This registration was changed elsewhere since you opened this page.")).to_be_visible()
    expect(other.get_by_label("Technology you bring")).to_have_value("Cold stores")
    templates = db.session.scalars(select(OutboxMail.template)).all()
    assert templates == ["forum/registration_corrected"]
