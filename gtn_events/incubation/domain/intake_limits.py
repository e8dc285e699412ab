"""What limits the places of a host, in words, and whether the match can still promise its result."""

from flask_babel import gettext as _
from flask_babel import ngettext

from .. import matching
from ..enums import Trait
from ..models import Call, Intake
from .call_sectors import labels_of
from .intakes import IntakeTerms


def is_guaranteed(terms: Intake | IntakeTerms) -> bool:
    """Say whether a stable result and honest wishes are guaranteed with a host; see ``matching.Host.guaranteed``."""
    reserves = tuple(matching.Reserve(each["trait"], each["places"]) for each in terms.reserves)
    host = matching.Host(
        terms.places, (), economy_cap=terms.economy_cap, sector_cap=terms.sector_cap, reserves=reserves
    )
    return host.guaranteed


def limits_in_words(call: Call, intake: Intake) -> list[str]:
    """Return for whom the places are, one line for each limit; none when they are for all."""
    lines = []
    if intake.only_sectors:
        lines.append(_("Only %(sectors)s", sectors="; ".join(labels_of(call, intake.only_sectors))))
    if intake.economy_cap is not None:
        lines.append(
            ngettext("At most %(num)s firm of one economy", "At most %(num)s firms of one economy", intake.economy_cap)
        )
    if intake.sector_cap is not None:
        lines.append(
            ngettext("At most %(num)s firm of one sector", "At most %(num)s firms of one sector", intake.sector_cap)
        )
    for reserve in intake.reserves:
        label = Trait(reserve["trait"]).label
        lines.append(
            ngettext(
                "%(num)s place is kept: %(trait)s", "%(num)s places are kept: %(trait)s", reserve["places"], trait=label
            )
        )
    return lines
