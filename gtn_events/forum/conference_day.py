"""Which day of the programme a moment belongs to."""

from datetime import date, datetime, timedelta, tzinfo

# What starts in the small hours belongs to the evening before it.
DAY_CHANGE = timedelta(hours=4)


def conference_day(moment: datetime, zone: tzinfo) -> date:
    """Return the day of the programme that a moment belongs to; a day lasts from 04:00 to 04:00 at the venue."""
    return (moment.astimezone(zone).replace(tzinfo=None) - DAY_CHANGE).date()
