"""A competition with its organiser, signed in."""

import pytest
from flask.testing import FlaskClient

from gtn_events.accounts.enums import Role
from gtn_events.accounts.models import Account
from gtn_events.competition.models import Competition
from tests.competition.factories import make_competition
from tests.factories import grant_role, make_account, sign_in


@pytest.fixture
def competition(database: None) -> Competition:
    """The published competition of the tests."""
    return make_competition()


@pytest.fixture
def organiser(competition: Competition) -> Account:
    """The organiser of the competition."""
    account = make_account("organiser@gtn.example", given_name="Dewi", family_name="Lestari", economy_code="INA")
    grant_role(account, Role.ORGANISER, competition.scope)
    return account


@pytest.fixture
def desk(client: FlaskClient, organiser: Account) -> FlaskClient:
    """The organiser's browser."""
    sign_in(client, organiser)
    return client
