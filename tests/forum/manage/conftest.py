"""A forum with its organiser, signed in."""

import pytest
from flask.testing import FlaskClient

from gtn_events.accounts.enums import Role
from gtn_events.accounts.models import Account
from gtn_events.forum.models import Forum
from tests.factories import grant_role, make_account, make_forum, sign_in


@pytest.fixture
def forum(database: None) -> Forum:
    """The published forum of the tests."""
    return make_forum()


@pytest.fixture
def organiser(forum: Forum) -> Account:
    """The organiser of the forum."""
    account = make_account("organiser@gtn.example", given_name="Dewi", family_name="Lestari", economy_code="INA")
    grant_role(account, Role.ORGANISER, forum.scope)
    return account


@pytest.fixture
def desk(client: FlaskClient, organiser: Account) -> FlaskClient:
    """The organiser's browser."""
    sign_in(client, organiser)
    return client
