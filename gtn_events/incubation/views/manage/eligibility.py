"""The rules of eligibility of a call."""

from flask_babel import gettext as _

from gtn_events.core.permissions import Permission
from gtn_events.eligibility.views.rules import Rulebook, mount_rules

from ...domain.application_rules import RULE_KINDS
from ...models import Call
from .blueprint import blueprint


def _rulebook(call: Call) -> Rulebook:
    saved = _("The rules are saved. What they say of applications that are there changes at once.")
    return Rulebook(call, "incubation/manage/eligibility.html", {"call": call}, saved, RULE_KINDS)


mount_rules(blueprint, permission=Permission.CALL_EDIT, load=_rulebook)
