"""Errors whose text a user may read."""


class DomainError(Exception):
    """A rule of the field said no.

    The text is shown to the person as it stands, so it says what happened, what was
    kept and what to do next. ``field`` names the form field it belongs to, if any.
    """

    http_status = 409

    def __init__(self, message: str, *, field: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.field = field


class NotAllowed(DomainError):
    """The person is known but may not do this."""

    http_status = 403


class Stale(DomainError):
    """The record was changed by somebody else since the page was loaded."""


class UploadRefused(DomainError):
    """A file was refused; the text says which rule it broke and what would be accepted."""

    http_status = 422


class VenueTimeRefused(DomainError):
    """A typed local time does not exist at the venue, or comes twice."""
