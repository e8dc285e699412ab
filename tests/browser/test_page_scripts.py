"""The small scripts of every page: typed text is kept, a form goes out once, menus close, progress moves."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from gtn_events.accounts.models import Account
from gtn_events.core.static_files import static_address
from tests.factories import make_account

SCRIPT = f'<script type="module" src="{static_address()}/js/app.js"></script>'
FORM = """<form method="post" action="/sample" data-keep="sample">
<label>Name <input name="name"></label> <label>Secret <input type="password" name="password"></label>
<label><input type="checkbox" name="agreed" value="yes"> Agreed</label>
<p data-keep-note hidden>Your text is back</p><button>Send</button></form>"""
EXPIRED = f"<body data-keep-waiting><h1>Expired</h1>{SCRIPT}"
REFUSED = f'<body><div class="toast toast-danger" role="alert" data-refusal>No place is left</div>{FORM}{SCRIPT}'
WARNED = f'<body><div class="toast toast-danger" role="alert">Saved, in a room that is taken</div>{SCRIPT}'
TAKEN = f"<body><h1>Taken</h1>{SCRIPT}"


@pytest.fixture
def sample(page: Page) -> Callable[[str], None]:
    """A function that opens a form whose sending is answered with a given page."""

    def open_form(answer: str) -> None:
        def reply(route: Route) -> None:
            sent = route.request.method == "POST"
            route.fulfill(body=answer if sent else f"<body>{FORM}{SCRIPT}", content_type="text/html")

        page.route("**/sample", reply)
        page.goto("/sample")
        page.get_by_label("Name").fill("Nguyễn")
        page.get_by_label("Secret").fill("hidden from everybody")
        page.get_by_label("Agreed").check()
        with page.expect_event("load"):
            page.get_by_role("button", name="Send").click()

    return open_form


@pytest.mark.parametrize("answer", [EXPIRED, REFUSED], ids=["expired", "refused"])
def test_typed_text_comes_back_when_it_was_not_taken(page: Page, sample: Callable[[str], None], answer: str) -> None:
    sample(answer)
    page.goto("/sample")
    expect(page.get_by_label("Name")).to_have_value("Nguyễn")
    expect(page.get_by_label("Agreed")).to_be_checked()
    expect(page.get_by_text("Your text is back")).to_be_visible()


def test_secrets_are_never_kept(page: Page, sample: Callable[[str], None]) -> None:
    sample(EXPIRED)
    assert "hidden from everybody" not in page.evaluate("JSON.stringify(sessionStorage)")


def test_typed_text_comes_back_when_the_line_broke(page: Page) -> None:
    def reply(route: Route) -> None:
        if route.request.method == "POST":
            route.abort("internetdisconnected")
        else:
            route.fulfill(body=f"<body>{FORM}{SCRIPT}", content_type="text/html")

    page.route("**/sample", reply)
    page.goto("/sample")
    page.get_by_label("Name").fill("Nguyễn")
    with page.expect_event("requestfailed"):
        page.get_by_role("button", name="Send").click()
    page.wait_for_url("chrome-error://**")
    page.goto("/sample")
    expect(page.get_by_label("Name")).to_have_value("Nguyễn")
    expect(page.get_by_text("Your text is back")).to_be_visible()


@pytest.mark.parametrize("answer", [TAKEN, WARNED], ids=["taken", "warned"])
def test_text_that_was_taken_does_not_come_back(page: Page, sample: Callable[[str], None], answer: str) -> None:
    sample(answer)
    page.goto("/sample")
    expect(page.get_by_label("Name")).to_have_value("")
    expect(page.get_by_text("Your text is back")).to_be_hidden()


def test_signing_out_forgets_what_was_kept(
    page: Page, sample: Callable[[str], None], sign_in_browser: Callable[[Account], None]
) -> None:
    sign_in_browser(make_account())
    sample(EXPIRED)
    page.goto("/")
    page.locator(".menu summary").click()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("link", name="Sign in").first).to_be_visible()
    assert page.evaluate("sessionStorage.length") == 0


def test_form_goes_out_once(page: Page) -> None:
    page.route("**/sample", lambda route: route.fulfill(body=f"<body>{FORM}{SCRIPT}", content_type="text/html"))
    page.goto("/sample")
    sent = page.evaluate(
        """() => {
            let sent = 0;
            addEventListener("submit", (event) => { if (!event.defaultPrevented) sent += 1; event.preventDefault(); });
            const form = document.querySelector("form");
            form.requestSubmit(); form.requestSubmit(); form.requestSubmit();
            return sent;
        }"""
    )
    assert sent == 1


def test_menu_closes_on_escape_and_gives_the_focus_back(page: Page, sign_in_browser: Callable[[Account], None]) -> None:
    sign_in_browser(make_account())
    page.goto("/")
    opener = page.locator(".menu summary")
    opener.click()
    page.get_by_role("link", name="My profile").focus()
    page.keyboard.press("Escape")
    expect(page.get_by_role("link", name="My profile")).to_be_hidden()
    expect(opener).to_be_focused()


def test_progress_is_replaced_until_it_is_over(page: Page) -> None:
    answers = iter(['<div data-poll="/sample-progress">2 of 3</div>', "<div>Done</div>"])
    page.route("**/sample-progress", lambda route: route.fulfill(body=next(answers), content_type="text/html"))
    page.route(
        "**/sample",
        lambda route: route.fulfill(
            body=f'<body><div data-poll="/sample-progress">1 of 3</div>{SCRIPT}', content_type="text/html"
        ),
    )
    page.clock.install(time=0)
    page.clock.pause_at(60)  # from here on it goes by run_for alone
    page.goto("/sample")
    expect(page.get_by_text("1 of 3")).to_be_visible()
    page.clock.run_for(2100)
    expect(page.get_by_text("2 of 3")).to_be_visible()
    page.clock.run_for(2100)
    expect(page.get_by_text("Done")).to_be_visible()


def test_buttons_put_a_list_in_order_and_send_it(page: Page) -> None:
    orders: list[list[str]] = []
    item = '<li><input type="hidden" name="order" value="{0}">{0}<button name="move" value="{1}:{0}">{1}</button></li>'
    rows = item.format("a", "down") + item.format("b", "up")
    body = f'<body><form method="post" action="/order" data-reorder-send><ol data-reorder>{rows}</ol></form>{SCRIPT}'
    page.route("**/sample", lambda route: route.fulfill(body=body, content_type="text/html"))

    def order(route: Route) -> None:
        orders.append(re.findall(r'name="order"\r\n\r\n(\w)\r\n', route.request.post_data or ""))
        route.fulfill(status=204)

    page.route("**/order", order)
    page.goto("/sample")
    with page.expect_response("**/order"):
        page.get_by_role("button", name="down").click()
    assert page.locator("li input").evaluate_all("inputs => inputs.map(input => input.value)") == ["b", "a"]
    assert orders == [["b", "a"]]


def test_browsers_time_zone_goes_along_unseen(page: Page) -> None:
    field = '<form><input type="hidden" name="time_zone" data-zone="fill"></form>'
    script = f'<script type="module" src="{static_address()}/js/time-zone.js"></script>'
    page.route("**/sample", lambda route: route.fulfill(body=field + script, content_type="text/html"))
    page.goto("/sample")
    expect(page.locator("input")).to_have_value("America/Lima")


LIST = """<form><input type="checkbox" data-select-all hidden aria-label="Choose all">
<input type="checkbox" name="ids" value="1" aria-label="One">
<input type="checkbox" name="ids" value="2" aria-label="Two"></form>"""


@pytest.mark.parametrize("bar", ["", "<div data-bulk><button data-clear hidden>Clear</button></div>"])
def test_all_are_chosen_with_and_without_a_bar_for_them(page: Page, bar: str) -> None:
    body = f"<body>{LIST.replace('</form>', f'{bar}</form>')}{SCRIPT}"
    page.route("**/sample", lambda route: route.fulfill(body=body, content_type="text/html"))
    page.goto("/sample")
    page.get_by_label("Choose all").check()
    expect(page.get_by_label("One")).to_be_checked()
    expect(page.get_by_label("Two")).to_be_checked()
    if bar:
        page.get_by_role("button", name="Clear").click()
        expect(page.get_by_label("One")).not_to_be_checked()


def test_nothing_offers_to_choose_all_where_nobody_can_be_chosen(page: Page) -> None:
    body = f'<body><form><input type="checkbox" data-select-all hidden aria-label="Choose all"></form>{SCRIPT}'
    page.route("**/sample", lambda route: route.fulfill(body=body, content_type="text/html"))
    page.goto("/sample")
    page.wait_for_load_state()
    expect(page.get_by_label("Choose all")).to_be_hidden()
