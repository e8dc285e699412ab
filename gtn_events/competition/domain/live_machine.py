"""What may follow what in a live final: one table, without database and without a clock of its own."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from ..enums import LiveAct, LivePhase, VoteState
from ..errors import LiveRefused

P, V = LivePhase, VoteState
BEFORE_FREEZE = frozenset(phase for phase in P if not phase.is_frozen)
NO_OPEN_VOTE = frozenset({V.OFF, V.CLOSED})
ANY_VOTE = frozenset(V)


@dataclass(frozen=True)
class Step:
    """From which phases and which states of the vote an act leads where; None leaves that part as it is."""

    phases: frozenset[LivePhase]
    votes: frozenset[VoteState] = ANY_VOTE
    phase: LivePhase | None = None
    vote: VoteState | None = None
    can_be_undone: bool = False


# What was paused goes on as what it was. CLOSE_VOTE before OPEN_VOTE holds none. The last REVEAL is the end, see
# domain.live.
TABLE: Mapping[LiveAct, tuple[Step, ...]] = {
    LiveAct.START: (Step(frozenset({P.WAITING}), phase=P.PITCH, can_be_undone=True),),
    LiveAct.PAUSE: (
        Step(frozenset({P.PITCH}), phase=P.PITCH_PAUSED),
        Step(frozenset({P.QUESTIONS}), phase=P.QUESTIONS_PAUSED),
    ),
    LiveAct.GO_ON: (
        Step(frozenset({P.PITCH_PAUSED}), phase=P.PITCH),
        Step(frozenset({P.QUESTIONS_PAUSED}), phase=P.QUESTIONS),
    ),
    LiveAct.QUESTIONS: (Step(frozenset({P.PITCH, P.PITCH_PAUSED}), phase=P.QUESTIONS, can_be_undone=True),),
    LiveAct.FINISH: (
        Step(
            frozenset({P.PITCH, P.PITCH_PAUSED, P.QUESTIONS, P.QUESTIONS_PAUSED}), phase=P.WAITING, can_be_undone=True
        ),
    ),
    LiveAct.SKIP: (Step(frozenset({P.WAITING}), can_be_undone=True),),
    LiveAct.OPEN_VOTE: (Step(BEFORE_FREEZE, frozenset({V.BEFORE}), vote=V.OPEN),),
    LiveAct.CLOSE_VOTE: (Step(BEFORE_FREEZE, frozenset({V.BEFORE, V.OPEN}), vote=V.CLOSED, can_be_undone=True),),
    LiveAct.FREEZE: (Step(frozenset({P.WAITING}), NO_OPEN_VOTE, phase=P.FROZEN),),
    LiveAct.REVEAL: (Step(frozenset({P.FROZEN, P.REVEALING}), NO_OPEN_VOTE, phase=P.REVEALING, can_be_undone=True),),
}


@dataclass(frozen=True)
class Timer:
    """A clock on stage: how long it is, how much of it ran before ``since``, and since when it runs."""

    total: timedelta = timedelta()
    used: timedelta = timedelta()
    since: datetime | None = None

    def elapsed(self, now: datetime) -> timedelta:
        """Return how long it has run; it goes on over its end."""
        return self.used + (max(now - self.since, timedelta()) if self.since else timedelta())

    def left(self, now: datetime) -> timedelta:
        """Return how long it still has, below zero when the time is over."""
        return self.total - self.elapsed(now)

    def paused(self, now: datetime) -> "Timer":
        """Return the same clock, standing still."""
        return replace(self, used=self.elapsed(now), since=None)

    def going(self, now: datetime) -> "Timer":
        """Return the same clock, running from now on."""
        return replace(self.paused(now), since=now)


@dataclass(frozen=True)
class Stage:
    """What happens on stage, in the vote, and on the clock."""

    phase: LivePhase = P.WAITING
    vote: VoteState = V.OFF
    timer: Timer = Timer()


@dataclass(frozen=True)
class Lengths:
    """How long a pitch and the questions after it are."""

    pitch: timedelta
    questions: timedelta


def step_of(act: LiveAct, stage: Stage) -> Step | None:
    """Return the line of the table that holds for an act now, None when it is not possible."""
    steps = TABLE[act]
    return next((each for each in steps if stage.phase in each.phases and stage.vote in each.votes), None)


def possible_acts(stage: Stage) -> frozenset[LiveAct]:
    """Return what the table allows now; whether there is an entry for it is asked elsewhere."""
    return frozenset(act for act in LiveAct if step_of(act, stage) is not None)


def after(act: LiveAct, stage: Stage, lengths: Lengths, *, now: datetime) -> Stage:
    """Return what an act makes of the stage.

    Raises:
        LiveRefused: it is not possible now.
    """
    step = step_of(act, stage)
    if step is None:
        raise LiveRefused("This is not possible now. Look at the page again: perhaps somebody else was quicker.")
    return Stage(step.phase or stage.phase, step.vote or stage.vote, _timer(act, stage.timer, lengths, now=now))


def undone(stage: Stage, before: Stage) -> Stage:
    """Return the stage as it was before an act; a clock that ran then stands still where it was."""
    if before.phase is stage.phase:
        return replace(stage, vote=before.vote)
    standing = {P.PITCH: P.PITCH_PAUSED, P.QUESTIONS: P.QUESTIONS_PAUSED}.get(before.phase, before.phase)
    return replace(before, phase=standing)


def _timer(act: LiveAct, timer: Timer, lengths: Lengths, *, now: datetime) -> Timer:
    match act:
        case LiveAct.START:
            return Timer(lengths.pitch, since=now)
        case LiveAct.QUESTIONS:
            return Timer(lengths.questions, since=now)
        case LiveAct.PAUSE:
            return timer.paused(now)
        case LiveAct.GO_ON:
            return timer.going(now)
        case LiveAct.FINISH:
            return Timer()
        case _:
            return timer
