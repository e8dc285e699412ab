"""A forum whose delegates their economy answers for first, and the coordinator of Peru at the desk."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient

from gtn_events.accounts.enums import Role
from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.economies import Economy
from gtn_events.forum.enums import Approval, ApprovalStage, RegistrationState
from gtn_events.forum.models import Forum, ForumCategory, Registration
from tests.factories import MADE_AT, grant_role, make_account, make_category, make_forum, make_registration, sign_in

DESK = "/forums/gtn-forum-2013/delegation/PE"
Register = Callable[..., Registration]


@pytest.fixture
def forum(database: None) -> Forum:
    """The published forum of the tests."""
    return make_forum()


@pytest.fixture
def category(forum: Forum) -> ForumCategory:
    """Ten places for delegates; their economy says yes first."""
    return make_category(forum, capacity=10, approval=Approval.ECONOMY)


@pytest.fixture
def register(category: ForumCategory) -> Register:
    """Register somebody by family name; a pending one waits for the economy unless told otherwise."""

    def make(family: str, state: RegistrationState = RegistrationState.PENDING, **values: Any) -> Registration:
        code = values.pop("economy_code", "PE")
        account = make_account(f"{family.lower()}@firm.example", family_name=family, economy_code=code)
        stage = ApprovalStage.ECONOMY if state is RegistrationState.PENDING else ApprovalStage.HOST
        due = MADE_AT + timedelta(days=7)
        return make_registration(
            values.pop("category", category), account, state, **({"stage": stage, "answer_due_at": due} | values)
        )

    return make


def coordinator_of(code: str) -> Account:
    """Make the coordinator of an economy."""
    economy = db.session.get_one(Economy, code)
    account = make_account(f"coordinator.{code.lower()}@gtn.example", family_name=f"Speaker {code}", economy_code=code)
    grant_role(account, Role.ECONOMY_COORDINATOR, economy.scope)
    return account


@pytest.fixture
def coordinator(database: None) -> Account:
    """Who speaks for Peru."""
    return coordinator_of("PE")


@pytest.fixture
def desk(client: FlaskClient, coordinator: Account) -> FlaskClient:
    """The browser of Peru's coordinator."""
    sign_in(client, coordinator)
    return client
