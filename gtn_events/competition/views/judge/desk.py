"""The judge's first page: what is left in each round, how long it may take, and the one button to go on."""

from dataclasses import dataclass

from flask import render_template
from flask.typing import ResponseReturnValue

from gtn_events.core import clock
from gtn_events.core.permissions import Permission, requires

from ...domain.pace import minutes_left
from ...enums import RoundState
from ...models import Competition, Judge, Round
from ...queries.judge_queue import Queue, queue_of
from ...queries.judged_entry import entry_of_whom, entry_title
from ...queries.judging import rounds_of, submission_times
from ...queries.live import finals_of
from .blueprint import blueprint
from .seats import own_judge


@dataclass(frozen=True)
class DeskRound:
    """One round as the desk shows it; ``minutes`` is what is left to do, None when nobody can know."""

    queue: Queue
    minutes: int | None
    is_open: bool


@blueprint.get("/")
@requires(Permission.COMPETITION_JUDGE)
def desk(competition: Competition) -> ResponseReturnValue:
    """Show the queue of every round, the newest first."""
    judge = own_judge(competition)
    return render_template(
        "competition/judge/desk.html",
        competition=competition,
        rounds=[_shown(judge, each) for each in rounds_of(judge)],
        title_of=entry_title,
        of_whom=entry_of_whom,
        finals=finals_of(competition),
    )


def _shown(judge: Judge, round_: Round) -> DeskRound:
    queue = queue_of(judge, round_)
    is_open = round_.state is RoundState.OPEN and clock.now() < round_.closes_at
    minutes = minutes_left(submission_times(judge, round_), queue.left) if is_open else None
    return DeskRound(queue, minutes, is_open)
