"""The fields that texts of certificates may have, and what stands for them on one certificate."""

from collections.abc import Callable

from markupsafe import Markup, escape

from gtn_events.designs.days import days_of

from ..enums import CertificateKind
from ..facts import ParticipationFacts

_EVENT = ("name", "forum", "place", "city", "host_economy", "dates", "economy")
_PRIZE = ("name", "own_name", "prize", "project", "organisation", "economy", "forum", "place", "city", "dates")
_FIELDS = {
    CertificateKind.PARTICIPATION: (*_EVENT, "role", "organisation"),
    CertificateKind.SPEAKER: (*_EVENT, "role"),
    CertificateKind.ORGANISER: _EVENT,
    CertificateKind.VOLUNTEER: _EVENT,
    CertificateKind.JUDGE: (*_EVENT, "judged", "organisation"),
    CertificateKind.PLACEMENT: (*_EVENT, "host", "project", "organisation"),
    CertificateKind.AWARD: _PRIZE,
    CertificateKind.FINALIST: _PRIZE,
}
_SAME_FOR_ALL = ("forum",)
_FOR_ALL = {"network", "heading"}
# What stands out in a sentence, as the certificates without a design have it.
_BOLD = {
    CertificateKind.PLACEMENT: {"host", "project"},
    CertificateKind.AWARD: {"organisation"},
    CertificateKind.FINALIST: {"organisation"},
}
_KEPT_TOGETHER = {"place", "dates", "economy"}
_LONGEST_TOGETHER = 40  # letters; a longer one may be wider than a line
_HARD_SPACE = "\u00a0"


def fields_of(kind: CertificateKind, key: str) -> tuple[str, ...]:
    """Return the names that a text may have in braces; what stands above the name is the same for everybody."""
    return _SAME_FOR_ALL if key in _FOR_ALL else _FIELDS[kind]


def field_values(
    facts: ParticipationFacts, kind: CertificateKind, language: str, *, keep_long: bool = False
) -> dict[str, Markup]:
    """Return what stands for each field, as it is printed: bold where it stands out, unbroken where it is short.

    Args:
        language: of the document; days and the names of economies follow it.
        keep_long: True to keep a place or a day together however long it is.
    """
    prize = kind in (CertificateKind.AWARD, CertificateKind.FINALIST)
    values = {
        "name": facts.holder_name,
        "prize": facts.prize,
        "forum": facts.forum_title,
        "place": f"{facts.city}, {facts.host_economy_name}",
        "city": facts.city,
        "host_economy": facts.host_economy_name,
        "dates": _days(facts, language),
        "economy": facts.economy_name if prize else _economy(facts, language),
        "role": facts.role,
        "judged": facts.role,
        "host": facts.role,
        "project": facts.entry_title,
        "organisation": facts.organisation,
    }
    for name in _KEPT_TOGETHER - ({"economy"} if prize else set()):
        if keep_long or len(values[name]) <= _LONGEST_TOGETHER:
            values[name] = values[name].replace(" ", _HARD_SPACE).replace("\u00a0to\u00a0", " to ")
    bold = _BOLD.get(kind, {"forum", "economy"})
    shown = {name: _strong(text) if text and name in bold else escape(text) for name, text in values.items()}
    return {**shown, "own_name": _own_name(facts)}


def _days(facts: ParticipationFacts, language: str) -> str:
    if language == "en" or facts.first_day is None or facts.last_day is None:
        return facts.dates
    return days_of(facts.first_day, facts.last_day, language)


def _economy(facts: ParticipationFacts, language: str) -> str:
    """Return the holder's economy in a sentence: its English name, in another language without the article."""
    return facts.economy_in_sentence if language == "en" else facts.economy_name.removeprefix("The ")


def _own_name(facts: ParticipationFacts) -> Markup:
    if not facts.own_script_name:
        return Markup("")
    tag = facts.own_script_language or "und"
    return Markup('<span lang="{}">{}</span>').format(tag, facts.own_script_name)


_strong: Callable[[str], Markup] = Markup("<strong>{}</strong>").format
