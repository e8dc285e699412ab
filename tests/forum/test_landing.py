"""The landing page of the site counts the next forum's delegates as the forum's own page does."""

from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from gtn_events.core import clock
from gtn_events.forum.enums import RegistrationState
from tests.factories import make_account, make_category, make_forum, make_registration


@pytest.mark.parametrize("address", ["/", "/forums/gtn-forum-2027"])
def test_total_counts_economies_too_small_to_publish(client: FlaskClient, address: str) -> None:
    day = (clock.now() + timedelta(days=40)).date()
    delegate = make_category(make_forum("gtn-forum-2027", starts_on=day, ends_on=day))
    for number, economy in enumerate(("PE", "PE", "PE", "THA")):
        account = make_account(f"person{number}@firm.example", economy_code=economy)
        make_registration(delegate, account, RegistrationState.CONFIRMED)
    assert client.get(address).text.count("<strong>4 delegates from 2 economies</strong>") == 1
