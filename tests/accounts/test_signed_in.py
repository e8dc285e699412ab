"""The sign-in cookie and its session."""

from flask.testing import FlaskClient
from flask_login import current_user

from gtn_events.accounts.signed_in import COOKIE

from ..factories import make_account, sign_in


def test_a_request_belongs_to_the_account_of_its_cookie(client: FlaskClient) -> None:
    sign_in(client, make_account())
    cookie = client.get_cookie(COOKIE)
    assert cookie is not None
    with client.application.test_request_context(headers={"Cookie": f"{COOKIE}={cookie.value}"}):
        assert current_user.email == "rosa@firm.example"
