"""Totals corrected for who judged, where judges differ, each with its standard error."""

from dataclasses import dataclass

import numpy as np

from ..enums import Method
from .fit import Fit, fit_alike, fit_judges
from .notices import Notice, NoticeCode
from .outcome import Outcome, common_notices
from .panels import Panels
from .scores import Scores
from .variance import Variances, henderson_three


@dataclass(frozen=True, eq=False)
class Calibration(Outcome):
    """The outcome of the linear model, with what it was made of; ranks are drawn from its ``fit``.

    ``judges_corrected`` is False when the F-test shows no difference between judges, when it cannot be made, or
    when the method is the raw mean: then the values are the raw means, and a notice says so.
    """

    variances: Variances
    fit: Fit

    @property
    def judges_corrected(self) -> bool:
        return self.fit.lower is not None


def calibrate(scores: Scores) -> Calibration:
    """Return the total of every entry as an average judge of its group would have given it.

    Variances come from Henderson's method III; judges are corrected only when the F-test at 5 % says
    that they differ. An entry without scorecard has NaN.
    """
    panels = Panels(scores)
    variances = henderson_three(panels)
    differ = variances.test is not None and variances.test.judges_differ and variances.judges > 0
    fit = fit_judges(panels, variances) if differ else fit_alike(panels, variances)
    return _calibration(Method.CALIBRATED, variances, fit, _about(variances, corrected=differ))


def raw_mean(scores: Scores) -> Calibration:
    """Return the mean total of every entry, whatever the F-test says.

    Its standard error takes all scatter within entries as noise, that of different judges included.
    """
    panels = Panels(scores)
    variances = henderson_three(panels)
    return _calibration(Method.RAW_MEAN, variances, fit_alike(panels, variances), Notice(NoticeCode.RAW_MEAN))


def _calibration(method: Method, variances: Variances, fit: Fit, notice: Notice) -> Calibration:
    scores, groups = fit.panels.scores, fit.panels.groups[0]
    errors = fit.standard_errors
    unsure = () if np.isfinite(errors).any() else (Notice(NoticeCode.NO_STANDARD_ERRORS),)
    return Calibration(
        method=method,
        values=fit.values,
        standard_errors=errors,
        raw_means=scores.raw_means,
        scorecards=scores.cards_of_entries,
        groups=groups,
        notices=(notice, *unsure, *common_notices(scores, groups)),
        variances=variances,
        fit=fit,
    )


def _about(variances: Variances, *, corrected: bool) -> Notice:
    test = variances.test
    if test is None:
        return Notice(NoticeCode.NO_TEST)
    p = "p < 0.001" if test.p < 0.001 else f"p = {test.p:.3f}"
    code = NoticeCode.JUDGES_DIFFER if corrected else NoticeCode.JUDGES_ALIKE
    return Notice(code, {"f": test.f, "p": p})
