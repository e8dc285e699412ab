"""Which mails a call sends, as its organisers read it."""

from collections.abc import Mapping

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

MAIL_KINDS: Mapping[str, LazyString] = {
    "incubation/application_received": _l("Application received, with the receipt"),
    "incubation/application_admitted": _l("Application admitted"),
    "incubation/application_ineligible": _l("Application not eligible"),
    "incubation/application_reconsidered": _l("Application taken up again"),
    "incubation/application_withdrawn": _l("Application withdrawn"),
    "incubation/places_withdrawn": _l("A host takes its places back"),
    "incubation/interview_proposed": _l("Times for a talk proposed"),
    "incubation/interview_agreed": _l("Time of a talk agreed"),
    "incubation/interview_declined": _l("Times for a talk declined"),
    "incubation/interview_cancelled": _l("Talk cancelled"),
    "incubation/interview_reminder": _l("Reminder of times for a talk"),
    "incubation/ranking_reminder": _l("Reminder of a ranking"),
    "incubation/offer_made": _l("A place is offered"),
    "incubation/offer_reminder": _l("Reminder of an offer"),
    "incubation/offer_accepted": _l("Offer accepted"),
    "incubation/offer_declined": _l("Offer declined"),
    "incubation/offer_lapsed": _l("Offer lapsed"),
    "incubation/offer_taken_back": _l("Offer taken back"),
    "incubation/offer_answered_host": _l("To a host: an offer answered"),
    "incubation/match_host": _l("To a host: the result of the match"),
    "incubation/match_no_place": _l("The match found no place"),
    "incubation/placement_begins": _l("A placement begins"),
    "incubation/agreement_to_sign": _l("Agreement to sign"),
    "incubation/agreement_signed": _l("Agreement signed by all"),
    "incubation/agreement_declined": _l("Agreement declined"),
    "incubation/placement_changed": _l("A placement changed"),
    "incubation/milestone_done": _l("Milestone done, to sign off"),
    "incubation/milestone_answered": _l("Milestone signed off or sent back"),
    "incubation/report_sent": _l("Report of a placement sent"),
    "incubation/placement_reminder": _l("Reminder of what a placement waits for"),
    "incubation/figures_asked": _l("Figures of a firm asked for"),
    "incubation/figures_received": _l("Figures received"),
    "certificates/corrected": _l("The name on a certificate is corrected"),
}
