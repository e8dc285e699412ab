"""Invented people for previews: one name in each script, and what a certificate of each kind would say of them."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from flask_babel import gettext as _

from gtn_events.core.economies import ECONOMIES

from ..enums import CertificateKind
from ..facts import ParticipationFacts, Signatory


@dataclass(frozen=True, kw_only=True)
class SampleName:
    """An invented person of an economy, with the name in a script of its own."""

    script: str
    economy: str
    given_name: str
    family_name: str
    own_script_name: str
    own_script_language: str

    @property
    def label(self) -> str:
        return {
            "long": _("Invented name, longer than most"),
            "vietnamese": _("Invented name with Vietnamese marks"),
            "cyrillic": _("Invented name with Cyrillic letters"),
            "thai": _("Invented name with Thai letters"),
            "simplified": _("Invented name with simplified Chinese letters"),
            "traditional": _("Invented name with traditional Chinese letters"),
            "kana": _("Invented name with Japanese letters"),
            "hangul": _("Invented name with Korean letters"),
        }[self.script]


SAMPLE_NAMES = (
    SampleName(
        script="vietnamese",
        economy="VN",
        given_name="Thị Thu Hằng",
        family_name="Nguyễn",
        own_script_name="Nguyễn Thị Thu Hằng",
        own_script_language="vi",
    ),
    SampleName(
        script="cyrillic",
        economy="RUS",
        given_name="Anna Vladimirovna",
        family_name="Shcherbakova",
        own_script_name="Анна Владимировна Щербакова",
        own_script_language="ru",
    ),
    SampleName(
        script="thai",
        economy="THA",
        given_name="Siriporn",
        family_name="Wattanakul",
        own_script_name="สิริพร วัฒนากุล",
        own_script_language="th",
    ),
    SampleName(
        script="simplified",
        economy="PRC",
        given_name="Mingxuan",
        family_name="Li",
        own_script_name="李明轩",
        own_script_language="zh-Hans",
    ),
    SampleName(
        script="traditional",
        economy="CT",
        given_name="Yi-chun",
        family_name="Chen",
        own_script_name="陳怡君",
        own_script_language="zh-Hant",
    ),
    SampleName(
        script="kana",
        economy="JPN",
        given_name="Sakura",
        family_name="Yamada",
        own_script_name="山田 さくら",
        own_script_language="ja",
    ),
    SampleName(
        script="hangul",
        economy="ROK",
        given_name="Min-jun",
        family_name="Kim",
        own_script_name="김민준",
        own_script_language="ko",
    ),
)

LONG_NAME = SampleName(
    script="long",
    economy="THA",
    given_name="Siriwattanaphorn",
    family_name="Kanchanasirirattanasakulwong",
    own_script_name="ศิริวัฒนพร กาญจนศิริรัตนสกุลวงศ์",
    own_script_language="th",
)

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
