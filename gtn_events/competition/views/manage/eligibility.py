"""The rules of eligibility of a competition."""

from flask_babel import gettext as _

from gtn_events.core.permissions import Permission
from gtn_events.eligibility.views.rules import Rulebook, mount_rules

from ...models import Competition
from .blueprint import blueprint


def _rulebook(competition: Competition) -> Rulebook:
    saved = _("The rules are saved. What they say of entries that are there changes at once.")
    return Rulebook(competition, "competition/manage/eligibility.html", {"competition": competition}, saved)


mount_rules(blueprint, permission=Permission.COMPETITION_EDIT, load=_rulebook)
