"""Names as parts of addresses: letters lose their accents, other scripts get a word of ours."""

from datetime import datetime, timedelta

import pytest

from gtn_events.forum.domain.side_events import SideEventDetails, add_side_event
from gtn_events.forum.domain.slugs import free_slug, slug_of
from tests.factories import make_account, make_forum, make_side_event


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Café of the firms", "cafe-of-the-firms"),
        ("Đà Nẵng: tour of Hòa Xuân", "da-nang-tour-of-hoa-xuan"),
        ("Ｆｕｌｌ width & ½", "full-width-1-2"),
        ("Øresund, Łódź", "oresund-lodz"),
        ("綠色採購", ""),
    ],
)
def test_slug_is_made_of_plain_letters(name: str, slug: str) -> None:
    assert slug_of(name) == slug


def test_slug_that_is_taken_gets_the_next_number() -> None:
    assert [free_slug("a", taken) for taken in ([], ["a"], ["a", "a-2"])] == ["a", "a-2", "a-3"]


@pytest.mark.usefixtures("database")
@pytest.mark.parametrize(
    ("title", "slug"), [("Café", "cafe"), ("綠色採購", "side-event"), ("Clinic", "clinic-2"), ("é" * 200, "e" * 70)]
)
def test_side_event_gets_an_address_from_its_title(title: str, slug: str, now: datetime) -> None:
    forum = make_forum()
    like = make_side_event(forum, "Clinic")
    details = SideEventDetails(
        title=title,
        topic="",
        description="",
        host_name="GTN",
        host_economy_code=None,
        room_name="",
        starts_at=like.starts_at + timedelta(minutes=30),
        ends_at=like.ends_at + timedelta(minutes=30),
        published=True,
    )
    assert add_side_event(forum, details, capacity=1, actor=make_account(), now=now).slug == slug
