"""Forums that are open today, and people who have filled in everything but the last step."""

from datetime import datetime, timedelta
from typing import Any

from gtn_events.accounts.domain.sessions import start_session
from gtn_events.accounts.models import Account
from gtn_events.accounts.signed_in import COOKIE
from gtn_events.core.db import db
from gtn_events.forum.domain.drafts import save_step
from gtn_events.forum.enums import Approval, RegistrationState
from gtn_events.forum.models import Forum, ForumCategory, Registration
from gtn_events.questionnaire.models import AnswerSet
from tests.factories import make_category, make_forum
from tests.load.browsers import Browser

STEPS: dict[str, dict[str, list[str]]] = {
    "category": {"category": ["delegate"]},
    "name": {"given_name": ["Rosa"], "family_name": ["Huamán"], "economy": ["PE"], "gender": ["woman"]},
    "organisation": {"organisation_name": ["Andina Cold Store"], "organisation_kind": ["sme"], "position": ["Founder"]},
    "questions": {"q_technology": ["Cold stores"]},
}


def open_forum(slug: str, *, seats: int, now: datetime) -> Forum:
    """A forum in a month, open for registration, with one category that needs no approval."""
    first_day = (now + timedelta(days=30)).date()
    forum = make_forum(
        slug,
        starts_on=first_day,
        ends_on=first_day + timedelta(days=1),
        registration_opens_at=now - timedelta(days=1),
        registration_closes_at=now + timedelta(days=20),
    )
    make_category(forum, "Delegate", capacity=seats, approval=Approval.NONE)
    return forum


def people(count: int, *, name: str, now: datetime) -> list[tuple[Account, Browser]]:
    """That many people, each signed in with a browser."""
    made = []
    for number in range(count):
        account = Account(
            email=f"{name}{number}@firm.example",
            email_key=f"{name}{number}@firm.example",
            email_confirmed_at=now,
            given_name="Rosa",
            family_name=f"Huamán {number}",
            economy_code="PE",
            created_at=now,
        )
        db.session.add(account)
        db.session.flush()
        _session, token = start_session(account, lifetime=timedelta(days=1), now=now)
        made.append((account, Browser(account.id, {COOKIE: token})))
    db.session.commit()
    return made


def fill_drafts(forum: Forum, accounts: list[Account], *, now: datetime, side_events: bool = False) -> None:
    """Fill in everything but the last step of the registration for each account."""
    steps: dict[str, Any] = STEPS | ({"side-events": {}} if side_events else {})
    for account in accounts:
        draft = None
        for step, typed in steps.items():
            answers = {"technology": "Cold stores"} if step == "questions" else {}
            draft = save_step(
                draft, forum=forum, account=account, step=step, typed=typed, answers=answers, uploads={}, now=now
            )
    db.session.commit()


def register(category: ForumCategory, accounts: list[Account], state: RegistrationState, *, now: datetime) -> None:
    """Give each account a registration in this state, its seats taken."""
    forum, version = category.forum, category.forum.questionnaire.versions[-1]
    for account in accounts:
        db.session.add(
            Registration(
                forum=forum,
                category=category,
                account=account,
                reference=f"{forum.reference_prefix}-{forum.id:04d}-{account.id:04d}",
                state=state,
                given_name=account.given_name,
                family_name=account.family_name,
                sort_name=account.sort_name,
                gender=account.gender.value,
                email=account.email,
                economy_code=account.economy_code,
                answer_set=AnswerSet(version=version, created_at=now, updated_at=now),
                submitted_at=now,
                state_changed_at=now,
                confirmed_at=now if state is RegistrationState.CONFIRMED else None,
                waitlisted_at=now if state is RegistrationState.WAITLISTED else None,
            )
        )
    if state.holds_seat:
        for pool in category.pools:
            pool.taken += len(accounts)
    db.session.commit()
