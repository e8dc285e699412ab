"""A rule that says no on a page is told on that page, once."""

from flask.testing import FlaskClient

REFUSAL = "This link is not complete."


def test_refused_page_tells_why_and_the_next_page_does_not(client: FlaskClient) -> None:
    refused = client.get("/confirm/broken")
    assert (refused.status_code, refused.text.count(REFUSAL)) == (410, 1)
    assert client.get("/privacy").text.count(REFUSAL) == 0
