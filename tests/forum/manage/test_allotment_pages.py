"""The organiser's pages of kept places: the table, one category for all holders, releasing, the file."""

import io
import re
from datetime import UTC, datetime, timedelta

import pytest
from flask.testing import FlaskClient
from openpyxl import load_workbook

from gtn_events.accounts.enums import Role
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.forum.domain.allotments import Kept, set_allotments
from gtn_events.forum.domain.kept_places import allotments_by_holder
from gtn_events.forum.enums import RegistrationState as State
from gtn_events.forum.models import Forum, ForumCategory
from tests.conftest import NOW
from tests.factories import grant_role, make_account, make_category, make_forum, make_registration, sign_in
from tests.queries import count_queries


@pytest.fixture
def category(forum: Forum) -> ForumCategory:
    return make_category(forum, "Delegate", capacity=10)


def kept(category: ForumCategory) -> dict[str, int]:
    db.session.expire_all()
    return {holder: each.pool.capacity for holder, each in allotments_by_holder(category).items()}


def url(category: ForumCategory, page: str = "") -> str:
    return f"/forums/{category.forum}/manage/allotments{page}"


def test_places_are_kept_for_many_at_once(desk: FlaskClient, category: ForumCategory) -> None:
    last_day = (clock.now() + timedelta(days=9)).date()
    typed = {"places_PE": "3", "places_secretariat": "1", "until_all": last_day.isoformat()}
    reply = desk.post(url(category, f"/{category.id}"), data=typed, follow_redirects=True)
    assert "The kept places of Delegate are saved." in reply.text
    assert kept(category) == {"PE": 3, "secretariat": 1}
    midnight = datetime(last_day.year, last_day.month, last_day.day, 17, tzinfo=UTC)
    assert {each.releases_at for each in allotments_by_holder(category).values()} == {midnight}
    form = desk.get(url(category, f"/{category.id}")).text
    assert re.search(rf'name="until_all"[^>]*value="{last_day}"', form)
    # Saved as it stands, nothing changes.
    desk.post(url(category, f"/{category.id}"), data=typed)
    assert kept(category) == {"PE": 3, "secretariat": 1}


def test_too_many_are_refused_at_the_field(desk: FlaskClient, category: ForumCategory) -> None:
    reply = desk.post(url(category, f"/{category.id}"), data={"places_PE": "11"})
    assert reply.status_code == 422
    assert 'id="places_PE-error"' in reply.text
    assert "Delegate has 10 places; that is 1 place fewer than would be kept." in reply.text
    assert kept(category) == {}


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01"])
def test_a_year_that_cannot_be_meant_is_refused(desk: FlaskClient, category: ForumCategory, day: str) -> None:
    for field in ("until_all", "until_PE"):
        reply = desk.post(url(category, f"/{category.id}"), data={"places_PE": "1", field: day})
        assert (reply.status_code, "Choose a year from 1970 to 2199." in reply.text) == (422, True)
    assert kept(category) == {}


def test_what_is_no_number_is_refused(desk: FlaskClient, category: ForumCategory) -> None:
    assert desk.post(url(category, f"/{category.id}"), data={"places_PE": "many"}).status_code == 422


def test_a_release_is_shown_first_and_done_then(desk: FlaskClient, category: ForumCategory) -> None:
    actor = make_account("setter@gtn.example")
    set_allotments(category, {"PE": Kept(places=10)}, actor=actor, now=NOW)
    make_registration(category, make_account("ana@firm.example", economy_code="CHL"), State.WAITLISTED)
    page = desk.get(url(category, "/release?holder=PE")).text
    assert "Release the unused places of Peru?" in page
    assert "10 places" in page
    assert "to 1 person who waits" in page
    assert kept(category) == {"PE": 10}
    desk.post(url(category, "/release"), data={"holder": "PE"})
    assert kept(category) == {"PE": 0}
    assert "Nothing to release" in desk.get(url(category, "/release")).text


def test_nobody_releases_for_a_holder_that_is_none(desk: FlaskClient, category: ForumCategory) -> None:
    assert desk.get(url(category, "/release?holder=XX")).status_code == 404
    assert desk.post(url(category, "/release"), data={"holder": "XX"}).status_code == 404


def test_the_table_asks_the_same_for_many_as_for_few(desk: FlaskClient, category: ForumCategory) -> None:
    desk.get(url(category))
    with count_queries() as few:
        desk.get(url(category))
    for label in ("Observer", "Media", "Staff"):
        make_category(category.forum, label)
    actor = make_account("setter@gtn.example")
    set_allotments(category, {code: Kept(places=1) for code in ("PE", "CHL", "JPN")}, actor=actor, now=NOW)
    db.session.commit()
    with count_queries() as many:
        desk.get(url(category))
    assert len(many) == len(few)


def test_the_table_comes_as_a_file(desk: FlaskClient, category: ForumCategory) -> None:
    set_allotments(category, {"PE": Kept(places=2)}, actor=make_account("setter@gtn.example"), now=NOW)
    db.session.commit()
    assert "Peru,Delegate,2,0,0,0,," in desk.get(url(category, "/export?format=csv")).text
    reply = desk.get(url(category, "/export?format=xlsx"))
    assert load_workbook(io.BytesIO(reply.data)).active["A2"].value == "Australia"
    reply.close()


def test_only_organisers_keep_and_release_places(client: FlaskClient, category: ForumCategory) -> None:
    helper = make_account("helper@gtn.example")
    grant_role(helper, Role.HELPER, category.forum.scope)
    sign_in(client, helper)
    assert client.get(url(category)).status_code == 200
    for page in (f"/{category.id}", "/release"):
        assert client.get(url(category, page)).status_code == 403
        assert client.post(url(category, page)).status_code == 403
    sign_in(client, make_account("stranger@firm.example"))
    for page in ("", f"/{category.id}", "/release", "/export"):
        assert client.get(url(category, page)).status_code == 403


def test_a_category_of_another_forum_is_not_found(desk: FlaskClient, category: ForumCategory) -> None:
    other = make_category(make_forum("other", title="Other"), "Guest")
    assert desk.get(url(category, f"/{other.id}")).status_code == 404
