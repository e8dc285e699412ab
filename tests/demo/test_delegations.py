"""The open forum of the demonstration has kept places, exchanges, and people who wait for their economies."""

import pytest
from sqlalchemy import select

from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.forum.domain.economy_stage import waits_for_economy
from gtn_events.forum.domain.integrity import allotment_differences, seat_differences
from gtn_events.forum.enums import SwapState
from gtn_events.forum.models import Allotment, AllotmentSwap, Registration


@pytest.mark.usefixtures("loaded")
def test_places_are_kept_and_economies_asked() -> None:
    allotments = list(db.session.scalars(select(Allotment)))
    assert any(each.pool.taken for each in allotments)
    assert any(each.released_at for each in allotments)
    states = {each.state for each in db.session.scalars(select(AllotmentSwap))}
    assert states == {SwapState.ACCEPTED, SwapState.PROPOSED}
    waiting = [each for each in db.session.scalars(select(Registration)) if waits_for_economy(each, now=clock.now())]
    assert "THA" in {each.economy_code for each in waiting}
    assert [*allotment_differences(), *seat_differences()] == []
