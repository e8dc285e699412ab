"""What a result says about itself: a code, its figures, and the sentence for a reader."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from gtn_events.core.errors import DomainError
from gtn_events.core.marking import N_

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
    ADDED = "added"
    NOTHING_TO_ADD = "nothing-to-add"


# Whole sentences with named places, so that a page can translate them before it fills them in.
SENTENCES: Mapping[NoticeCode, str] = {
    NoticeCode.JUDGES_DIFFER: N_(
        "Judges differ (F = %(f).1f, %(p)s), so each total is corrected for who judged it; "
        "the raw mean stands beside it."
    ),
    NoticeCode.JUDGES_ALIKE: N_(
        "No difference between judges can be shown (F = %(f).1f, %(p)s), so the raw weighted mean is used."
    ),
    NoticeCode.NO_TEST: N_(
        "There are too few shared entries to tell judges apart from entries, so the raw weighted mean is used."
    ),
    NoticeCode.NO_STANDARD_ERRORS: N_("No standard errors can be given for this method and these scorecards."),
    NoticeCode.NOT_COMPARABLE: N_(
        "The judges fall into %(groups)d groups that share no entry. "
        "Totals of entries in different groups cannot be compared."
    ),
    NoticeCode.NOT_SCORED: N_("%(count)d entries have no scorecard and no place in the ranking."),
    NoticeCode.RAW_MEAN: N_("The raw mean is not corrected for strict or generous judges."),
    NoticeCode.TRIMMED: N_("The highest and the lowest total of each entry were left out."),
    NoticeCode.TOO_FEW_TO_TRIM: N_("%(count)d entries have fewer than three scorecards; nothing was left out there."),
    NoticeCode.UNEQUAL_COUNTS: N_(
        "Entries have between %(least)d and %(most)d scorecards, so a sum favours those with more."
    ),
    NoticeCode.MEDIAN_IS_COARSE: N_("The median ignores how far apart totals are, so many entries may be tied."),
    NoticeCode.Z_SCORE: N_(
        "Scores were standardised for each judge. This takes strong entries for generous judging "
        "where strong entries went to certain judges, and can then turn the ranking around."
    ),
    NoticeCode.JUDGE_WITHOUT_SPREAD: N_("%(count)d judges gave one total only; their scorecards count as average."),
    NoticeCode.RANKS_ONLY: N_("Only the order in each judge's totals was used, not the distances."),
    NoticeCode.JURY_INCOMPLETE: N_(
        "This method needs a jury in which every judge scored every entry once; "
        "%(missing)d scorecards are missing or double."
    ),
    NoticeCode.WEIGHTS_WRONG: N_("The weights %(group)s add up to %(weights)s; they have to add up to %(whole)s."),
    NoticeCode.CRITERION_WRONG: N_(
        "The criterion %(criterion)s needs a key of its own, a weight above 0 "
        "and a scale that ends above 0 and above its start."
    ),
    NoticeCode.CRITERION_UNKNOWN: N_(
        "The scorecard has a score for %(criterion)s, which is no criterion of this round."
    ),
    NoticeCode.CRITERION_MISSING: N_("The criterion %(criterion)s has no score; this round needs complete scorecards."),
    NoticeCode.POINT_OFF_SCALE: N_("The score %(point)s for %(criterion)s is not on its scale."),
    NoticeCode.NOTHING_SCORED: N_("The scorecard has no score at all."),
    NoticeCode.ADDED: N_(
        "Every total is %(points)s points at most from round %(round)d, as it was published there, "
        "and %(own)s at most from this one; intervals tell of the uncertainty of this round alone."
    ),
    NoticeCode.NOTHING_TO_ADD: N_("The earlier round has no total of %(entry)s that could be added."),
}


@dataclass(frozen=True)
class Notice:
    """One remark about a result, with the figures its sentence names."""

    code: NoticeCode
    figures: Mapping[str, Figure] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The sentence in English; a words module translates ``SENTENCES[code]`` and fills in ``figures``."""
        return SENTENCES[self.code] % self.figures


class ResultsRefused(DomainError):
    """The method cannot be applied to these scorecards; ``notice`` says why."""

    def __init__(self, notice: Notice) -> None:
        super().__init__(notice.text)
        self.notice = notice
