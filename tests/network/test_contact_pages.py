"""Who sees which contact: everybody what was agreed to, coordinators and organisers all, strangers nothing else."""

import re
from datetime import date, timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from gtn_events.accounts.enums import Role
from gtn_events.accounts.models import Account
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.economies import Economy
from gtn_events.core.permissions import Scope
from gtn_events.network.domain.groups import save_group
from gtn_events.network.domain.posts import Place, edit_post
from gtn_events.network.models import CoordinatorPost, EconomyGroup

from ..factories import grant_role, make_account, make_forum, sign_in
from .posts import LINKS, details, make_post


@pytest.fixture
def admin(client: FlaskClient) -> Account:
    account = make_account("admin@gtn.example")
    grant_role(account, Role.ADMINISTRATOR)
    return account


def sent(**values: object) -> dict[str, object]:
    today = clock.now().date()
    return {
        "place": "economy:PE",
        "kind": "coordinator",
        "holder_email": "luz@firm.example",
        "office_name": "Luz QUISPE",
        "post_title": "",
        "organisation": "",
        "email": "",
        "phone": "",
        "starts_on": (today - timedelta(days=1)).isoformat(),
        "ends_on": "",
        **values,
    }


def test_everybody_sees_what_the_holder_agreed_to(client: FlaskClient, admin: Account) -> None:
    make_account()
    make_post(admin, now=clock.now())
    page = client.get("/network").text
    assert "Rosa HUAMÁN" in page
    assert "office@economy.example" in page
    assert "+51 1 555 0100" not in page
    assert "Director for SMEs" not in page
    assert "rosa@firm.example" not in page


def test_a_role_without_a_post_publishes_no_name(client: FlaskClient, admin: Account) -> None:
    rosa = make_account()
    grant_role(rosa, Role.ECONOMY_COORDINATOR, Scope("economy", 14))
    page = client.get("/network").text
    assert ("HUAMÁN" in page, "the name is not published" in page) == (False, True)


@pytest.mark.parametrize(
    ("role", "scope", "status"),
    [
        (None, None, 403),
        (Role.ECONOMY_COORDINATOR, Scope("economy", 1), 200),
        (Role.REGIONAL_COORDINATOR, Scope("group", 0), 200),
        (Role.ORGANISER, "forum", 200),
        (Role.CHECK_IN_STAFF, "forum", 403),
        (Role.JUDGE, Scope("competition", 1), 403),
    ],
)
def test_contacts_are_for_coordinators_and_organisers(
    client: FlaskClient, admin: Account, role: Role | None, scope: Scope | str | None, status: int
) -> None:
    make_post(admin, now=clock.now())
    person = make_account("person@firm.example")
    if role is not None:
        grant_role(person, role, make_forum().scope if scope == "forum" else scope)  # type: ignore[arg-type]  # above
    sign_in(client, person)
    answers = [client.get(f"/network/contacts{end}") for end in ("", ".csv", ".xlsx")]
    assert [answer.status_code for answer in answers] == [status] * 3
    assert ("+51 1 555 0100" in answers[0].text, "+51 1 555 0100" in answers[1].text) == (status == 200,) * 2
    for answer in answers:
        answer.close()


def test_a_regional_coordinator_reads_the_own_group_and_no_other(client: FlaskClient, admin: Account) -> None:
    chile, peru = (db.session.get_one(Economy, code) for code in ("CHL", "PE"))
    own = save_group(None, "South", [chile], actor=admin, now=clock.now())
    other = save_group(None, "West", [peru], actor=admin, now=clock.now())
    rosa = make_account()
    make_post(admin, now=clock.now(), place=Place(group=own))
    sign_in(client, rosa)
    page = client.get(f"/network/groups/{own.id}").text
    assert (">Chile" in page, ">Peru" in page) == (True, False)
    assert [client.get(f"/network/groups/{each}").status_code for each in (other.id, "apec", "999")] == [403, 403, 404]
    assert f"/network/groups/{own.id}" in client.get("/home").text
    assert client.get(f"/network/groups/{own.id}/edit").status_code == 403


def test_only_administrators_change_posts(client: FlaskClient, admin: Account) -> None:
    post = make_post(admin, now=clock.now())
    person = make_account("person@firm.example")
    grant_role(person, Role.ECONOMY_COORDINATOR, Scope("economy", 14))
    sign_in(client, person)
    pages = ("posts/new", f"posts/{post.id}", f"posts/{post.id}/edit", f"posts/{post.id}/hand-over", "groups/new")
    assert [client.get(f"/network/{page}").status_code for page in pages] == [403] * len(pages)
    assert client.post(f"/network/posts/{post.id}/withdraw").status_code == 403


def seen_on(client: FlaskClient, post: CoordinatorPost, page: str = "edit") -> str:
    """The version that a form of a post shows."""
    found = re.search(r'name="seen"[^>]* value="(\d+)"', client.get(f"/network/posts/{post.id}/{page}").text)
    assert found is not None
    return found[1]


def test_an_administrator_enters_edits_and_hands_over(client: FlaskClient, admin: Account) -> None:
    sign_in(client, admin)
    assert 'value="economy:PE"' in client.get("/network/posts/new?place=economy:PE").text
    page = client.post("/network/posts/new", data=sent())
    post = db.session.scalars(select(CoordinatorPost)).one()
    assert (page.location, post.consented) == (f"/network/posts/{post.id}", [])
    edited = sent(phone="+51 1 555 0199", consented=["phone", "nonsense"], seen=seen_on(client, post))
    assert client.post(f"/network/posts/{post.id}/edit", data=edited).status_code == 302
    assert (post.phone, post.consented) == ("+51 1 555 0199", ["phone"])
    today = clock.now().date()
    following = sent(
        holder_email="kusi@firm.example",
        office_name="Kusi MAMANI",
        last_day=(today + timedelta(days=4)).isoformat(),
        starts_on=(today + timedelta(days=10)).isoformat(),
    )
    following["seen"] = seen_on(client, post, "hand-over")
    asked = client.post(f"/network/posts/{post.id}/hand-over", data=following)
    assert (asked.status_code, "For 5 days nobody would have this post." in asked.text) == (422, True)
    assert 'name="sure"' in asked.text
    assert client.post(f"/network/posts/{post.id}/hand-over", data=following | {"sure": "y"}).status_code == 302
    db.session.expire_all()
    assert post.ends_on == today + timedelta(days=4)
    shown = client.get(f"/network/posts/{post.id}")
    assert "Post handed over" in shown.text


@pytest.mark.parametrize(
    "wrong",
    [
        {"holder_email": "no address"},
        {"email": "no address"},
        {"office_name": ""},
        {"starts_on": "9999-01-01"},
        {"ends_on": date(2001, 1, 1).isoformat()},
        {"place": "economy:XX"},
        {"place": "group:77"},
        {"kind": "king"},
    ],
)
def test_a_wrong_field_enters_nothing(client: FlaskClient, admin: Account, wrong: dict[str, str]) -> None:
    sign_in(client, admin)
    assert client.post("/network/posts/new", data=sent(**wrong)).status_code == 422
    assert db.session.scalars(select(CoordinatorPost)).all() == []


def test_groups_are_made_changed_and_removed(client: FlaskClient, admin: Account) -> None:
    sign_in(client, admin)
    assert client.post("/network/groups/new", data={"name": "South", "economies": ["PE", "CHL"]}).status_code == 302
    group = db.session.scalars(select(EconomyGroup)).one()
    assert [each.code for each in group.economies] == ["CHL", "PE"]
    assert client.post(f"/network/groups/{group.id}/edit", data={"name": "South", "economies": []}).status_code == 422
    assert client.post(f"/network/groups/{group.id}/edit", data={"name": "S", "economies": ["XX"]}).status_code == 422
    client.post(f"/network/groups/{group.id}/edit", data={"name": "South", "economies": ["PE"], "seen": "1"})
    assert [each.code for each in group.economies] == ["PE"]
    client.post(f"/network/groups/{group.id}/remove")
    assert db.session.scalars(select(EconomyGroup)).all() == []


def test_a_post_that_somebody_saved_meanwhile_is_not_overwritten_unseen(client: FlaskClient, admin: Account) -> None:
    sign_in(client, admin)
    post = make_post(admin, now=clock.now())
    mine, theirs = sent(phone="+51 1 555 0111", seen=seen_on(client, post)), details(phone="+51 1 555 0222")
    edit_post(post, theirs, links=LINKS, actor=admin, now=clock.now())
    db.session.commit()
    page = client.post(f"/network/posts/{post.id}/edit", data=mine)
    says = ("Somebody else saved this while you had it open.", "Stored now: +51 1 555 0222", "+51 1 555 0111")
    assert (page.status_code, [each in page.text for each in says], post.phone) == (409, [True] * 3, "+51 1 555 0222")
    [again] = re.findall(r'name="seen"[^>]* value="(\d+)"', page.text)
    assert client.post(f"/network/posts/{post.id}/edit", data=mine | {"seen": again}).status_code == 302
    db.session.expire_all()
    assert post.phone == "+51 1 555 0111"


def test_a_post_is_handed_over_as_it_was_seen(client: FlaskClient, admin: Account) -> None:
    sign_in(client, admin)
    post = make_post(admin, now=clock.now())
    today = clock.now().date()
    days = {"last_day": today.isoformat(), "starts_on": (today + timedelta(days=1)).isoformat()}
    following = sent(holder_email="kusi@firm.example", seen=seen_on(client, post, "hand-over"), **days)
    pages = [client.post(f"/network/posts/{post.id}/hand-over", data=following) for _time in range(2)]
    assert [page.status_code for page in pages] == [302, 409]
    assert "Somebody else saved this while you had it open." in pages[1].text


def test_a_post_that_is_sent_twice_is_entered_once(client: FlaskClient, admin: Account) -> None:
    sign_in(client, admin)
    pages = [client.post("/network/posts/new", data=sent()) for _time in range(2)]
    assert [page.status_code for page in pages] == [302, 422]
    assert "entered already" in pages[1].text


def test_a_group_that_somebody_saved_meanwhile_is_not_overwritten_unseen(client: FlaskClient, admin: Account) -> None:
    sign_in(client, admin)
    chile = db.session.get_one(Economy, "CHL")
    group = save_group(None, "South", [chile], actor=admin, now=clock.now())
    db.session.commit()
    address, mine = f"/network/groups/{group.id}/edit", {"name": "South", "economies": ["PE"], "seen": "1"}
    assert 'name="seen" type="hidden" value="1"' in client.get(address).text
    save_group(group, "Deep South", [chile], actor=admin, now=clock.now())
    db.session.commit()
    page = client.post(address, data=mine)
    says = ("Stored now: Deep South", "Stored now: Chile", 'name="seen" type="hidden" value="2"')
    assert (page.status_code, [each in page.text for each in says]) == (409, [True] * 3)
