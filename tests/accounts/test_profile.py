"""The profile and the organisation."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from gtn_events.accounts.domain.names import guess_language
from gtn_events.accounts.enums import Role
from gtn_events.accounts.models import Account, Organisation
from gtn_events.core.db import db
from gtn_events.core.journal import JournalEntry

from ..factories import MADE_AT, grant_role, make_account, make_organisation, sign_in
from .pages import field_errors, heading

FORM = {
    "honorific": "Ms",
    "given_name": "Rosa Nélida",
    "family_name": "Huamán",
    "own_script_name": "",
    "own_script_language": "",
    "gender": "woman",
    "origin": "economy:PE",
    "position": "Head of engineering",
    "phone": "+51 1 555 0100",
    "time_zone": "America/Lima",
    "language": "es",
}
NAMES = [
    ("陈美玲", "PRC", "zh-Hans"),
    ("陳美玲", "CT", "zh-Hant"),
    ("陳美玲", "HKC", "zh-Hant"),
    ("森花", "JPN", "ja"),
    ("もり はな", "SGP", "ja"),
    ("김민준", "ROK", "ko"),
    ("สมชาย ใจดี", "THA", "th"),
    ("Елена Иванова", "RUS", "ru"),
    ("Nguyễn Thị Thu Hằng", "VN", "vi"),
    ("Đỗ Văn Được", "US", "vi"),
    ("Rosa Nélida Huamán", "PE", "es"),
    ("María-José Ñuñoa", "CHL", "es"),
    ("Siti Nurhaliza", "MAS", "ms"),
    ("I Made Sukarta", "INA", "id"),
    ("Jane O’Neill", "NZ", "en"),
    ("", "PE", ""),
]


@pytest.mark.parametrize(("name", "economy", "language"), NAMES)
def test_the_language_of_a_name_follows_its_script_and_the_economy(name: str, economy: str, language: str) -> None:
    assert guess_language(name, economy_code=economy) == language


@pytest.mark.parametrize(("name", "economy", "language"), NAMES)
def test_names_of_all_scripts_are_kept_and_shown(client: FlaskClient, name: str, economy: str, language: str) -> None:
    account = make_account()
    sign_in(client, account)
    origin = f"economy:{economy}"
    response = client.post("/account/profile", data=FORM | {"own_script_name": name, "origin": origin})
    assert response.location == "/account/profile"
    db.session.refresh(account)
    assert (account.own_script_name, account.own_script_language) == (name, language)
    page = client.get("/home").text
    assert not name or f'lang="{language}">{name}</span>' in page.replace("&#39;", "'")


def test_a_chosen_language_is_not_guessed_over(client: FlaskClient) -> None:
    account = make_account()
    sign_in(client, account)
    client.post("/account/profile", data=FORM | {"own_script_name": "陳美玲", "own_script_language": "ja"})
    db.session.refresh(account)
    assert account.own_script_language == "ja"


def test_the_language_is_kept(client: FlaskClient) -> None:
    account = make_account()
    sign_in(client, account)
    client.post("/account/profile", data=FORM)
    db.session.refresh(account)
    assert account.language == "es"


def test_a_decomposed_name_is_stored_composed_and_without_direction_marks(client: FlaskClient) -> None:
    account = make_account()
    sign_in(client, account)
    client.post("/account/profile", data=FORM | {"given_name": " Ro\u202esa  Ne\u0301lida\x07 "})
    db.session.refresh(account)
    assert account.given_name == "Rosa Nélida"


def test_long_texts_are_refused_at_their_fields_and_nothing_typed_is_lost(client: FlaskClient) -> None:
    account = make_account()
    sign_in(client, account)
    long = "长" * 10_000
    names = ("given_name", "family_name", "own_script_name", "position")
    response = client.post("/account/profile", data=FORM | dict.fromkeys(names, long))
    assert response.status_code == 422
    assert field_errors(response) == {
        "given_name": "Use at most 100 signs.",
        "family_name": "Use at most 100 signs.",
        "own_script_name": "Use at most 150 signs.",
        "position": "Use at most 150 signs.",
    }
    assert response.text.count(long) == 4
    db.session.refresh(account)
    assert account.given_name == "Rosa"


def test_what_is_missing_or_not_on_offer_is_refused(client: FlaskClient) -> None:
    sign_in(client, make_account())
    bad = {"family_name": " ", "origin": "economy:XX", "time_zone": "Mars/Base", "gender": "x", "phone": "555 0100"}
    response = client.post("/account/profile", data=FORM | bad)
    assert field_errors(response) == {
        "family_name": "Write your family name. It is empty.",
        "origin": "Not a valid choice.",
        "time_zone": "Not a valid choice.",
        "gender": "Not a valid choice.",
        "phone": "Write the number with + and the dialling code, for example +62 21 5555 0100.",
    }


@pytest.mark.parametrize(
    ("typed", "stored"), [("+62 2155550100", "+62 21 55550100"), ("+51(1)5550100", "+51 1 5550100"), ("", "")]
)
def test_phone_numbers_are_stored_in_international_format(client: FlaskClient, typed: str, stored: str) -> None:
    account = make_account()
    sign_in(client, account)
    client.post("/account/profile", data=FORM | {"phone": typed})
    db.session.refresh(account)
    assert account.phone == stored


def test_a_person_without_an_economy_belongs_to_a_delegation_class(client: FlaskClient) -> None:
    account = make_account()
    sign_in(client, account)
    client.post("/account/profile", data=FORM | {"origin": "abac"})
    db.session.refresh(account)
    assert (account.delegation_class.value, account.economy_code, account.has_profile) == ("abac", None, True)


def test_the_journal_names_the_fields_and_not_the_personal_values(client: FlaskClient) -> None:
    sign_in(client, make_account(given_name="Rosa"))
    client.post("/account/profile", data=FORM)
    entry = db.session.scalars(select(JournalEntry)).one()
    assert entry.action == "profile edited"
    changed = ("gender", "given_name", "honorific", "language", "phone", "position")
    assert entry.changes == {name: ["…", "…"] for name in changed}


def test_an_organisation_of_the_economy_is_joined_whatever_case_and_accents(client: FlaskClient) -> None:
    account, there = make_account(), make_organisation("Frío Andino")
    make_organisation("Frio Andino", economy_code="CHL")
    sign_in(client, account)
    client.post("/account/organisation", data={"name": "FRIO  andino"})
    db.session.refresh(account)
    assert account.organisation_id == there.id


def test_an_unknown_organisation_is_made_and_joined(client: FlaskClient) -> None:
    account = make_account()
    sign_in(client, account)
    response = client.post("/account/organisation", data={"name": "太陽能 & Co"})
    page = client.get(response.location)
    assert heading(page) == "A new organisation"
    assert 'value="太陽能 &amp; Co"' in page.text
    data = {"name": "太陽能 & Co", "kind": "sme", "economy": "CT", "size": "10-49", "sector": "Solar", "website": ""}
    client.post(response.location, data=data)
    made = db.session.scalars(select(Organisation)).one()
    assert (made.name, made.economy_code, made.size, made.created_by_id) == ("太陽能 & Co", "CT", "10-49", account.id)
    db.session.refresh(account)
    assert account.organisation_id == made.id


def test_a_website_is_a_whole_address_and_never_a_script(client: FlaskClient) -> None:
    sign_in(client, make_account())
    for website in ("firm.example", "javascript:alert(1)", "https://" + "x" * 10_000 + ".example"):
        data = {"name": "Firm", "kind": "sme", "economy": "PE", "size": "", "sector": "", "website": website}
        response = client.post("/account/organisation/new", data=data)
        assert list(field_errors(response)) == ["website"]
    assert db.session.scalars(select(Organisation)).all() == []


def test_an_organisation_is_edited_by_its_maker_and_by_administrators_only(client: FlaskClient) -> None:
    maker, other, admin = (make_account(f"{name}@firm.example") for name in ("maker", "other", "admin"))
    grant_role(admin, Role.ADMINISTRATOR)
    firm = make_organisation(created_by_id=maker.id)
    data = {"name": "Andes Cold", "kind": "sme", "economy": "PE", "size": "", "sector": "Cold", "website": ""}
    seen = []
    for person in (maker, other, admin):
        browser = client.application.test_client()
        sign_in(browser, person)
        seen.append(browser.post(f"/organisations/{firm.id}/edit", data=data).status_code)
    assert seen == [302, 404, 302]
    db.session.refresh(firm)
    assert firm.name == "Andes Cold"


def test_an_empty_profile_waits_on_the_home_page(client: FlaskClient) -> None:
    sign_in(client, make_account(given_name="", family_name="", economy_code=None))
    page = client.get("/home")
    assert heading(page) == "Welcome"
    assert "Fill in the profile" in page.text


def test_saving_goes_back_to_where_the_person_came_from_within_the_site(client: FlaskClient) -> None:
    sign_in(client, make_account())
    assert client.post("/account/profile?next=/economies", data=FORM).location == "/economies"
    assert client.post("/account/profile?next=//evil.example", data=FORM).location == "/account/profile"


def test_names_are_folded_for_lists(database: None) -> None:
    account = make_account(created_at=MADE_AT)
    assert (account.sort_name, account.search_text) == ("huaman rosa", "huaman rosa rosa@firm.example")
    account.family_name = "Đặng"
    db.session.commit()
    assert db.session.scalars(select(Account.sort_name)).one() == "dang rosa"
