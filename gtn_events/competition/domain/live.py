"""A live final as it runs: every act under its lock, by the clock of the server, and in the journal."""

import secrets
from datetime import datetime, timedelta
from typing import Any

from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.journal import record

from ..enums import LiveAct, LivePhase, RoundState, SlotState, VoteState
from ..errors import LiveRefused
from ..models import LiveFinal, LiveSlot, ResultVersion
from ..queries.live import ballot_count, next_up, on_stage, slots_of, votes_by_entry
from ..queries.ranking import latest_version
from .chain import lock_round
from .live_machine import Stage, Timer, after, possible_acts, step_of, undone
from .live_order import fill_order, lock_final, touch
from .live_reveal import places_to_reveal
from .live_rule import lengths_of, require_combinable
from .round_state import close_round

JOURNALLED = {
    LiveAct.START: "live pitch started",
    LiveAct.PAUSE: "live timer paused",
    LiveAct.GO_ON: "live timer went on",
    LiveAct.QUESTIONS: "live questions started",
    LiveAct.FINISH: "live entry finished",
    LiveAct.SKIP: "live entry did not pitch",
    LiveAct.OPEN_VOTE: "live vote opened",
    LiveAct.CLOSE_VOTE: "live vote closed",
    LiveAct.FREEZE: "live final frozen",
    LiveAct.REVEAL: "live place revealed",
}
MS = timedelta(milliseconds=1)


def stage_of(final: LiveFinal) -> Stage:
    """Return what happens on stage, in the vote and on the clock."""
    timer = Timer(timedelta(seconds=final.timer_seconds), final.timer_used_ms * MS, final.timer_since)
    return Stage(final.phase, final.vote, timer)


def acts_now(final: LiveFinal, slots: list[LiveSlot]) -> frozenset[LiveAct]:
    """Return what the organiser can do now."""
    acts = set(possible_acts(stage_of(final)))
    if next_up(slots) is None:
        acts -= {LiveAct.START, LiveAct.SKIP}
    if final.begun_at is None or next_up(slots) is not None:
        acts -= {LiveAct.FREEZE}
    return frozenset(acts)


def act_live(final: LiveFinal, act: LiveAct, *, seen: int, actor: Account, now: datetime) -> None:
    """Do the next thing on stage, in the vote or on the screen.

    Args:
        seen: the ``lock_version`` that the page shows; who was overtaken is told.

    Raises:
        Stale: somebody acted since.
        LiveRefused: it is not possible now; the text says what comes before it.

    Flushes; the caller commits.
    """
    if act is LiveAct.FREEZE:
        # First the round, then the final: a judge's submission takes the round's lock, too.
        lock_round(final.round)
    lock_final(final, seen=seen)
    if not final.phase.is_frozen:
        fill_order(final)
    before, slots = stage_of(final), slots_of(final)
    step, stage = step_of(act, before), after(act, before, lengths_of(final), now=now)
    snapshot = _snapshot(final, before, slots, now=now)
    slot = on_stage(slots) or next_up(slots)
    _prepare(final, act, slots, actor=actor, now=now)
    _keep(final, stage)
    if act is LiveAct.REVEAL:
        _reveal(final)
    final.undo = snapshot | {"act": act.value} if step is not None and step.can_be_undone else {}
    touch(final)
    _journal(final, JOURNALLED[act], before, slot if act in _ABOUT_AN_ENTRY else None, actor=actor, now=now)


def undo_live(final: LiveFinal, *, seen: int, actor: Account, now: datetime) -> None:
    """Take the last step back; a clock that ran then stands still where it was.

    Raises:
        Stale: somebody acted since.
        LiveRefused: the last step cannot be taken back.

    Flushes; the caller commits.
    """
    lock_final(final, seen=seen)
    kept = final.undo
    if not kept:
        raise LiveRefused("The last step cannot be taken back.")
    before = stage_of(final)
    timer = Timer(timedelta(seconds=kept["timer_seconds"]), kept["timer_used_ms"] * MS)
    _keep(final, undone(before, Stage(LivePhase(kept["phase"]), VoteState(kept["vote"]), timer)))
    final.revealed = kept["revealed"]
    # Off stage first: the database lets only one be on it.
    for state in sorted(SlotState, key=lambda each: each is SlotState.ON_STAGE):
        for slot in final.slots:
            if kept["slots"].get(str(slot.id)) == state:
                slot.state = state
        db.session.flush()
    final.undo = {}
    touch(final)
    _journal(final, "live step taken back", before, None, actor=actor, now=now)


_ABOUT_AN_ENTRY = frozenset({LiveAct.START, LiveAct.QUESTIONS, LiveAct.FINISH, LiveAct.SKIP})


def _prepare(final: LiveFinal, act: LiveAct, slots: list[LiveSlot], *, actor: Account, now: datetime) -> None:
    """Do what an act means for the slots, the round and the votes, or refuse it."""
    if act in (LiveAct.START, LiveAct.SKIP):
        coming = next_up(slots)
        if coming is None:
            raise LiveRefused("Everybody has pitched.")
        if act is LiveAct.START:
            _begin(final, now=now)
        coming.state = SlotState.ON_STAGE if act is LiveAct.START else SlotState.ABSENT
    elif act is LiveAct.FINISH:
        present = on_stage(slots)
        if present is not None:
            present.state = SlotState.DONE
    elif act is LiveAct.OPEN_VOTE:
        _open_vote(final, slots)
    elif act is LiveAct.FREEZE:
        _freeze(final, slots, actor=actor, now=now)


def _begin(final: LiveFinal, *, now: datetime) -> None:
    if final.round.state is not RoundState.OPEN:
        raise LiveRefused(f"{final.round.title} is not open: the judges could not score. Open it first.")
    require_combinable(final.round, final.audience_weight)
    final.begun_at = final.begun_at or now


def _open_vote(final: LiveFinal, slots: list[LiveSlot]) -> None:
    if final.begun_at is None:
        raise LiveRefused("Nobody has pitched yet. The vote opens with the first pitch at the earliest.")
    if len(slots) < 2:
        raise LiveRefused("There is nothing to choose between.")
    final.ballot_key = final.ballot_key or secrets.token_hex(32)


def _freeze(final: LiveFinal, slots: list[LiveSlot], *, actor: Account, now: datetime) -> None:
    if final.begun_at is None or next_up(slots) is not None:
        raise LiveRefused("Not everybody has pitched. Let the others pitch, or say that they do not.")
    if final.round.state is RoundState.OPEN:
        close_round(final.round, actor=actor, now=now)
    counted = votes_by_entry(final)
    final.ballots = ballot_count(final)
    final.votes = {slot.entry.reference: counted[slot.entry_id] for slot in slots} if final.has_audience else {}
    # From now on nobody, also not with the site's key, can tell whose ballot is whose.
    final.ballot_key, final.frozen_at = "", now


def _reveal(final: LiveFinal) -> None:
    if final.result is None:
        final.result = _version_to_reveal(final)
    places = places_to_reveal(final)
    final.revealed += 1
    if final.revealed >= len(places):
        final.phase = LivePhase.REVEALED


def _version_to_reveal(final: LiveFinal) -> ResultVersion:
    version = latest_version(final.round)
    if version is None:
        raise LiveRefused("The ranking is being computed. Try again in a moment.")
    if final.frozen_at is None or version.computed_at < final.frozen_at:
        raise LiveRefused("The ranking was computed before the freeze. Compute it again first.")
    return version


def _keep(final: LiveFinal, stage: Stage) -> None:
    final.phase, final.vote = stage.phase, stage.vote
    final.timer_seconds = round(stage.timer.total.total_seconds())
    final.timer_used_ms, final.timer_since = stage.timer.used // MS, stage.timer.since


def _snapshot(final: LiveFinal, stage: Stage, slots: list[LiveSlot], *, now: datetime) -> dict[str, Any]:
    return {
        "phase": stage.phase.value,
        "vote": stage.vote.value,
        "timer_seconds": final.timer_seconds,
        "timer_used_ms": stage.timer.elapsed(now) // MS,
        "revealed": final.revealed,
        "slots": {str(slot.id): slot.state.value for slot in slots},
    }


def _journal(
    final: LiveFinal, action: str, before: Stage, slot: LiveSlot | None, *, actor: Account, now: datetime
) -> None:
    found = {
        "phase": (before.phase.value, final.phase.value),
        "vote": (before.vote.value, final.vote.value),
    }
    changes: dict[str, tuple[Any, Any]] = {name: pair for name, pair in found.items() if pair[0] != pair[1]}
    if slot is not None:
        changes["entry"] = (None, slot.entry.reference)
    if final.phase is LivePhase.FROZEN and final.frozen_at == now and final.has_audience:
        changes["ballots"] = (None, final.ballots)
    if final.revealed:
        changes["revealed"] = (None, final.revealed)
    record(action, final.round, actor=actor, now=now, scope=final.scope, changes=changes)
    db.session.flush()
