"""The pages of the ground, the components they are made of, and the tokens behind them."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask, render_template_string
from flask.testing import FlaskClient
from lxml import html

from gtn_events.core import moments
from gtn_events.core.styleguide import COLOURS, TOKENS, contrast, themes
from gtn_events.core.templating import template_folder

STATIC = TOKENS.parent.parent
STATES = ("pending", "approved", "confirmed", "waitlisted", "offered", "rejected", "declined", "cancelled")
SHOWN = {
    "title": "GTN Forum 2013",
    "city": "Jakarta",
    "dates": "5 and 6 June 2013",
    "tagline": "Green procurement",
    "url": "/forums/gtn-2013",
    "register_url": "/forums/gtn-2013/register",
    "register_by": datetime(2013, 5, 20, 16, 59, tzinfo=UTC),
    "zone": "Asia/Jakarta",
    "delegates": [("AUS", "Australia", 2), ("INA", "Indonesia", 7)],
    "over": False,
}


def texts(page: str, path: str) -> list[str]:
    return [" ".join(" ".join(element.itertext()).split()) for element in html.fromstring(page).xpath(path)]


@pytest.fixture
def shown(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(
        app.extensions, "gtn-landing", lambda: [SHOWN, {**SHOWN, "title": "GTN Forum 2011", "over": True}]
    )


@pytest.mark.usefixtures("shown")
def test_landing_shows_the_next_forum_first(client: FlaskClient) -> None:
    page = client.get("/").text
    assert texts(page, "//h1") == ["GTN Forum 2013"]
    assert html.fromstring(page).xpath("//a[normalize-space()='Register']/@href") == [SHOWN["register_url"]]
    assert texts(page, "//main//li") == ["GTN Forum 2011 5 and 6 June 2013 · Jakarta"]


@pytest.mark.usefixtures("shown")
def test_landing_leaves_out_numbers_below_three(client: FlaskClient) -> None:
    page = client.get("/").text
    assert texts(page, "//figure//tbody/tr") == ["Australia fewer than 3", "Indonesia 7"]
    assert texts(page, "//figure//*[local-name()='text']") == ["Australia", "Indonesia 7"]


def test_landing_without_a_forum_says_so(app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(app.extensions, "gtn-landing", list)
    assert texts(client.get("/").text, "//p[@class='hero-note']") == [
        "No forum is announced at the moment. The next one will stand here."
    ]


@pytest.mark.parametrize(
    ("path", "heading"),
    [("/accessibility", "Accessibility"), ("/privacy", "Privacy"), ("/contact", "Contact the organiser")],
)
def test_page_has_one_heading_and_one_main(client: FlaskClient, path: str, heading: str) -> None:
    page = client.get(path).text
    assert (texts(page, "//h1"), len(texts(page, "//main"))) == ([heading], 1)


def test_styleguide_is_shown_in_tests_only(app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    assert texts(client.get("/styleguide").text, "//h1") == ["Style sheet"]
    monkeypatch.setitem(app.config, "TESTING", False)
    answer = client.get("/styleguide")
    assert (answer.status_code, texts(answer.text, "//h1")) == (404, ["There is no such page"])


def test_unknown_page_leads_back_to_the_first(client: FlaskClient) -> None:
    answer = client.get("/no-such-page")
    assert (answer.status_code, texts(answer.text, "//h1")) == (404, ["There is no such page"])
    assert html.fromstring(answer.text).xpath("//main//a/@href") == ["/", "/contact"]


def test_expired_form_lists_what_was_typed(app: Flask) -> None:
    with app.test_request_context("/register", method="POST"):
        page = app.jinja_env.get_template("errors/expired.html").render(typed=[("family_name", "Nguyễn")])
    assert texts(page, "//main//dl/div") == ["family_name Nguyễn"]
    assert html.fromstring(page).xpath("boolean(//body[@data-keep-waiting])") is True


def test_tab_row_leaves_out_views_that_do_not_exist(app: Flask) -> None:
    source = """{% from "components/nav.html" import row with context %}
    {{ row("Row", "b", [("a", "no.such_view", "A", none), ("b", "core.privacy", "B", none)], none) }}"""
    with app.test_request_context():
        page = render_template_string(source)
    assert texts(page, "//nav[@class='tabs']//a") == ["B"]


@pytest.mark.parametrize("state", STATES)
def test_state_tag_has_a_picture_a_word_and_a_colour(app: Flask, state: str) -> None:
    with app.test_request_context():
        tag = render_template_string(
            '{% from "components/tag.html" import state_tag %}{{ state_tag(state) }}', state=state
        )
    element = html.fromstring(tag)
    assert (element.get("class"), element.text_content(), len(element.xpath(".//svg"))) == (
        f"tag tag-{state}",
        state.capitalize(),
        1,
    )


def test_field_with_an_error_is_tied_to_it(client: FlaskClient) -> None:
    page = html.fromstring(client.get("/styleguide").text)
    (box,) = page.xpath("//input[@id='light-email']")
    assert box.get("aria-invalid") == "true"
    (error,) = page.xpath(f"//*[@id='{box.get('aria-describedby')}']")
    assert error.text_content().strip() == "The part after @ is missing."


def test_error_summary_links_to_each_field(client: FlaskClient) -> None:
    page = html.fromstring(client.get("/styleguide").text)
    targets = page.xpath("(//div[@class='error-summary'])[1]//a/@href")
    assert targets == ["#light-email", "#light-consent"]
    assert [len(page.xpath(f"//*[@id='{target[1:]}']")) for target in targets] == [1, 1]


def test_dark_values_are_the_same_for_the_system_and_for_the_explicit_theme() -> None:
    found = themes(TOKENS.read_text("utf-8"))
    assert found["dark"] == found["system"]
    assert found["dark"].keys() == found["light"].keys()


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("token", "least"), [(token, least) for token, _use, least in COLOURS if least])
def test_colour_keeps_its_contrast(theme: str, token: str, least: float) -> None:
    colours = themes(TOKENS.read_text("utf-8"))[theme]
    assert contrast(colours[token], colours["surface"]) >= least


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("tone", [*STATES[:-1], "track-policy", "track-finance", "track-energy", "track-incubation"])
def test_tag_text_keeps_its_contrast_on_its_ground(theme: str, tone: str) -> None:
    colours = themes(TOKENS.read_text("utf-8"))[theme]
    assert contrast(colours[tone], colours[f"{tone}-tint"]) >= 4.5


def test_style_sheets_use_only_tokens_that_exist() -> None:
    sheets = "\n".join(sheet.read_text("utf-8") for sheet in STATIC.glob("css/**/*.css"))
    assert set(re.findall(r"var\((--[\w-]+)", sheets)) - set(re.findall(r"(--[\w-]+):", sheets)) == set()


def test_every_icon_of_the_templates_is_in_the_sprite() -> None:
    sprite = set(re.findall(r'<symbol id="([\w-]+)"', (STATIC / "icons.svg").read_text("utf-8")))
    used = {
        name
        for template in template_folder().rglob("*.html")
        for name in re.findall(r"(?:icon|picture)\(\s*\"([\w-]+)\"", template.read_text("utf-8"))
    }
    assert used - sprite == set()


def test_vendored_files_are_listed_with_their_licence() -> None:
    listed = (STATIC / "vendored" / "README.md").read_text("utf-8")
    unlisted = [
        file.name
        for file in Path(STATIC / "vendored").iterdir()
        if file.suffix != ".md" and f"`{file.name}`" not in listed
    ]
    assert unlisted == []


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (-1, "The time is over"),
        (0, "Less than a minute left"),
        (1, "1 minute left"),
        (61, "1 hour 1 minute left"),
        (33 * 60, "1 day 9 hours left"),
        (2880, "2 days left"),
    ],
)
def test_time_left_names_the_two_largest_units(app: Flask, now: datetime, minutes: int, words: str) -> None:
    with app.test_request_context():
        assert moments.words_of_time_left(now + timedelta(minutes=minutes), now) == words


def test_moment_is_written_in_the_time_of_the_zone(app: Flask) -> None:
    with app.test_request_context():
        words = moments.words_of_moment(datetime(2013, 6, 4, 18, 30, tzinfo=UTC), "Asia/Jakarta")
    assert words == "Wed 5 Jun 2013, 01:30"


def test_two_zones_with_the_same_offset_show_the_same_clock() -> None:
    moment = datetime(2013, 6, 4, 18, 30, tzinfo=UTC)
    assert moments.same_clock(moment, "Asia/Jakarta", "Asia/Bangkok")
    assert not moments.same_clock(moment, "Asia/Jakarta", "America/Lima")
