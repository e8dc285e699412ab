"""The door without a connection: two browsers scan, the network comes back, nothing is lost and doubles are told."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import product

import pytest
from playwright.sync_api import Browser, Page, Route, expect
from sqlalchemy import delete, func, select

from gtn_events.accounts.enums import Role
from gtn_events.accounts.models import RoleGrant
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.references import read_reference
from gtn_events.core.static_files import static_address
from gtn_events.forum.domain.door_rule import Standing, decide, slot_of
from gtn_events.forum.enums import CheckpointRule, Direction, Outcome, RegistrationState
from gtn_events.forum.models import CheckIn, DoorScan
from tests.browser.conftest import Site
from tests.browser.registering import FORUM, cookie_of
from tests.factories import grant_role, make_account, make_category, make_forum, make_registration

DOOR = f"{FORUM}/check-in/"
PEOPLE = 300
EACH = 250
BOTH = 2 * EACH - PEOPLE
RULE_SCRIPT = f"{static_address()}/js/door-rule.js"
# Types each number into the field and sends it, as a hand scanner does, and collects what the page answers.
SCAN_ALL = """async (codes) => {
  const form = document.querySelector("[data-scan-form]");
  const answer = document.querySelector("[data-answer]");
  const said = [];
  for (const code of codes) {
    answer.replaceChildren();
    const told = new Promise((done) => {
      const watcher = new MutationObserver(() => {
        if (!answer.firstElementChild) return;
        watcher.disconnect();
        done([...answer.firstElementChild.classList].find((name) => name.startsWith("scan-")).slice(5));
      });
      watcher.observe(answer, { childList: true });
    });
    form.elements.code.value = code;
    form.requestSubmit();
    said.push(await told);
  }
  return said;
}"""
OF_LISTS = """(change) => new Promise((done) => {
  indexedDB.open("gtn-door").onsuccess = ({ target }) => {
    const store = target.result.transaction("lists", "readwrite").objectStore("lists");
    store.getAll().onsuccess = ({ target: { result } }) => {
      if (change) store.put({ ...result[0], list: result[0].list.replace(change[0], change[1]) });
      store.transaction.oncomplete = () => done(result.length);
    };
  };
})"""

Stations = Callable[[int], Page]


@pytest.fixture
def people(site: Site) -> Callable[[int], list[str]]:
    """A function that opens a forum of these days with so many confirmed people, and returns their numbers."""

    def register(count: int) -> list[str]:
        today = clock.now().date()
        days = {"starts_on": today - timedelta(days=1), "ends_on": today + timedelta(days=1)}
        forum = make_forum("gtn-forum-2027", title="GTN Forum 2027", **days)
        for number in (1, 2):
            grant_role(make_account(f"door{number}@gtn.example"), Role.CHECK_IN_STAFF, forum.scope)
        category = make_category(forum, capacity=count)
        references = [
            make_registration(category, make_account(f"p{number}@firm.example"), RegistrationState.CONFIRMED).reference
            for number in range(count)
        ]
        db.session.commit()
        return references

    return register


@pytest.fixture
def station(site: Site, browser: Browser, browser_context_args: dict[str, object]) -> Iterator[Stations]:
    """A function that opens the door in a browser of its own, of the first or the second of the staff."""
    contexts = []

    def start(number: int) -> Page:
        context = browser.new_context(**browser_context_args)  # type: ignore[arg-type]  # as pytest-playwright keeps them
        contexts.append(context)
        context.add_cookies([cookie_of(f"door{number}@gtn.example", url=site.address)])  # type: ignore[list-item]  # a plain dict
        page = context.new_page()
        page.goto(DOOR)
        ready(page)
        return page

    yield start
    for context in contexts:
        context.close()


def ready(page: Page) -> None:
    page.locator("[data-check-in][data-ready]").wait_for()


def state(page: Page) -> str:
    return page.locator("[data-words]").inner_text()


def test_500_scans_of_two_devices_without_a_connection_are_all_kept(
    people: Callable[[int], list[str]], station: Stations
) -> None:
    references = people(PEOPLE)
    one, two = station(1), station(2)
    for page in (one, two):
        page.context.set_offline(True)
    assert one.evaluate(SCAN_ALL, references[:EACH]) == ["in"] * EACH
    assert two.evaluate(SCAN_ALL, references[-EACH:]) == ["in"] * EACH
    for page in (one, two):
        expect(page.locator("[data-words]")).to_contain_text(f"Offline: {EACH} scans wait")
    # The answer to the first batch of one of them gets lost on its way.
    one.route("**/sync.json", _lose_answer, times=1)
    for page in (one, two):
        page.context.set_offline(False)
    for page in (one, two):
        expect(page.locator("[data-words]")).to_contain_text("Online, all sent", timeout=120_000)
    expect(one.locator("[data-inside]")).to_have_text(str(PEOPLE), timeout=60_000)

    scans = db.session.scalars(select(DoorScan)).all()
    assert len(scans) == len({each.nonce for each in scans}) == 2 * EACH
    doubles = [each for each in scans if each.outcome is Outcome.ALREADY_IN]
    assert len(doubles) == BOTH
    first = {each.registration_id: each for each in scans if each.outcome is Outcome.IN}
    assert all(first[each.registration_id].device != each.device for each in doubles)
    assert db.session.scalar(select(func.count()).select_from(CheckIn)) == PEOPLE
    db.session.commit()


def _lose_answer(route: Route) -> None:
    route.fetch()
    route.abort()


def test_the_page_opens_without_a_connection_and_remembers(
    people: Callable[[int], list[str]], station: Stations
) -> None:
    rosa, unknown = people(1)[0], "GTN13-ZZZZ-ZZZZ"
    page = station(1)
    page.context.set_offline(True)
    assert page.evaluate(SCAN_ALL, [rosa]) == ["in"]
    page.reload()
    expect(page.locator("[data-words]")).to_contain_text("Offline: 1 scan waits")
    assert page.evaluate(SCAN_ALL, [rosa, rosa.lower().replace("-", ""), unknown]) == [
        "already-in",
        "already-in",
        "unknown",
    ]
    expect(page.get_by_text("Do not let in; send to the help desk.")).to_be_visible()
    page.context.set_offline(False)
    expect(page.locator("[data-words]")).to_contain_text("Online, all sent", timeout=60_000)
    outcomes = db.session.scalars(select(DoorScan.outcome).order_by(DoorScan.id)).all()
    assert outcomes == [Outcome.IN, Outcome.ALREADY_IN, Outcome.ALREADY_IN, Outcome.UNKNOWN]
    db.session.commit()


def test_signed_out_what_waits_is_kept_and_the_list_goes(
    site: Site, people: Callable[[int], list[str]], station: Stations
) -> None:
    rosa = people(1)[0]
    page = station(1)
    page.context.set_offline(True)
    page.evaluate(SCAN_ALL, [rosa])
    page.context.clear_cookies()
    page.context.set_offline(False)
    expect(page.locator("[data-words]")).to_contain_text("You are signed out. Sign in again", timeout=60_000)
    expect(page.locator("[data-words]")).to_contain_text("1 scan waits on this device and is kept.")
    page.goto("/")
    page.wait_for_function("!localStorage.getItem('gtn-door')")
    assert page.evaluate(OF_LISTS, None) == 0
    page.context.add_cookies([cookie_of("door2@gtn.example", url=site.address)])  # type: ignore[list-item]  # a plain dict
    page.goto(DOOR)
    expect(page.locator("[data-words]")).to_contain_text("Online, all sent", timeout=60_000)
    assert db.session.scalars(select(DoorScan.outcome)).all() == [Outcome.IN]
    db.session.commit()


def test_without_the_right_nothing_is_decided_and_what_waits_is_kept(
    people: Callable[[int], list[str]], station: Stations
) -> None:
    rosa = people(1)[0]
    page = station(1)
    page.context.set_offline(True)
    page.evaluate(SCAN_ALL, [rosa])
    db.session.execute(delete(RoleGrant))
    db.session.commit()
    page.context.set_offline(False)
    expect(page.locator("[data-words]")).to_contain_text("You may not check people in here any more", timeout=60_000)
    expect(page.locator("[data-words]")).to_contain_text("1 scan waits on this device and is kept.")
    assert page.evaluate(OF_LISTS, None) == 0


def test_a_list_that_somebody_changed_is_not_used(people: Callable[[int], list[str]], station: Stations) -> None:
    rosa = people(1)[0]
    page = station(1)
    page.evaluate(OF_LISTS, ["confirmed", "cancelled"])
    page.context.set_offline(True)
    page.reload()
    expect(page.locator("[data-words]")).to_contain_text("The list is not from the server and is not used.")
    page.locator("[data-scan-form] [name=code]").fill(rosa)
    page.get_by_role("button", name="Find").click()
    expect(page.get_by_text("Nothing is decided for this number, and nothing was recorded.")).to_be_visible()
    expect(page.locator("[data-answer] .scan")).to_have_count(0)
    expect(page.locator("[data-scan-form] [name=code]")).to_have_value(rosa)


def test_browser_and_server_decide_alike(people: Callable[[int], list[str]], page: Page, site: Site) -> None:
    people(0)
    page.context.add_cookies([cookie_of("door1@gtn.example", url=site.address)])  # type: ignore[list-item]  # a plain dict
    page.goto(DOOR)
    cases = list(product(CheckpointRule, RegistrationState, (True, False), range(5), Direction))
    script = """async ([script, cases]) => {
      const { decide } = await import(script);
      return cases.map(([rule, state, belongs, passes, way]) => decide(rule, { state, belongs, passes }, way));
    }"""
    given = [[str(part) if isinstance(part, str) else part for part in case] for case in cases]
    assert page.evaluate(script, [RULE_SCRIPT, given]) == [
        decide(rule, Standing(state=standing, belongs=belongs, passes=passes), way)
        for rule, standing, belongs, passes, way in cases
    ]
    zones = ("Asia/Jakarta", "America/Santiago", "Pacific/Auckland", "UTC", "Asia/Kathmandu")
    start = datetime(2026, 4, 4, tzinfo=UTC)
    moments = [start + timedelta(minutes=37 * number) for number in range(120)]
    slots = list(product(CheckpointRule, zones, moments))
    script = """async ([script, cases]) => {
      const { slotOf } = await import(script);
      return cases.map(([rule, zone, at]) => slotOf(rule, new Date(at), zone));
    }"""
    given = [[str(rule), zone, at.isoformat()] for rule, zone, at in slots]
    assert page.evaluate(script, [RULE_SCRIPT, given]) == [slot_of(rule, at, zone) for rule, zone, at in slots]
    typed = (
        "GTN13-0000-0001",
        "gtn13 0000 0001",
        " oooo-ooo1",
        "il-uu 0000 1",
        "12345",
        "",
        "https://x/GTN13-AB12-CD34",
    )
    script = """async ([script, cases]) => {
      const { readReference } = await import(script);
      return cases.map((typed) => readReference(typed, "GTN13"));
    }"""
    assert page.evaluate(script, [RULE_SCRIPT, typed]) == [
        read_reference(each.rsplit("/", 1)[-1], prefix="GTN13") for each in typed
    ]


def test_a_name_typed_without_a_connection_takes_the_answer_of_the_last_scan_away(
    people: Callable[[int], list[str]], station: Stations
) -> None:
    (reference,) = people(1)
    page = station(1)
    page.context.set_offline(True)
    assert page.evaluate(SCAN_ALL, [reference]) == ["in"]
    page.locator("[data-scan-form] [name=code]").fill("Delegate")
    page.get_by_role("button", name="Find").click()
    expect(page.locator("[data-answer]")).to_be_empty()
    expect(page.get_by_text("A name is not found without a connection.")).to_be_visible()


def test_the_field_says_what_it_finds_without_a_connection(
    people: Callable[[int], list[str]], station: Stations
) -> None:
    (reference,) = people(1)
    page = station(1)
    page.context.set_offline(True)
    field = page.get_by_label("Scan, or type the number of the ticket; names need a connection")
    field.fill(reference.replace("-", " "))
    field.press("Enter")
    expect(page.locator("[data-answer] .scan-in")).to_be_visible()
    field.fill("Rosa")
    page.context.set_offline(False)
    expect(page.locator("[data-words]")).to_contain_text("Online, all sent", timeout=120_000)
    with page.expect_event("load"):
        page.get_by_label("Scan, or type a number or a name").press("Enter")
    expect(page.get_by_role("heading", name="1 person matches “Rosa”")).to_be_visible()
