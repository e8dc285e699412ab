"""The words of the competition that are stored."""

from enum import StrEnum

from gtn_events.core.marking import N_


class CompetitionState(StrEnum):
    """DRAFT is seen by its organisers only; CLOSED stays public and takes nothing more."""

    DRAFT = "draft"
    PUBLISHED = "published"
    CLOSED = "closed"


class EntryPath(StrEnum):
    """How an entry comes in, and what the coordinators of its economy have to do with it.

    SHOWN tells who is endorsed and asks nobody for it; ENDORSED admits what an economy
    endorsed; NOMINATED takes entries of those only whom an economy nominated.
    """

    OPEN = "open"
    SHOWN = "shown"
    ENDORSED = "endorsed"
    NOMINATED = "nominated"

    @property
    def label(self) -> str:
        return {
            "open": N_("Every eligible SME may enter"),
            "shown": N_("Every eligible SME may enter; who is endorsed by its economy is shown"),
            "nominated": N_("Economies nominate"),
            "endorsed": N_("Every SME may enter, its economy endorses"),
        }[self.value]

    @property
    def asks_economies(self) -> bool:
        """True when the coordinators of the economies take part."""
        return self is not EntryPath.OPEN

    @property
    def needs_endorsement(self) -> bool:
        """True when an entry is judged only with a word of its economy."""
        return self in {EntryPath.ENDORSED, EntryPath.NOMINATED}


class Endorsement(StrEnum):
    """What an economy says of an entry; RESERVE is endorsed, too, and moves up when a place gets free."""

    WAITING = "waiting"
    ENDORSED = "endorsed"
    RESERVE = "reserve"
    DECLINED = "declined"

    @property
    def label(self) -> str:
        return {
            "waiting": N_("Not decided"),
            "endorsed": N_("Endorsed"),
            "reserve": N_("In reserve"),
            "declined": N_("Not endorsed"),
        }[self.value]


class NominationState(StrEnum):
    """OPEN holds a place of the economy until the firm has ENTERED, or the coordinator took it back."""

    OPEN = "open"
    ENTERED = "entered"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        return {"open": "Has not entered yet", "entered": "Has entered", "withdrawn": "Taken back"}[self.value]


class LatePolicy(StrEnum):
    """What happens to an entry that is sent after the close and the minutes of grace."""

    NONE = "none"
    GRACE = "grace"
    ASK = "ask"

    @property
    def label(self) -> str:
        return {
            "none": N_("Nothing is taken after the close"),
            "grace": N_("The minutes of grace are given to everybody"),
            "ask": N_("Late entries wait for the organiser"),
        }[self.value]


class EntryState(StrEnum):
    """Where an entry stands; see competition.domain.entry_transitions for the one table."""

    SUBMITTED = "submitted"
    LATE = "late"
    ADMITTED = "admitted"
    INELIGIBLE = "ineligible"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        return {
            "submitted": N_("Received"),
            "late": N_("Late"),
            "admitted": N_("Admitted"),
            "ineligible": N_("Not eligible"),
            "withdrawn": N_("Withdrawn"),
        }[self.value]

    @property
    def is_live(self) -> bool:
        """True while the entry may still be judged."""
        return self in {EntryState.SUBMITTED, EntryState.LATE, EntryState.ADMITTED}


class RoundKind(StrEnum):
    """What a round does with its entries."""

    SCREENING = "screening"
    REVIEW = "review"
    SEMI_FINAL = "semi-final"
    FINAL = "final"

    @property
    def label(self) -> str:
        return {
            "screening": N_("Screening"),
            "review": N_("Review"),
            "semi-final": N_("Semi-final"),
            "final": N_("Final"),
        }[self.value]


class RoundState(StrEnum):
    """PLANNED can be changed; OPEN takes scores; SCORED takes none any more; DECIDED says who goes on."""

    PLANNED = "planned"
    OPEN = "open"
    SCORED = "scored"
    DECIDED = "decided"

    @property
    def label(self) -> str:
        return {
            "planned": N_("Planned"),
            "open": N_("Open"),
            "scored": N_("Scored"),
            "decided": N_("Decided"),
        }[self.value]


class Standing(StrEnum):
    """How an entry left a round; IN while nothing is decided."""

    IN = "in"
    ADVANCED = "advanced"
    RESERVE = "reserve"
    OUT = "out"

    @property
    def label(self) -> str:
        return {
            "in": N_("In this round"),
            "advanced": N_("Goes on"),
            "reserve": N_("On the reserve list"),
            "out": N_("Does not go on"),
        }[self.value]


class Method(StrEnum):
    """How scorecards become a ranking; frozen before a round opens."""

    CALIBRATED = "calibrated"
    RAW_MEAN = "raw-mean"
    TRIMMED_MEAN = "trimmed-mean"
    SUM = "sum"
    MEDIAN = "median"
    Z_SCORE = "z-score"
    BORDA = "borda"
    SCHULZE = "schulze"

    @property
    def label(self) -> str:
        return {
            "calibrated": N_("Weighted mean, corrected for who judged"),
            "raw-mean": N_("Weighted mean"),
            "trimmed-mean": N_("Mean without the highest and the lowest"),
            "sum": N_("Sum of all judges"),
            "median": N_("Median of the judges"),
            "z-score": N_("Each judge on their own scale (z-score)"),
            "borda": N_("Borda count of a fixed jury"),
            "schulze": N_("Schulze method of a fixed jury"),
        }[self.value]


class EconomyPolicy(StrEnum):
    """Whether a judge may score an entry of their own economy."""

    FORBID = "forbid"
    ALLOW = "allow"
    ESTIMATE = "estimate"
    ONLY = "only"

    @property
    def label(self) -> str:
        return {
            "only": N_("Nobody else may"),
            "forbid": N_("Never"),
            "allow": N_("Yes"),
            "estimate": N_("Yes, and the effect is estimated"),
        }[self.value]


class JudgeState(StrEnum):
    """Where an invitation to judge stands."""

    INVITED = "invited"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    LEFT = "left"

    @property
    def label(self) -> str:
        return {
            "invited": N_("Invited"),
            "accepted": N_("Accepted"),
            "declined": N_("Declined"),
            "left": N_("Left"),
        }[self.value]


class ConflictSource(StrEnum):
    """Where a conflict of interest comes from."""

    ECONOMY = "economy"
    ORGANISATION = "organisation"
    DOMAIN = "domain"
    JUDGE = "judge"
    ENTRANT = "entrant"
    ENDORSER = "endorser"
    ORGANISER = "organiser"

    @property
    def label(self) -> str:
        return {
            "endorser": N_("Decided on its endorsement"),
            "economy": N_("Same economy"),
            "organisation": N_("Same organisation"),
            "domain": N_("Same e-mail domain"),
            "judge": N_("Declared by the judge"),
            "entrant": N_("Declared by the entrant"),
            "organiser": N_("Named by the organiser"),
        }[self.value]


class ConflictState(StrEnum):
    """PROPOSED counts as a conflict until somebody dismisses it with a reason."""

    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    DISMISSED = "dismissed"

    @property
    def label(self) -> str:
        return {
            "proposed": N_("Proposed"),
            "confirmed": N_("Confirmed"),
            "dismissed": N_("Dismissed"),
        }[self.value]

    @property
    def forbids(self) -> bool:
        """True when the judge may not see the entry."""
        return self is not ConflictState.DISMISSED


class ConflictKind(StrEnum):
    """What ties a judge to an entrant, as the judge declares it."""

    PAID = "paid"
    SHARES = "shares"
    FAMILY = "family"
    ADVISER = "adviser"
    COMPETITOR = "competitor"
    CO_AUTHOR = "co-author"
    NOMINATOR = "nominator"
    OTHER = "other"

    @property
    def label(self) -> str:
        return {
            "paid": N_("Employed or paid by the entrant in the last 3 years"),
            "shares": N_("Shares in it, or a loan to or from it"),
            "family": N_("Family or a close friend"),
            "adviser": N_("Adviser or mentor"),
            "competitor": N_("Competitor"),
            "co-author": N_("Co-author, or a patent together"),
            "nominator": N_("Nominated it for its economy"),
            "other": N_("Another reason"),
        }[self.value]


class AssignmentState(StrEnum):
    """A seat on a panel: PLANNED is not seen by the judge, RECUSED and REMOVED are no seats any more."""

    PLANNED = "planned"
    RELEASED = "released"
    STARTED = "started"
    SUBMITTED = "submitted"
    RECUSED = "recused"
    REMOVED = "removed"

    @property
    def label(self) -> str:
        return {
            "planned": N_("Planned"),
            "released": N_("Not started"),
            "started": N_("Draft"),
            "submitted": N_("Submitted"),
            "recused": N_("Conflict declared"),
            "removed": N_("Taken back"),
        }[self.value]

    @property
    def is_seat(self) -> bool:
        """True while the judge sits on the panel."""
        return self not in {AssignmentState.RECUSED, AssignmentState.REMOVED}


class SeatReason(StrEnum):
    """Why a seat was taken back, as it is stored."""

    ASSIGNED_ANEW = "assigned-anew"
    BY_HAND = "by-hand"
    CONFLICT = "conflict"


class AwardKind(StrEnum):
    """What an award honours."""

    GRAND = "grand"
    CATEGORY = "category"
    SPECIAL = "special"

    @property
    def label(self) -> str:
        return {"grand": N_("Grand prize"), "category": N_("Category prize"), "special": N_("Special prize")}[
            self.value
        ]


class AudiencePoints(StrEnum):
    """How the votes of an audience become points; published before the first vote."""

    SHARE = "share"
    RANKS = "ranks"

    @property
    def label(self) -> str:
        return {
            "share": N_("Share of the votes: most votes give 100, the others in proportion"),
            "ranks": N_("Places: for every entry with fewer votes, as in a Borda count"),
        }[self.value]


class RevealOrder(StrEnum):
    """In which order the places of a live final are shown."""

    LAST_FIRST = "last-first"
    BY_CATEGORY = "by-category"

    @property
    def label(self) -> str:
        return {
            "last-first": N_("From the last place up"),
            "by-category": N_("Category by category, each from the last place up"),
        }[self.value]


class LivePhase(StrEnum):
    """What happens on the stage of a live final; see competition.domain.live_machine for the one table."""

    WAITING = "waiting"
    PITCH = "pitch"
    PITCH_PAUSED = "pitch-paused"
    QUESTIONS = "questions"
    QUESTIONS_PAUSED = "questions-paused"
    FROZEN = "frozen"
    REVEALING = "revealing"
    REVEALED = "revealed"

    @property
    def label(self) -> str:
        return {
            "waiting": N_("Nobody on stage"),
            "pitch": N_("Pitch"),
            "pitch-paused": N_("Pitch, paused"),
            "questions": N_("Questions"),
            "questions-paused": N_("Questions, paused"),
            "frozen": N_("Frozen"),
            "revealing": N_("Reveal"),
            "revealed": N_("Over"),
        }[self.value]

    @property
    def runs(self) -> bool:
        """True while the timer counts."""
        return self in {LivePhase.PITCH, LivePhase.QUESTIONS}

    @property
    def on_stage(self) -> bool:
        """True while an entry is on stage."""
        return self.runs or self in {LivePhase.PITCH_PAUSED, LivePhase.QUESTIONS_PAUSED}

    @property
    def is_frozen(self) -> bool:
        """True when neither scores nor votes are taken any more."""
        return self in {LivePhase.FROZEN, LivePhase.REVEALING, LivePhase.REVEALED}


class VoteState(StrEnum):
    """Where the vote of the audience stands; OFF when the final has none."""

    OFF = "off"
    BEFORE = "before"
    OPEN = "open"
    CLOSED = "closed"

    @property
    def label(self) -> str:
        return {"off": "No vote", "before": "Not open yet", "open": "Open", "closed": "Closed"}[self.value]


class SlotState(StrEnum):
    """Where an entry stands in the running order of a live final."""

    WAITING = "waiting"
    ON_STAGE = "on-stage"
    DONE = "done"
    ABSENT = "absent"

    @property
    def label(self) -> str:
        return {"waiting": "To come", "on-stage": "On stage", "done": "Done", "absent": "Did not pitch"}[self.value]


class LiveAct(StrEnum):
    """What the organiser does during a live final."""

    START = "start"
    PAUSE = "pause"
    GO_ON = "go-on"
    QUESTIONS = "questions"
    FINISH = "finish"
    SKIP = "skip"
    OPEN_VOTE = "open-vote"
    CLOSE_VOTE = "close-vote"
    FREEZE = "freeze"
    REVEAL = "reveal"


class RootKind(StrEnum):
    """The moment whose state a recorded root fixes."""

    CALL = "call-closed"
    SEATS = "seats-released"
    SCORING = "scoring-closed"
    PUBLICATION = "results-published"


class AppealState(StrEnum):
    """Where an appeal stands; see competition.domain.appeal_transitions for the one table."""

    DRAFT = "draft"
    RECEIVED = "received"
    ASSIGNED = "assigned"
    UPHELD = "upheld"
    PARTLY = "partly-upheld"
    REJECTED = "not-upheld"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        return {
            "draft": N_("Draft"),
            "received": N_("Received"),
            "assigned": N_("Being looked at"),
            "upheld": N_("Upheld"),
            "partly-upheld": N_("Upheld in part"),
            "not-upheld": N_("Not upheld"),
            "withdrawn": N_("Withdrawn"),
        }[self.value]

    @property
    def is_upheld(self) -> bool:
        """True when something has to be put right."""
        return self in {AppealState.UPHELD, AppealState.PARTLY}


class AppealGround(StrEnum):
    """Why a decision can be appealed; that a judge's opinion is another one is no ground."""

    PROCEDURE = "procedure"
    CONFLICT = "conflict"
    ERROR = "error"
    ELIGIBILITY = "eligibility"

    @property
    def label(self) -> str:
        return {
            "procedure": N_("The published procedure was not followed"),
            "conflict": N_("A judge had a conflict of interest that was not known"),
            "error": N_("There is an arithmetical or factual error"),
            "eligibility": N_("The entry was wrongly found not eligible"),
        }[self.value]
