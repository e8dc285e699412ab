"""What the package refuses, in words for the person who asked."""

from gtn_events.core.errors import DomainError


class QuestionRefused(DomainError):
    """A question breaks a rule; ``field`` names the field of the editor's form."""

    http_status = 422


class QuestionInUse(DomainError):
    """Other questions depend on this one, so it cannot be removed or moved there."""


class StepRefused(DomainError):
    """A step of the form cannot be as typed, moved or taken away; ``field`` names the field of its form."""

    http_status = 422


class VersionClosed(DomainError):
    """The version is published or retired; only a draft can be changed."""


class AnswerRefused(DomainError):
    """An answer does not fit its question; ``field`` is the question's key."""

    http_status = 422
