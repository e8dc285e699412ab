"""Milestones: how they go, done with evidence, signed off by the other side, sent back, given up."""

from collections.abc import Mapping
from datetime import date, datetime

from werkzeug.datastructures import FileStorage

from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.journal import record
from gtn_events.core.uploads import FileKind, delete_upload, store_upload

from ..enums import Light, MilestoneState, PartyRole, PlacementState
from ..errors import PlacementRefused, ReasonMissing
from ..models import Milestone, Placement
from ..notifications_placements import tell_sides
from .locking import lock_placement

EVIDENCE_KINDS = (FileKind.PDF, FileKind.JPEG, FileKind.PNG, FileKind.WEBP, FileKind.DOCX, FileKind.XLSX, FileKind.CSV)
MOST_BYTES = 10 * 1024 * 1024
MOST_MILESTONES = 40
_LIVE = (PlacementState.PREPARING, PlacementState.AGREED, PlacementState.RUNNING)


def require_live(placement: Placement) -> None:
    """Do nothing while a placement is prepared or under way.

    Raises:
        PlacementRefused: it is over.
    """
    if placement.state not in _LIVE:
        raise PlacementRefused(f"The placement is {placement.state.label.lower()}; nothing in it is changed any more.")


def add_milestone(
    placement: Placement, *, title: str, due_on: date, measure: str = "", actor: Account, now: datetime
) -> Milestone:
    """Add something to reach by a day.

    Raises:
        PlacementRefused: the placement is over, or has as many milestones as it can have.

    Flushes; the caller commits.
    """
    lock_placement(placement)
    require_live(placement)
    if len(placement.milestones) >= MOST_MILESTONES:
        raise PlacementRefused(f"There are {MOST_MILESTONES} milestones already.")
    milestone = Milestone(placement=placement, title=title.strip(), due_on=due_on, measure=measure.strip())
    db.session.add(milestone)
    _note(milestone, "added", actor=actor, now=now, changes={"due": (None, due_on.isoformat())})
    return milestone


def change_milestone(
    milestone: Milestone, *, title: str, due_on: date, measure: str, actor: Account, now: datetime
) -> None:
    """Say anew what is to be reached, and until when.

    Raises:
        PlacementRefused: the milestone is not open, or the placement is over.

    Flushes; the caller commits.
    """
    _begin(milestone, MilestoneState.OPEN)
    before = {"title": milestone.title, "due": milestone.due_on.isoformat(), "measure": milestone.measure}
    milestone.title, milestone.due_on, milestone.measure = title.strip(), due_on, measure.strip()
    after = {"title": milestone.title, "due": due_on.isoformat(), "measure": milestone.measure}
    changes = {name: (before[name], after[name]) for name in after if before[name] != after[name]}
    _note(milestone, "changed", actor=actor, now=now, changes=changes)


def set_light(milestone: Milestone, light: Light, *, note: str, actor: Account, now: datetime) -> None:
    """Say how it goes.

    Raises:
        ReasonMissing: it is not on track, and nothing says why.
        PlacementRefused: the milestone is not open, or the placement is over.

    Flushes; the caller commits.
    """
    _begin(milestone, MilestoneState.OPEN)
    if light is not Light.GREEN and not note.strip():
        raise ReasonMissing("Say what stands in the way and what is done about it.", field="note")
    changes = {"light": (milestone.light.value, light.value)}
    milestone.light, milestone.note = light, note.strip()
    _note(milestone, "is " + light.label.lower(), actor=actor, now=now, changes=changes)


def report_done(
    milestone: Milestone, *, evidence: str, file: FileStorage | None, actor: Account, now: datetime
) -> None:
    """Say that it is reached, with words, a link or a file to show it; the host signs it off.

    Raises:
        PlacementRefused: there is no evidence, the milestone is not open, or the placement is over.
        UploadRefused: the file is of another kind, too large or broken.

    Flushes; the caller commits.
    """
    _begin(milestone, MilestoneState.OPEN)
    if not evidence.strip() and file is None:
        raise PlacementRefused("Show that it is reached: a sentence, a link, or a file.", field="evidence")
    if file is not None:
        if milestone.upload is not None:
            delete_upload(milestone.upload, now=now)
        milestone.upload = store_upload(
            file, allowed=EVIDENCE_KINDS, max_bytes=MOST_BYTES, owner_id=None, now=now, max_pages=200
        )
    milestone.state, milestone.evidence, milestone.done_at = MilestoneState.DONE, evidence.strip(), now
    _note(milestone, "done", actor=actor, now=now)
    tell_sides(
        milestone.placement,
        "incubation/milestone_done",
        occasion=f"{milestone.id}:{milestone.lock_version}",
        now=now,
        sides=(PartyRole.HOST,),
        but=actor,
        milestone=milestone,
    )


def sign_off(milestone: Milestone, *, actor: Account, now: datetime) -> None:
    """Confirm on the host's side that it is reached.

    Raises:
        PlacementRefused: the milestone does not wait for that, or the placement is over.

    Flushes; the caller commits.
    """
    _begin(milestone, MilestoneState.DONE)
    milestone.state, milestone.light = MilestoneState.SIGNED_OFF, Light.GREEN
    milestone.signed_off_at, milestone.signed_off_by_id = now, actor.id
    _note(milestone, "signed off", actor=actor, now=now)
    _tell_firm(milestone, actor=actor, now=now)


def send_back(milestone: Milestone, *, reason: str, actor: Account, now: datetime) -> None:
    """Say on the host's side what is missing; the milestone is open again.

    Raises:
        ReasonMissing: nothing says what is missing.
        PlacementRefused: the milestone does not wait for the host, or the placement is over.

    Flushes; the caller commits.
    """
    _begin(milestone, MilestoneState.DONE)
    if not reason.strip():
        raise ReasonMissing("Say what is missing: the firm reads it.", field="reason")
    milestone.state, milestone.light, milestone.note = MilestoneState.OPEN, Light.AMBER, reason.strip()
    milestone.done_at = None
    _note(milestone, "sent back", actor=actor, now=now, reason=reason)
    _tell_firm(milestone, actor=actor, now=now)


def drop_milestone(milestone: Milestone, *, reason: str, actor: Account, now: datetime) -> None:
    """Give a milestone up.

    Raises:
        ReasonMissing: there is no reason.
        PlacementRefused: the milestone is signed off or given up, or the placement is over.

    Flushes; the caller commits.
    """
    _begin(milestone, MilestoneState.OPEN, MilestoneState.DONE)
    if not reason.strip():
        raise ReasonMissing("Say why it is given up; it stands in the record.", field="reason")
    milestone.state, milestone.note = MilestoneState.DROPPED, reason.strip()
    _note(milestone, "given up", actor=actor, now=now, reason=reason)


def _begin(milestone: Milestone, *states: MilestoneState) -> None:
    lock_placement(milestone.placement)
    db.session.refresh(milestone)
    require_live(milestone.placement)
    if milestone.state not in states:
        raise PlacementRefused(f"The milestone is {milestone.state.label.lower()}. Nothing was changed.")


def _tell_firm(milestone: Milestone, *, actor: Account, now: datetime) -> None:
    tell_sides(
        milestone.placement,
        "incubation/milestone_answered",
        occasion=f"{milestone.id}:{milestone.lock_version}",
        now=now,
        sides=(PartyRole.FIRM,),
        but=actor,
        milestone=milestone,
    )


def _note(
    milestone: Milestone,
    what: str,
    *,
    actor: Account,
    now: datetime,
    changes: Mapping[str, tuple[str | None, str]] | None = None,
    reason: str = "",
) -> None:
    db.session.flush()
    record(
        f"milestone {what}",
        milestone.placement,
        actor=actor,
        now=now,
        scope=milestone.placement.scope,
        changes={"milestone": (None, milestone.title), **(changes or {})},
        reason=reason.strip() or None,
    )
