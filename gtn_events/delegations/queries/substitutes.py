"""Who replaces whom in a delegation, and who could; every select here is narrowed to economy and forum."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import aliased

from gtn_events.core.db import db
from gtn_events.forum.enums import RegistrationState as State
from gtn_events.forum.enums import SubstitutionState
from gtn_events.forum.models import Registration, Substitution
from gtn_events.forum.queries.registrations import PLACE_IN_DELEGATION
from gtn_events.forum.queries.substitutions import CAN_COME, is_helped, promised_in

from ..models import Delegation, Nomination
from .people import of_delegation


@dataclass(frozen=True, slots=True)
class Note:
    """What one person's line says of another: ``leaves`` where the other comes in their place."""

    is_done: bool
    leaves: bool
    name: str
    registration_id: int | None
    nomination_id: int | None

    @property
    def is_promise(self) -> bool:
        """Say whether this person's place is to go to the other."""
        return self.leaves and not self.is_done


def candidates_for(delegation: Delegation, leaves: Registration) -> list[Registration]:
    """Return who of the economy could take somebody's place, in protocol order."""
    statement = (
        select(Registration)
        .where(
            of_delegation(delegation),
            Registration.category_id == leaves.category_id,
            Registration.state.in_(CAN_COME),
            Registration.id != leaves.id,
        )
        .order_by(PLACE_IN_DELEGATION, Registration.id)
    )
    promised = promised_in(delegation.forum.id)
    found = [each for each in db.session.scalars(statement) if each.id not in promised]
    if leaves.state is not State.WAITLISTED:
        return found
    return [each for each in found if is_helped(leaves, each)]


def notes_of(delegation: Delegation, registration_ids: Collection[int]) -> Mapping[int, list[Note]]:
    """Return what stands at each of these people about whom they replace and who replaces them; one query."""
    leaves, comes = aliased(Registration), aliased(Registration)
    statement = (
        select(
            Substitution.state,
            *(leaves.id, leaves.given_name, leaves.family_name),
            *(comes.id, comes.given_name, comes.family_name),
            *(Nomination.id, Nomination.given_name, Nomination.family_name),
        )
        .join(leaves, leaves.id == Substitution.leaves_id)
        .outerjoin(comes, comes.id == Substitution.comes_id)
        .outerjoin(Nomination, Nomination.substitution_id == Substitution.id)
        .where(
            Substitution.state != SubstitutionState.ENDED,
            or_(Substitution.leaves_id.in_(registration_ids), Substitution.comes_id.in_(registration_ids)),
            leaves.forum_id == delegation.forum.id,
            leaves.economy_code == delegation.code,
            or_(comes.id.is_(None), comes.economy_code == delegation.code),
        )
        .order_by(Substitution.id)
    )
    notes: dict[int, list[Note]] = defaultdict(list)
    for state, left, left_given, left_family, came, *names in db.session.execute(statement):
        given, family, nomination_id, nominee_given, nominee_family = names
        is_done = state is SubstitutionState.DONE
        new_name = _name(given, family) if came else _name(nominee_given, nominee_family)
        notes[left].append(Note(is_done, True, new_name, came, None if came else nomination_id))
        if came is not None:
            notes[came].append(Note(is_done, False, _name(left_given, left_family), left, None))
    return notes


def _name(given: str | None, family: str | None) -> str:
    return f"{given or ''} {(family or '').upper()}".strip()
