"""The published rule of a live final: how long, who votes, and what the votes are worth; fixed with the first pitch."""

import secrets
from dataclasses import asdict, dataclass, fields, replace
from datetime import datetime, timedelta

from sqlalchemy import delete

from gtn_events.accounts.models import Account
from gtn_events.core.badges import badge_events
from gtn_events.core.db import db
from gtn_events.core.journal import record

from ..enums import AudiencePoints, RevealOrder, RoundState, VoteState
from ..errors import LiveRefused
from ..models import LiveFinal, LiveSlot, Round
from ..queries.live import live_final_of
from ..results.audience import MOST_WEIGHT, NOT_COMBINED
from ..results.lot import commitment
from .chain import lock_round
from .live_machine import Lengths
from .live_order import fill_order

LONGEST_PITCH = LONGEST_QUESTIONS = 60
MOST_VOTES = 3
MOST_PLACES = 100


@dataclass(frozen=True, kw_only=True)
class LiveRule:
    """Everything that is published before the first pitch; without ``audience`` the four fields after it say nothing.

    Args:
        audience_weight: what the audience's votes are worth, in per cent of the total.
        votes_per_badge: how many different entries a badge may name.
        badge_event: whose badges vote, a key of ``core.badges``.
        reveal_places: how many places are shown, of all entries or of each category; the others stay unsaid.
    """

    pitch_minutes: int = 5
    question_minutes: int = 5
    audience: bool = False
    audience_weight: int = 0
    audience_points: AudiencePoints = AudiencePoints.SHARE
    votes_per_badge: int = 1
    badge_event: str = ""
    reveal_order: RevealOrder = RevealOrder.LAST_FIRST
    reveal_places: int = 3


COLUMNS = tuple(each.name for each in fields(LiveRule) if each.name != "audience")


def rule_of(final: LiveFinal) -> LiveRule:
    """Return the rule that a live final follows."""
    return LiveRule(audience=final.has_audience, **{name: getattr(final, name) for name in COLUMNS})


def lengths_of(final: LiveFinal) -> Lengths:
    """Return how long a pitch and its questions are."""
    return Lengths(timedelta(minutes=final.pitch_minutes), timedelta(minutes=final.question_minutes))


def set_live_rule(round_: Round, rule: LiveRule, *, actor: Account, now: datetime) -> LiveFinal:
    """Make a round a live final, or change the rule of one.

    Raises:
        LiveRefused: the first pitch was held, the round takes no scores any more, or the rule cannot be; ``field``
            says where.

    Flushes; the caller commits.
    """
    lock_round(round_)
    final = live_final_of(round_)
    _require_change(final)
    if round_.state not in {RoundState.PLANNED, RoundState.OPEN}:
        raise LiveRefused(f"{round_.title} takes no scores any more, so it cannot become a live final.")
    return _write(round_, final, _checked(rule, round_), actor=actor, now=now)


def take_live_rule(source: LiveFinal, round_: Round, *, actor: Account, now: datetime) -> LiveFinal:
    """Make a round of a new edition a live final by the rule of an earlier one.

    Nobody's badges vote until it is said whose: those of the earlier event must not.

    Flushes; the caller commits.
    """
    return _write(round_, None, replace(rule_of(source), badge_event=""), actor=actor, now=now)


def drop_live_final(round_: Round, *, actor: Account, now: datetime) -> None:
    """Let a round be judged without a stage again; nothing happens when it has none.

    Raises:
        LiveRefused: the first pitch was held.

    Flushes; the caller commits.
    """
    lock_round(round_)
    final = live_final_of(round_)
    if final is None:
        return
    _require_change(final)
    db.session.execute(delete(LiveSlot).where(LiveSlot.final_id == final.id))
    db.session.delete(final)
    record("live final dropped", round_, actor=actor, now=now, scope=round_.scope)
    db.session.flush()


def require_combinable(round_: Round, audience_weight: int) -> None:
    """Refuse a weight of the audience where the round's method gives nothing to weigh it against.

    Raises:
        LiveRefused: the round ranks by z-scores.
    """
    if audience_weight and round_.method in NOT_COMBINED:
        raise LiveRefused(
            f"Totals of the method “{round_.method.label}” cannot be combined with votes. "
            "Let the votes count for nothing, or choose another method.",
            field="audience_weight",
        )


def _write(round_: Round, final: LiveFinal | None, rule: LiveRule, *, actor: Account, now: datetime) -> LiveFinal:
    values = {name: value for name, value in asdict(rule).items() if name in COLUMNS}
    values["vote"] = VoteState.BEFORE if rule.audience else VoteState.OFF
    before = {name: getattr(final, name) for name in values} if final else dict.fromkeys(values)
    if final is None:
        seed = secrets.token_hex(32)
        final = LiveFinal(round=round_, order_seed=seed, order_commitment=commitment(seed), created_at=now)
        db.session.add(final)
    for name, value in values.items():
        setattr(final, name, value)
    db.session.flush()
    fill_order(final)
    changes = {name: (before[name], value) for name, value in values.items() if before[name] != value}
    if changes:
        record("live final planned", round_, actor=actor, now=now, scope=round_.scope, changes=changes)
    return final


def _require_change(final: LiveFinal | None) -> None:
    if final is not None and final.begun_at is not None:
        raise LiveRefused("The first pitch was held by this rule. It stays as everybody knows it.")


def _checked(rule: LiveRule, round_: Round) -> LiveRule:
    if not 1 <= rule.pitch_minutes <= LONGEST_PITCH:
        raise LiveRefused(f"A pitch takes 1 to {LONGEST_PITCH} minutes.", field="pitch_minutes")
    if not 0 <= rule.question_minutes <= LONGEST_QUESTIONS:
        raise LiveRefused(f"Questions take 0 to {LONGEST_QUESTIONS} minutes.", field="question_minutes")
    if not 1 <= rule.reveal_places <= MOST_PLACES:
        raise LiveRefused(f"Show 1 to {MOST_PLACES} places.", field="reveal_places")
    if not rule.audience:
        kept = ("pitch_minutes", "question_minutes", "reveal_order", "reveal_places")
        return replace(LiveRule(), **{name: getattr(rule, name) for name in kept})
    if not 0 <= rule.audience_weight <= MOST_WEIGHT:
        raise LiveRefused(
            f"The audience has 0 to {MOST_WEIGHT} per cent; the jury decides the rest.", field="audience_weight"
        )
    if not 1 <= rule.votes_per_badge <= MOST_VOTES:
        raise LiveRefused(f"A badge names 1 to {MOST_VOTES} entries.", field="votes_per_badge")
    if rule.badge_event not in {each.key for each in badge_events()}:
        raise LiveRefused("Choose whose badges vote.", field="badge_event")
    require_combinable(round_, rule.audience_weight)
    return rule
