"""The whole way of co-incubation in a real browser, from a new call to a certificate that a stranger verifies."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select

from gtn_events.accounts.enums import Role
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.economies import Economy
from gtn_events.core.outbox import OutboxMail
from gtn_events.incubation.domain.figure_reminders import ask_for_due_figures
from gtn_events.incubation.enums import Moment, PlacementState
from gtn_events.incubation.models import Call, FigureSet, Placement
from tests.browser.conftest import DESK, Site
from tests.browser.registering import cookie_of
from tests.browser.walking import follow, press, work
from tests.factories import grant_role, make_account, make_organisation
from tests.incubation.factories import make_host, make_intake

CALL = "/co-incubation/co-incubation-2027"
MANAGE = f"{CALL}/manage"
HOST = "/co-incubation/hosts/korat-green-incubator"
DESK_OF_HOST = f"{HOST}/manage/calls/co-incubation-2027"
PROJECT = "Cold rooms without a grid"
PARTIES = (("rosa@firm.example", "Rosa Huamán"), ("anan@korat.example", "Anan Wongsakul"))
HOME = ("lucia@ministry.example", "Lucía Quispe")
SCORES = ("Made for one another", "A plan with partners", "Sold at home", "A pilot with a partner")
Pages = Callable[[str], Page]


@pytest.fixture
def page_of(site: Site, browser: Browser) -> Iterator[Pages]:
    """A function that returns the page of a person, each in a browser of its own; "" is a stranger."""
    pages: dict[str, Page] = {}

    def page_of(email: str) -> Page:
        if email not in pages:
            context = browser.new_context(base_url=site.address, viewport=DESK, locale="en-GB", reduced_motion="reduce")
            if email:
                context.add_cookies([cookie_of(email, url=site.address)])
            pages[email] = context.new_page()
        return pages[email]

    yield page_of
    for page in pages.values():
        page.context.close()


def make_people() -> None:
    """Add everybody who walks."""
    admin = make_account("admin@gtn.example", given_name="Grace", family_name="Lim", economy_code="SGP")
    grant_role(admin, Role.ADMINISTRATOR)
    make_account("dewi@gtn.example", given_name="Dewi", family_name="Lestari", economy_code="INA")
    firm = make_organisation("Andes Cold Chain", size="10-49", website="https://andes.example")
    make_account("rosa@firm.example", organisation_id=firm.id)
    make_account("anan@korat.example", given_name="Anan", family_name="Wongsakul", economy_code="THA")
    for email, family_name, economy in (("siri@nia.example", "Chaiyasit", "THA"), (HOME[0], "Quispe", "PE")):
        given_name = "Lucía" if economy == "PE" else "Siriporn"
        account = make_account(email, given_name=given_name, family_name=family_name, economy_code=economy)
        grant_role(account, Role.ECONOMY_COORDINATOR, db.session.get_one(Economy, economy).scope)
    db.session.rollback()


def fill(page: Page, **typed: str) -> None:
    """Fill fields by their names."""
    for name, value in typed.items():
        page.locator(f"[name='{name}']").fill(value)


def day(days: int) -> str:
    return (clock.now() + timedelta(days=days)).date().isoformat()


def moment(days: int) -> str:
    """A moment as it is typed into the form of a call in Lima."""
    return (clock.now() + timedelta(days=days)).astimezone(ZoneInfo("America/Lima")).strftime("%Y-%m-%dT%H:%M")


def open_call(page_of: Pages) -> None:
    """Let an administrator open the call, and its organiser look at the criteria and publish it."""
    page = page_of("admin@gtn.example")
    page.goto("/home")
    follow(page, "Open a call for co-incubation")
    fill(page, title="Co-incubation 2027", slug="co-incubation-2027", sectors="Food chains\nClean energy")
    fill(page, reference_prefix="COI27", opens_at=moment(-1), closes_at=moment(20), ranking_until=moment(30))
    fill(page, match_on=day(32), placements_from=day(40), placements_until=day(240))
    fill(page, description="Some weeks with an incubator of another economy.", contact_email="dewi@gtn.example")
    press(page, "Save as a draft")
    page.goto(f"{MANAGE}/staff")
    page.get_by_label("E-mail address").fill("dewi@gtn.example")
    page.get_by_label("Organiser", exact=True).check()
    press(page, "Add")
    page = page_of("dewi@gtn.example")
    page.goto("/home")
    follow(page, "Co-incubation 2027")
    page.goto(f"{MANAGE}/criteria")
    page.get_by_label("Question to the host").first.fill("Can you do what the firm needs?")
    press(page, "Save the criteria")
    page.goto(f"{MANAGE}/publish")
    press(page, "Publish it")


def bring_hosts(page_of: Pages) -> None:
    """Let a host be invited, fill in its profile, be verified and give a place; another one gives one, too."""
    page = page_of("dewi@gtn.example")
    page.goto(f"{MANAGE}/hosts/new")
    fill(page, name="Korat Green Incubator", city="Korat", email="anan@korat.example")
    page.get_by_label("Economy").select_option("Thailand")
    page.get_by_label("Time zone").select_option("Asia/Bangkok")
    press(page, "Add the host and invite")
    host = page_of("anan@korat.example")
    fill_profile(host)
    host.goto(f"{HOST}/manage/")
    press(host, "Ask to be verified")
    page = page_of("siri@nia.example")
    page.goto("/home")
    follow(page, "Verify")
    follow(page, "Korat Green Incubator")
    page.get_by_label("Verified until").fill(day(500))
    press(page, "Verify")
    host.goto(f"{HOST}/manage/list")
    press(host, "Put it there")
    host.goto(f"{DESK_OF_HOST}/")
    host.get_by_label("Places", exact=True).fill("1")
    press(host, "Save the places")
    call = db.session.scalars(select(Call)).one()
    other = make_host("Kyushu Reuse Works", "JPN", city="Kitakyushu")
    make_intake(call, other, stay_from=call.placements_from, stay_until=call.placements_until)
    db.session.rollback()


def fill_profile(page: Page) -> None:
    """Fill the five parts of a profile as briefly as it can be verified."""
    parts = {
        "about": {"summary": "Food chains and rural cooling.", "programme": "Twelve weeks with a mentor."},
        "field": {"sectors": "Food chains"},
        "services": {"costs": "Desks are free."},
        "places": {"facilities": "A cold room and a workshop.", "accessibility": "No steps; a lift."},
        "contact": {"contact_email": "office@korat.example"},
    }
    for part, typed in parts.items():
        page.goto(f"{HOST}/manage/profile/{part}")
        fill(page, **typed)
        if part == "field":
            page.get_by_label("English").check()
        if part == "services":
            page.get_by_label("Desk", exact=True).select_option("Free of charge")
        press(page, "Save this part")
    expect(page.get_by_role("main")).not_to_contain_text("1 missing")


def apply(page: Page) -> None:
    """Let a firm find the host, fill in the steps, rank two hosts and send."""
    page.goto("/co-incubation/hosts/")
    follow(page, "Korat Green Incubator")
    expect(page.get_by_role("main")).to_contain_text("Twelve weeks with a mentor.")
    page.goto(f"{CALL}/apply/")
    press(page, "Begin your application")
    fill(page, founded_in="2019")
    press(page, "Save and go on")
    fill(page, title=PROJECT, summary="A cold room that runs on ice made at noon.", plan="Build two rooms.")
    fill(page, results_expected="Two rooms in use.", trl_reason="Three rooms run since 2025.")
    page.get_by_label("Sector", exact=True).select_option("Food chains")
    page.get_by_label("Technology readiness").select_option("7")
    press(page, "Save and go on")
    for label in ("Desk", "All weeks in one stay", "English"):
        page.get_by_label(label, exact=True).check()
    fill(page, weeks="12")
    press(page, "Save and go on")
    page.get_by_label("Name", exact=True).first.fill("Rosa Huamán")
    press(page, "Save and go on")
    page.get_by_label("Trying the market").check()
    fill(page, q_motivation="Fishers ask for it.", q_learning="What a permit costs.")
    press(page, "Save and go on")
    fill(page, q_budget="9000", q_who_pays="The firm.")
    page.get_by_label("No", exact=True).check()
    press(page, "Save and go on")
    press(page, "Save and go on")
    page.get_by_label("No, only the hosts in my order").check()
    press(page, "Save and go on")
    rank_hosts(page)
    page.get_by_label("Your name, typed as a signature").fill("Rosa Huamán")
    page.get_by_label("I declare this for the firm.").check()
    press(page, "Save and go on")
    press(page, "Send the application")
    expect(page.get_by_role("main")).to_contain_text("Your receipt is on its way by mail.")


def rank_hosts(page: Page) -> None:
    """Take both hosts, and move the second one up."""
    page.wait_for_load_state()
    order = page.locator(".wishes .host-name")
    for number, name in enumerate(("Kyushu Reuse Works", "Korat Green Incubator"), start=1):
        page.get_by_role("button", name=f"Add {name}").click()
        expect(order).to_have_count(number)
    page.get_by_role("button", name="Move Korat Green Incubator up").click()
    expect(order).to_have_text(["Korat Green Incubator", "Kyushu Reuse Works"])
    follow(page, "Go on")


def end(column: str) -> None:
    """Let a deadline of the call be over for an hour."""
    setattr(db.session.scalars(select(Call)).one(), column, clock.now() - timedelta(hours=1))
    db.session.commit()


def admit(page: Page) -> None:
    """Let the organiser close the call, and admit the application."""
    page.goto(f"{MANAGE}/close")
    press(page, "Close it")
    page.goto(f"{MANAGE}/applications?state=submitted")
    follow(page, PROJECT)
    press(page, "Admit")


def score_and_rank(page: Page) -> None:
    """Let the host score the application, rank it and send its ranking."""
    page.goto(f"{DESK_OF_HOST}/applications")
    follow(page, PROJECT)
    page.wait_for_load_state("networkidle")
    for words in SCORES:
        page.get_by_role("radio", name=words).press(" ")
    press(page, "Save")
    expect(page.get_by_role("main")).to_contain_text("Your scores are saved.")
    page.goto(f"{DESK_OF_HOST}/ranking")
    page.wait_for_load_state()
    page.get_by_role("button", name=f"Place {PROJECT}").click()
    expect(page.get_by_role("button", name=f"Take “{PROJECT}” out of the order")).to_be_visible()
    press(page, "Send the ranking")


def match(page: Page) -> None:
    """Let the organiser make a run, look at it and publish it."""
    page.goto(f"{MANAGE}/match")
    press(page, "Make a run")
    work()
    page.goto(f"{MANAGE}/match")
    follow(page, "Run 1")
    expect(page.get_by_role("main")).to_contain_text("1 of 1")
    follow(page, "Publish…")
    expect(page.get_by_role("main")).to_contain_text("rosa@firm.example")
    press(page, "Publish and make the offers")
    work()


def accept(page: Page) -> str:
    """Let the firm accept, and return the address of its placement."""
    page.goto("/home")
    follow(page, "See the offer")
    follow(page, "Accept the place")
    press(page, "Accept the place")
    follow(page, "To the agreement and the stay")
    return page.url.rstrip("/")


def agree(page_of: Pages, placement: str) -> None:
    """Let the firm draw the agreement up, and the three parties sign it in turn."""
    page = page_of("rosa@firm.example")
    page.goto(f"{placement}/agreement")
    press(page, "Write the agreement")
    for name in (*("Save and go on",) * 3, "Save and look at it", "Send it for signature"):
        press(page, name)
    for email, name in (*PARTIES, HOME):
        page = page_of(email)
        page.goto(f"{placement}/agreement")
        page.get_by_label("Your name, as it stands in the agreement").fill(name)
        press(page, "Sign version 1")
    expect(page.get_by_role("main")).to_contain_text("Signed by all. The agreement stands.")


def stay(firm: Page, host: Page, placement: str) -> None:
    """Let the firm arrive, reach a milestone, both sides report, and the host complete the placement."""
    host.goto(f"{placement}/")
    press(host, "Begin the placement")
    host.goto(f"{placement}/milestones")
    fill(host, title="The first room stands", due_on=day(5))
    press(host, "Add it")
    for page in (firm, host):
        page.goto(f"{placement}/milestones")
        follow(page, "The first room stands")
        if page is firm:
            page.get_by_label("What shows it").fill("Photographs of the room.")
        press(page, "Ask the host to sign it off" if page is firm else "Sign it off")
    written = {firm: ("activities", "learnt"), host: ("benefits", "performance")}
    chosen = {firm: ("goal_1", "onward", "satisfaction", "home", "programme"), host: ("satisfaction", "programme")}
    for page in (firm, host):
        page.goto(f"{placement}/reports/final")
        fill(page, **dict.fromkeys(written[page], "Two rooms with a partner."))
        for name in chosen[page]:
            page.locator(f"[name='{name}']").first.check()
        press(page, "Send the report")
    host.goto(f"{placement}/")
    host.get_by_label("Day").fill(clock.now().astimezone(ZoneInfo("Asia/Bangkok")).date().isoformat())
    press(host, "Complete it")
    expect(host.get_by_role("main")).to_contain_text("its certificate is issued")


def give_figures(page: Page) -> None:
    """Let the firm give the figures of the end by the mailed link, without signing in."""
    ask_for_due_figures(now=clock.now())
    db.session.commit()
    asked = select(OutboxMail.body_text).where(OutboxMail.template == "incubation/figures_asked")
    links = [
        found[1]
        for body in db.session.scalars(asked)
        if "at the end" in body.lower() and (found := re.search(r"https?://[^/\s]+(/co-incubation/figures/\S+)", body))
    ]
    db.session.rollback()
    page.goto(links[0])
    for name in ("revenue", "exports", "jobs_women", "jobs_men", "jobs_other", "capital", "contracts", "pilots"):
        page.locator(f"[name='{name}']").fill("2")
    for name in ("partners", "patents", "co2"):
        page.locator(f"[name='{name}_unknown']").check()
    press(page, "Save and check")
    page.get_by_label("Your name").fill("Rosa Huamán")
    press(page, "Confirm the figures")
    expect(page.get_by_role("heading", level=1, name="Thank you")).to_be_visible()


def test_a_call_from_its_opening_to_a_certificate_that_a_stranger_verifies(site: Site, page_of: Pages) -> None:
    make_people()
    organiser, stranger = "dewi@gtn.example", ""
    open_call(page_of)
    bring_hosts(page_of)
    firm, host = page_of("rosa@firm.example"), page_of("anan@korat.example")
    apply(firm)
    end("closes_at")
    admit(page_of(organiser))
    score_and_rank(host)
    end("ranking_until")
    match(page_of(organiser))
    placement = accept(firm)
    agree(page_of, placement)
    stay(firm, host, placement)

    # The firm downloads its certificate, and a stranger verifies it; the placement itself the stranger does not see.
    firm.goto("/certificates")
    serial = re.search(r"C\d\d-\d{6}-[0-9A-Z]{6}", firm.get_by_role("main").inner_text())
    assert serial is not None
    assert firm.request.get(f"/certificates/{serial[0]}.pdf").body().startswith(b"%PDF")
    page = page_of(stranger)
    page.goto("/verify")
    page.get_by_role("main").get_by_role("textbox").fill(serial[0])
    press(page, "Verify")
    expect(page.get_by_role("main")).to_contain_text("Valid")
    expect(page.get_by_role("main")).to_contain_text("Korat Green Incubator")
    page.goto(f"{placement}/")
    expect(page.get_by_role("heading", level=1, name="Sign in")).to_be_visible()

    # Figures come by the link, and the organiser counts what happened.
    give_figures(page)
    page = page_of(organiser)
    page.goto(f"{MANAGE}/figures")
    expect(page.get_by_role("main")).to_contain_text("Andes Cold Chain")
    page.goto(f"{MANAGE}/dashboard")
    expect(page.get_by_role("main")).to_contain_text("Completed")
    done = db.session.scalars(select(Placement)).one()
    given = select(FigureSet.moment).where(FigureSet.sent_at.is_not(None))
    assert (done.state, db.session.scalars(given).all()) == (PlacementState.COMPLETED, [Moment.END])
