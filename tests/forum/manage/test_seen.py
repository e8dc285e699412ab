"""Forms that two organisers have open at once: who saves second is told what the first one saved."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from flask.testing import FlaskClient

from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.forum.domain.allotments import give_places_back
from gtn_events.forum.domain.kept_places import allotments_by_holder
from gtn_events.forum.models import Forum, ForumCategory
from tests.accounts.pages import seen_in
from tests.factories import make_category

OVERTAKEN = "Somebody else saved this while you had it open."
RULE = {"kind": "days", "every": "all"}
WINDOW = {"opens_at": "2013-04-01T09:00", "closes_at": "2013-05-01T09:00"}


@dataclass(frozen=True)
class Page:
    """A form: where it is, what one organiser and another one type, and what the second is told."""

    path: str
    first: dict[str, str]
    second: dict[str, str]
    told: str


PAGES = (
    Page("allotments/{category}", {"places_PE": "3"}, {"places_PE": "4"}, "Stored now: 3"),
    Page("allotments/{category}", {"places_PE": "3"}, {"places_CHL": "4"}, "Stored now: 3"),
    Page("attendance", RULE | {"percent": "60"}, RULE | {"percent": "75"}, "Stored now: 60"),
    Page("badges/text", {"back_text": "Help desk"}, {"back_text": "Left of the stairs"}, "Stored now: Help desk"),
    Page("proposals/window", WINDOW | {"takes": "y"}, WINDOW, "Stored now: yes"),
)


@pytest.fixture
def category(forum: Forum) -> ForumCategory:
    return make_category(forum, "Delegate", capacity=10)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.path)
def test_what_another_organiser_saved_meanwhile_is_not_overwritten_unseen(
    desk: FlaskClient, forum: Forum, category: ForumCategory, page: Page
) -> None:
    address = f"/forums/{forum}/manage/{page.path.format(category=category.id)}"
    theirs, mine = page.first, page.second
    for _time in range(2):  # once where nothing was stored, once over what is
        seen = seen_in(desk.get(address))
        assert desk.post(address, data=theirs | {"seen": seen}).status_code == 302
        refused = desk.post(address, data=mine | {"seen": seen})
        assert (refused.status_code, OVERTAKEN in refused.text, page.told in refused.text) == (422, True, True)
        assert desk.post(address, data=mine | {"seen": seen_in(refused)}).status_code == 302


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.path)
def test_a_form_that_is_sent_twice_is_saved_once_and_nobody_was_overtaken(
    desk: FlaskClient, forum: Forum, category: ForumCategory, page: Page
) -> None:
    address = f"/forums/{forum}/manage/{page.path.format(category=category.id)}"
    sent = page.first | {"seen": seen_in(desk.get(address))}
    assert [desk.post(address, data=sent).status_code for _time in range(2)] == [302, 302]


def test_places_that_were_given_back_meanwhile_are_not_kept_again_unseen(
    desk: FlaskClient, forum: Forum, category: ForumCategory, organiser: Account, now: datetime
) -> None:
    address = f"/forums/{forum}/manage/allotments/{category.id}"
    desk.post(address, data={"places_PE": "5", "seen": seen_in(desk.get(address))})
    seen = seen_in(desk.get(address))
    allotments = allotments_by_holder(category)
    give_places_back(allotments["PE"], 2, actor=organiser, now=now + timedelta(hours=1))
    db.session.commit()
    refused = desk.post(address, data={"places_PE": "5", "places_CHL": "1", "seen": seen})
    assert (refused.status_code, "Stored now: 3" in refused.text) == (422, True)
