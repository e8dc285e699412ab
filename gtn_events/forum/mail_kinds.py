"""Which mails a forum sends, as its organisers read it."""

from collections.abc import Mapping

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

MAIL_KINDS: Mapping[str, LazyString] = {
    "forum/registration_received": _l("Registration received"),
    "forum/registration_endorsed": _l("Approved by the economy, waits for the host"),
    "forum/registration_unendorsed": _l("Waits for the economy again"),
    "forum/registration_approved": _l("Approved, waits for confirmation"),
    "forum/registration_confirmed": _l("Confirmed, with the ticket"),
    "forum/registration_waitlisted": _l("On the waiting list"),
    "forum/registration_offered": _l("A place is offered"),
    "forum/registration_lapsed": _l("The offer was not taken"),
    "forum/registration_declined": _l("The offer was declined"),
    "forum/registration_rejected": _l("Not accepted"),
    "forum/registration_reconsidered": _l("Taken up again"),
    "forum/registration_corrected": _l("Answers corrected"),
    "forum/registration_cancelled": _l("Cancelled"),
    "forum/letter_issued": _l("A letter can be fetched"),
    "forum/letter_revoked": _l("A letter is revoked"),
    "forum/booking_offered": _l("A place at a side event is offered"),
    "forum/booking_lapsed": _l("The place at a side event was not taken"),
    "forum/economy_reminder": _l("Coordinators: registrations wait for an answer"),
    "forum/economy_silent": _l("Organisers: economies did not answer in time"),
    "forum/swap_proposed": _l("An exchange of places is proposed"),
    "forum/swap_accepted": _l("An exchange of places is accepted"),
    "forum/swap_declined": _l("An exchange of places is declined"),
    "forum/swap_withdrawn": _l("An exchange of places is taken back"),
    "forum/swap_ended": _l("An exchange of places can no longer be done"),
    "forum/guest_invited": _l("A guest is invited to a side event"),
    "forum/guest_registered": _l("A guest of a side event has a place"),
    "forum/proposal_received": _l("Proposal of a side event received"),
    "forum/proposal_to_review": _l("A proposal waits for the organisers"),
    "forum/proposal_co_host": _l("A co-host is asked to confirm"),
    "forum/proposal_under_review": _l("The proposal is under review"),
    "forum/proposal_changes_asked": _l("The proposal needs changes"),
    "forum/proposal_agreed": _l("The proposal is agreed"),
    "forum/proposal_declined": _l("The proposal is declined"),
    "forum/proposal_withdrawn": _l("The proposal is withdrawn"),
    "forum/proposal_published": _l("The proposed side event is public"),
    "forum/mailing": _l("Your own mail to a chosen set"),
    "delegations/circular_released": _l("A circular is released, to coordinators"),
    "delegations/circular_reminder": _l("A circular waits to be acknowledged"),
}
