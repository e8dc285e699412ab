"""Competitions with their entries, rounds, judges, scorecards and results."""

from .appeal import Amendment, Appeal
from .competition import Competition, CompetitionCategory, DeclarationText
from .entry import Entry, EntryCategory, EntryDraft, EntryMember, EntryVersion
from .judge import Assignment, Conflict, Judge, JudgeDeclaration
from .live_final import Ballot, LiveFinal, LiveSlot
from .nomination import Nomination
from .result import Award, RankingRow, ResultVersion
from .root import RecordedRoot
from .round import Criterion, CriterionLevel, Round, RoundEntry, Rubric
from .scorecard import Scorecard, ScorecardDraft
from .simulation import Simulation
from .training import TrainingEntry, TrainingScorecard

__all__ = [
    "Amendment",
    "Appeal",
    "Assignment",
    "Award",
    "Ballot",
    "Competition",
    "CompetitionCategory",
    "Conflict",
    "Criterion",
    "CriterionLevel",
    "DeclarationText",
    "Entry",
    "EntryCategory",
    "EntryDraft",
    "EntryMember",
    "EntryVersion",
    "Judge",
    "JudgeDeclaration",
    "LiveFinal",
    "LiveSlot",
    "Nomination",
    "RankingRow",
    "RecordedRoot",
    "ResultVersion",
    "Round",
    "RoundEntry",
    "Rubric",
    "Scorecard",
    "ScorecardDraft",
    "Simulation",
    "TrainingEntry",
    "TrainingScorecard",
]
