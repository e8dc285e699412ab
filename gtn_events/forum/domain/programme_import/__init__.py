"""Brings a schedule.xml into a forum: read (pure), then apply in one transaction."""

from .applying import ImportReport, apply_schedule
from .reading import ScheduleUnreadable, read_schedule
from .schedule import Finding, Schedule

__all__ = ["Finding", "ImportReport", "Schedule", "ScheduleUnreadable", "apply_schedule", "read_schedule"]
