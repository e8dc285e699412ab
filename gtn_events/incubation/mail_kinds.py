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
}
