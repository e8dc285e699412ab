"""Calls, hosts with their places, applications with their wishes, reviews, matches, offers and placements."""

from .application import Application, ApplicationDraft, ApplicationVersion, Wish
from .call import Call, CallCriterion
from .host import Host, HostPhoto, Intake
from .match import MatchOutcome, MatchRun, Offer
from .placement import (
    Agreement,
    FigureLink,
    FigureSet,
    Milestone,
    Party,
    Placement,
    PlacementReport,
    ServiceHours,
    Stay,
)
from .review import Block, HostRank, Interview, InterviewSlot, Review

__all__ = [
    "Agreement",
    "Application",
    "ApplicationDraft",
    "ApplicationVersion",
    "Block",
    "Call",
    "CallCriterion",
    "FigureLink",
    "FigureSet",
    "Host",
    "HostPhoto",
    "HostRank",
    "Intake",
    "Interview",
    "InterviewSlot",
    "MatchOutcome",
    "MatchRun",
    "Milestone",
    "Offer",
    "Party",
    "Placement",
    "PlacementReport",
    "Review",
    "ServiceHours",
    "Stay",
    "Wish",
]
