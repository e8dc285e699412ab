"""The words of co-incubation that are stored."""

from enum import StrEnum


class CallState(StrEnum):
    """DRAFT is seen by its organisers only; CLOSED stays public and takes nothing more."""

    DRAFT = "draft"
    PUBLISHED = "published"
    CLOSED = "closed"


class MatchingMethod(StrEnum):
    """How applicants and hosts are brought together; published with the call."""

    STABLE = "stable"
    FIT = "fit"

    @property
    def label(self) -> str:
        return {
            "stable": "Stable matching: applicants and hosts rank one another",
            "fit": "Best fit over all: applicants rank, hosts do not",
        }[self.value]


class Trait(StrEnum):
    """What places can be reserved for."""

    WOMEN_LED = "women-led"
    YOUTH_LED = "youth-led"
    MICRO = "micro"
    FIRST_STAY = "first-stay"

    @property
    def label(self) -> str:
        return {
            "women-led": "Led by a woman",
            "youth-led": "Led by somebody of 35 years or younger",
            "micro": "Fewer than 10 employees",
            "first-stay": "Never in a co-incubation before",
        }[self.value]


class HostState(StrEnum):
    """DRAFT is seen by its managers and the coordinator; LISTED stands in the catalogue; RETIRED no more."""

    DRAFT = "draft"
    LISTED = "listed"
    RETIRED = "retired"

    @property
    def label(self) -> str:
        return {"draft": "Draft", "listed": "In the catalogue", "retired": "Taken out of the catalogue"}[self.value]


class Verification(StrEnum):
    """Where the verification of a host stands; made from its columns and the day, never stored."""

    NONE = "none"
    ASKED = "asked"
    SENT_BACK = "sent-back"
    VERIFIED = "verified"
    EXPIRED = "expired"

    @property
    def label(self) -> str:
        return {
            "none": "Not verified yet",
            "asked": "Waits for the coordinator",
            "sent-back": "Sent back",
            "verified": "Verified",
            "expired": "Verification expired",
        }[self.value]


class ServiceTerms(StrEnum):
    """What a service of a host costs a guest."""

    FREE = "free"
    PACKAGE = "package"
    PAID = "paid"

    @property
    def label(self) -> str:
        return {"free": "Free of charge", "package": "In the package", "paid": "Paid"}[self.value]


class ApplicationState(StrEnum):
    """Where an application stands before the match; see incubation.domain.application_transitions."""

    SUBMITTED = "submitted"
    ADMITTED = "admitted"
    INELIGIBLE = "ineligible"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        return {
            "submitted": "Received",
            "admitted": "Admitted",
            "ineligible": "Not eligible",
            "withdrawn": "Withdrawn",
        }[self.value]

    @property
    def is_live(self) -> bool:
        """True while the application may still be matched."""
        return self in {ApplicationState.SUBMITTED, ApplicationState.ADMITTED}


class BlockSource(StrEnum):
    """Who or what says that two must not be matched."""

    APPLICANT = "applicant"
    HOST = "host"
    ORGANISER = "organiser"
    SAME_ORGANISATION = "same-organisation"
    EXISTING_LINK = "existing-link"

    @property
    def label(self) -> str:
        return {
            "applicant": "Named by the applicant",
            "host": "Named by the host",
            "organiser": "Named by the organiser",
            "same-organisation": "The same organisation or mail domain",
            "existing-link": "They work together already",
        }[self.value]


class BlockState(StrEnum):
    """A PROPOSED block keeps the two apart until somebody dismisses it with a reason."""

    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    DISMISSED = "dismissed"

    @property
    def label(self) -> str:
        return self.value.capitalize()


class InterviewState(StrEnum):
    """PROPOSED offers slots; AGREED has one; HELD has an outcome."""

    PROPOSED = "proposed"
    AGREED = "agreed"
    HELD = "held"
    DECLINED = "declined"
    CANCELLED = "cancelled"

    @property
    def label(self) -> str:
        return {
            "proposed": "Times proposed",
            "agreed": "Time agreed",
            "held": "Held",
            "declined": "Declined",
            "cancelled": "Cancelled",
        }[self.value]


class RunState(StrEnum):
    """A PREVIEW is seen by organisers; one PUBLISHED run after another makes the offers; others are SUPERSEDED."""

    PREVIEW = "preview"
    PUBLISHED = "published"
    SUPERSEDED = "superseded"

    @property
    def label(self) -> str:
        return self.value.capitalize()


class OfferState(StrEnum):
    """Where the offer of a place stands; see incubation.domain.offer_transitions for the one table."""

    OFFERED = "offered"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    LAPSED = "lapsed"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        return {
            "offered": "Offered",
            "accepted": "Accepted",
            "declined": "Declined",
            "lapsed": "Not answered in time",
            "withdrawn": "Taken back by the organiser",
        }[self.value]

    @property
    def holds_a_place(self) -> bool:
        """True while nobody else can have the place."""
        return self in {OfferState.OFFERED, OfferState.ACCEPTED}


class PlacementState(StrEnum):
    """Where a placement stands; see incubation.domain.placement_transitions for the one table."""

    PREPARING = "preparing"
    AGREED = "agreed"
    RUNNING = "running"
    COMPLETED = "completed"
    ENDED_EARLY = "ended-early"
    CANCELLED = "cancelled"

    @property
    def label(self) -> str:
        return {
            "preparing": "Agreement in preparation",
            "agreed": "Agreed, not begun",
            "running": "Under way",
            "completed": "Completed",
            "ended-early": "Ended early",
            "cancelled": "Cancelled",
        }[self.value]

    @property
    def took_place(self) -> bool:
        """True once the firm has been at the host."""
        return self in {PlacementState.RUNNING, PlacementState.COMPLETED, PlacementState.ENDED_EARLY}


class AgreementState(StrEnum):
    """A DRAFT can be changed; SIGNING stands; SIGNED by all; DECLINED by a party, or SUPERSEDED."""

    DRAFT = "draft"
    SIGNING = "signing"
    SIGNED = "signed"
    DECLINED = "declined"
    SUPERSEDED = "superseded"

    @property
    def label(self) -> str:
        return {
            "draft": "Draft",
            "signing": "Out for signature",
            "signed": "Signed by all",
            "declined": "Declined",
            "superseded": "Replaced",
        }[self.value]

    @property
    def stands(self) -> bool:
        """True for a version that was neither declined nor replaced nor taken back."""
        return self not in {AgreementState.DECLINED, AgreementState.SUPERSEDED}


class PartyRole(StrEnum):
    """What somebody is in an agreement."""

    FIRM = "firm"
    HOST = "host"
    HOME = "home"
    HOST_ECONOMY = "host-economy"
    FUNDER = "funder"

    @property
    def label(self) -> str:
        return {
            "firm": "The firm",
            "host": "The host",
            "home": "The home coordinator",
            "host-economy": "The coordinator of the host's economy",
            "funder": "The funder",
        }[self.value]


class Viewer(StrEnum):
    """As what somebody looks at a placement; one person can be several."""

    FIRM = "firm"
    HOST = "host"
    HOME = "home"
    HOST_ECONOMY = "host-economy"
    SIGNATORY = "signatory"
    ORGANISER = "organiser"

    @property
    def label(self) -> str:
        return {
            "firm": "The firm",
            "host": "The host",
            "home": "Coordinator of the firm's economy",
            "host-economy": "Coordinator of the host's economy",
            "signatory": "A party of the agreement",
            "organiser": "The organiser",
        }[self.value]


class Light(StrEnum):
    """How it goes."""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"

    @property
    def label(self) -> str:
        return {"green": "On track", "amber": "At risk", "red": "Off track"}[self.value]


class MilestoneState(StrEnum):
    """DONE waits for the host; SIGNED_OFF stands; DROPPED has a reason."""

    OPEN = "open"
    DONE = "done"
    SIGNED_OFF = "signed-off"
    DROPPED = "dropped"

    @property
    def label(self) -> str:
        return {
            "open": "Open",
            "done": "Done, waits for the host",
            "signed-off": "Signed off",
            "dropped": "Given up",
        }[self.value]


class ReportKind(StrEnum):
    """When a report is asked for."""

    MID_TERM = "mid-term"
    FINAL = "final"

    @property
    def label(self) -> str:
        return {"mid-term": "Mid-term report", "final": "Final report"}[self.value]


class Moment(StrEnum):
    """When the figures of a firm are taken."""

    START = "start"
    END = "end"
    AFTER_6 = "after-6"
    AFTER_12 = "after-12"
    AFTER_24 = "after-24"

    @property
    def label(self) -> str:
        return {
            "start": "At the start",
            "end": "At the end",
            "after-6": "6 months after",
            "after-12": "12 months after",
            "after-24": "24 months after",
        }[self.value]

    @property
    def months(self) -> int:
        """Months after the end of the placement; 0 for START and END."""
        return {"after-6": 6, "after-12": 12, "after-24": 24}.get(self.value, 0)
