"""Brings a schedule.xml or schedule.json into a forum: read (pure), then apply in one transaction."""

from .applying import ImportReport, apply_schedule
from .raw import ScheduleUnreadable
from .reading import read_schedule
from .schedule import Finding, Schedule

__all__ = ["Finding", "ImportReport", "Schedule", "ScheduleUnreadable", "apply_schedule", "read_schedule"]
