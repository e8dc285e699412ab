"""The aggregates of the forum."""

from .agenda_feed import AgendaFeed
from .allotment import Allotment
from .allotment_swap import AllotmentSwap
from .attendance import AttendanceCheckpoint, AttendanceRule
from .badge import BadgeDesign, BadgePrint, ForumBadge
from .badge_handover import BadgeHandover, BadgeHandoverLine
from .check_in import CheckIn, Checkpoint, DoorScan
from .favourite import Favourite
from .favourite_feed import FavouriteFeed
from .forum import ConsentText, Forum, ForumCategory
from .letter import Letter, LetterRequest, LetterSettings
from .mailing import Mailing, MailingRecipient
from .print_options import PrintOptions
from .programme import ForumSession, Room, SessionSpeaker, Slot, Speaker, Track
from .programme_act import AcceptedWarning, ProgrammeAct
from .programme_release import ProgrammeRelease, ReleasedText
from .programme_rules import ConflictRule, OpeningHours, TimeAway
from .progress_report import ProgressReport
from .registration import Registration, RegistrationDraft
from .session_call import SessionCall, SessionCallMember, SessionCriterion
from .session_material import SessionMaterial
from .session_place import LimitedSession, SessionBooking
from .session_proposal import ProposedSpeaker, SessionProposal, SessionReview, SessionScore
from .session_text import SessionText
from .side_event import SideEvent, SideEventBooking, SideEventGuest
from .side_event_proposal import ProposalCoHost, ProposalNote, ProposalWindow, SideEventProposal
from .speaker_photo import SpeakerPhoto
from .sponsor import Sponsor
from .substitution import Substitution
from .timetable import Timetable

__all__ = [
    "AcceptedWarning",
    "AgendaFeed",
    "Allotment",
    "AllotmentSwap",
    "AttendanceCheckpoint",
    "AttendanceRule",
    "BadgeDesign",
    "BadgeHandover",
    "BadgeHandoverLine",
    "BadgePrint",
    "CheckIn",
    "Checkpoint",
    "ConflictRule",
    "ConsentText",
    "DoorScan",
    "Favourite",
    "FavouriteFeed",
    "Forum",
    "ForumBadge",
    "ForumCategory",
    "ForumSession",
    "Letter",
    "LetterRequest",
    "LetterSettings",
    "LimitedSession",
    "Mailing",
    "MailingRecipient",
    "OpeningHours",
    "PrintOptions",
    "ProgrammeAct",
    "ProgrammeRelease",
    "ProgressReport",
    "ProposalCoHost",
    "ProposalNote",
    "ProposalWindow",
    "ProposedSpeaker",
    "Registration",
    "RegistrationDraft",
    "ReleasedText",
    "Room",
    "SessionBooking",
    "SessionCall",
    "SessionCallMember",
    "SessionCriterion",
    "SessionMaterial",
    "SessionProposal",
    "SessionReview",
    "SessionScore",
    "SessionSpeaker",
    "SessionText",
    "SideEvent",
    "SideEventBooking",
    "SideEventGuest",
    "SideEventProposal",
    "Slot",
    "Speaker",
    "SpeakerPhoto",
    "Sponsor",
    "Substitution",
    "TimeAway",
    "Timetable",
    "Track",
]
