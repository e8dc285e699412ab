"""The judge's first page: what is left in each round, how long it may take, and the one button to go on."""

from dataclasses import dataclass
from datetime import datetime

from flask import render_template
from flask.typing import ResponseReturnValue

from gtn_events.accounts.roles import current_account
from gtn_events.core import clock
from gtn_events.core.permissions import Permission, requires

from ...domain.pace import minutes_left
from ...domain.scoring_window import closes_for, takes_scores
from ...domain.training import trainings_for
from ...enums import RoundState
from ...home_judge import words_of_next_round
from ...models import Competition, Judge, Round, TrainingEntry
from ...queries.judge_home import judged_by
from ...queries.judge_queue import Queue, queue_of
from ...queries.judged_entry import entry_of_whom, entry_title
from ...queries.judging import rounds_of, submission_times
from ...queries.live import finals_of
from ...queries.training import has_to_train
from .blueprint import blueprint
from .seats import own_judge


@dataclass(frozen=True)
class DeskRound:
    """One round as the desk shows it; ``minutes`` is what is left to do, None when nobody can know.

    ``closes_at`` is the round's close, or a later one that seats given after an appeal have.
    """

    queue: Queue
    minutes: int | None
    is_open: bool
    closes_at: datetime
    training: list[tuple[TrainingEntry, bool]]
    trains_first: bool


@blueprint.get("/")
@requires(Permission.COMPETITION_JUDGE)
def desk(competition: Competition) -> ResponseReturnValue:
    """Show the queue of every round, the newest first."""
    judge = own_judge(competition)
    return render_template(
        "competition/judge/desk.html",
        competition=competition,
        rounds=[_shown(judge, each) for each in rounds_of(judge)],
        coming=" ".join(
            words_of_next_round(each) for each in judged_by(current_account()) if each.competition is competition
        ),
        title_of=entry_title,
        of_whom=entry_of_whom,
        finals=finals_of(competition),
    )


def _shown(judge: Judge, round_: Round) -> DeskRound:
    queue, now = queue_of(judge, round_), clock.now()
    in_time = round_.state is RoundState.OPEN and now < round_.closes_at
    is_open = in_time or any(takes_scores(seat, now=now) for seat in queue.seats)
    minutes = minutes_left(submission_times(judge, round_), queue.left) if in_time else None
    closes_at = max((closes_for(seat) for seat in queue.seats), default=round_.closes_at)
    trains_first = in_time and has_to_train(judge.id, round_.id)
    return DeskRound(queue, minutes, is_open, closes_at, trainings_for(judge, round_), trains_first)
