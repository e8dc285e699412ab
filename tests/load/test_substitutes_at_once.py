"""A place moves from one person to another while others act on the same people: never lost, never two people's."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from gtn_events.accounts.models import Account
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.economies import Economy
from gtn_events.core.errors import DomainError
from gtn_events.core.outbox import OutboxMail
from gtn_events.delegations.domain.nominations import Nominee, withdraw_nomination
from gtn_events.delegations.domain.replacing import nominate_substitute
from gtn_events.delegations.enums import NominationState
from gtn_events.delegations.models import Delegation, Nomination
from gtn_events.forum.domain.integrity import seat_differences, state_differences, substitution_differences
from gtn_events.forum.domain.registrations import admit_registration, cancel_registration
from gtn_events.forum.domain.submission import Particulars, Submission, submit_registration
from gtn_events.forum.domain.substitutions import substitute, take_back_substitution
from gtn_events.forum.domain.transitions import Party
from gtn_events.forum.domain.waiting_list import offer_freed_seats
from gtn_events.forum.enums import RegistrationState as State
from gtn_events.forum.enums import SubstitutionState
from gtn_events.forum.models import Forum, ForumCategory, Registration, Substitution
from tests.load.browsers import all_at_once
from tests.load.people import open_forum, people, register

SEATS, TIMES = 6, 4

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def now() -> datetime:
    return clock.now()


def filled(slug: str, now: datetime, *, comes: State = State.WAITLISTED) -> tuple[int, list[int], list[int], int]:
    """A full category: those with a place, those of the same economy who could come, and who acts (ids)."""
    forum = open_forum(slug, seats=SEATS, now=now)
    [category] = forum.categories
    [(actor, _)] = people(1, name=f"actor-{slug}", now=now)
    seated = [account for account, _ in people(SEATS, name=f"seated-{slug}", now=now)]
    others = [account for account, _ in people(SEATS, name=f"comes-{slug}", now=now)]
    register(category, seated, State.CONFIRMED, now=now)
    # Somebody of another economy waits before all who could come.
    [(first, _)] = people(1, name=f"first-{slug}", now=now)
    first.economy_code = "CHL"
    register(category, [first], State.WAITLISTED, now=now)
    register(category, others, comes, now=now)
    ids = {account: registration for registration, account in _rows(category)}
    category_id = category.id
    found = ([ids[each.id] for each in seated], [ids[each.id] for each in others])
    actor_id = actor.id
    db.session.rollback()
    return category_id, *found, actor_id


def test_two_substitutes_for_one_person_and_one_gets_the_place(site: Flask, now: datetime) -> None:
    category_id, seated, others, actor = filled("two", now)
    acts = [
        partial(_substitute, leaves, comes, actor, now)
        for number, leaves in enumerate(seated)
        for comes in (others[number], others[(number + 1) % SEATS])
    ]
    all_at_once([partial(_done, site, act) for act in acts])
    states = _agree(category_id)
    done = db.session.scalars(select(Substitution).where(Substitution.leaves_id.in_(seated))).all()
    assert len({each.leaves_id for each in done}) == len({each.comes_id for each in done}) == len(done)
    assert [states[each].holds_seat for each in seated].count(False) == len(done)
    assert [states[each] for each in others].count(State.CONFIRMED) == len(done) > 0
    assert _mails(seated) == _mails(others) == len(done)


def test_a_cancel_at_the_same_moment_and_the_place_is_one_persons(site: Flask, now: datetime) -> None:
    category_id, seated, others, actor = filled("cancel", now)
    acts: list[Callable[[], Any]] = []
    for leaves, comes in zip(seated, others, strict=True):
        acts += [partial(_substitute, leaves, comes, actor, now), partial(_cancel, leaves, now)]
    all_at_once([partial(_done, site, act) for act in acts])
    states = _agree(category_id)
    assert {states[each] for each in seated} == {State.CANCELLED}
    # Where the cancel was first, the place was offered to whoever waits, in their order.
    assert _seated(category_id) == SEATS
    assert _mails(seated) == SEATS


def test_offers_at_the_same_moment_take_no_place_that_moves(site: Flask, now: datetime) -> None:
    category_id, seated, others, actor = filled("offer", now)
    acts: list[Callable[[], Any]] = [
        partial(_substitute, *pair, actor, now) for pair in zip(seated, others, strict=True)
    ]
    acts += [partial(_offer, category_id, now) for _time in range(TIMES)]
    all_at_once([partial(_done, site, act) for act in acts])
    states = _agree(category_id)
    assert {states[each] for each in seated} == {State.CANCELLED}
    assert {states[each] for each in others} == {State.CONFIRMED}
    assert list(states.values()).count(State.WAITLISTED) == 1


def test_taking_back_and_the_hosts_yes_meet(site: Flask, now: datetime) -> None:
    category_id, seated, others, actor = filled("yes", now, comes=State.PENDING)
    for leaves, comes in zip(seated, others, strict=True):
        _substitute(leaves, comes, actor, now)
    arranged = [each.id for each in db.session.scalars(select(Substitution).where(Substitution.leaves_id.in_(seated)))]
    db.session.commit()
    acts: list[Callable[[], Any]] = []
    for substitution, comes in zip(arranged, others, strict=True):
        acts += [partial(_take_back, substitution, actor, now), partial(_admit, comes, actor, now)]
    all_at_once([partial(_done, site, act) for act in acts])
    states = _agree(category_id)
    for each in db.session.scalars(select(Substitution).where(Substitution.id.in_(arranged))):
        moved = each.state is SubstitutionState.DONE
        assert states[each.leaves_id] is (State.CANCELLED if moved else State.CONFIRMED)
        assert states[each.comes_id or 0] is (State.CONFIRMED if moved else State.WAITLISTED)


def test_a_nominee_registers_while_the_nomination_or_the_place_goes(site: Flask, now: datetime) -> None:
    category_id, seated, _others, actor = filled("nominee", now)
    invited = [account.id for account, _ in people(SEATS, name="nominee", now=now)]
    nominations = [_nominate(leaves, account, actor, now) for leaves, account in zip(seated, invited, strict=True)]
    db.session.commit()
    acts: list[Callable[[], Any]] = []
    for number, (leaves, account, nomination) in enumerate(zip(seated, invited, nominations, strict=True)):
        ends = partial(_withdraw, nomination, actor, now) if number % 2 else partial(_cancel, leaves, now)
        acts += [partial(_submit, category_id, account, now), ends]
    all_at_once([partial(_done, site, act) for act in acts])
    _agree(category_id)
    assert _seated(category_id) == SEATS
    for nomination, leaves in zip(nominations, seated, strict=True):
        found, left = db.session.get_one(Nomination, nomination), db.session.get_one(Registration, leaves)
        assert found.substitution is not None
        if found.substitution.state is SubstitutionState.DONE:
            assert (found.state, left.state) == (NominationState.COMPLETED, State.CANCELLED)
        else:
            assert found.substitution.state is SubstitutionState.ENDED


def _substitute(leaves_id: int, comes_id: int, actor_id: int, now: datetime) -> None:
    leaves, comes = db.session.get_one(Registration, leaves_id), db.session.get_one(Registration, comes_id)
    seen, actor = (leaves.lock_version, comes.lock_version), db.session.get_one(Account, actor_id)
    substitute(leaves, comes, reason="Another duty.", seen=seen, actor=actor, now=now)


def _take_back(substitution_id: int, actor_id: int, now: datetime) -> None:
    actor = db.session.get_one(Account, actor_id)
    take_back_substitution(db.session.get_one(Substitution, substitution_id), actor=actor, now=now)


def _admit(registration_id: int, actor_id: int, now: datetime) -> None:
    actor = db.session.get_one(Account, actor_id)
    admit_registration(db.session.get_one(Registration, registration_id), actor=actor, now=now)


def _cancel(registration_id: int, now: datetime) -> None:
    registration = db.session.get_one(Registration, registration_id)
    cancel_registration(registration, actor=registration.account, now=now, party=Party.DELEGATE)


def _offer(category_id: int, now: datetime) -> None:
    offer_freed_seats(db.session.get_one(ForumCategory, category_id).forum, now=now)


def _nominate(leaves_id: int, account_id: int, actor_id: int, now: datetime) -> int:
    leaves, account = db.session.get_one(Registration, leaves_id), db.session.get_one(Account, account_id)
    nominee = Nominee(
        email=account.email,
        category=leaves.category,
        family_name=account.family_name,
        gender="woman",
        position="Founder",
        organisation_name="Andes Cold Chain",
        organisation_kind="sme",
        relevance="Runs the cold stores.",
    )
    delegation = Delegation(leaves.forum, db.session.get_one(Economy, "PE"))
    actor = db.session.get_one(Account, actor_id)
    seen = leaves.lock_version
    made = nominate_substitute(leaves, delegation, nominee, reason="Duty.", seen=seen, actor=actor, now=now)
    return made.id


def _withdraw(nomination_id: int, actor_id: int, now: datetime) -> None:
    actor = db.session.get_one(Account, actor_id)
    withdraw_nomination(db.session.get_one(Nomination, nomination_id), actor=actor, now=now)


def _submit(category_id: int, account_id: int, now: datetime) -> None:
    category, account = db.session.get_one(ForumCategory, category_id), db.session.get_one(Account, account_id)
    forum: Forum = category.forum
    given = Particulars(
        given_name=account.given_name,
        family_name=account.family_name,
        gender="woman",
        email=account.email,
        delegation_class=account.delegation_class,
        economy_code="PE",
    )
    version, consent = forum.questionnaire.versions[-1], forum.consent_texts[-1]
    submission = Submission(category=category, particulars=given, version=version, answers={}, consent_text=consent)
    submit_registration(forum, submission, actor=account, now=now)


def _rows(category: ForumCategory) -> list[tuple[int, int]]:
    rows = select(Registration.id, Registration.account_id).where(Registration.category_id == category.id)
    return [(registration, account) for registration, account in db.session.execute(rows)]


def _agree(category_id: int) -> dict[int, State]:
    """Return the state of everybody of the category, everything counted anew and found right."""
    db.session.rollback()
    db.session.expire_all()
    assert [*seat_differences(), *state_differences(), *substitution_differences()] == []
    states = select(Registration.id, Registration.state).where(Registration.category_id == category_id)
    return dict(db.session.execute(states).all())


def _seated(category_id: int) -> int:
    return db.session.get_one(ForumCategory, category_id).pool.taken


def _mails(registrations: list[int]) -> int:
    """Return how many mails tell these people of a change of state that ended or moved a place."""
    told = ("registration_replaced", "registration_takes_place", "registration_cancelled")
    about = [f"registration:{each}:forum/{template}:" for each in registrations for template in told]
    counted = (db.session.scalar(select(func.count()).where(OutboxMail.key.startswith(start))) or 0 for start in about)
    return sum(counted)


def _done(site: Flask, act: Callable[[], Any]) -> None:
    with site.app_context():
        try:
            act()
            db.session.commit()
        except DomainError:
            db.session.rollback()
        finally:
            db.session.remove()
