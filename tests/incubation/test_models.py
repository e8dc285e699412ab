"""What the tables of co-incubation refuse by themselves."""

import pytest
from sqlalchemy.exc import IntegrityError

from gtn_events.core.db import db
from gtn_events.incubation.enums import ApplicationState, OfferState
from gtn_events.incubation.models import Offer
from tests.factories import make_account
from tests.incubation.factories import MADE_AT, make_application, make_call, make_host, make_intake


def test_an_account_has_one_live_application_in_a_call(database: None) -> None:
    call, account = make_call(), make_account(economy_code="PE")
    make_application(call, account, state=ApplicationState.WITHDRAWN)
    make_application(call, account)
    with pytest.raises(IntegrityError):
        make_application(call, account)


def test_an_application_holds_one_place_at_a_time(database: None) -> None:
    call = make_call()
    intake = make_intake(call, make_host())
    application = make_application(call, make_account(economy_code="PE"), [intake])
    for state in (OfferState.DECLINED, OfferState.OFFERED, OfferState.ACCEPTED):
        db.session.add(
            Offer(application=application, intake=intake, state=state, offered_at=MADE_AT, accept_by=MADE_AT)
        )
    with pytest.raises(IntegrityError):
        db.session.flush()


def test_a_host_gives_places_once_in_a_call(database: None) -> None:
    call, host = make_call(), make_host()
    make_intake(call, host)
    with pytest.raises(IntegrityError):
        make_intake(call, host)
