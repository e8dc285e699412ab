"""What becomes of a registration: seats, waiting list, offers, mails, journal."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.economies import DelegationClass
from gtn_events.core.errors import Stale
from gtn_events.core.journal import JournalEntry
from gtn_events.core.outbox import OutboxMail
from gtn_events.forum.domain.integrity import seat_differences, state_differences
from gtn_events.forum.domain.registrations import (
    admit_registration,
    approve_registration,
    cancel_registration,
    confirm_registration,
    reconsider_registration,
    reject_registration,
)
from gtn_events.forum.domain.submission import Particulars, Submission, change_registration, submit_registration
from gtn_events.forum.domain.transitions import Party
from gtn_events.forum.domain.waiting_list import accept_offer, decline_offer, lapse_due_offers, offer_place
from gtn_events.forum.enums import Approval
from gtn_events.forum.enums import RegistrationState as State
from gtn_events.forum.errors import (
    AlreadyRegistered,
    CategoryClosed,
    OfferEnded,
    ReasonMissing,
    RegistrationClosed,
    TransitionRefused,
)
from gtn_events.forum.models import ForumCategory, Registration
from tests.factories import make_account, make_category, make_forum, make_registration

pytestmark = pytest.mark.usefixtures("database")


def particulars(**values: Any) -> Particulars:
    defaults: dict[str, Any] = {
        "given_name": "Rosa",
        "family_name": "Huamán",
        "gender": "woman",
        "email": "rosa@firm.example",
        "delegation_class": DelegationClass.ECONOMY,
        "economy_code": "PE",
    }
    return Particulars(**(defaults | values))


def submission(category: ForumCategory, **values: Any) -> Submission:
    forum = category.forum
    defaults: dict[str, Any] = {
        "category": category,
        "particulars": particulars(),
        "version": forum.questionnaire.versions[-1],
        "answers": {"technology": "Cold stores", "allergies": "Peanuts"},
        "consent_text": forum.consent_texts[-1],
    }
    return Submission(**(defaults | values))


def people(count: int) -> list[Account]:
    return [make_account(f"person{number}@firm.example", family_name=f"Person{number}") for number in range(count)]


def templates_sent() -> list[str]:
    return list(db.session.scalars(select(OutboxMail.template).order_by(OutboxMail.id)))


def no_differences() -> bool:
    return not [*seat_differences(), *state_differences()]


def test_submit_waits_for_the_organiser(now: datetime) -> None:
    account, category = make_account(), make_category(make_forum())
    registration = submit_registration(category.forum, submission(category), actor=account, now=now)
    assert registration.state is State.PENDING
    assert registration.sort_name == "huaman rosa"
    assert registration.reference.startswith("GTN13-")
    assert category.pool.taken == 0
    assert templates_sent() == ["forum/registration_received"]


def test_submit_without_approval_confirms_at_once_and_waits_when_full(now: datetime) -> None:
    first, second = people(2)
    category = make_category(make_forum(), capacity=1, approval=Approval.NONE)
    seated = submit_registration(category.forum, submission(category), actor=first, now=now)
    waiting = submit_registration(category.forum, submission(category), actor=second, now=now)
    assert (seated.state, waiting.state) == (State.CONFIRMED, State.WAITLISTED)
    assert templates_sent() == ["forum/registration_confirmed", "forum/registration_waitlisted"]
    assert no_differences()


def test_submit_twice_is_refused(now: datetime) -> None:
    account, category = make_account(), make_category(make_forum())
    submit_registration(category.forum, submission(category), actor=account, now=now)
    with pytest.raises(AlreadyRegistered):
        submit_registration(category.forum, submission(category), actor=account, now=now)
    assert len(templates_sent()) == 1


def test_submit_after_cancelling_is_a_new_registration(now: datetime) -> None:
    account, category = make_account(), make_category(make_forum())
    first = submit_registration(category.forum, submission(category), actor=account, now=now)
    cancel_registration(first, actor=account, now=now, party=Party.DELEGATE)
    second = submit_registration(category.forum, submission(category), actor=account, now=now)
    assert second.id != first.id
    assert (first.state, second.state) == (State.CANCELLED, State.PENDING)


@pytest.mark.parametrize("moment", [datetime(2013, 3, 31, tzinfo=UTC), datetime(2013, 5, 25, 16, 59, tzinfo=UTC)])
def test_submit_outside_the_window_is_refused(moment: datetime) -> None:
    account, category = make_account(), make_category(make_forum())
    with pytest.raises(RegistrationClosed):
        submit_registration(category.forum, submission(category), actor=account, now=moment)


def test_submit_to_a_category_of_the_organiser_is_refused(now: datetime) -> None:
    account, category = make_account(), make_category(make_forum(), "Staff", open_to_public=False)
    with pytest.raises(CategoryClosed):
        submit_registration(category.forum, submission(category), actor=account, now=now)


def test_confirm_needs_approval_first(now: datetime) -> None:
    organiser = make_account("organiser@gtn.example")
    registration = make_registration(make_category(make_forum()), make_account())
    with pytest.raises(TransitionRefused):
        confirm_registration(registration, actor=organiser, now=now)
    approve_registration(registration, actor=organiser, now=now)
    assert confirm_registration(registration, actor=organiser, now=now) is State.CONFIRMED
    assert registration.category.pool.taken == 1
    assert templates_sent() == ["forum/registration_approved", "forum/registration_confirmed"]


def test_admit_confirms_with_one_mail_and_a_journal_entry(now: datetime) -> None:
    organiser = make_account("organiser@gtn.example")
    registration = make_registration(make_category(make_forum()), make_account())
    admit_registration(registration, actor=organiser, now=now)
    assert templates_sent() == ["forum/registration_confirmed"]
    entry = db.session.scalars(select(JournalEntry).where(JournalEntry.subject_type == "forum_registration")).one()
    assert (entry.action, entry.actor_id, entry.changes) == (
        "registration admitted",
        organiser.id,
        {"state": ["pending", "confirmed"]},
    )


def test_the_overall_pool_counts_too(now: datetime) -> None:
    organiser = make_account("organiser@gtn.example")
    forum = make_forum(capacity=1)
    first = make_registration(make_category(forum, "Delegate"), make_account("a@firm.example"))
    second = make_registration(make_category(forum, "Observer"), make_account("b@firm.example"))
    assert admit_registration(first, actor=organiser, now=now) is State.CONFIRMED
    assert admit_registration(second, actor=organiser, now=now) is State.WAITLISTED
    assert second.category.pool.taken == 0
    assert no_differences()


def test_reject_needs_a_reason_and_can_be_taken_up_again(now: datetime) -> None:
    organiser = make_account("organiser@gtn.example")
    registration = make_registration(make_category(make_forum()), make_account())
    with pytest.raises(ReasonMissing):
        reject_registration(registration, actor=organiser, now=now, reason="  ")
    reject_registration(registration, actor=organiser, now=now, reason="Not a green technology")
    assert (registration.state, registration.state_reason) == (State.REJECTED, "Not a green technology")
    assert reconsider_registration(registration, actor=organiser, now=now) is State.PENDING


def test_a_cancelled_seat_is_offered_to_the_first_who_waits(now: datetime) -> None:
    one, two, three = people(3)
    category = make_category(make_forum(), capacity=1)
    seated = make_registration(category, one, State.CONFIRMED)
    later = make_registration(category, two, State.WAITLISTED, waitlisted_at=now)
    earlier = make_registration(category, three, State.WAITLISTED, waitlisted_at=now - timedelta(hours=1))
    cancel_registration(seated, actor=one, now=now, party=Party.DELEGATE)
    assert (earlier.state, later.state) == (State.OFFERED, State.WAITLISTED)
    assert category.pool.taken == 1
    assert templates_sent() == ["forum/registration_cancelled", "forum/registration_offered"]
    assert no_differences()


def test_priority_comes_before_time(now: datetime) -> None:
    one, two, three = people(3)
    category = make_category(make_forum(), capacity=1)
    seated = make_registration(category, one, State.CONFIRMED)
    make_registration(category, two, State.WAITLISTED, waitlisted_at=now - timedelta(hours=1))
    favoured = make_registration(category, three, State.WAITLISTED, waitlisted_at=now, priority=1)
    cancel_registration(seated, actor=one, now=now, party=Party.DELEGATE)
    assert favoured.state is State.OFFERED


def test_nobody_passes_those_who_wait(now: datetime) -> None:
    organiser = make_account("organiser@gtn.example")
    waiting, newcomer = people(2)
    category = make_category(make_forum(), capacity=1)
    make_registration(category, waiting, State.WAITLISTED)
    registration = make_registration(category, newcomer)
    assert admit_registration(registration, actor=organiser, now=now) is State.WAITLISTED


def test_accepting_an_offer_keeps_the_mark_of_the_waiting_list(now: datetime) -> None:
    account = make_account()
    registration = make_registration(make_category(make_forum(), capacity=1), account, State.WAITLISTED)
    offer_place(registration, actor=make_account("organiser@gtn.example"), now=now)
    assert accept_offer(registration, actor=account, now=now) is State.CONFIRMED
    assert registration.came_from_waiting_list is True
    assert registration.offer_ends_at is None
    assert registration.category.pool.taken == 1


def test_an_offer_cannot_be_accepted_after_its_end(now: datetime) -> None:
    account = make_account()
    registration = make_registration(make_category(make_forum()), account, State.OFFERED, offer_ends_at=now)
    with pytest.raises(OfferEnded):
        accept_offer(registration, actor=account, now=now)
    assert registration.state is State.OFFERED


def test_a_lapsed_offer_passes_on(now: datetime) -> None:
    one, two = people(2)
    category = make_category(make_forum(), capacity=1)
    slow = make_registration(category, one, State.OFFERED, offer_ends_at=now)
    following = make_registration(category, two, State.WAITLISTED)
    assert lapse_due_offers(now=now) == [slow.id]
    assert (slow.state, following.state) == (State.DECLINED, State.OFFERED)
    assert templates_sent() == ["forum/registration_lapsed", "forum/registration_offered"]
    assert lapse_due_offers(now=now) == []
    assert no_differences()


def test_a_declined_offer_passes_on(now: datetime) -> None:
    one, two = people(2)
    category = make_category(make_forum(), capacity=1)
    declining = make_registration(category, one, State.OFFERED)
    following = make_registration(category, two, State.WAITLISTED)
    assert decline_offer(declining, actor=one, now=now) is State.DECLINED
    assert following.state is State.OFFERED


def test_no_offer_without_a_free_seat(now: datetime) -> None:
    one, two = people(2)
    category = make_category(make_forum(), capacity=1)
    make_registration(category, one, State.CONFIRMED)
    waiting = make_registration(category, two, State.WAITLISTED)
    with pytest.raises(TransitionRefused):
        offer_place(waiting, actor=make_account("organiser@gtn.example"), now=now)


def test_the_second_of_two_tabs_is_told(now: datetime) -> None:
    account = make_account()
    registration = make_registration(make_category(make_forum()), account)
    seen = registration.lock_version

    def save(family_name: str, technology: str) -> None:
        change_registration(
            registration,
            particulars(family_name=family_name, organisation_name="Andes Cold Chain", organisation_kind="sme"),
            version=registration.answer_set.version,
            answers={"technology": technology},
            seen_version=seen,
            actor=account,
            now=now,
        )

    save("Huamán", "Only the answer changes")
    db.session.commit()
    with pytest.raises(Stale):
        save("Quispe", "Too late")
    db.session.rollback()
    assert db.session.get_one(Registration, registration.id).family_name == "Huamán"


def test_the_recount_names_a_wrong_pool(now: datetime) -> None:
    category = make_category(make_forum(), capacity=5)
    make_registration(category, make_account(), State.CONFIRMED)
    category.pool.taken = 3
    db.session.flush()
    assert list(seat_differences()) == [f"Seat pool {category.pool.id} (Delegate): 3 taken, but 1 rows hold a seat."]


def test_a_rejected_registration_stays_so_while_the_person_has_another(now: datetime) -> None:
    organiser, rosa = make_account("organiser@gtn.example"), make_account()
    category = make_category(make_forum())
    rejected = make_registration(category, rosa)
    reject_registration(rejected, actor=organiser, now=now, reason="Not yet on the market.")
    submit_registration(category.forum, submission(category), actor=rosa, now=now)
    db.session.commit()
    with pytest.raises(TransitionRefused):
        reconsider_registration(rejected, actor=organiser, now=now)
    db.session.rollback()
    assert rejected.state is State.REJECTED
