"""What the forum refuses, in words a delegate may read."""

from gtn_events.core.errors import DomainError


class RegistrationClosed(DomainError):
    """The moment is outside the registration window (or past the deadline for changes)."""


class AlreadyRegistered(DomainError):
    """The person has an active registration for this forum."""


class TransitionRefused(DomainError):
    """The registration is not in a state from which this can be done."""


class OfferEnded(DomainError):
    """The offer was answered after its deadline."""


class CategoryClosed(DomainError):
    """The category is not one that people may choose for themselves."""


class ReasonMissing(DomainError):
    """The act needs a reason, because the person will read it."""


class CorrectionRefused(DomainError):
    """What a delegate gave cannot be corrected any more."""


class SideEventsClash(DomainError):
    """Two things the delegate wants are at the same time; the text names both."""


class BookingRefused(DomainError):
    """A side event cannot be chosen or left as things stand."""


class ForumRefused(DomainError):
    """The forum cannot be as the organiser typed it; ``field`` says where."""


class CategoryRefused(DomainError):
    """A category cannot be as typed, or cannot be taken away."""


class AllotmentRefused(DomainError):
    """Places cannot be kept as typed; ``field`` is the holder, or the field of the page that asked."""


class SwapRefused(DomainError):
    """Two holders cannot exchange these places as things stand."""


class SubstitutionRefused(DomainError):
    """A person cannot be replaced by this one as things stand."""


class BadgesRefused(DomainError):
    """Badges cannot be printed as asked."""


class SideEventRefused(DomainError):
    """A side event cannot be as typed, or cannot be taken away."""


class ProgrammeRefused(DomainError):
    """A room, track, session or speaker cannot be as typed, or cannot be taken away."""


class GuestRefused(DomainError):
    """A guest of a side event cannot be invited, or cannot register, as things stand."""


class GuestLinkRefused(DomainError):
    """The link of an invited guest opens nothing any more."""

    http_status = 410


class ProposalRefused(DomainError):
    """A proposal of a side event cannot be sent, changed or decided as things stand."""


class SessionCallRefused(DomainError):
    """A call for sessions cannot be as typed, or cannot be published or closed as things stand."""


class SessionProposalRefused(DomainError):
    """A proposed session cannot be sent, changed, scored or decided as things stand."""


class CheckpointRefused(DomainError):
    """A checkpoint cannot be as typed, or cannot be closed."""


class CheckInRefused(DomainError):
    """A check-in cannot be taken back as things stand."""


class ScansRefused(DomainError):
    """What a door sent is no batch of scans."""


class LetterRefused(DomainError):
    """A letter cannot be asked for, issued or worded like this; ``field`` says where."""


class PassportRefused(DomainError):
    """Passport or journey cannot be as typed; ``field`` says where."""


class WalkInRefused(DomainError):
    """Nobody can be registered at the door as things stand."""


class UnknownField(DomainError):
    """A text to many holds a field that nothing fills."""

    http_status = 422


class MailingRefused(DomainError):
    """A mail to a chosen set cannot be sent, changed or taken back any more."""
