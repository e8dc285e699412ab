"""An erased person is not given a certificate, although the check-in still counts."""

from datetime import date, datetime, timedelta

import pytest

from gtn_events.accounts.domain.personal_data import erase_person
from gtn_events.core.db import db
from gtn_events.forum.domain.check_in import check_in
from gtn_events.forum.enums import RegistrationState as State
from gtn_events.forum.queries.attendance import attended_registrations
from gtn_events.forum.queries.forums import checkpoint_of
from tests.factories import make_account, make_category, make_forum, make_registration


@pytest.mark.usefixtures("database")
def test_an_erased_person_is_due_no_certificate(now: datetime) -> None:
    forum = make_forum(starts_on=date(2013, 4, 1), ends_on=date(2013, 4, 2))
    account = make_account()
    registration = make_registration(make_category(forum), account, State.CONFIRMED)
    door = db.session.execute(checkpoint_of(forum, "main-door")).scalar_one()
    check_in(registration, door, station="", actor=make_account("door@gtn.example"), now=now)
    assert [each.id for each in attended_registrations(forum)] == [registration.id]
    erase_person(account, now=now + timedelta(days=1))
    assert list(attended_registrations(forum)) == []
    assert (registration.family_name, registration.sort_name) == ("Erased person", "erased person")
