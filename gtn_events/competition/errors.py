"""Errors of the competition whose text a user may read."""

from gtn_events.core.errors import DomainError


class CompetitionRefused(DomainError):
    """The competition cannot be as the organiser typed it; ``field`` says where."""


class CategoryRefused(DomainError):
    """A category cannot be as typed, or cannot be taken away."""


class EntriesClosed(DomainError):
    """Outside the window in which entries are taken."""


class AlreadySent(DomainError):
    """The draft has become an entry, or a version of one, already."""


class EntryRefused(DomainError):
    """The entry breaks a rule of the call."""


class EndorsementRefused(DomainError):
    """The economy's coordinator cannot decide like this."""


class NominationRefused(DomainError):
    """The nomination breaks a rule, or was used or taken back already."""


class TransitionRefused(DomainError):
    """This is not possible in the present state."""


class ReasonMissing(DomainError):
    """The act needs a reason."""


class RubricRefused(DomainError):
    """The criteria break a rule: weights, scale or levels."""


class RubricLocked(DomainError):
    """A score was given under this version of the criteria."""


class RoundRefused(DomainError):
    """The round cannot be changed like this."""


class JudgeRefused(DomainError):
    """The invitation or the seat breaks a rule."""


class ScoringClosed(DomainError):
    """The round takes no scores now."""


class ScoreRefused(DomainError):
    """A score does not fit its criterion."""


class ResultRefused(DomainError):
    """The result cannot be computed, decided or published like this."""


class LiveRefused(DomainError):
    """The live final cannot be set up, run or changed like this now."""


class VoteRefused(DomainError):
    """The vote of the audience is not taken like this; ``field`` says where."""


class AppealRefused(DomainError):
    """The appeal comes too late, lacks something, or may not be decided by this person."""
