"""Local times at the venue become moments, or are refused with a sentence."""

from datetime import datetime

import pytest

from gtn_events.core.errors import VenueTimeRefused
from gtn_events.core.venue_time import moment_at_venue


@pytest.mark.parametrize(
    ("local", "zone"),
    [
        ("0001-01-01T00:00", "Asia/Jakarta"),
        ("9999-12-31T23:59", "America/Lima"),
        ("2200-01-01T00:00", "UTC"),
    ],
)
def test_a_year_that_cannot_be_meant_is_refused(local: str, zone: str) -> None:
    with pytest.raises(VenueTimeRefused, match=r"^Choose a year from 1970 to 2199\.$"):
        moment_at_venue(datetime.fromisoformat(local), zone)
