"""Invented people for previews: one name in each script."""

from dataclasses import dataclass

from flask_babel import gettext as _


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
