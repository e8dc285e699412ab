"""What certificates of each kind would say of invented people, for previews."""

from dataclasses import replace
from datetime import date
from typing import Any

from gtn_events.core.economies import ECONOMIES
from gtn_events.designs.sample_names import SampleName

from ..enums import CertificateKind
from ..facts import ParticipationFacts, Signatory

_EVENT = ParticipationFacts(
    given_name="",
    family_name="",
    forum_title="GTN Forum 2027",
    city="Da Nang",
    host_economy_name="Viet Nam",
    dates="3 and 4 June 2027",
    first_day=date(2027, 6, 3),
    last_day=date(2027, 6, 4),
    signatories=(
        Signatory(name="Trần Minh Hà", role="Host organiser"),
        Signatory(name="Lucía Rojas", role="Coordinator of the Network"),
    ),
    issued_on=date(2027, 6, 7),
)
_WON: dict[str, Any] = {"entry_title": "Boards from rice husk", "organisation": "Thảo Nguyên Materials"}
_OF_KIND: dict[CertificateKind, dict[str, Any]] = {
    CertificateKind.PARTICIPATION: {"role": "a delegate", "rule_met": ("Present on both days.",)},
    CertificateKind.JUDGE: {
        "role": "12 entries",
        "dates": "4 June 2027",
        "first_day": date(2027, 6, 4),
    },
    CertificateKind.PLACEMENT: {
        **_WON,
        "role": "Incubadora Norte",
        "dates": "6 September to 5 December 2027",
        "first_day": date(2027, 9, 6),
        "last_day": date(2027, 12, 5),
        "rule_met": ("Every milestone was signed off by the host.",),
    },
    CertificateKind.AWARD: {**_WON, "prize": "First prize", "rule_met": ("Chosen from 24 entries of 20 economies.",)},
    CertificateKind.FINALIST: {**_WON, "prize": "Finalist"},
    CertificateKind.SPEAKER: {"role": "moderator and speaker", "rule_met": ("“Cold chains off the grid”",)},
}


def sample_facts(kind: CertificateKind) -> ParticipationFacts:
    """Return what a certificate of a kind might say, where there is none yet; a name has to be put in."""
    return replace(_EVENT, **_OF_KIND.get(kind, {}))


def named_after(facts: ParticipationFacts, sample: SampleName) -> ParticipationFacts:
    """Return the same facts for an invented person."""
    rank, economy = next((rank, each) for rank, each in enumerate(ECONOMIES, 1) if each.code == sample.economy)
    return replace(
        facts,
        given_name=sample.given_name,
        family_name=sample.family_name,
        own_script_name=sample.own_script_name,
        own_script_language=sample.own_script_language,
        economy_rank=rank,
        economy_name=economy.short_name,
        economy_in_sentence=economy.in_sentence,
    )
