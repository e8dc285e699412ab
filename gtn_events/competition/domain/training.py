"""Training of a round's judges: samples with reference scores, scored once by each judge, then compared."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy import update

from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.journal import record
from gtn_events.core.text import clean_text
from gtn_events.questionnaire.domain.presenting import present
from gtn_events.questionnaire.domain.questions import specs_of
from gtn_events.questionnaire.enums import QuestionKind
from gtn_events.questionnaire.queries.answers import read_answers

from ..enums import RoundState
from ..errors import JudgeRefused, RoundRefused, ScoreRefused, ScoringClosed, TransitionRefused
from ..models import Criterion, Entry, Judge, Round, Rubric, TrainingEntry, TrainingScorecard
from ..queries.judging import declaration_of
from ..queries.training import count_training_cards, done_by, own_training_card, trainings_of
from .chain import lock_round
from .given import Given, check_given, gaps
from .totals import weighted_total

LONGEST_BODY = 30_000


@dataclass(frozen=True)
class Sample:
    """What an organiser types of a sample; ``reference`` holds the points it should get, and why."""

    title: str
    summary: str
    body: str
    comes_first: bool
    reference: Given


@dataclass(frozen=True)
class Compared:
    """One criterion of a sample after submission: one's own point, the reference, and what all judges gave."""

    criterion: Criterion
    own: int | None
    reference: int
    reason: str
    spread: Mapping[int, int]


def add_training(round_: Round, sample: Sample, *, actor: Account, now: datetime) -> TrainingEntry:
    """Put a sample before the judges of a round.

    Raises:
        RoundRefused: the round takes no scores any more, the text is missing or too long, or the sample should come
            first though judges may have begun.
        ScoreRefused: a reference score is missing or does not fit its criterion.

    Flushes; the caller commits.
    """
    _lock_changeable(round_)
    if sample.comes_first and round_.state is RoundState.OPEN:
        raise RoundRefused(
            "The round is open, so judges may have begun. Let them score it beside their own entries.",
            field="comes_first",
        )
    training = TrainingEntry(round=round_, number=_next_number(round_), created_at=now)
    _write(training, sample)
    db.session.add(training)
    db.session.flush()
    changes = {"sample": (None, training.title)}
    record("training entry added", training, actor=actor, now=now, scope=round_.scope, changes=changes)
    return training


def change_training(training: TrainingEntry, sample: Sample, *, actor: Account, now: datetime) -> None:
    """Change a sample that nobody has scored yet.

    Raises:
        TransitionRefused: a judge has scored it; what was compared must not change.

    And as ``add_training``. Flushes; the caller commits.
    """
    _lock_changeable(training.round)
    _require_unscored(training)
    _write(training, sample)
    db.session.flush()
    record("training entry changed", training, actor=actor, now=now, scope=training.scope)


def remove_training(training: TrainingEntry, *, actor: Account, now: datetime) -> None:
    """Take a sample away that nobody has scored yet.

    Raises:
        TransitionRefused: a judge has scored it.

    Flushes; the caller commits.
    """
    _lock_changeable(training.round)
    _require_unscored(training)
    changes = {"sample": (training.title, None)}
    record("training entry removed", training, actor=actor, now=now, scope=training.scope, changes=changes)
    db.session.delete(training)
    db.session.flush()


def score_training(
    training: TrainingEntry, judge: Judge, given: Given, *, actor: Account, now: datetime
) -> TrainingScorecard:
    """Keep what a judge gives a sample, once; it is in no chain and no ranking.

    Raises:
        ScoringClosed: the round is not open.
        JudgeRefused: the declaration of the round is not signed.
        TransitionRefused: the judge has scored it already, or its reference does not fit the criteria any more.
        ScoreRefused: a criterion is not scored, or a point does not fit.

    Flushes; the caller commits.
    """
    round_ = training.round
    lock_round(round_)
    if round_.state is not RoundState.OPEN or now >= round_.closes_at:
        raise ScoringClosed(f"{round_.title} takes no scores now.")
    if declaration_of(judge, round_) is None:
        raise JudgeRefused("Sign the declaration of this round first.")
    if own_training_card(training, judge) is not None:
        raise TransitionRefused("You have scored this training entry already.")
    if not is_ready(training):
        raise TransitionRefused("The organiser has to look at this training entry again.")
    rubric, given = _rubric(round_), given.cleaned()
    check_given(rubric.criteria, given)
    if missing := [each for each in gaps(rubric.criteria, given) if each.key not in given.scores]:
        raise ScoreRefused(missing[0].text, field=missing[0].key)
    card = TrainingScorecard(
        training=training,
        judge=judge,
        scores=dict(given.scores),
        comments=dict(given.comments),
        total=weighted_total(rubric.criteria, given.scores),
        submitted_at=now,
    )
    db.session.add(card)
    db.session.execute(update(Rubric).where(Rubric.id == rubric.id, Rubric.locked_at.is_(None)).values(locked_at=now))
    db.session.flush()
    record("training entry scored", training, actor=actor, now=now, scope=training.scope)
    return card


def is_ready(training: TrainingEntry) -> bool:
    """Say whether the reference fits the criteria as they are now; else no judge is asked to score the sample."""
    rubric = training.round.rubric
    return rubric is not None and set(training.scores) == {each.key for each in rubric.criteria}


def trainings_for(judge: Judge, round_: Round) -> list[tuple[TrainingEntry, bool]]:
    """Return the samples that a judge of a round is shown, and whether they have scored each."""
    done = done_by(judge, round_)
    return [(each, each.id in done) for each in trainings_of(round_) if is_ready(each) or each.id in done]


def compare(
    training: TrainingEntry, own: TrainingScorecard | None, cards: Sequence[TrainingScorecard]
) -> list[Compared]:
    """Return what a judge sees after submission, criterion by criterion; nobody's name."""
    rubric = _rubric(training.round)
    others = [card for card in cards if own is None or card.id != own.id]
    return [
        Compared(
            criterion=each,
            own=own.scores.get(each.key) if own else None,
            reference=training.scores[each.key],
            reason=training.reasons.get(each.key, ""),
            spread={
                point: Counter(card.scores.get(each.key) for card in others)[point]
                for point in range(each.lowest, each.highest + 1)
            },
        )
        for each in rubric.criteria
        if each.key in training.scores
    ]


def distance(training: TrainingEntry, card: TrainingScorecard) -> tuple[Decimal, Decimal]:
    """Return how far a judge is from the reference: the mean distance in points, and the difference of the totals."""
    far = [abs(card.scores[key] - point) for key, point in training.scores.items() if key in card.scores]
    reference = weighted_total(_rubric(training.round).criteria, training.scores)
    return Decimal(sum(far)) / max(len(far), 1), card.total - reference


def without_names(entry: Entry) -> Sample:
    """Return an earlier entry as the beginning of a sample: its long answers, and nothing that says whose it is.

    Names inside the answers have to be taken out by a person.
    """
    given = read_answers(entry.answer_set, with_sensitive=False)
    parts = [
        f"## {spec.label}\n\n{text}"
        for spec in specs_of(entry.answer_set.version)
        # Short answers are where a firm writes its name and number.
        if not spec.sensitive and spec.kind is QuestionKind.LONG_TEXT and (text := present(spec, given.get(spec.key)))
    ]
    return Sample("", entry.summary, "\n\n".join(parts), comes_first=True, reference=Given())


def _write(training: TrainingEntry, sample: Sample) -> None:
    title = " ".join(clean_text(sample.title).split())
    body = clean_text(sample.body)
    if not title:
        raise RoundRefused("Give the sample a title that names nobody, such as “Sample A”.", field="title")
    if not body:
        raise RoundRefused("Write what the judges shall read.", field="body")
    if len(body) > LONGEST_BODY:
        raise RoundRefused(f"The text has more than {LONGEST_BODY:,} signs.", field="body")
    rubric, reference = _rubric(training.round), sample.reference.cleaned()
    check_given(rubric.criteria, reference)
    for each in rubric.criteria:
        if each.key not in reference.scores:
            raise ScoreRefused(f"{each.label}: say which point it should get.", field=each.key)
        if not reference.comments.get(each.key):
            raise ScoreRefused(
                f"{each.label}: say why it should get this point; the judges learn from it.", field=each.key
            )
    training.title, training.summary = title[:150], " ".join(clean_text(sample.summary).split())[:500]
    training.body, training.comes_first = body, sample.comes_first
    training.scores, training.reasons = dict(reference.scores), dict(reference.comments)


def _lock_changeable(round_: Round) -> None:
    lock_round(round_)
    if round_.state not in {RoundState.PLANNED, RoundState.OPEN}:
        raise RoundRefused(f"{round_.title} is closed; its training is over.")


def _require_unscored(training: TrainingEntry) -> None:
    if count_training_cards(training):
        raise TransitionRefused("A judge has scored this training entry. It stays as it is.")


def _next_number(round_: Round) -> int:
    return max((each.number for each in trainings_of(round_)), default=0) + 1


def _rubric(round_: Round) -> Rubric:
    rubric = round_.rubric
    if rubric is None or not rubric.criteria:
        raise RoundRefused(f"{round_.title} has no criteria yet.")
    return rubric
