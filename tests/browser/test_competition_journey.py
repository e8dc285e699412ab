"""The whole way of a competition in a real browser, from an SME's entry to a stranger who checks the results."""

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from click.testing import CliRunner
from playwright.sync_api import Page, expect
from sqlalchemy import select

from gtn_events.accounts.enums import Role
from gtn_events.accounts.models import Account
from gtn_events.cli import group
from gtn_events.competition.enums import RoundKind
from gtn_events.competition.models import Award, Competition, Judge
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.outbox import OutboxMail
from tests.browser.registering import save_step
from tests.browser.walking import follow, press, work
from tests.competition.factories import make_competition, make_entry, make_judge, make_round
from tests.factories import grant_role, make_account, make_organisation

SLUG = "isc-2027"
PAGE = f"/competitions/{SLUG}"
ENTRY = "Cold from the sun"
OTHER = "Boards from rice husk"
COMMENT = "The figures are given with their method, and that made the entry easy to judge."
# Points for impact and market, by judge: the cold store is better, and both judges say so.
POINTS = {ENTRY: (("5", "4"), ("4", "5")), OTHER: (("2", "3"), ("3", "2"))}
SignIn = Callable[[Account], None]
Faults = Callable[[Page], list[str]]


def open_call() -> Competition:
    """Add a competition that takes entries, with one round, one prize, an entry of somebody else and two judges."""
    now = clock.now()
    competition = make_competition(
        SLUG,
        title="Innovative SMEs Competition 2027",
        reference_prefix="ISC27",
        entries_open_at=now - timedelta(days=3),
        entries_close_at=now + timedelta(days=20),
        appeal_days=7,
    )
    other = make_account("thao@husk.example", given_name="Thảo", family_name="Nguyễn", economy_code="VN")
    make_entry(competition, other, OTHER, organisation_name="Thảo Nguyên Materials")
    make_round(
        competition,
        kind=RoundKind.FINAL,
        title="Final",
        opens_at=now - timedelta(days=1),
        closes_at=now + timedelta(days=20),
    )
    for number, economy in enumerate(("CHL", "NZ"), start=1):
        account = make_account(
            f"judge@jury{number}.example", given_name="Catalina", family_name=f"Vergara {number}", economy_code=economy
        )
        grant_role(account, Role.JUDGE, competition.scope)
        make_judge(competition, account)
    organiser = make_account("organiser@gtn.example", given_name="Dewi", family_name="Lestari", economy_code="INA")
    grant_role(organiser, Role.ORGANISER, competition.scope)
    return competition


def person(email: str) -> Account:
    return db.session.scalars(select(Account).where(Account.email_key == email)).one()


def enter(page: Page) -> None:
    """Let a firm enter, step by step."""
    page.goto(f"{PAGE}/")
    follow(page, "Enter")
    press(page, "Begin your entry")
    page.get_by_label("Clean energy").check()
    page.get_by_label("Founded in").fill("2009")
    save_step(page, "Your firm")
    save_step(page, "The entry")
    page.wait_for_load_state()
    page.get_by_label("Title of the entry").fill(ENTRY)
    page.get_by_label("In one line").fill("A cold store that needs no grid.")
    page.get_by_label("Spanish").check()
    save_step(page, "Questions")
    page.get_by_label("What it does").fill("It keeps fish cold for three days.")
    save_step(page, "Team and partners")
    save_step(page, "Declaration")
    page.get_by_label("Your name, typed as a signature").fill("Rosa Huamán")
    page.get_by_label("I declare this for the firm.").check()
    save_step(page, "Check and send")
    press(page, "Send the entry")
    expect(page.get_by_role("heading", level=1, name=ENTRY)).to_be_visible()


def screen_assign_and_open(page: Page) -> None:
    """Let the organiser admit the entry, take both in, assign and release the panels, and open the round."""
    page.goto(f"{PAGE}/manage/entries?state=submitted")
    follow(page, ENTRY)
    press(page, "Admit")
    page.goto(f"{PAGE}/manage/rounds")
    press(page, "Take 2 admitted entries in")
    page.goto(f"{PAGE}/manage/assignment")
    press(page, "Assign the entries")
    work()
    page.goto(f"{PAGE}/manage/assignment")
    press(page, "Release 4 seats")
    page.goto(f"{PAGE}/manage/progress")
    follow(page, "Open the round…")
    press(page, "Open it")
    expect(page.get_by_role("main")).to_contain_text("Close")


def sign_and_score_by_keyboard(page: Page, judge: int) -> None:
    """Let a judge sign, then score both entries without touching a mouse."""
    page.goto(f"{PAGE}/judge/")
    with page.expect_event("load"):
        page.get_by_role("link", name="Read and sign").press("Enter")
    page.get_by_label("Your name").focus()
    page.keyboard.type("Catalina Vergara")
    with page.expect_event("load"):
        page.keyboard.press("Enter")
    with page.expect_event("load"):
        page.get_by_role("link", name="Next entry").press("Enter")
    for _entry in range(2):
        page.wait_for_load_state("networkidle")
        title = page.get_by_role("heading", level=1).inner_text()
        impact, market = POINTS[title][judge]
        page.keyboard.press(impact)
        page.keyboard.press("Enter")
        page.keyboard.press(market)
        page.get_by_label("What the entrant may read").focus()
        page.keyboard.type(COMMENT)
        expect(page.locator("[data-submit]")).to_have_text("Submit")
        with page.expect_event("load"):
            page.locator("[data-submit]").press("Enter")
        expect(page.get_by_role("main")).not_to_contain_text("The scorecard was not taken")
    expect(page.get_by_text("Everything is submitted. Thank you.")).to_be_visible()


def close_the_call() -> None:
    """Let the call have been over for an hour."""
    db.session.scalars(select(Competition)).one().entries_close_at = clock.now() - timedelta(hours=1)
    db.session.commit()


def close_rank_decide_award_and_publish(page: Page) -> None:
    """Let the organiser end the round and make its results public."""
    page.goto(f"{PAGE}/manage/progress/1/close")
    press(page, "Close it")
    page.goto(f"{PAGE}/manage/ranking")
    follow(page, "Compute the ranking…")
    press(page, "Compute it")
    work()
    page.goto(f"{PAGE}/manage/ranking")
    expect(page.get_by_role("main")).to_contain_text(ENTRY)
    follow(page, "Record the decision…")
    press(page, "Record the decision")
    page.goto(f"{PAGE}/manage/awards")
    page.get_by_label("Grand prize").check()
    page.get_by_label("Name of the prize").fill("First prize")
    press(page, "Add it")
    follow(page, "Give…")
    winner = page.get_by_label("Entry", exact=True).locator("option", has_text=ENTRY).get_attribute("value")
    page.get_by_label("Entry", exact=True).select_option(winner)
    page.get_by_label("Citation").fill("A clear gain for fishers.")
    press(page, "Give the prize")
    follow(page, "Publish the results…")
    press(page, "Publish")
    work()
    page.goto(f"{PAGE}/manage/awards")
    press(page, "Certificates of winners, finalists and judges")
    work()


def test_a_competition_from_the_entry_to_results_that_a_stranger_checks(
    page: Page, sign_in_browser: SignIn, accessibility_faults: Faults, tmp_path: Path
) -> None:
    open_call()
    firm = make_organisation("Andes Cold Chain", size="10-49", website="https://andes.example")
    make_account("rosa@firm.example", organisation_id=firm.id)

    sign_in_browser(person("rosa@firm.example"))
    enter(page)
    sign_in_browser(person("organiser@gtn.example"))
    screen_assign_and_open(page)
    for judge in range(2):
        sign_in_browser(person(f"judge@jury{judge + 1}.example"))
        sign_and_score_by_keyboard(page, judge)
    close_the_call()
    sign_in_browser(person("organiser@gtn.example"))
    close_rank_decide_award_and_publish(page)

    # The firm reads what the judges say, by whom stands nowhere, and finds its certificate.
    sign_in_browser(person("rosa@firm.example"))
    page.goto(f"{PAGE}/my/")
    follow(page, ENTRY)
    follow(page, "What the judges say")
    expect(page.get_by_role("main")).to_contain_text(COMMENT)
    expect(page.get_by_role("main")).to_contain_text("upper third of the scale")
    expect(page.get_by_role("main")).not_to_contain_text("Vergara")
    expect(page.get_by_role("link", name="Appeal against this decision")).to_be_visible()
    assert accessibility_faults(page) == []
    page.goto("/certificates")
    serial = re.search(r"A\d\d-\d{6}-[0-9A-Z]{6}", page.get_by_role("main").inner_text())
    assert serial is not None

    # A stranger verifies the certificate by its number, and the results from the file alone.
    page.context.clear_cookies()
    page.goto("/verify")
    page.get_by_role("main").get_by_role("textbox").fill(serial[0])
    press(page, "Verify")
    expect(page.get_by_role("main")).to_contain_text("Valid")
    expect(page.get_by_role("main")).to_contain_text("First prize")
    page.goto(f"{PAGE}/results")
    expect(page.get_by_role("main")).to_contain_text("A clear gain for fishers.")
    files = {}
    for name, link in (("results.json", "results.json"), ("key.pem", "Public key of the signature")):
        address = page.get_by_role("link", name=link, exact=True).get_attribute("href")
        files[name] = tmp_path / name
        files[name].write_bytes(page.request.get(str(address)).body())
    command = ["verify-results", str(files["results.json"]), "--key", str(files["key.pem"])]
    checked = CliRunner().invoke(group, command)
    assert (checked.exit_code, "FAILS" in checked.output) == (0, False), checked.output
    flipped = bytearray(files["results.json"].read_bytes())
    flipped[len(flipped) // 2] ^= 1
    files["results.json"].write_bytes(flipped)
    assert CliRunner().invoke(group, command).exit_code == 1

    # What everybody was told, and what the rows say, is the same.
    db.session.rollback()
    award = db.session.scalars(select(Award)).one()
    told = select(OutboxMail.to_address).where(OutboxMail.template == "competition/results_published")
    assert (award.entry.title if award.entry else None) == ENTRY
    assert sorted(db.session.scalars(told)) == ["rosa@firm.example", "thao@husk.example"]
    assert [judge.state.value for judge in db.session.scalars(select(Judge))] == ["accepted", "accepted"]
