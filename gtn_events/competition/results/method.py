"""The methods of ranking, by name."""

from enum import StrEnum


class Method(StrEnum):
    """How totals of several judges become one value; chosen and frozen before a round opens."""

    CALIBRATED = "calibrated"
    RAW_MEAN = "raw-mean"
    TRIMMED_MEAN = "trimmed-mean"
    SUM = "sum"
    MEDIAN = "median"
    Z_SCORE = "z-score"
    BORDA = "borda"
    SCHULZE = "schulze"
