"""Days of travel: around the forum, there before back, told at the question."""

from datetime import date, datetime

import pytest
from flask.testing import FlaskClient

from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.forum.domain.journey import problems_with_journey
from gtn_events.forum.models import Forum
from gtn_events.questionnaire.defaults import REGISTRATION_STEPS, registration_questions
from gtn_events.questionnaire.domain.versions import create_questionnaire, publish_version
from tests.accounts.pages import field_errors
from tests.factories import make_account, make_category, make_forum, make_registration, sign_in

FORUM = Forum(starts_on=date(2013, 6, 5), ends_on=date(2013, 6, 6))
ARRIVAL = "Choose a day from 8 May 2013 to 6 June 2013; the forum begins on 5 June 2013."
DEPARTURE = "Choose a day from 5 June 2013 to 4 July 2013; the forum begins on 5 June 2013."


@pytest.mark.parametrize(
    ("arrival", "departure", "problems"),
    [
        ("2013-06-04", "2013-06-07", {}),
        ("2013-06-05", "2013-06-05", {}),
        ("2013-05-08", "2013-07-04", {}),
        ("2013-05-07", "2013-06-07", {"arrival_date": ARRIVAL}),
        ("2013-06-07", "2013-06-08", {"arrival_date": ARRIVAL}),
        ("2031-06-04", "2013-07-05", {"arrival_date": ARRIVAL, "departure_date": DEPARTURE}),
        (
            "2013-06-06",
            "2013-06-05",
            {"departure_date": "You would leave before you arrive. Choose 6 June 2013 or later."},
        ),
    ],
)
@pytest.mark.usefixtures("database")
def test_days_of_travel_are_around_the_forum(arrival: str, departure: str, problems: dict[str, str]) -> None:
    days = {"arrival_date": date.fromisoformat(arrival), "departure_date": date.fromisoformat(departure)}
    assert problems_with_journey(FORUM, days) == problems


@pytest.fixture
def forum(database: None, now: datetime, monkeypatch: pytest.MonkeyPatch) -> Forum:
    """A forum with the default questions, open at the moment of the test."""
    monkeypatch.setattr(clock, "now", lambda: now)
    forum = make_forum()
    forum.questionnaire = create_questionnaire(
        "Registration", questions=registration_questions(), steps=REGISTRATION_STEPS, actor=None, now=now
    )
    publish_version(forum.questionnaire.versions[0], actor=None, now=now)
    db.session.commit()
    return forum


TYPED = {"q_attendance_mode": "in-person", "q_arrival_date": "2013-06-09", "q_departure_date": "2013-06-01"}


def test_a_wrong_day_is_told_at_its_question_while_registering(client: FlaskClient, forum: Forum) -> None:
    sign_in(client, make_account())
    client.post(f"/forums/{forum}/register/organisation", data={"q_attendance_mode": "in-person"})
    errors = field_errors(client.post(f"/forums/{forum}/register/travel", data=TYPED))
    assert (errors["q_arrival_date"], errors["q_departure_date"]) == (ARRIVAL, DEPARTURE)


def test_a_wrong_day_is_told_at_its_question_while_changing(client: FlaskClient, forum: Forum) -> None:
    rosa = make_account()
    make_registration(make_category(forum), rosa)
    sign_in(client, rosa)
    errors = field_errors(client.post(f"/forums/{forum}/my/change", data=TYPED))
    assert (errors["q_arrival_date"], errors["q_departure_date"]) == (ARRIVAL, DEPARTURE)
