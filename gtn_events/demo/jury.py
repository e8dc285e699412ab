"""The invented judges of the competitions, how they score, and who sits on which panel."""

from collections.abc import Sequence
from dataclasses import dataclass
from zlib import crc32

from gtn_events.accounts.enums import Gender
from gtn_events.competition.domain.given import Given
from gtn_events.competition.models import Criterion, Entry, Judge

from .people import Person

W, M, N = Gender.WOMAN, Gender.MAN, Gender.NOT_SAID


@dataclass(frozen=True)
class Juror:
    """A judge; ``leaning`` is how far above (or below) others they score, in points of a scale of five."""

    person: Person
    topics: tuple[str, ...]
    languages: tuple[str, ...]
    leaning: float


# "judge" is an account with a password; the others are named only.
JURORS = (
    Juror(
        Person("judge", "Catalina", "Vergara", "", W, "CHL", "Instituto Valle Claro (invented)", "Judge"),
        topics=("circular-production", "clean-energy"),
        languages=("es", "en"),
        leaning=0.04,
    ),
    Juror(
        Person("nz1", "Tama", "Rangiwai", "", M, "NZ", "Kōwhai Fund (invented)", "Judge"),
        topics=("clean-energy",),
        languages=("en",),
        leaning=0.22,
    ),
    Juror(
        Person("rok1", "Seo-yun", "Baekha", "백하서윤", W, "ROK", "Hangang Research (invented)", "Judge"),
        topics=("water", "clean-energy"),
        languages=("ko", "en"),
        leaning=-0.12,
    ),
    Juror(
        Person("prc1", "Wenqing", "Lishan", "黎山文清", W, "PRC", "Qingshan Institute (invented)", "Judge"),
        topics=("circular-production",),
        languages=("zh", "en"),
        leaning=-0.34,
    ),
    Juror(
        Person("cda1", "Marguerite", "Lavallière", "", W, "CDA", "Boreal Capital (invented)", "Judge"),
        topics=("cities",),
        languages=("fr", "en"),
        leaning=0.16,
    ),
    Juror(
        Person("mas1", "Faridah", "binti Salman", "", W, "MAS", "Rimba Green Labs (invented)", "Judge"),
        topics=("land-use", "water"),
        languages=("ms", "en"),
        leaning=-0.08,
    ),
    Juror(
        Person("tha1", "Thanawat", "Srisawat", "ธนวัฒน์ ศรีสวัสดิ์", M, "THA", "Doi Kham Lab (invented)", "Judge"),
        topics=("land-use",),
        languages=("th", "en"),
        leaning=0.3,
    ),
    Juror(
        Person("rus1", "Olga", "Beregova", "Ольга Берегова", W, "RUS", "Baikal Bureau (invented)", "Judge"),
        topics=("cities", "clean-energy"),
        languages=("ru", "en"),
        leaning=-0.2,
    ),
    Juror(
        Person("hkc1", "Ka-yan", "Chowming", "周明嘉欣", W, "HKC", "Lantau Ventures (invented)", "Judge"),
        topics=("circular-production", "cities"),
        languages=("zh", "en"),
        leaning=0.06,
    ),
    Juror(
        Person("mex1", "Ramón", "Cuevas Ortigosa", "", M, "MEX", "Sierra Verde (invented)", "Judge"),
        topics=("land-use", "circular-production"),
        languages=("es", "en"),
        leaning=-0.16,
    ),
    Juror(
        Person("vn1", "Thùy Dương", "Phạm", "Phạm Thùy Dương", W, "VN", "Viện Cửu Long (invented)", "Judge"),
        topics=("water",),
        languages=("vi", "en"),
        leaning=-0.18,
    ),
    Juror(
        Person("aus1", "Robin", "Ellerwick", "", N, "AUS", "Wattle Ventures (invented)", "Judge"),
        topics=("clean-energy", "cities"),
        languages=("en",),
        leaning=0.26,
    ),
)
WHY = {
    1: "There is no figure for this in the entry, and the plan does not say where one will come from.",
    5: "Measured at users over a year by somebody else, with the method given. I have seen nothing better.",
}
PRAISE = (
    "The figures are given with their method; that made the entry easy to judge.",
    "Say in one sentence who pays, and how much. It is there, but spread over three answers.",
    "A partner in a second economy is named; a letter from them would make it stronger.",
    "Compare with what is bought today, not with doing nothing.",
)


def panel_of(entry: Entry, judges: Sequence[Judge], loads: dict[int, int], *, size: int, turn: int) -> list[Judge]:
    """Return the judges with the fewest seats who are not of the entry's economy; counts the seats in ``loads``."""
    allowed = [judge for judge in judges if judge.economy_code != entry.economy_code]
    allowed.sort(key=lambda judge: (loads[judge.id], (7 * judge.number + 5 * turn) % len(judges)))
    for judge in allowed[:size]:
        loads[judge.id] += 1
    return allowed[:size]


def given_by(judge: Judge, entry: Entry, criteria: Sequence[Criterion], *, quality: int) -> Given:
    """Return what a judge gives an entry: its quality, the judge's leaning, and what no model knows."""
    middle = quality / 20 + JURORS[judge.number - 1].leaning
    scores = {each.key: _point(each, middle, f"{judge.number} {entry.title} {each.key}") for each in criteria}
    comments = {key: WHY[point] for key, point in scores.items() if point in WHY}
    words = PRAISE[crc32(entry.title.encode()) % len(PRAISE)]
    return Given(scores=scores, comments=comments, to_entrant=words)


def _point(criterion: Criterion, middle: float, chance: str) -> int:
    point = round(middle + 1.6 * (crc32(chance.encode()) / 2**32 - 0.5))
    return min(max(point, criterion.lowest), criterion.highest)
