"""A call with its organiser, signed in, in the weeks when firms apply."""

from datetime import UTC, datetime

import pytest
from flask.testing import FlaskClient

from gtn_events.accounts.enums import Role
from gtn_events.accounts.models import Account
from gtn_events.core import clock
from gtn_events.incubation.models import Call
from tests.factories import grant_role, make_account, sign_in
from tests.incubation.factories import make_call

OPEN = datetime(2027, 3, 1, 3, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def spring(monkeypatch: pytest.MonkeyPatch) -> None:
    """The moment of these tests: applications are open."""
    monkeypatch.setattr(clock, "now", lambda: OPEN)


@pytest.fixture
def call(database: None) -> Call:
    """The published call of the tests."""
    return make_call(description="About", declaration="I declare.")


@pytest.fixture
def organiser(call: Call) -> Account:
    """The organiser of the call."""
    account = make_account("organiser@gtn.example", given_name="Dewi", family_name="Lestari", economy_code="INA")
    grant_role(account, Role.ORGANISER, call.scope)
    return account


@pytest.fixture
def desk(client: FlaskClient, organiser: Account) -> FlaskClient:
    """The organiser's browser."""
    sign_in(client, organiser)
    return client
