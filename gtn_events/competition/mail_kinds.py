"""Which mails a competition sends, as its organisers read it."""

from collections.abc import Mapping

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

MAIL_KINDS: Mapping[str, LazyString] = {
    "competition/entry_received": _l("Entry received, with the receipt"),
    "competition/entry_late_accepted": _l("Late entry taken"),
    "competition/entry_admitted": _l("Entry admitted"),
    "competition/entry_ineligible": _l("Entry not eligible"),
    "competition/entry_reconsidered": _l("Entry taken up again"),
    "competition/entry_extended": _l("More time for an entry"),
    "competition/entry_withdrawn": _l("Entry withdrawn"),
    "competition/firm_nominated": _l("A firm is nominated"),
    "competition/nomination_withdrawn": _l("A nomination is withdrawn"),
    "competition/entry_endorsed": _l("Entry endorsed by its economy"),
    "competition/entry_in_reserve": _l("Entry in reserve of its economy"),
    "competition/entry_not_endorsed": _l("Entry not endorsed by its economy"),
    "competition/entry_endorsement_open": _l("Endorsement open again"),
    "competition/economy_digest": _l("What waits for a coordinator"),
    "competition/economy_reminder": _l("Reminder of a coordinator"),
    "competition/judge_invited": _l("Invitation of a judge"),
    "competition/judge_entries": _l("Entries to judge"),
    "competition/judge_reminder": _l("Reminder of a judge"),
    "competition/results_published": _l("Results published"),
    "competition/appeal_received": _l("Appeal received, with the receipt"),
    "competition/appeal_withdrawn": _l("Appeal withdrawn"),
    "competition/appeal_decided": _l("Appeal decided"),
    "competition/appeal_carried_out": _l("What follows from an appeal is done"),
    "competition/results_corrected": _l("Results corrected"),
    "certificates/corrected": _l("The name on a certificate is corrected"),
}
