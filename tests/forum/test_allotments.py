"""Kept places: they add up, nobody loses a seat by them, and what nobody uses goes to whoever waits."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.economies import DelegationClass
from gtn_events.forum.domain.allotments import (
    Kept,
    forums_with_due_allotments,
    give_places_back,
    release_allotments,
    release_due_allotments,
    set_allotments,
)
from gtn_events.forum.domain.categories import CategoryDetails, delete_category, edit_category
from gtn_events.forum.domain.cloning import NewEdition, clone_forum
from gtn_events.forum.domain.integrity import allotment_differences, seat_differences
from gtn_events.forum.domain.kept_places import allotments_by_holder
from gtn_events.forum.domain.registrations import admit_registration, cancel_registration
from gtn_events.forum.domain.submission import change_registration
from gtn_events.forum.domain.transitions import Party
from gtn_events.forum.enums import Approval
from gtn_events.forum.enums import RegistrationState as State
from gtn_events.forum.errors import AllotmentRefused, CorrectionRefused
from gtn_events.forum.models import Forum, ForumCategory, Registration
from gtn_events.forum.queries.standings import standings
from tests.conftest import NOW
from tests.factories import make_account, make_category, make_forum, make_registration
from tests.forum.delegations import particulars_of, person_of

RELEASE = NOW + timedelta(days=10)

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture
def organiser(database: None) -> Account:
    return make_account("organiser@gtn.example")


@pytest.fixture
def forum(database: None) -> Forum:
    return make_forum()


@pytest.fixture
def delegates(forum: Forum) -> Iterator[ForumCategory]:
    yield make_category(forum, "Delegate", capacity=6)
    assert [*allotment_differences(), *seat_differences()] == []


def keep(category: ForumCategory, organiser: Account, **places: int) -> list[Registration]:
    wanted = {holder: Kept(places=number, releases_at=RELEASE) for holder, number in places.items()}
    offered = set_allotments(category, wanted, actor=organiser, now=NOW)
    db.session.commit()
    return offered


def pools(category: ForumCategory) -> dict[str, tuple[int, int]]:
    """Taken and capacity by holder, and of the common places."""
    found = {holder: each.pool for holder, each in allotments_by_holder(category).items()}
    if category.common_pool is not None:
        found["common"] = category.common_pool
    return {holder: (pool.taken, pool.capacity) for holder, pool in found.items()}


def admit(category: ForumCategory, organiser: Account, economy: str) -> Registration:
    registration = make_registration(category, person_of(economy))
    admit_registration(registration, actor=organiser, now=NOW)
    db.session.commit()
    return registration


def test_the_first_allotment_makes_the_common_places_and_the_last_takes_them_away(
    delegates: ForumCategory, organiser: Account
) -> None:
    keep(delegates, organiser, PE=2, secretariat=1)
    assert pools(delegates) == {"PE": (0, 2), "secretariat": (0, 1), "common": (0, 3)}
    keep(delegates, organiser, PE=0)
    assert pools(delegates) == {"secretariat": (0, 1), "common": (0, 5)}
    keep(delegates, organiser, secretariat=0)
    assert pools(delegates) == {}
    assert not delegates.is_allotted


def test_people_who_are_seated_move_into_the_places_of_their_economy(
    delegates: ForumCategory, organiser: Account
) -> None:
    first, second = admit(delegates, organiser, "PE"), admit(delegates, organiser, "PE")
    keep(delegates, organiser, PE=1)
    assert pools(delegates) == {"PE": (1, 1), "common": (1, 5)}
    assert (first.allotment is not None, second.allotment) == (True, None)


def test_an_allotment_that_shrinks_leaves_its_people_their_seats(delegates: ForumCategory, organiser: Account) -> None:
    keep(delegates, organiser, PE=3)
    people = [admit(delegates, organiser, "PE") for _number in range(3)]
    keep(delegates, organiser, PE=1)
    assert pools(delegates) == {"PE": (1, 1), "common": (2, 5)}
    keep(delegates, organiser, PE=0)
    assert [each.state for each in people] == [State.CONFIRMED] * 3
    assert [each.allotment_id for each in people] == [None] * 3


def test_more_than_the_category_has_is_refused_at_the_holder(delegates: ForumCategory, organiser: Account) -> None:
    keep(delegates, organiser, PE=2)
    with pytest.raises(AllotmentRefused, match="Delegate has 6 places; that is 1 place fewer") as refusal:
        keep(delegates, organiser, PE=2, CHL=5)
    db.session.rollback()
    assert refusal.value.field == "CHL"
    assert pools(delegates) == {"PE": (0, 2), "common": (0, 4)}


def test_places_others_have_taken_are_not_kept(delegates: ForumCategory, organiser: Account) -> None:
    for _number in range(4):
        admit(delegates, organiser, "PE")
    with pytest.raises(AllotmentRefused, match="4 common places of Delegate are taken, and only 3 would be left"):
        keep(delegates, organiser, CHL=3)
    db.session.rollback()


def test_a_release_date_that_is_over_is_refused(delegates: ForumCategory, organiser: Account) -> None:
    wanted = {"PE": Kept(places=1, releases_at=NOW)}
    with pytest.raises(AllotmentRefused, match="is over already") as refusal:
        set_allotments(delegates, wanted, actor=organiser, now=NOW)
    assert refusal.value.field == "PE"


def test_own_places_are_taken_before_common_ones(delegates: ForumCategory, organiser: Account) -> None:
    keep(delegates, organiser, PE=1)
    for _number in range(2):
        admit(delegates, organiser, "PE")
    admit(delegates, organiser, "CHL")
    assert pools(delegates) == {"PE": (1, 1), "common": (2, 5)}


def test_kept_places_stay_free_for_their_holder_while_others_wait(delegates: ForumCategory, organiser: Account) -> None:
    keep(delegates, organiser, PE=5)
    assert [admit(delegates, organiser, "CHL").state for _number in range(2)] == [State.CONFIRMED, State.WAITLISTED]
    assert admit(delegates, organiser, "PE").state is State.CONFIRMED


def test_nobody_passes_who_waits_for_kept_places(delegates: ForumCategory, organiser: Account) -> None:
    keep(delegates, organiser, PE=2)
    make_registration(delegates, person_of("PE"), State.WAITLISTED)
    assert admit(delegates, organiser, "PE").state is State.WAITLISTED


def test_who_waits_without_kept_places_does_not_stop_their_holder(delegates: ForumCategory, organiser: Account) -> None:
    keep(delegates, organiser, PE=2)
    make_registration(delegates, person_of("CHL"), State.WAITLISTED)
    assert [admit(delegates, organiser, "PE").allotment is not None for _number in range(2)] == [True, True]
    assert admit(delegates, organiser, "PE").state is State.WAITLISTED


def test_on_the_date_unused_places_go_to_whoever_waits(delegates: ForumCategory, organiser: Account) -> None:
    keep(delegates, organiser, PE=5)
    seated = admit(delegates, organiser, "PE")
    waiting = [admit(delegates, organiser, "CHL") for _number in range(3)][1:]
    assert forums_with_due_allotments(now=RELEASE - timedelta(seconds=1)) == []
    assert forums_with_due_allotments(now=RELEASE) == [delegates.forum]
    offered = release_due_allotments(delegates.forum, now=RELEASE)
    assert offered == waiting
    assert pools(delegates) == {"PE": (1, 1), "common": (3, 5)}
    assert release_due_allotments(delegates.forum, now=RELEASE) == []
    # A place that becomes free after the date is nobody's any more.
    cancel_registration(seated, actor=organiser, now=RELEASE, party=Party.ORGANISER)
    assert pools(delegates) == {"PE": (0, 0), "common": (3, 6)}


def test_an_organiser_releases_one_holder_before_the_date(delegates: ForumCategory, organiser: Account) -> None:
    keep(delegates, organiser, PE=2, CHL=2)
    release_allotments(delegates.forum, holder="PE", actor=organiser, now=NOW)
    assert pools(delegates) == {"PE": (0, 0), "CHL": (0, 2), "common": (0, 4)}
    [standing] = standings(delegates.forum, "PE")
    assert standing.allotment is not None
    assert (standing.allotment.releases_at, standing.allotment.released_at, standing.returns_at) == (RELEASE, NOW, None)


def test_places_can_be_kept_anew_after_a_release(delegates: ForumCategory, organiser: Account) -> None:
    keep(delegates, organiser, PE=2)
    release_allotments(delegates.forum, actor=organiser, now=NOW)
    keep(delegates, organiser, PE=2)
    assert pools(delegates) == {"PE": (0, 2), "common": (0, 4)}
    assert allotments_by_holder(delegates)["PE"].released_at is None


def test_a_holder_gives_unused_places_back_early(delegates: ForumCategory, organiser: Account) -> None:
    keep(delegates, organiser, PE=5)
    admit(delegates, organiser, "PE")
    waiting = [admit(delegates, organiser, "CHL") for _number in range(2)][1]
    kept = allotments_by_holder(delegates)["PE"]
    with pytest.raises(AllotmentRefused, match="4 places are free"):
        give_places_back(kept, 5, actor=organiser, now=NOW)
    assert give_places_back(kept, 2, actor=organiser, now=NOW) == [waiting]
    assert pools(delegates) == {"PE": (1, 3), "common": (2, 3)}


def edited(category: ForumCategory, capacity: int) -> CategoryDetails:
    return CategoryDetails(
        label=category.label, description="", capacity=capacity, approval=Approval.ORGANISER, open_to_public=True
    )


def test_a_category_grows_and_shrinks_by_its_common_places(delegates: ForumCategory, organiser: Account) -> None:
    keep(delegates, organiser, PE=2)
    admit(delegates, organiser, "CHL")
    edit_category(delegates, edited(delegates, 8), actor=organiser, now=NOW)
    assert pools(delegates) == {"PE": (0, 2), "common": (1, 6)}
    edit_category(delegates, edited(delegates, 3), actor=organiser, now=NOW)
    db.session.commit()
    with pytest.raises(AllotmentRefused, match="1 common place of Delegate is taken, and only 0") as refusal:
        edit_category(delegates, edited(delegates, 2), actor=organiser, now=NOW)
    db.session.rollback()
    assert refusal.value.field == "capacity"
    assert pools(delegates) == {"PE": (0, 2), "common": (1, 1)}


def test_a_category_goes_with_its_allotments(delegates: ForumCategory, organiser: Account) -> None:
    other = make_category(delegates.forum, "Observer")
    keep(other, organiser, PE=2)
    delete_category(other, actor=organiser, now=NOW)
    assert [each.label for each in delegates.forum.categories] == ["Delegate"]


def test_a_new_edition_keeps_the_same_places(delegates: ForumCategory, organiser: Account) -> None:
    keep(delegates, organiser, PE=2, secretariat=1)
    admit(delegates, organiser, "PE")
    release_allotments(delegates.forum, actor=organiser, now=NOW)
    edition = NewEdition(
        title="GTN Forum 2014", edition="", slug="gtn-forum-2014", reference_prefix="GTN14", starts_on=date(2014, 6, 5)
    )
    copy = clone_forum(delegates.forum, edition, with_side_events=False, actor=organiser, now=NOW)
    [category] = copy.categories
    assert pools(category) == {"PE": (0, 2), "secretariat": (0, 1), "common": (0, 3)}
    dates = {each.releases_at for each in allotments_by_holder(category).values()}
    assert dates == {RELEASE + timedelta(days=365)}


def test_a_class_without_an_economy_holds_places_like_others(delegates: ForumCategory, organiser: Account) -> None:
    keep(delegates, organiser, secretariat=1)
    values: dict[str, Any] = {"economy_code": None, "delegation_class": DelegationClass.SECRETARIAT}
    registration = make_registration(delegates, make_account("one@apec.example", **values))
    admit_registration(registration, actor=organiser, now=NOW)
    assert pools(delegates) == {"secretariat": (1, 1), "common": (0, 5)}


def change_economy(registration: Registration, economy: str, *, now: datetime = NOW) -> None:
    change_registration(
        registration,
        particulars_of(registration, economy),
        version=registration.answer_set.version,
        answers={},
        seen_version=registration.lock_version,
        actor=registration.account,
        now=now,
    )


def test_a_seat_does_not_leave_with_a_person_who_changes_the_economy(
    delegates: ForumCategory, organiser: Account
) -> None:
    keep(delegates, organiser, PE=1, CHL=1)
    registration = admit(delegates, organiser, "PE")
    change_economy(registration, "CHL")
    assert pools(delegates) == {"PE": (0, 1), "CHL": (1, 1), "common": (0, 4)}
    change_economy(registration, "JPN")
    assert pools(delegates) == {"PE": (0, 1), "CHL": (0, 1), "common": (1, 4)}
    db.session.commit()


def test_an_economy_is_not_changed_where_no_place_is_free_for_the_new_one(
    delegates: ForumCategory, organiser: Account
) -> None:
    keep(delegates, organiser, PE=6)
    registration = admit(delegates, organiser, "PE")
    with pytest.raises(CorrectionRefused, match="no place of Delegate is free"):
        change_economy(registration, "CHL")
    db.session.rollback()
    assert db.session.scalars(select(Registration.economy_code)).all() == ["PE"]
