"""What a result says about itself: a code, its figures, and the sentence for a reader."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from gtn_events.core.errors import DomainError

Figure = int | float | str


class NoticeCode(StrEnum):
    """Which sentence it is; this word stands in ``results.json``."""

    JUDGES_DIFFER = "judges-differ"
    JUDGES_ALIKE = "judges-alike"
    NO_TEST = "no-test"
    NO_STANDARD_ERRORS = "no-standard-errors"
    NOT_COMPARABLE = "not-comparable"
    NOT_SCORED = "not-scored"
    RAW_MEAN = "raw-mean"
    TRIMMED = "trimmed"
    TOO_FEW_TO_TRIM = "too-few-to-trim"
    UNEQUAL_COUNTS = "unequal-counts"
    MEDIAN_IS_COARSE = "median-is-coarse"
    Z_SCORE = "z-score"
    JUDGE_WITHOUT_SPREAD = "judge-without-spread"
    RANKS_ONLY = "ranks-only"
    JURY_INCOMPLETE = "jury-incomplete"
    WEIGHTS_WRONG = "weights-wrong"
    CRITERION_WRONG = "criterion-wrong"
    CRITERION_UNKNOWN = "criterion-unknown"
    CRITERION_MISSING = "criterion-missing"
    POINT_OFF_SCALE = "point-off-scale"
    NOTHING_SCORED = "nothing-scored"


# Whole sentences with named places, so that a page can translate them before it fills them in.
SENTENCES: Mapping[NoticeCode, str] = {
    NoticeCode.JUDGES_DIFFER: "Judges differ (F = %(f).1f, %(p)s), so each total is corrected for who judged it; "
    "the raw mean stands beside it.",
    NoticeCode.JUDGES_ALIKE: "No difference between judges can be shown (F = %(f).1f, %(p)s), "
    "so the raw weighted mean is used.",
    NoticeCode.NO_TEST: "There are too few shared entries to tell judges apart from entries, "
    "so the raw weighted mean is used.",
    NoticeCode.NO_STANDARD_ERRORS: "No standard errors can be given for this method and these scorecards.",
    NoticeCode.NOT_COMPARABLE: "The judges fall into %(groups)d groups that share no entry. "
    "Totals of entries in different groups cannot be compared.",
    NoticeCode.NOT_SCORED: "%(count)d entries have no scorecard and no place in the ranking.",
    NoticeCode.RAW_MEAN: "The raw mean is not corrected for strict or generous judges.",
    NoticeCode.TRIMMED: "The highest and the lowest total of each entry were left out.",
    NoticeCode.TOO_FEW_TO_TRIM: "%(count)d entries have fewer than three scorecards; nothing was left out there.",
    NoticeCode.UNEQUAL_COUNTS: "Entries have between %(least)d and %(most)d scorecards, "
    "so a sum favours those with more.",
    NoticeCode.MEDIAN_IS_COARSE: "The median ignores how far apart totals are, so many entries may be tied.",
    NoticeCode.Z_SCORE: "Scores were standardised for each judge. This takes strong entries for generous judging "
    "where strong entries went to certain judges, and can then turn the ranking around.",
    NoticeCode.JUDGE_WITHOUT_SPREAD: "%(count)d judges gave one total only; their scorecards count as average.",
    NoticeCode.RANKS_ONLY: "Only the order in each judge's totals was used, not the distances.",
    NoticeCode.JURY_INCOMPLETE: "This method needs a jury in which every judge scored every entry once; "
    "%(missing)d scorecards are missing or double.",
    NoticeCode.WEIGHTS_WRONG: "The weights %(group)s add up to %(weights)s; they have to add up to %(whole)s.",
    NoticeCode.CRITERION_WRONG: "The criterion %(criterion)s needs a key of its own, a weight above 0 "
    "and a scale that ends above 0 and above its start.",
    NoticeCode.CRITERION_UNKNOWN: "The scorecard has a score for %(criterion)s, which is no criterion of this round.",
    NoticeCode.CRITERION_MISSING: "The criterion %(criterion)s has no score; this round needs complete scorecards.",
    NoticeCode.POINT_OFF_SCALE: "The score %(point)s for %(criterion)s is not on its scale.",
    NoticeCode.NOTHING_SCORED: "The scorecard has no score at all.",
}


@dataclass(frozen=True)
class Notice:
    """One remark about a result, with the figures its sentence names."""

    code: NoticeCode
    figures: Mapping[str, Figure] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The sentence in English; a page translates ``SENTENCES[code]`` and fills in ``figures``."""
        return SENTENCES[self.code] % self.figures


class ResultsRefused(DomainError):
    """The method cannot be applied to these scorecards; ``notice`` says why."""

    def __init__(self, notice: Notice) -> None:
        super().__init__(notice.text)
        self.notice = notice
