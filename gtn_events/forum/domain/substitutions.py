"""An economy puts one of its people in the place of another: at once, or as soon as the new one may have it."""

from datetime import datetime

from flask_babel import gettext as _

from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.errors import Stale

from ..enums import ApprovalStage
from ..enums import RegistrationState as State
from ..errors import ReasonMissing, SubstitutionRefused
from ..models import Registration, Substitution
from ..queries.substitutions import (
    CAN_COME,
    READY,
    REPLACEABLE,
    arrangement_of,
    is_checked_in,
    is_helped,
    promised_in,
)
from .economy_stage import endorse_registration
from .handing_over import fits, hand_over
from .locking import lock_forum, lock_registration
from .substitution_ending import end_substitution, write_down


def substitute(
    leaves: Registration, comes: Registration, *, reason: str, seen: tuple[int, int], actor: Account, now: datetime
) -> Substitution:
    """Put somebody in the place of another person of the same economy and category.

    Whom the host has approved (waiting or approved) comes at once. For a pending one the choice is the
    economy's yes, and the first person keeps the place until the host confirms the new one.

    Args:
        reason: read by who leaves.
        seen: ``lock_version`` of both registrations when the effect was shown.

    Raises:
        Stale: one of them was changed since.
        ReasonMissing: there is no reason.
        SubstitutionRefused: there is no place to move, its holder is inside already, or the other cannot have it.

    Flushes; the caller commits.
    """
    lock_registration(leaves)
    db.session.refresh(comes, with_for_update={"of": Registration, "key_share": True})
    if (leaves.lock_version, comes.lock_version) != seen:
        raise Stale(_("One of the two registrations was changed since you opened this page. Look at the effect again."))
    _refuse_comer(leaves, comes)
    substitution = _promise(leaves, comes, reason=reason, actor=actor, now=now)
    if comes.state in READY:
        hand_over(substitution, actor=actor, now=now)
        return substitution
    write_down("substitution arranged", substitution, actor=actor, now=now)
    if comes.stage is ApprovalStage.ECONOMY:
        endorse_registration(comes, actor=actor, now=now)
    return substitution


def promise_to_nominee(leaves: Registration, *, reason: str, seen: int, actor: Account, now: datetime) -> Substitution:
    """Arrange that somebody's place goes to a person who is nominated for it; refused as ``substitute``. Flushes."""
    lock_registration(leaves)
    if leaves.lock_version != seen:
        raise Stale(_("The registration was changed since you opened this page. Look at it again."))
    substitution = _promise(leaves, None, reason=reason, actor=actor, now=now)
    write_down("substitution arranged", substitution, actor=actor, now=now)
    return substitution


def nominee_has_come(substitution: Substitution, registration: Registration, *, now: datetime) -> None:
    """Let a nominee who has registered come to the place, unless that is over; the forum is locked. Flushes."""
    db.session.refresh(substitution, with_for_update={"of": Substitution, "key_share": True})
    if not fits(substitution.leaves, registration):
        end_substitution(substitution, actor=None, now=now)
        return
    substitution.comes = registration
    db.session.flush()


def take_back_substitution(substitution: Substitution, *, actor: Account, now: datetime) -> None:
    """Let the first person keep the place after all. Flushes; the caller commits.

    Raises:
        SubstitutionRefused: the place has moved already, or nothing is arranged any more.
    """
    lock_forum(substitution.leaves.forum)
    if not end_substitution(substitution, actor=actor, now=now):
        raise SubstitutionRefused(_("There is nothing to take back: the place has moved, or the substitution is over."))


def why_not_replaced(leaves: Registration, *, now: datetime) -> str:
    """Return why somebody cannot be replaced now; empty when they can."""
    name = leaves.delegate_name
    if leaves.forum.is_over(now):
        return _("%(forum)s is over.", forum=leaves.forum.title)
    if leaves.economy_code is None or leaves.state not in REPLACEABLE:
        return _("%(name)s has no place that could go to somebody else, and does not wait for one.", name=name)
    if is_checked_in(leaves):
        return _("%(name)s has checked in already, so nobody can come instead.", name=name)
    if arrangement_of(leaves) is not None:
        return _("A substitute for %(name)s is arranged already. Take that back first.", name=name)
    return ""


def _promise(
    leaves: Registration, comes: Registration | None, *, reason: str, actor: Account, now: datetime
) -> Substitution:
    if why := why_not_replaced(leaves, now=now):
        raise SubstitutionRefused(why)
    if not reason.strip():
        raise ReasonMissing(_("Give a reason: %(name)s will read it.", name=leaves.delegate_name), field="reason")
    substitution = Substitution(
        leaves=leaves, comes=comes, reason=reason.strip(), arranged_at=now, arranged_by_id=actor.id
    )
    db.session.add(substitution)
    db.session.flush()
    return substitution


def _refuse_comer(leaves: Registration, comes: Registration) -> None:
    name = comes.delegate_name
    if not fits(leaves, comes):
        raise SubstitutionRefused(_("%(name)s is not of the same economy and category.", name=name), field="by")
    if comes.state not in CAN_COME or (leaves.state is State.WAITLISTED and not is_helped(leaves, comes)):
        raise SubstitutionRefused(_("%(name)s has no use for this place as things stand.", name=name), field="by")
    if comes.id in promised_in(leaves.forum_id):
        raise SubstitutionRefused(_("%(name)s is to replace somebody else already.", name=name), field="by")
