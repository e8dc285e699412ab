"""The order of hosts and the tiers of a host in a real browser: buttons, keyboard, drag, and without scripts."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Browser, Page, expect

from gtn_events.accounts.enums import Role
from gtn_events.accounts.models import Account
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.incubation.models import Call, Intake
from tests.browser.conftest import Site
from tests.factories import grant_role, make_account
from tests.incubation.applying import FIRM, LINKS, PEOPLE, PROJECT, STAY, make_draft
from tests.incubation.factories import make_application, make_call, make_host, make_intake

FAR = datetime(2099, 12, 31, tzinfo=UTC)
HOSTS = "/co-incubation/co-incubation-2027/apply/hosts"
TIERS = "/co-incubation/hosts/korat-green-incubator/manage/calls/co-incubation-2027/ranking"
NAMES = ("Korat Green Incubator", "Kyushu Reuse Works", "Cebu Cold Chain Centre")


@pytest.fixture
def call(site: Site) -> Call:
    return make_call(opens_at=datetime(2013, 1, 1, tzinfo=UTC), closes_at=FAR, ranking_until=FAR)


@pytest.fixture
def intakes(call: Call) -> list[Intake]:
    return [make_intake(call, make_host(name, code)) for name, code in zip(NAMES, ("THA", "JPN", "PHL"), strict=True)]


def applicant(intakes: list[Intake]) -> Account:
    """Somebody whose draft waits for the order of hosts, two of which stand in it."""
    rosa = make_account()
    draft = make_draft(intakes[0].call, rosa, clock.now())
    typed = {"firm": FIRM, "project": PROJECT, "stay": STAY, "people": PEOPLE, "links": LINKS}
    data = {key: {"typed": {name: _listed(value) for name, value in step.items()}} for key, step in typed.items()}
    order = [str(intake.id) for intake in intakes[:2]]
    draft.data = data | {"hosts": {"typed": {"order": order, "removed": []}}}
    db.session.commit()
    return rosa


def _listed(value: object) -> list[str]:
    return [str(each) for each in value] if isinstance(value, list) else [str(value)]


def names(page: Page) -> list[str]:
    return page.locator(".wishes .host-name").all_inner_texts()


def test_hosts_are_ordered_by_buttons_and_by_drag(
    page: Page, intakes: list[Intake], sign_in_browser: Callable[[Account], None]
) -> None:
    sign_in_browser(applicant(intakes))
    page.goto(HOSTS)
    page.wait_for_load_state()
    up = page.get_by_role("button", name="Move Kyushu Reuse Works up")
    up.press("Enter")
    expect(page.locator(".wish").first).to_contain_text("Kyushu Reuse Works")
    expect(page.get_by_role("button", name="Move Kyushu Reuse Works down")).to_be_focused()
    page.get_by_role("button", name="Add Cebu Cold Chain Centre").click()
    expect(page.locator(".wish")).to_have_count(3)
    page.locator(".wish").nth(2).hover()
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        page.locator(".wish").nth(2).drag_to(page.locator(".wish").nth(0), target_position={"x": 80, "y": 4})
    expect(page.locator("[data-board][aria-busy]")).to_have_count(0)
    expect(page.locator(".wish").first).to_contain_text("Cebu Cold Chain Centre")
    expect(page.locator(".board-saved")).to_contain_text("Saved")
    page.get_by_role("button", name="Take out Cebu Cold Chain Centre").click()
    expect(page.locator(".wish")).to_have_count(2)
    page.get_by_role("button", name="Put it back").click()
    expect(page.locator(".wish").first).to_contain_text("Cebu Cold Chain Centre")
    page.reload()
    page.wait_for_load_state()
    assert names(page) == ["Cebu Cold Chain Centre", "Kyushu Reuse Works", "Korat Green Incubator"]


def test_hosts_are_ordered_without_scripts(
    site: Site,
    browser: Browser,
    page: Page,
    intakes: list[Intake],
    sign_in_browser: Callable[[Account], None],
) -> None:
    sign_in_browser(applicant(intakes))
    context = browser.new_context(base_url=site.address, java_script_enabled=False)
    context.add_cookies(page.context.cookies())  # type: ignore[arg-type]  # what one context gives, another takes
    plain = context.new_page()
    plain.goto(HOSTS)
    plain.get_by_role("button", name="Add Cebu Cold Chain Centre").click()
    plain.get_by_role("button", name="Move Cebu Cold Chain Centre up").click()
    ordered = ["Korat Green Incubator", "Cebu Cold Chain Centre", "Kyushu Reuse Works"]
    expect(plain.locator(".wishes .host-name")).to_have_text(ordered)
    context.close()


def test_a_host_ranks_in_tiers_by_buttons_and_by_drag(
    page: Page, intakes: list[Intake], sign_in_browser: Callable[[Account], None]
) -> None:
    for name, code in (("Cold rooms", "PE"), ("Dryers", "MEX"), ("Husk boards", "VN")):
        account = make_account(f"{code.lower()}@{code.lower()}.example", economy_code=code)
        make_application(intakes[0].call, account, [intakes[0]], name)
    anong = make_account("anong@korat.example", economy_code="THA")
    grant_role(anong, Role.HOST_MANAGER, intakes[0].host.scope)
    sign_in_browser(anong)
    page.goto(TIERS)
    page.wait_for_load_state()
    page.get_by_role("button", name="Place Cold rooms").click()
    expect(page.locator(".tier")).to_have_count(1)
    page.get_by_role("button", name="Place Dryers").click()
    expect(page.locator(".tier")).to_have_count(2)
    page.get_by_role("button", name="Move “Dryers” one step up").click()
    expect(page.locator(".tier")).to_have_count(1)
    boards = page.locator("[data-item]", has_text="Husk boards")
    boards.hover()
    boards.drag_to(page.locator("[data-list='new']"))
    expect(page.locator(".tier")).to_have_count(2)
    expect(page.locator(".tier").nth(1)).to_contain_text("Husk boards")
    page.get_by_role("button", name="Send the ranking").click()
    expect(page.get_by_text("Your ranking is sent. It counts as it stands at the deadline.")).to_be_visible()
