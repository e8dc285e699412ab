"""Offers never end at night where the delegate is."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gtn_events.forum.domain.deadlines import offer_deadline

ZONES = [
    "America/Lima",
    "Asia/Jakarta",
    "Pacific/Auckland",
    "America/Santiago",
    "Asia/Tokyo",
    "UTC",
    "Australia/Lord_Howe",
]

BOUNDS = (datetime(2013, 1, 1), datetime(2030, 1, 1))  # noqa: DTZ001  # hypothesis adds the zone itself


@pytest.mark.parametrize(
    ("now", "zone", "expected"),
    [
        # 48 h later it is 14:00 in Jakarta: as it is.
        (datetime(2013, 5, 2, 7, 0, tzinfo=UTC), "Asia/Jakarta", datetime(2013, 5, 4, 7, 0, tzinfo=UTC)),
        # 22:30 in Jakarta: the next morning at 8.
        (datetime(2013, 5, 2, 15, 30, tzinfo=UTC), "Asia/Jakarta", datetime(2013, 5, 5, 1, 0, tzinfo=UTC)),
        # 03:00 in Lima: the same morning at 8.
        (datetime(2013, 5, 2, 8, 0, tzinfo=UTC), "America/Lima", datetime(2013, 5, 4, 13, 0, tzinfo=UTC)),
        # The night in which Santiago's clocks go forward (8 to 9 September 2012).
        (datetime(2012, 9, 7, 3, 30, tzinfo=UTC), "America/Santiago", datetime(2012, 9, 9, 11, 0, tzinfo=UTC)),
        # An unknown zone counts as UTC.
        (datetime(2013, 5, 2, 12, 0, tzinfo=UTC), "Moon/Tranquillity", datetime(2013, 5, 4, 12, 0, tzinfo=UTC)),
    ],
)
def test_offer_deadline_avoids_the_night(now: datetime, zone: str, expected: datetime) -> None:
    assert offer_deadline(now=now, hours=48, time_zone=zone) == expected


@given(
    st.datetimes(*BOUNDS, timezones=st.just(UTC)),
    st.integers(1, 200),
    st.sampled_from(ZONES),
)
def test_offer_deadline_is_by_day_and_never_early(now: datetime, hours: int, zone: str) -> None:
    deadline = offer_deadline(now=now, hours=hours, time_zone=zone)
    local = deadline.astimezone(ZoneInfo(zone)).time()
    assert time(7, 0) <= local < time(22, 0)
    assert timedelta(hours=hours) <= deadline - now <= timedelta(hours=hours + 11)
