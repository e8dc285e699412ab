"""What the home page lists of the forums for those who work at them."""

from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from gtn_events.accounts.enums import Role
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.economies import Economy
from gtn_events.forum.enums import ApprovalStage, ForumState
from gtn_events.forum.enums import RegistrationState as State
from tests.factories import grant_role, make_account, make_category, make_forum, make_registration, sign_in


def home_of(client: FlaskClient, role: Role, *, at: str) -> str:
    """The home of a person who holds a role at the forum, or for the site; there is another forum, a draft."""
    forum = make_forum()
    make_registration(make_category(forum), make_account())
    make_forum("gtn-forum-2014", title="GTN Forum 2014", state=ForumState.DRAFT)
    account = make_account("staff@gtn.example")
    grant_role(account, role, forum.scope if at == "forum" else None)
    sign_in(client, account)
    return client.get("/home").text


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.ORGANISER])
def test_whoever_has_the_whole_site_finds_every_forum(client: FlaskClient, role: Role) -> None:
    page = home_of(client, role, at="site")
    assert 'href="/forums/gtn-forum-2013/manage/"' in page
    assert 'href="/forums/gtn-forum-2014/manage/"' in page


@pytest.mark.parametrize(
    ("role", "address"),
    [(Role.ORGANISER, "/manage/"), (Role.HELPER, "/manage/"), (Role.CHECK_IN_STAFF, "/check-in/")],
)
def test_whoever_works_at_one_forum_finds_that_one(client: FlaskClient, role: Role, address: str) -> None:
    page = home_of(client, role, at="forum")
    assert f'href="/forums/gtn-forum-2013{address}' in page
    assert "gtn-forum-2014" not in page


@pytest.mark.parametrize(
    ("role", "at", "waits"),
    [(Role.ORGANISER, "forum", True), (Role.ORGANISER, "site", True), (Role.ADMINISTRATOR, "site", False)],
)
def test_decisions_wait_for_those_who_organise(client: FlaskClient, role: Role, at: str, *, waits: bool) -> None:
    assert ("1 registration to decide" in home_of(client, role, at=at)) is waits


def test_home_overview_and_tab_row_count_the_same_people(client: FlaskClient) -> None:
    category = make_category(make_forum())
    forum = category.forum
    grant_role(make_account("peru@gtn.example"), Role.ECONOMY_COORDINATOR, db.session.get_one(Economy, "PE").scope)
    asked = {"stage": ApprovalStage.ECONOMY, "answer_due_at": clock.now() + timedelta(days=2)}
    late = asked | {"answer_due_at": clock.now() - timedelta(days=2)}
    for number, values in enumerate(({}, asked, late, asked | {"economy_code": "CHL"}, {"state": State.APPROVED})):
        make_registration(category, make_account(f"{number}@firm.example"), **values)
    account = make_account("staff@gtn.example")
    grant_role(account, Role.ORGANISER, forum.scope)
    sign_in(client, account)
    # Who is late, and an economy without a coordinator, is not waited for.
    said = ("4 registrations to decide", "1 of them waits for its economy first", "1 approved, not confirmed")
    pages = [client.get(path).text for path in ("/home", f"/forums/{forum.slug}/manage/")]
    assert [(words, words in page) for page in pages for words in said] == [(words, True) for words in said] * 2
    assert "3 wait for you" in pages[1]
    beside = ("manage/", "manage/delegations", "manage/circulars/", "manage/officers/", "travel", "check-in/")
    count = '<span class="count">4<'
    assert [path for path in beside if count not in client.get(f"/forums/{forum.slug}/{path}").text] == []
