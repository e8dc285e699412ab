"""What a new edition takes over besides its own row: letters, badges, proposals, doors and who attended."""

from collections.abc import Callable, Mapping
from datetime import datetime, time

from sqlalchemy import select

from gtn_events.core.db import db
from gtn_events.core.venue_time import shift_local

from ..models import (
    AttendanceCheckpoint,
    AttendanceRule,
    BadgeDesign,
    Checkpoint,
    Forum,
    ProposalWindow,
    SideEvent,
)
from .check_in import add_main_door

AtCloning = Callable[[Forum, Forum, int], None]
_at_cloning: list[AtCloning] = []


def register_at_cloning(act: AtCloning) -> None:
    """Let a package above give a new edition what it has of the earlier one.

    It is called with the earlier forum, the new one and by how many days dates move; once is enough.
    """
    if act not in _at_cloning:
        _at_cloning.append(act)


def take_settings(source: Forum, forum: Forum, side_events: Mapping[int, SideEvent], *, days: int) -> None:
    """Give a new forum the settings of an earlier one, with their dates moved. Flushes.

    Args:
        side_events: the new side events by the ids of those they came from; a door whose side event has none stays
            behind.
    """
    _take_words(source, forum)
    _take_window(source, forum, days=days)
    checkpoints = _take_checkpoints(source, forum, side_events)
    _take_attendance(source, forum, checkpoints)
    for act in _at_cloning:
        act(source, forum, days)


def _take_words(source: Forum, forum: Forum) -> None:
    """Copy the words of badges; letters come with the designs, and their series begins anew."""
    design = db.session.get(BadgeDesign, source.id)
    if design is not None:
        db.session.add(BadgeDesign(forum_id=forum.id, back_text=design.back_text))
    db.session.flush()


def _take_window(source: Forum, forum: Forum, *, days: int) -> None:
    window = db.session.get(ProposalWindow, source.id)
    if window is None:
        return
    opens_at, closes_at = (
        shift_local(each, days=days, time_zone=source.time_zone) for each in (window.opens_at, window.closes_at)
    )
    copy = ProposalWindow(
        forum_id=forum.id, opens_at=opens_at, closes_at=closes_at, takes=window.takes, words=window.words
    )
    db.session.add(copy)
    db.session.flush()


def _take_checkpoints(source: Forum, forum: Forum, side_events: Mapping[int, SideEvent]) -> dict[int, Checkpoint]:
    """Return the new doors, open, by the ids of the earlier ones; none for what was given up before the forum."""
    began = datetime.combine(source.starts_on, time(), tzinfo=source.zone)
    doors = select(Checkpoint).where(Checkpoint.forum_id == source.id).order_by(Checkpoint.position, Checkpoint.id)
    copies = {}
    for each in db.session.scalars(doors):
        given_up = each.closed_at is not None and each.closed_at < began
        if given_up or (each.side_event_id is not None and each.side_event_id not in side_events):
            continue
        copies[each.id] = Checkpoint(
            forum=forum,
            key=each.key,
            label=each.label,
            kind=each.kind,
            rule=each.rule,
            side_event=side_events[each.side_event_id] if each.side_event_id is not None else None,
            category_keys=list(each.category_keys),
            counts=each.counts,
            position=each.position,
        )
    db.session.add_all(copies.values())
    if not copies:
        add_main_door(forum)
    db.session.flush()
    return copies


def _take_attendance(source: Forum, forum: Forum, checkpoints: Mapping[int, Checkpoint]) -> None:
    """Copy who attended; a rule by named doors that all stayed behind is not taken over."""
    rule = db.session.get(AttendanceRule, source.id)
    if rule is None:
        return
    named = [checkpoints[each.checkpoint_id].id for each in rule.checkpoints if each.checkpoint_id in checkpoints]
    if rule.checkpoints and not named:
        return
    copy = AttendanceRule(forum_id=forum.id, kind=rule.kind, percent=rule.percent, every=rule.every)
    copy.checkpoints = [AttendanceCheckpoint(checkpoint_id=each) for each in named]
    db.session.add(copy)
    db.session.flush()
