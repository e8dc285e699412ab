"""The one button of a competition's page follows the close, its grace and what happens to late entries."""

from datetime import datetime, timedelta

import pytest
from flask.testing import FlaskClient

from gtn_events.competition.enums import LatePolicy
from gtn_events.core import clock
from tests.competition.factories import make_competition

URL = "/competitions/sme-competition-2013/"


def at(monkeypatch: pytest.MonkeyPatch, moment: datetime) -> None:
    monkeypatch.setattr(clock, "now", lambda: moment)


@pytest.mark.parametrize(
    ("minutes", "policy", "told"),
    [
        (-1, LatePolicy.GRACE, "The draft saves itself"),
        (5, LatePolicy.NONE, "No entries are taken any more."),
        (5, LatePolicy.GRACE, "still counts as in time"),
        (15, LatePolicy.GRACE, "No entries are taken any more."),
        (15, LatePolicy.ASK, "the organiser decides whether it is taken"),
    ],
)
def test_the_button_follows_the_close_and_its_grace(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch, minutes: int, policy: LatePolicy, told: str
) -> None:
    competition = make_competition(grace_minutes=15, late_policy=policy)
    at(monkeypatch, competition.entries_close_at + timedelta(minutes=minutes))
    page = client.get(URL).text
    assert told in page
    assert (f'href="{URL}enter/"' in page) == ("taken any more" not in told)
