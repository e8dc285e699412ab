"""The rules of accounts that can say no."""

from gtn_events.core.errors import DomainError


class LinkRefused(DomainError):
    """A link from a mail is too old, was used already, or was changed on the way."""

    http_status = 410


class SignInRefused(DomainError):
    """The address and the password do not belong together; the text never says which is wrong."""


class TooManyAttempts(DomainError):
    """Too many attempts in a short time; the text says when to try again."""

    http_status = 429


class AddressTaken(DomainError):
    """Another account uses this address."""


class LastAdministrator(DomainError):
    """The site would be left without an administrator."""


class GrantRefused(DomainError):
    """The role cannot be given for this scope, or is held already."""


class InvitationClosed(DomainError):
    """The invitation was answered or withdrawn meanwhile, or is for another address."""


class ErasureRefused(DomainError):
    """The account still holds something that must be settled first."""


class StaffRefused(DomainError):
    """A role at a forum or a competition cannot be given or ended like this."""
