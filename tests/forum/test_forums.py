"""Opening, changing, cloning, publishing and closing a forum."""

from dataclasses import fields, replace
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from gtn_events.core.db import db
from gtn_events.core.errors import Stale, VenueTimeRefused
from gtn_events.core.seats import CapacityTooSmall, SeatPool
from gtn_events.core.venue_time import moment_at_venue, shift_local
from gtn_events.forum.domain.categories import (
    CategoryDetails,
    add_category,
    delete_category,
    edit_category,
    move_category,
)
from gtn_events.forum.domain.cloning import NewEdition, clone_forum
from gtn_events.forum.domain.forums import (
    ForumDetails,
    close_forum,
    edit_forum,
    publish_forum,
    reopen_forum,
    set_overall_capacity,
    write_consent_text,
)
from gtn_events.forum.domain.integrity import seat_differences
from gtn_events.forum.domain.opening import open_forum
from gtn_events.forum.enums import Approval, ForumState, RegistrationState
from gtn_events.forum.errors import CategoryRefused, ForumRefused
from gtn_events.forum.models import Forum
from gtn_events.forum.queries.side_events import side_events_of
from tests.factories import make_account, make_category, make_forum, make_registration, make_side_event

pytestmark = pytest.mark.usefixtures("database")
BERLIN = "Europe/Berlin"


def details_of(forum: Forum) -> ForumDetails:
    return ForumDetails(**{field.name: getattr(forum, field.name) for field in fields(ForumDetails)})


def category_details(label: str = "Delegate", capacity: int = 10) -> CategoryDetails:
    return CategoryDetails(
        label=label, description="", capacity=capacity, approval=Approval.ORGANISER, open_to_public=True
    )


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"slug": "new"}, "slug"),
        ({"slug": "GTN-2013"}, "slug"),
        ({"slug": "gtn--2013"}, "slug"),
        ({"slug": "gtn-2013-"}, "slug"),
        ({"slug": "2013"}, "slug"),
        ({"reference_prefix": "1GTN"}, "reference_prefix"),
        ({"ends_on": date(2013, 6, 4)}, "ends_on"),
        ({"registration_closes_at": datetime(2013, 3, 1, tzinfo=UTC)}, "registration_closes_at"),
        ({"changes_close_at": datetime(2013, 3, 1, tzinfo=UTC)}, "changes_close_at"),
        ({"purge_sensitive_on": date(2013, 6, 5)}, "purge_sensitive_on"),
    ],
)
def test_details_that_break_a_rule_are_refused_at_their_field(
    changes: dict[str, object], field: str, now: datetime
) -> None:
    forum = make_forum(state=ForumState.DRAFT)
    with pytest.raises(ForumRefused) as refusal:
        edit_forum(
            forum,
            replace(details_of(forum), **changes),  # type: ignore[arg-type]
            lock_version=forum.lock_version,
            actor=make_account(),
            now=now,
        )
    assert refusal.value.field == field


def test_two_forums_cannot_have_one_address(now: datetime) -> None:
    make_forum("first")
    second = make_forum("second", state=ForumState.DRAFT)
    with pytest.raises(ForumRefused) as refusal:
        edit_forum(
            second,
            replace(details_of(second), slug="first"),
            lock_version=second.lock_version,
            actor=make_account(),
            now=now,
        )
    assert refusal.value.field == "slug"


def test_the_address_of_a_published_forum_stays(now: datetime) -> None:
    forum = make_forum()
    with pytest.raises(ForumRefused):
        edit_forum(
            forum,
            replace(details_of(forum), slug="another"),
            lock_version=forum.lock_version,
            actor=make_account(),
            now=now,
        )


def test_the_second_of_two_organisers_is_told(now: datetime) -> None:
    forum, actor = make_forum(), make_account()
    seen = forum.lock_version
    edit_forum(forum, replace(details_of(forum), city="Bogor"), lock_version=seen, actor=actor, now=now)
    with pytest.raises(Stale):
        edit_forum(forum, replace(details_of(forum), city="Depok"), lock_version=seen, actor=actor, now=now)
    assert forum.city == "Bogor"


def test_a_new_forum_is_a_draft_with_questions_consent_and_door(now: datetime) -> None:
    details = replace(details_of(make_forum()), slug="gtn-2014", title="GTN Forum 2014")
    forum = open_forum(details, consent_text="I agree.", capacity=100, actor=None, now=now)
    assert forum.state is ForumState.DRAFT
    assert [text.text for text in forum.consent_texts] == ["I agree."]
    assert forum.pool is not None
    assert forum.pool.capacity == 100
    assert forum.questionnaire.versions[0].published_at == now
    assert (forum.questionnaire.scope_kind, forum.questionnaire.scope_id) == ("forum", forum.id)


def test_a_forum_without_a_category_is_not_published(now: datetime) -> None:
    forum = make_forum(state=ForumState.DRAFT)
    with pytest.raises(ForumRefused):
        publish_forum(forum, actor=make_account(), now=now)
    assert forum.state is ForumState.DRAFT


def test_publish_close_and_open_again(now: datetime) -> None:
    forum, actor = make_forum(state=ForumState.DRAFT), make_account()
    make_category(forum)
    publish_forum(forum, actor=actor, now=now)
    assert forum.state is ForumState.PUBLISHED
    with pytest.raises(ForumRefused):
        publish_forum(forum, actor=actor, now=now)
    close_forum(forum, actor=actor, now=now)
    assert forum.state is ForumState.CLOSED
    reopen_forum(forum, actor=actor, now=now)
    assert forum.state is ForumState.PUBLISHED


def test_a_changed_consent_text_is_a_new_version_and_the_same_one_is_not(now: datetime) -> None:
    forum, actor = make_forum(), make_account()
    first = forum.consent_texts[-1]
    assert write_consent_text(forum, first.text, actor=actor, now=now) is first
    second = write_consent_text(forum, "I agree to more.", actor=actor, now=now)
    assert (second.number, first.text) == (2, "I agree to the privacy notice.")


def test_an_overall_limit_counts_who_is_seated_already(now: datetime) -> None:
    forum, actor = make_forum(), make_account()
    category = make_category(forum)
    for number in range(3):
        make_registration(category, make_account(f"p{number}@firm.example"), RegistrationState.CONFIRMED)
    with pytest.raises(CapacityTooSmall):
        set_overall_capacity(forum, 2, actor=actor, now=now)
    set_overall_capacity(forum, 5, actor=actor, now=now)
    assert forum.pool is not None
    assert (forum.pool.taken, forum.pool.capacity) == (3, 5)


def test_a_clone_moves_every_date_and_keeps_the_clock(now: datetime) -> None:
    source = make_forum(time_zone=BERLIN, registration_opens_at=datetime(2013, 4, 1, 7, 0, tzinfo=UTC))
    make_category(source, capacity=30)
    category = make_category(source, "Observer", capacity=4)
    make_registration(category, make_account(), RegistrationState.CONFIRMED)
    make_side_event(source)
    edition = NewEdition(
        title="GTN Forum 2014", edition="Second", slug="gtn-2014", reference_prefix="GTN14", starts_on=date(2014, 1, 15)
    )
    copy = clone_forum(source, edition, with_side_events=True, actor=make_account("a@gtn.example"), now=now)
    assert (copy.starts_on, copy.ends_on, copy.state) == (date(2014, 1, 15), date(2014, 1, 16), ForumState.DRAFT)
    # 09:00 in Berlin before and after, an hour later in UTC because of winter time.
    assert copy.registration_opens_at == datetime(2013, 11, 11, 8, 0, tzinfo=UTC)
    assert [(each.label, each.pool.capacity, each.pool.taken) for each in copy.categories] == [
        ("Delegate", 30, 0),
        ("Observer", 4, 0),
    ]
    assert copy.questionnaire_id != source.questionnaire_id
    questions = copy.questionnaire.versions[0].questions
    assert [question.key for question in questions] == ["technology", "allergies"]
    assert [(each.title, each.published, each.pool.taken) for each in side_events_of(copy)] == [
        ("Green procurement clinic", False, 0)
    ]


def test_a_time_the_clocks_skip_is_refused() -> None:
    with pytest.raises(VenueTimeRefused, match="does not exist in Berlin"):
        moment_at_venue(datetime(2026, 3, 29, 2, 30), BERLIN)  # noqa: DTZ001  # a typed local time


def test_a_time_that_comes_twice_is_refused() -> None:
    with pytest.raises(VenueTimeRefused, match="comes twice in Berlin"):
        moment_at_venue(datetime(2026, 10, 25, 2, 30), BERLIN)  # noqa: DTZ001  # a typed local time


def test_an_ordinary_time_is_one_moment() -> None:
    assert moment_at_venue(datetime(2026, 7, 1, 9, 0), BERLIN) == datetime(2026, 7, 1, 7, 0, tzinfo=UTC)  # noqa: DTZ001
    assert shift_local(datetime(2026, 7, 1, 7, 0, tzinfo=UTC), days=180, time_zone=BERLIN) == datetime(
        2026, 12, 28, 8, 0, tzinfo=UTC
    )


def test_categories_keep_their_order_and_their_names_apart(now: datetime) -> None:
    forum, actor = make_forum(), make_account()
    first = add_category(forum, category_details("Delegate"), actor=actor, now=now)
    second = add_category(forum, category_details("Observer"), actor=actor, now=now)
    with pytest.raises(CategoryRefused) as refusal:
        add_category(forum, category_details("observer"), actor=actor, now=now)
    assert refusal.value.field == "label"
    move_category(second, up=True)
    move_category(second, up=True)
    assert (second.position, first.position) == (1, 2)


def test_a_capacity_below_what_is_taken_is_refused(now: datetime) -> None:
    forum, actor = make_forum(), make_account()
    category = make_category(forum, capacity=2)
    make_registration(category, make_account("one@firm.example"), RegistrationState.CONFIRMED)
    make_registration(category, make_account("two@firm.example"), RegistrationState.CONFIRMED)
    with pytest.raises(CapacityTooSmall) as refusal:
        edit_category(category, category_details(capacity=1), actor=actor, now=now)
    assert refusal.value.field == "capacity"


def test_more_places_are_offered_to_who_waits(now: datetime) -> None:
    forum, actor = make_forum(), make_account()
    category = make_category(forum, capacity=0)
    waiting = make_registration(category, make_account("one@firm.example"), RegistrationState.WAITLISTED)
    offered = edit_category(category, category_details(capacity=1), actor=actor, now=now)
    assert offered == [waiting]
    assert waiting.state is RegistrationState.OFFERED


def test_a_category_with_registrations_stays(now: datetime) -> None:
    forum, actor = make_forum(), make_account()
    make_category(forum, "Observer")
    category = make_category(forum)
    make_registration(category, make_account("one@firm.example"), RegistrationState.CANCELLED)
    with pytest.raises(CategoryRefused):
        delete_category(category, actor=actor, now=now)


def test_an_empty_category_goes_with_its_seats(now: datetime) -> None:
    forum, actor = make_forum(), make_account()
    make_category(forum)
    category = make_category(forum, "Observer")
    delete_category(category, actor=actor, now=now)
    assert [each.label for each in forum.categories] == ["Delegate"]


def test_taking_the_overall_limit_away_leaves_no_count_behind(now: datetime) -> None:
    organiser = make_account("organiser@gtn.example")
    forum = make_forum()
    make_registration(make_category(forum), make_account(), RegistrationState.CONFIRMED)
    set_overall_capacity(forum, 10, actor=organiser, now=now)
    set_overall_capacity(forum, None, actor=organiser, now=now)
    db.session.commit()
    assert list(seat_differences()) == []
    assert [pool.label for pool in db.session.scalars(select(SeatPool))] == ["Delegate"]
