"""Errors of co-incubation whose text a user may read."""

from gtn_events.core.errors import DomainError


class CallRefused(DomainError):
    """The call cannot be as the organiser typed it; ``field`` says where."""


class HostRefused(DomainError):
    """The profile of a host, or its places in a call, cannot be as typed; ``field`` says where."""


class ApplicationsClosed(DomainError):
    """Outside the window in which applications are taken."""


class ApplicationRefused(DomainError):
    """The application breaks a rule of the call."""


class AlreadySent(DomainError):
    """The draft has become an application, or a version of one, already."""


class WishRefused(DomainError):
    """A host cannot be wished for: own economy, not in this call, twice, or too many."""


class TransitionRefused(DomainError):
    """This is not possible in the present state."""


class ReasonMissing(DomainError):
    """The act needs a reason."""


class ReviewRefused(DomainError):
    """A score, a rank or an interview cannot be as given."""


class MatchRefused(DomainError):
    """The match cannot be made or published like this."""


class OfferRefused(DomainError):
    """The offer cannot be answered like this."""


class PlaceTaken(OfferRefused):
    """Somebody else was given the last place a moment before."""


class AgreementRefused(DomainError):
    """The agreement cannot be changed, sent or signed like this."""


class PlacementRefused(DomainError):
    """The placement, or something in it, cannot be as given; ``field`` says where."""


class StillPlaced(DomainError):
    """A person cannot be erased while their placement is prepared or under way."""


class FiguresRefused(DomainError):
    """A figure cannot be what was given; ``field`` says which."""


class FiguresLinkRefused(DomainError):
    """The link to the form of figures is not one of ours, or has ended."""

    http_status = 404
