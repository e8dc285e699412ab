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
    "competition/judge_invited": _l("Invitation of a judge"),
    "competition/judge_entries": _l("Entries to judge"),
    "competition/judge_reminder": _l("Reminder of a judge"),
    "competition/results_published": _l("Results published"),
}
