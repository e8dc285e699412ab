"""The word of an economy as one of the rules that an entry keeps or that an organiser lets pass."""

from flask_babel import gettext as _

from gtn_events.eligibility.domain.rules import Finding

from ..enums import Endorsement

RULE = "endorsement"


def finding_of_endorsement(endorsement: Endorsement, economy: str) -> Finding:
    """Return what an economy said of an entry as a finding; only a place of the economy keeps the rule."""
    sentence = {
        Endorsement.WAITING: _("%(economy)s has not endorsed it yet.", economy=economy),
        Endorsement.ENDORSED: _("%(economy)s endorses it.", economy=economy),
        Endorsement.RESERVE: _("%(economy)s keeps it in reserve: its places are given to others.", economy=economy),
        Endorsement.DECLINED: _("%(economy)s does not endorse it.", economy=economy),
    }[endorsement]
    return Finding(RULE, endorsement is Endorsement.ENDORSED, sentence)
