"""The organiser's pages; importing the package adds every view to its blueprint."""

from . import criteria, eligibility, hosts, overview, questionnaire, settings, staff, state
from .blueprint import blueprint

__all__ = ["blueprint", "criteria", "eligibility", "hosts", "overview", "questionnaire", "settings", "staff", "state"]
