"""Rows for tests, without randomness: each function makes one thing, flushed and committed."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import func, select

from gtn_events.accounts.domain import roles
from gtn_events.accounts.domain.sessions import start_session
from gtn_events.accounts.enums import Role
from gtn_events.accounts.models import Account, Organisation, RoleGrant
from gtn_events.accounts.signed_in import COOKIE
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.permissions import Scope
from gtn_events.core.seats import SeatPool
from gtn_events.forum.domain.check_in import add_main_door
from gtn_events.forum.enums import Approval, ForumState, RegistrationState
from gtn_events.forum.models import ConsentText, Forum, ForumCategory, Registration, SideEvent
from gtn_events.questionnaire.domain.questions import QuestionSpec
from gtn_events.questionnaire.domain.versions import create_questionnaire, publish_version
from gtn_events.questionnaire.enums import QuestionKind
from gtn_events.questionnaire.models import AnswerSet

MADE_AT = datetime(2013, 4, 1, 8, 0, tzinfo=UTC)


def make_account(email: str = "rosa@firm.example", **values: Any) -> Account:
    """A person with a confirmed address and a filled profile; ``values`` are columns of Account."""
    defaults: dict[str, Any] = {
        "email": email,
        "email_key": email.lower(),
        "email_confirmed_at": MADE_AT,
        "given_name": "Rosa",
        "family_name": "Huamán",
        "economy_code": "PE",
        "time_zone": "America/Lima",
        "created_at": MADE_AT,
    }
    account = Account(**(defaults | values))
    db.session.add(account)
    db.session.commit()
    return account


def make_organisation(name: str = "Andes Cold Chain", **values: Any) -> Organisation:
    """An SME of Peru; ``values`` are columns of Organisation."""
    organisation = Organisation(**({"name": name, "economy_code": "PE", "created_at": MADE_AT} | values))
    db.session.add(organisation)
    db.session.commit()
    return organisation


def grant_role(account: Account, role: Role, scope: Scope | None = None) -> RoleGrant:
    """Give a role, for the whole site unless a scope is given."""
    grant = roles.grant_role(account, role, scope=scope or roles.SITE, actor=None, now=MADE_AT)
    db.session.commit()
    return grant


def sign_in(client: FlaskClient, account: Account) -> None:
    """Make a test client the browser of this account."""
    _, token = start_session(account, lifetime=timedelta(days=14), now=clock.now())
    db.session.commit()
    client.set_cookie(COOKIE, token)


def make_forum(slug: str = "gtn-forum-2013", *, capacity: int | None = None, **values: Any) -> Forum:
    """The network's first forum, published, open from April to 25 May 2013, without categories.

    ``capacity`` is of the overall pool; its questionnaire asks one plain and one sensitive question.
    """
    title = values.get("title", "GTN Forum 2013")
    questions = (
        QuestionSpec(QuestionKind.SHORT_TEXT, "Technology you bring", key="technology"),
        QuestionSpec(QuestionKind.SHORT_TEXT, "Allergies", key="allergies", sensitive=True),
    )
    questionnaire = create_questionnaire(f"{title}: registration", questions=questions, actor=None, now=MADE_AT)
    publish_version(questionnaire.versions[0], actor=None, now=MADE_AT)
    defaults: dict[str, Any] = {
        "slug": slug,
        "title": title,
        "edition": "First GTN Forum",
        "host_economy_code": "INA",
        "city": "Jakarta",
        "venue": "Balai Hijau",
        "time_zone": "Asia/Jakarta",
        "starts_on": date(2013, 6, 5),
        "ends_on": date(2013, 6, 6),
        "registration_opens_at": MADE_AT,
        "registration_closes_at": datetime(2013, 5, 25, 16, 59, tzinfo=UTC),
        "state": ForumState.PUBLISHED,
        "contact_email": "organiser@gtn.example",
        "reference_prefix": "GTN13",
        "created_at": MADE_AT,
    }
    forum = Forum(**(defaults | values), questionnaire=questionnaire)
    forum.consent_texts = [ConsentText(number=1, text="I agree to the privacy notice.", created_at=MADE_AT)]
    if capacity is not None:
        forum.pool = SeatPool(label=title, capacity=capacity, taken=0, created_at=MADE_AT)
    db.session.add(forum)
    db.session.flush()
    questionnaire.scope_kind, questionnaire.scope_id = forum.scope.kind, forum.scope.id
    add_main_door(forum)
    db.session.commit()
    return forum


def make_category(forum: Forum, label: str = "Delegate", *, capacity: int = 50, **values: Any) -> ForumCategory:
    """A category that people may choose and an organiser decides on; ``values`` are columns of ForumCategory."""
    defaults: dict[str, Any] = {
        "key": label.lower().replace(" ", "-"),
        "label": label,
        "position": len(forum.categories) + 1,
        "approval": Approval.ORGANISER,
        "pool": SeatPool(label=label, capacity=capacity, taken=0, created_at=MADE_AT),
    }
    category = ForumCategory(**(defaults | values))
    forum.categories.append(category)
    db.session.commit()
    return category


def make_side_event(
    forum: Forum, title: str = "Green procurement clinic", *, capacity: int = 20, **values: Any
) -> SideEvent:
    """A side event on the first afternoon, 14:00 to 16:00 in Jakarta; ``values`` are columns of SideEvent."""
    defaults: dict[str, Any] = {
        "forum": forum,
        "slug": title.lower().replace(" ", "-"),
        "title": title,
        "host_economy_code": "INA",
        "starts_at": datetime(2013, 6, 5, 7, 0, tzinfo=UTC),
        "ends_at": datetime(2013, 6, 5, 9, 0, tzinfo=UTC),
        "pool": SeatPool(label=title, capacity=capacity, taken=0, created_at=MADE_AT),
    }
    side_event = SideEvent(**(defaults | values))
    db.session.add(side_event)
    db.session.commit()
    return side_event


def make_registration(
    category: ForumCategory,
    account: Account,
    state: RegistrationState = RegistrationState.PENDING,
    **values: Any,
) -> Registration:
    """A registration as it would stand in this state, its seats taken; ``values`` are columns of Registration."""
    forum = category.forum
    number = ((db.session.scalar(select(func.count()).select_from(Registration)) or 0) + 1) % 10_000
    version = forum.questionnaire.versions[-1]
    defaults: dict[str, Any] = {
        "forum": forum,
        "category": category,
        "account": account,
        "reference": f"{forum.reference_prefix}-0000-{number:04d}",
        "state": state,
        "given_name": account.given_name,
        "family_name": account.family_name,
        "gender": account.gender.value,
        "email": account.email,
        "delegation_class": account.delegation_class,
        "economy_code": account.economy_code,
        "organisation_name": "Andes Cold Chain",
        "organisation_kind": "sme",
        "answer_set": AnswerSet(version=version, created_at=MADE_AT, updated_at=MADE_AT),
        "consent_text": forum.consent_texts[-1],
        "consented_at": MADE_AT,
        "submitted_at": MADE_AT,
        "state_changed_at": MADE_AT,
        "confirmed_at": MADE_AT if state is RegistrationState.CONFIRMED else None,
        "waitlisted_at": MADE_AT if state is RegistrationState.WAITLISTED else None,
        "offer_ends_at": MADE_AT + timedelta(days=60) if state is RegistrationState.OFFERED else None,
    }
    registration = Registration(**(defaults | values))
    if state.holds_seat:
        for pool in registration.pools:
            pool.taken += 1
    db.session.add(registration)
    db.session.commit()
    return registration
