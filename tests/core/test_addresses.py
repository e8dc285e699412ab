"""What cannot be the id of a row or be typed by a person ends in a page of ours, not in the database."""

import pytest
from flask.testing import FlaskClient

from gtn_events.core.addresses import LARGEST_ID, row_id, row_ids
from tests.factories import make_account, sign_in


@pytest.mark.parametrize("address", ["/jobs/2147483648", "/jobs/9223372036854775808", "/forums/a%00b", "/verify/a%0Ab"])
def test_an_address_of_no_row_is_not_found(client: FlaskClient, address: str) -> None:
    sign_in(client, make_account())
    assert client.get(address).status_code == 404


def test_a_nul_in_a_form_is_a_bad_request(client: FlaskClient) -> None:
    sign_in(client, make_account())
    assert client.post("/account/profile", data={"family_name": "a\0b"}).status_code == 400


def test_numbers_that_no_row_can_have_name_none() -> None:
    assert row_ids(["7", "-1", "", "x", "²", "1e3", str(LARGEST_ID), str(LARGEST_ID + 1), "9" * 40]) == [7, LARGEST_ID]
    assert [row_id("7"), row_id(str(LARGEST_ID + 1)), row_id(None)] == [7, 0, 0]
