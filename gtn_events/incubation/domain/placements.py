"""A placement from the accepted offer to its end: begun, extended, ended, completed."""

from collections.abc import Sequence
from datetime import date, datetime
from itertools import pairwise

from sqlalchemy import select
from sqlalchemy.orm.attributes import flag_modified

from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.journal import record
from gtn_events.core.versions import require_as_seen

from ..enums import MilestoneState, Moment, OfferState, PartyRole, PlacementState, ReportKind
from ..errors import PlacementRefused, ReasonMissing
from ..models import FigureSet, Offer, Placement, PlacementReport, Stay
from ..notifications_placements import tell_sides
from .locking import lock_intake, lock_placement
from .placement_transitions import Action, Side, transition_for

BOTH_SIDES = (PartyRole.FIRM, PartyRole.HOST)


def begin_placement(offer: Offer, *, actor: Account, now: datetime) -> Placement:
    """Return the placement of an accepted offer, made if there is none yet, with its wished-for stay.

    Raises:
        PlacementRefused: the offer is not accepted.

    Flushes; the caller commits.
    """
    lock_intake(offer.intake)
    if offer.state is not OfferState.ACCEPTED:
        raise PlacementRefused("The place is not accepted.")
    standing = db.session.scalar(select(Placement).where(Placement.offer_id == offer.id))
    if standing is not None:
        return standing
    intake, application = offer.intake, offer.application
    placement = Placement(offer=offer, application=application, intake=intake, state_changed_at=now, created_at=now)
    first = max(intake.stay_from, application.preferred_from)
    if first > intake.stay_until:
        first = intake.stay_from
    last = min(intake.stay_until, date.fromordinal(first.toordinal() + 7 * application.weeks - 1))
    placement.stays = [Stay(starts_on=first, ends_on=last)]
    db.session.add(placement)
    db.session.flush()
    record("placement prepared", placement, actor=actor, now=now, scope=placement.scope)
    return placement


def plan_stays(
    placement: Placement,
    stays: Sequence[tuple[date, date]],
    *,
    seen: int | None = None,
    actor: Account,
    now: datetime,
) -> None:
    """Set when the firm is at the host, in one stay or several; a later end of the last one is an extension.

    Args:
        seen: the ``lock_version`` that the person's page shows, None when it does not matter.

    Raises:
        Stale: somebody else changed the placement since.
        PlacementRefused: none; one ends before it begins; two overlap; or a stay in which the firm has arrived
            would begin on another day, or end before that.

    Flushes; the caller commits.
    """
    lock_placement(placement)
    if placement.state not in (PlacementState.PREPARING, PlacementState.AGREED, PlacementState.RUNNING):
        raise PlacementRefused(f"The placement is {placement.state.label.lower()}; its stays are not changed any more.")
    db.session.expire(placement, ["stays"])
    ordered = sorted(stays)
    if ordered == [(stay.starts_on, stay.ends_on) for stay in placement.stays]:
        return
    require_as_seen(placement, seen)
    _check_stays(placement, ordered)
    before = [f"{stay.starts_on} to {stay.ends_on}" for stay in placement.stays]
    kept = {stay.starts_on: stay for stay in placement.stays}
    placement.stays = [_stay(kept.get(first), first, last) for first, last in ordered]
    # The version is the placement's, and a stay is a row of its own.
    flag_modified(placement, "state_changed_at")
    db.session.flush()
    changes = {"stays": ("; ".join(before), "; ".join(f"{first} to {last}" for first, last in ordered))}
    record("stays planned", placement, actor=actor, now=now, scope=placement.scope, changes=changes)


def start_placement(placement: Placement, *, on: date, side: Side, actor: Account, now: datetime) -> None:
    """Note that the firm has arrived: the first stay begins, and the figures of the start are asked.

    Raises:
        TransitionRefused: it is not agreed, or has begun.
        PlacementRefused: the day is in the future, or before the firm applied.

    Flushes; the caller commits.
    """
    lock_placement(placement)
    row = transition_for(placement.state, Action.START, side)
    _check_past(on, now, field="on")
    if on < placement.application.submitted_at.date():
        raise PlacementRefused("On this day the firm had not even applied.", field="on")
    placement.state, placement.state_changed_at, placement.started_on = row.to, now, on
    placement.stays[0].arrived_on = on
    _ask_figures(placement, Moment.START, on)
    _note(placement, Action.START, actor=actor, now=now)


def end_early(placement: Placement, *, on: date, reason: str, side: Side, actor: Account, now: datetime) -> None:
    """End a placement before its time; what was reached stays, the figures of the end are asked.

    Raises:
        TransitionRefused: it is not under way.
        ReasonMissing: there is no reason.
        PlacementRefused: the day is in the future, or before the start or a day on which the firm came or left.

    Flushes; the caller commits.
    """
    lock_placement(placement)
    row = transition_for(placement.state, Action.END_EARLY, side)
    _require_reason(reason)
    _finish(placement, on, now=now)
    placement.state, placement.state_changed_at, placement.reason = row.to, now, reason.strip()
    _note(placement, Action.END_EARLY, actor=actor, now=now, reason=reason)


def completion_gaps(placement: Placement) -> list[str]:
    """Return what is missing before a placement can be completed, one sentence each."""
    gaps = [
        f"The milestone “{each.title}” is {each.state.label.lower()}."
        for each in placement.milestones
        if each.state in (MilestoneState.OPEN, MilestoneState.DONE)
    ]
    sent = set(
        db.session.scalars(
            select(PlacementReport.role).where(
                PlacementReport.placement_id == placement.id,
                PlacementReport.kind == ReportKind.FINAL,
                PlacementReport.sent_at.is_not(None),
            )
        )
    )
    return gaps + [f"The final report of {role.label.lower()} is missing." for role in BOTH_SIDES if role not in sent]


def complete_placement(placement: Placement, *, on: date, side: Side, actor: Account, now: datetime) -> None:
    """Complete a placement: milestones signed off or given up, both final reports there.

    Raises:
        TransitionRefused: it is not under way.
        PlacementRefused: something is missing, or the day is as in ``end_early``.

    Flushes; the caller commits.
    """
    lock_placement(placement)
    row = transition_for(placement.state, Action.COMPLETE, side)
    gaps = completion_gaps(placement)
    if gaps:
        raise PlacementRefused(" ".join(gaps))
    _finish(placement, on, now=now)
    placement.state, placement.state_changed_at = row.to, now
    _note(placement, Action.COMPLETE, actor=actor, now=now)


def cancel_placement(placement: Placement, *, reason: str, actor: Account, now: datetime) -> None:
    """Cancel a placement that has not begun; its place becomes free.

    Raises:
        TransitionRefused: it has begun.
        ReasonMissing: there is no reason.

    Flushes; the caller commits.
    """
    lock_intake(placement.intake)
    db.session.refresh(placement)
    transition_for(placement.state, Action.CANCEL, Side.ORGANISER)
    _require_reason(reason)
    placement.offer.state, placement.offer.answered_at = OfferState.WITHDRAWN, now
    placement.offer.reason = reason.strip()
    cancel_with_offer(placement, reason=reason, actor=actor, now=now)


def cancel_with_offer(placement: Placement, *, reason: str, actor: Account | None, now: datetime) -> None:
    """Cancel a placement whose place was given back or taken back.

    Raises:
        TransitionRefused: it has begun.

    Flushes; the caller commits.
    """
    row = transition_for(placement.state, Action.CANCEL, Side.ORGANISER)
    placement.state, placement.state_changed_at, placement.reason = row.to, now, reason.strip()
    _note(placement, Action.CANCEL, actor=actor, now=now, reason=reason)


def _check_stays(placement: Placement, ordered: Sequence[tuple[date, date]]) -> None:
    if not ordered:
        raise PlacementRefused("Say when the firm is at the host.", field="stays")
    for first, last in ordered:
        if last < first:
            raise PlacementRefused(f"A stay that begins on {first} cannot end on {last}.", field="stays")
    for (_, last), (following, _) in pairwise(ordered):
        if following <= last:
            raise PlacementRefused(f"Two stays overlap on {following}.", field="stays")
    ends = dict(ordered)
    for stay in placement.stays:
        if stay.arrived_on is not None and stay.arrived_on > ends.get(stay.starts_on, date.min):
            raise PlacementRefused(f"The firm has arrived in the stay of {stay.starts_on}.", field="stays")


def _stay(standing: Stay | None, first: date, last: date) -> Stay:
    if standing is None:
        return Stay(starts_on=first, ends_on=last)
    standing.ends_on = last
    return standing


def _finish(placement: Placement, on: date, *, now: datetime) -> None:
    _check_past(on, now, field="on")
    if placement.started_on is None or on < placement.started_on:
        raise PlacementRefused("The end cannot be before the start.", field="on")
    last = max((stay for stay in placement.stays if stay.arrived_on is not None), key=lambda stay: stay.starts_on)
    _check_between(placement.stays, last, on)
    if last.left_on is not None and on < last.left_on:
        raise PlacementRefused(_out_of_order(last.left_on), field="on")
    placement.ended_on, last.left_on = on, last.left_on or on
    for moment in Moment:
        if moment is not Moment.START:
            _ask_figures(placement, moment, _months_after(on, moment.months))


def _check_between(stays: Sequence[Stay], stay: Stay, on: date) -> None:
    """Refuse a day in a stay that is before what is noted until then, or after what is noted of later stays."""
    before = [day for each in stays if each.starts_on < stay.starts_on for day in (each.arrived_on, each.left_on)]
    after = [day for each in stays if each.starts_on > stay.starts_on for day in (each.arrived_on, each.left_on)]
    wrong = [day for day in (*before, stay.arrived_on) if day is not None and day > on]
    wrong += [day for day in after if day is not None and day < on]
    if wrong:
        raise PlacementRefused(_out_of_order(wrong[0]), field="on")


def _out_of_order(day: date) -> str:
    return f"It is noted that the firm came or left on {day}; this day is out of order with it."


def _check_past(on: date, now: datetime, *, field: str) -> None:
    # A day ahead: somewhere east of here it is tomorrow already.
    if (on - now.date()).days > 1:
        raise PlacementRefused("This day is still to come.", field=field)


def _require_reason(reason: str) -> None:
    if not reason.strip():
        raise ReasonMissing("Give a reason: the others read it.", field="reason")


def note_arrival(stay: Stay, *, on: date, actor: Account, now: datetime) -> None:
    """Note that the firm has arrived for a later stay of a placement that is under way.

    Raises:
        PlacementRefused: the placement is not under way, the firm is there already, or the day is in the future or
            out of order with the other stays.

    Flushes; the caller commits.
    """
    placement = stay.placement
    lock_placement(placement)
    if placement.state is not PlacementState.RUNNING or stay.arrived_on is not None:
        raise PlacementRefused("An arrival is noted once, while the placement is under way.")
    _check_past(on, now, field="on")
    _check_between(placement.stays, stay, on)
    stay.arrived_on = on
    _record_day(placement, "arrival noted", on, actor=actor, now=now)


def note_leaving(stay: Stay, *, on: date, actor: Account, now: datetime) -> None:
    """Note that a stay is over while others follow.

    Raises:
        PlacementRefused: the placement is not under way, the firm is not there, or the day is before it came or
            after it came again.

    Flushes; the caller commits.
    """
    placement = stay.placement
    lock_placement(placement)
    if placement.state is not PlacementState.RUNNING or stay.arrived_on is None or stay.left_on is not None:
        raise PlacementRefused("A leaving is noted once, after the arrival.")
    _check_past(on, now, field="on")
    _check_between(placement.stays, stay, on)
    stay.left_on = on
    _record_day(placement, "leaving noted", on, actor=actor, now=now)


def _record_day(placement: Placement, what: str, on: date, *, actor: Account, now: datetime) -> None:
    db.session.flush()
    changes = {"day": (None, on.isoformat())}
    record(what, placement, actor=actor, now=now, scope=placement.scope, changes=changes)


def _ask_figures(placement: Placement, moment: Moment, due_on: date) -> None:
    db.session.add(FigureSet(placement=placement, moment=moment, due_on=due_on))


def _months_after(day: date, months: int) -> date:
    """Return the same day of the month some months later, or the last one that month has."""
    years, month = divmod(day.month - 1 + months, 12)
    following = date(day.year + years + (month == 11), (month + 1) % 12 + 1, 1)
    last = date.fromordinal(following.toordinal() - 1).day
    return date(day.year + years, month + 1, min(day.day, last))


def _note(placement: Placement, action: Action, *, actor: Account | None, now: datetime, reason: str = "") -> None:
    db.session.flush()
    tell_sides(placement, "incubation/placement_changed", occasion=action.value, now=now, but=actor)
    record(
        f"placement {action.past}",
        placement,
        actor=actor,
        now=now,
        scope=placement.scope,
        changes={"state": (None, placement.state)},
        reason=reason.strip() or None,
    )
