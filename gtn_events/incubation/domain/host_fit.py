"""Whether a host is open to a firm, and what speaks for it; every reason is a sentence for the firm."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext as _n

from gtn_events.accounts.domain.names import NAME_LANGUAGES
from gtn_events.core.text import fold

from ..enums import HostState
from ..models import Call, Intake


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What a firm is and asks for, as far as it is known; ``links`` and ``kept_from`` are ids of intakes."""

    economy_code: str = ""
    sector: str = ""
    needs: Collection[str] = ()
    languages: Collection[str] = ()
    trl: int | None = None
    weeks: int | None = None
    links: Collection[int] = ()
    kept_from: Collection[int] = ()


def sector_labels(call: Call) -> dict[str, str]:
    """Return the call's sectors, key to label."""
    return {each["key"]: each["label"] for each in call.sectors}


def weeks_of_stay(intake: Intake) -> int:
    """Return how many whole weeks a stay can have: between the days of the intake, and as the host says."""
    weeks = (intake.stay_until - intake.stay_from).days // 7
    return min(weeks, intake.host.most_weeks) if intake.host.most_weeks else weeks


def why_closed(intake: Intake, asked: Asked) -> str:
    """Return why a firm cannot wish for this host, empty when it can."""
    if intake.withdrawn_at is not None or intake.host.state is not HostState.LISTED:
        return _("It has withdrawn its places from this call")
    if asked.economy_code == intake.host.economy_code:
        return _("Your own economy: a placement goes to another one")
    if intake.id in asked.links:
        return _("You work with them already: a placement goes to a new partner")
    if intake.id in asked.kept_from:
        return _("You asked that they see nothing of your application")
    return _what_does_not_fit(intake, asked)


def _what_does_not_fit(intake: Intake, asked: Asked) -> str:
    if not intake.places:
        return _("It gives no places in this call")
    if intake.only_sectors and asked.sector and asked.sector not in intake.only_sectors:
        labels = sector_labels(intake.call)
        return _(
            "Takes firms of %(sectors)s only", sectors=_listed([labels.get(key, key) for key in intake.only_sectors])
        )
    most = weeks_of_stay(intake)
    if asked.weeks and asked.weeks > most:
        return _n(
            "Takes firms for at most %(num)s week; you ask for %(asked)s",
            "Takes firms for at most %(num)s weeks; you ask for %(asked)s",
            most,
            asked=asked.weeks,
        )
    return ""


def why_it_fits(intake: Intake, asked: Asked) -> list[str]:
    """Return what speaks for a host, the strongest first; empty when nothing does."""
    reasons = []
    if _same_field(intake, asked):
        reasons.append(_("fits your field"))
    if given := _needs_given(intake, asked):
        reasons.append(_("gives %(given)s of the %(asked)s things you need", given=given, asked=len(asked.needs)))
    if shared := [tag for tag in NAME_LANGUAGES if tag in asked.languages and tag in intake.host.languages]:
        reasons.append(_("speaks %(languages)s", languages=_listed([NAME_LANGUAGES[tag] for tag in shared])))
    return reasons


def fitness(intake: Intake, asked: Asked) -> tuple[int, int, int, int]:
    """Return by what hosts are put in order, the greatest first: needs, field, language, readiness."""
    host = intake.host
    ready = asked.trl is not None and host.trl_from <= asked.trl <= host.trl_until
    speaks = bool(set(asked.languages) & set(host.languages))
    return _needs_given(intake, asked), int(_same_field(intake, asked)), int(speaks), int(ready)


def _needs_given(intake: Intake, asked: Asked) -> int:
    return len(set(asked.needs) & {service["code"] for service in intake.host.services})


def _same_field(intake: Intake, asked: Asked) -> bool:
    wanted: Any = sector_labels(intake.call).get(asked.sector)
    named = asked.sector in intake.only_sectors
    return bool(asked.sector) and (named or fold(wanted or "") in {fold(word) for word in intake.host.sectors})


def _listed(words: Sequence[str]) -> str:
    if len(words) < 2:
        return "".join(words)
    return _("%(first)s and %(last)s", first=", ".join(words[:-1]), last=words[-1])
