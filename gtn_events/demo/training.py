"""The samples by which the judges of the demonstration are trained, and how they scored the first."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from gtn_events.accounts.models import Account
from gtn_events.competition.domain.given import Given
from gtn_events.competition.domain.training import Sample, add_training, score_training
from gtn_events.competition.models import Criterion, Judge, Round, TrainingEntry

from .jury import JURORS

FIRST = """## What it does

A press makes boards from rice husk without resin: the husk's own lignin binds it at 180 °C. One press takes the husk of
forty farms within 30 km.

## What it saves

Nine users measured 150 kWh less a cubic metre than for particle board. The method is given; nobody else has checked it.

## Who pays for it

Two furniture makers have ordered for a year. A second economy is named, a partner there is not.
"""
SECOND = """## What it does

An app tells households when to wash. It uses the public forecast of wind and sun.

## What it saves

We expect a fifth of the household's emissions. There is no measurement yet.

## Who pays for it

It will be free; advertisers may pay later.
"""
# Why a sample should get its point, by criterion; the others have the reason of the first one.
HIGH = {
    "innovation": "Boards without resin exist; one press that a village can run does not.",
    "impact": "Measured at nine users with a method that is given; nobody else has checked it yet.",
    "market": "Two buyers have ordered for a year. Who buys in a second economy is not said.",
    "team": "Press and furniture are known to it; somebody who sells abroad is missing.",
    "scalability": "Forty farms for each press make the next site easy; the partner there is not named.",
}
LOW = {
    "innovation": "Such apps exist; what this one does otherwise is not said.",
    "impact": "A fifth of the emissions is hoped for. Nothing is measured, and the baseline is not named.",
    "market": "It is free, and advertisers are only hoped for: nobody is named who pays.",
    "team": "Nothing is told of who builds it.",
    "scalability": "A forecast is public nearly everywhere, but no second place is named.",
}


def add_samples(round_: Round, organiser: Account, *, now: datetime) -> list[TrainingEntry]:
    """Put two samples before the judges of a round; the first comes before their own entries. Flushes."""
    samples = (
        Sample(
            "Sample A", "Boards that bind themselves.", FIRST, comes_first=True, reference=_reference(round_, 4, HIGH)
        ),
        Sample("Sample B", "An app for washing days.", SECOND, comes_first=False, reference=_reference(round_, 2, LOW)),
    )
    return [add_training(round_, each, actor=organiser, now=now) for each in samples]


def score_first_sample(sample: TrainingEntry, judges: Sequence[Judge], *, now: datetime) -> None:
    """Let judges score a sample on the first day, each a little by their leaning. Flushes."""
    for judge in judges:
        if judge.account is None:
            raise LookupError("the judge has no account")
        given = Given({each.key: _point(each, judge, sample) for each in _criteria(sample.round)})
        score_training(sample, judge, given, actor=judge.account, now=now + timedelta(minutes=17 * judge.number))


def _point(criterion: Criterion, judge: Judge, sample: TrainingEntry) -> int:
    leaning = round(3 * JURORS[judge.number - 1].leaning + (judge.number + criterion.position) % 3 - 1)
    return min(max(sample.scores[criterion.key] + leaning, criterion.lowest), criterion.highest)


def _reference(round_: Round, point: int, reasons: Mapping[str, str]) -> Given:
    criteria = _criteria(round_)
    points = {each.key: min(max(point, each.lowest), each.highest) for each in criteria}
    return Given(points, {each.key: reasons.get(each.key, reasons["innovation"]) for each in criteria})


def _criteria(round_: Round) -> list[Criterion]:
    if round_.rubric is None:
        raise LookupError("the round has no criteria")
    return round_.rubric.criteria
