"""The words of the forum that are stored."""

from enum import StrEnum


class ForumState(StrEnum):
    """DRAFT is seen by its organisers only; CLOSED stays public and takes no more registrations."""

    DRAFT = "draft"
    PUBLISHED = "published"
    CLOSED = "closed"


class Approval(StrEnum):
    """Whom a category's registrations wait for: nobody, the organiser, or first the person's economy."""

    ECONOMY = "economy"
    ORGANISER = "organiser"
    NONE = "none"


class ApprovalStage(StrEnum):
    """Whose word a pending registration waits for: first its economy's coordinator, then the host."""

    ECONOMY = "economy"
    HOST = "host"

    @property
    def label(self) -> str:
        return {"economy": "Waits for the economy", "host": "Waits for the host"}[self.value]


class SwapState(StrEnum):
    """Where an exchange of kept places stands; ENDED can no longer be done."""

    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    ENDED = "ended"

    @property
    def label(self) -> str:
        return self.value.capitalize()


class SubstitutionState(StrEnum):
    """Where a substitution stands: ARRANGED waits for the new person, DONE has moved the place, ENDED never did."""

    ARRANGED = "arranged"
    DONE = "done"
    ENDED = "ended"


class DelegationFunction(StrEnum):
    """What a person does in a delegation; the order here is protocol order."""

    HEAD = "head"
    ALTERNATE = "alternate"
    DELEGATE = "delegate"
    ADVISER = "adviser"
    OBSERVER = "observer"

    @property
    def label(self) -> str:
        return {
            "head": "Head of delegation",
            "alternate": "Alternate head",
            "delegate": "Delegate",
            "adviser": "Adviser",
            "observer": "Observer",
        }[self.value]


class Funding(StrEnum):
    """Who pays for a person's travel."""

    OWN = "own"
    APEC = "apec"
    HOST = "host"

    @property
    def label(self) -> str:
        return {"own": "Own", "apec": "APEC", "host": "Host"}[self.value]


class LetterKind(StrEnum):
    """An invitation is for everybody who is approved; a visa letter holds the passport, too."""

    INVITATION = "invitation"
    VISA = "visa"

    @property
    def label(self) -> str:
        return {"invitation": "Invitation letter", "visa": "Visa letter"}[self.value]

    @property
    def designed(self) -> str:
        """The key under which it is designed."""
        return f"letter-{self.value}"


class PassportKind(StrEnum):
    """What stands on the cover of a passport."""

    ORDINARY = "ordinary"
    OFFICIAL = "official"
    DIPLOMATIC = "diplomatic"

    @property
    def label(self) -> str:
        return self.value.capitalize()


class RegistrationState(StrEnum):
    """Where a registration stands; see forum.domain.transitions for the one table."""

    PENDING = "pending"
    APPROVED = "approved"
    CONFIRMED = "confirmed"
    WAITLISTED = "waitlisted"
    OFFERED = "offered"
    DECLINED = "declined"
    REJECTED = "rejected"
    CANCELLED = "cancelled"

    @property
    def label(self) -> str:
        return self.value.capitalize()

    @property
    def is_active(self) -> bool:
        """True while the person has a claim: a second registration is refused."""
        return self in ACTIVE_STATES

    @property
    def holds_seat(self) -> bool:
        """True when a seat of every pool is taken for it."""
        return self in SEATED_STATES


ACTIVE_STATES = frozenset(
    {
        RegistrationState.PENDING,
        RegistrationState.APPROVED,
        RegistrationState.CONFIRMED,
        RegistrationState.WAITLISTED,
        RegistrationState.OFFERED,
    }
)
SEATED_STATES = frozenset({RegistrationState.CONFIRMED, RegistrationState.OFFERED})


class BookingState(StrEnum):
    """Where a delegate's place at a side event stands.

    CHOSEN waits for the registration to be confirmed; then it is CONFIRMED or WAITLISTED.
    """

    CHOSEN = "chosen"
    CONFIRMED = "confirmed"
    WAITLISTED = "waitlisted"
    OFFERED = "offered"
    DECLINED = "declined"
    CANCELLED = "cancelled"

    @property
    def label(self) -> str:
        return self.value.capitalize()

    @property
    def is_active(self) -> bool:
        return self not in (BookingState.DECLINED, BookingState.CANCELLED)

    @property
    def holds_seat(self) -> bool:
        return self in (BookingState.CONFIRMED, BookingState.OFFERED)


class PaperPurpose(StrEnum):
    """What a working group is asked to do with a paper, as its cover sheet says."""

    INFORMATION = "information"
    CONSIDERATION = "consideration"

    @property
    def label(self) -> str:
        return self.value.capitalize()


class Audience(StrEnum):
    """Who can take a place at a side event."""

    DELEGATES = "delegates"
    GUESTS = "guests"
    BOTH = "both"

    @property
    def label(self) -> str:
        return {
            "delegates": "Confirmed delegates",
            "guests": "Invited guests only",
            "both": "Confirmed delegates and invited guests",
        }[self.value]


class GuestState(StrEnum):
    """What an invited guest of a side event has answered; REGISTERED holds a seat."""

    INVITED = "invited"
    REGISTERED = "registered"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        return self.value.capitalize()


class ProposalState(StrEnum):
    """Where a proposed side event stands; see forum.domain.proposals.transitions for the one table."""

    DRAFT = "draft"
    PROPOSED = "proposed"
    UNDER_REVIEW = "under-review"
    CHANGES_ASKED = "changes-asked"
    AGREED = "agreed"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    PUBLISHED = "published"

    @property
    def label(self) -> str:
        return self.value.replace("-", " ").capitalize()

    @property
    def is_with_proposer(self) -> bool:
        """True while the proposer can change the text."""
        return self in (ProposalState.DRAFT, ProposalState.CHANGES_ASKED)

    @property
    def is_undecided(self) -> bool:
        """True while the organiser still has to answer, or the proposer to send it."""
        return self.is_with_proposer or self in (ProposalState.PROPOSED, ProposalState.UNDER_REVIEW)


class ProposalFormat(StrEnum):
    """How people take part in a side event."""

    IN_PERSON = "in-person"
    HYBRID = "hybrid"
    ONLINE = "online"

    @property
    def label(self) -> str:
        return {"in-person": "In person", "hybrid": "In person and online", "online": "Online"}[self.value]


class WishedSlot(StrEnum):
    """The part of a day that a proposer wishes for."""

    MORNING = "morning"
    LUNCH = "lunch"
    AFTERNOON = "afternoon"
    EVENING = "evening"

    @property
    def label(self) -> str:
        return {
            "morning": "Morning",
            "lunch": "Lunch break",
            "afternoon": "Afternoon",
            "evening": "Evening",
        }[self.value]


class SpeakerRole(StrEnum):
    """What a person does in a session."""

    SPEAKER = "speaker"
    CHAIR = "chair"
    CO_CHAIR = "co-chair"
    MODERATOR = "moderator"
    KEYNOTE = "keynote"
    PANELLIST = "panellist"
    DISCUSSANT = "discussant"
    FACILITATOR = "facilitator"
    RAPPORTEUR = "rapporteur"
    HOST = "mc"
    INTERPRETER = "interpreter"
    TIME_KEEPER = "time-keeper"

    @property
    def label(self) -> str:
        names = {"keynote": "Keynote speaker", "mc": "Master of ceremonies", "time-keeper": "Time keeper"}
        return names.get(self.value, self.value.capitalize())


class SessionLevel(StrEnum):
    """What a session takes for granted in those who come; without one it is for everybody."""

    INTRODUCTORY = "introductory"
    INTERMEDIATE = "intermediate"
    ADVANCED = "advanced"

    @property
    def label(self) -> str:
        return self.value.capitalize()


class MaterialKind(StrEnum):
    """What a material of a session is."""

    SLIDES = "slides"
    PAPER = "paper"
    RECORDING = "recording"
    OTHER = "other"

    @property
    def label(self) -> str:
        return self.value.capitalize()


class MaterialAccess(StrEnum):
    """Who may have a material of a session."""

    PUBLIC = "public"
    REGISTERED = "registered"
    CONFIRMED = "confirmed"

    @property
    def label(self) -> str:
        return {
            "public": "Everybody",
            "registered": "Whoever has registered",
            "confirmed": "Confirmed delegates",
        }[self.value]


class SessionKind(StrEnum):
    """How a session is shown: a plenary spans the grid, a break is dashed."""

    SESSION = "session"
    PLENARY = "plenary"
    BREAK = "break"


class ConflictKind(StrEnum):
    """What can be wrong with the place of a session."""

    ROOM = "room"
    SPEAKER = "speaker"
    ROOM_SMALL = "room-small"
    OUTSIDE = "outside"
    SIDE_EVENT = "side-event"
    AWAY = "away"


class Treatment(StrEnum):
    """What a conflict does: it blocks the release of the programme, it warns, or nobody asks."""

    BLOCK = "block"
    WARN = "warn"
    IGNORE = "ignore"


class ScheduleAct(StrEnum):
    """What an organiser does to the place of a session."""

    PLACE = "place"
    MOVE = "move"
    RESIZE = "resize"
    UNSCHEDULE = "unschedule"


class ActState(StrEnum):
    """Whether an act can be undone, can be done again, or was left behind: undone, and then something else was done."""

    DONE = "done"
    UNDONE = "undone"
    LEFT = "left"


class CheckpointKind(StrEnum):
    """What stands behind a checkpoint."""

    MAIN_DOOR = "main-door"
    DAY = "day"
    SIDE_EVENT = "side-event"
    DINNER = "dinner"
    BUS = "bus"
    OTHER = "other"


class CheckpointRule(StrEnum):
    """How often one person passes: once, once on each of the venue's days, or in and out as often as they like."""

    ONCE = "once"
    DAILY = "daily"
    IN_AND_OUT = "in-and-out"


class Direction(StrEnum):
    """Which way somebody passes a checkpoint; only IN_AND_OUT knows OUT."""

    IN = "in"
    OUT = "out"


class Outcome(StrEnum):
    """What the person at the door sees; each has its own shape, colour and word."""

    IN = "in"
    OUT = "out"
    ALREADY_IN = "already-in"
    ALREADY_OUT = "already-out"
    NOT_HERE = "not-here"
    NOT_REGISTERED = "not-registered"
    UNKNOWN = "unknown"
    CLOSED = "closed"

    @property
    def passes(self) -> bool:
        """True when somebody goes through."""
        return self in (Outcome.IN, Outcome.OUT)


class BadgeFormat(StrEnum):
    """On what badges are printed."""

    SINGLE = "single"
    SHEET_4 = "sheet-4"
    SHEET_8 = "sheet-8"
    LABEL = "label"

    @property
    def has_back(self) -> bool:
        """True where there is room for a back side, and a printer that prints one."""
        return self in (BadgeFormat.SINGLE, BadgeFormat.SHEET_4)


class SponsorLevel(StrEnum):
    """How much a sponsor stands for; the order here is the order in which they are shown."""

    PRINCIPAL = "principal"
    SPONSOR = "sponsor"
    PARTNER = "partner"
    SUPPORTER = "supporter"

    @property
    def label(self) -> str:
        return {"principal": "Principal sponsor", "sponsor": "Sponsor", "partner": "Partner", "supporter": "Supporter"}[
            self.value
        ]

    @property
    def plural(self) -> str:
        return f"{self.label}s"


class Paper(StrEnum):
    """The paper on which a programme is printed."""

    A3 = "a3"
    A4 = "a4"
    A5 = "a5"

    @property
    def label(self) -> str:
        return self.value.upper()


class BookletTheme(StrEnum):
    """What a booklet's cover shows, and in which colours."""

    RING = "ring"
    CURRENTS = "currents"
    QUILT = "quilt"


class BookletPart(StrEnum):
    """What a booklet holds besides its cover, its contents and its days at a glance."""

    SESSIONS = "sessions"
    SIDE_EVENTS = "side-events"
    VENUE = "venue"
    SPEAKERS = "speakers"
    SPONSORS = "sponsors"


class BadgeState(StrEnum):
    """Where a badge is; a delegate for whom none was printed has no badge, and so no state."""

    PRINTED = "printed"
    WITH_OFFICER = "with-officer"
    HANDED_OUT = "handed-out"
    RETURNED = "returned"
    LOST = "lost"

    @property
    def label(self) -> str:
        return {
            "printed": "Printed",
            "with-officer": "With an officer",
            "handed-out": "Handed out",
            "returned": "Returned",
            "lost": "Lost",
        }[self.value]


class AttendanceKind(StrEnum):
    """What a forum asks of those who attended: one check-in, a share of its days, or named checkpoints."""

    ONCE = "once"
    DAYS = "days"
    CHECKPOINTS = "checkpoints"


class MailingState(StrEnum):
    """Where a mail to a chosen set stands: SCHEDULED can be taken back, SENDING is written by a job.

    STOPPED is one whose job was cancelled or given up before everybody had theirs; it can be continued.
    """

    DRAFT = "draft"
    SCHEDULED = "scheduled"
    SENDING = "sending"
    STOPPED = "stopped"
    SENT = "sent"
    CANCELLED = "cancelled"
