"""A competition on the path of endorsement, its coordinator of Peru, an entrant, an organiser."""

import pytest

from gtn_events.accounts.models import Account
from gtn_events.competition.models import Competition
from tests.competition.economy.desks import make_coordinator, make_endorsed_competition
from tests.factories import make_account


@pytest.fixture
def competition(database: None) -> Competition:
    return make_endorsed_competition()


@pytest.fixture
def coordinator(competition: Competition) -> Account:
    return make_coordinator()


@pytest.fixture
def entrant(competition: Competition) -> Account:
    return make_account("rosa@firm.example")


@pytest.fixture
def organiser(competition: Competition) -> Account:
    return make_account("organiser@gtn.example", economy_code="INA")
