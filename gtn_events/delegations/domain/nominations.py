"""Nominating: typed by a coordinator, kept as a draft, said for the economy, changed, taken back."""

from dataclasses import dataclass, fields
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from gtn_events.accounts.domain.addresses import parse_address
from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.economies import Economy
from gtn_events.core.versions import require_as_seen
from gtn_events.forum.enums import ACTIVE_STATES, DelegationFunction, Funding
from gtn_events.forum.models import ForumCategory, Registration

from ..enums import NominationState as State
from ..errors import NominationRefused
from ..models import Delegation, Nomination
from ..notifications import tell_of_withdrawal
from .nomination_record import change_nomination, lock_nomination, record_nomination
from .nomination_transitions import Act


@dataclass(frozen=True, kw_only=True)
class Nominee:
    """What a coordinator says of somebody; but for address and category, a draft may lack all of it."""

    email: str
    category: ForumCategory
    honorific: str = ""
    given_name: str = ""
    family_name: str = ""
    own_script_name: str = ""
    gender: str = ""
    position: str = ""
    organisation_name: str = ""
    organisation_kind: str = ""
    function: DelegationFunction = DelegationFunction.DELEGATE
    rank: int | None = None
    reserve: bool = False
    funding: Funding = Funding.OWN
    relevance: str = ""
    remarks: str = ""


def draft_nomination(delegation: Delegation, nominee: Nominee, *, actor: Account, now: datetime) -> Nomination:
    """Keep what is known of somebody; nobody is told.

    Raises:
        DomainError: it is no address; belongs to the field ``email``.
        NominationRefused: the address is nominated or registered already, the category is not of
            this forum, or APEC does not fund people of this economy.

    Flushes; the caller commits.
    """
    _check(delegation, nominee)
    nomination = Nomination(
        forum=delegation.forum,
        economy=delegation.economy,
        nominated_by_id=actor.id,
        created_at=now,
        changed_at=now,
    )
    apply_nominee(nomination, nominee)
    try:
        with db.session.begin_nested():
            db.session.add(nomination)
    except IntegrityError:
        # Another coordinator was first; the unique index decides.
        raise _taken(nominee.email) from None
    record_nomination("nomination drafted", nomination, actor=actor, now=now)
    return nomination


def edit_nomination(
    nomination: Nomination, nominee: Nominee, *, seen: int | None = None, actor: Account, now: datetime
) -> bool:
    """Change what is said of somebody who has not registered yet, and say whether anything was different.

    The address stays once the economy has nominated it: a link was sent there, or will be.

    Args:
        seen: the ``lock_version`` that the person's page shows, None when it does not matter.

    Raises:
        Stale: another coordinator changed it since.
        DomainError: it is no address; belongs to the field ``email``.
        NominationRefused: as for a new one, or the person has registered, or the address would change,
            or the nomination would lack what the host needs to know.

    Flushes; the caller commits.
    """
    lock_nomination(nomination)
    require_as_seen(nomination, seen)
    if not nomination.state.is_open:
        raise NominationRefused("The nomination is over. Nothing was changed.")
    if nomination.state is not State.DRAFT and parse_address(nominee.email).key != nomination.email_key:
        raise NominationRefused(
            "The address is nominated already. Withdraw this nomination and nominate the other address.", field="email"
        )
    if nominee.category.id != nomination.category_id and nomination.replaces is not None:
        raise NominationRefused(
            "They are to replace somebody of this category. Take the substitution back first.", field="category"
        )
    if nomination.state is not State.DRAFT:
        _refuse_gaps(nominee)
    _check(nomination.delegation, nominee, but=nomination.id)
    before = _values(nomination)
    apply_nominee(nomination, nominee)
    if before == _values(nomination):
        return False
    nomination.changed_at = now
    nomination.lock_version += 1
    db.session.flush()
    record_nomination("nomination changed", nomination, actor=actor, now=now)
    return True


def nominate(nomination: Nomination, *, actor: Account, now: datetime) -> None:
    """Say for the economy that it sends this person; the economy's yes is given by that.

    Raises:
        NominationRefused: it is no draft, or what the host needs to know is missing.

    Flushes; the caller commits.
    """
    lock_nomination(nomination)
    _refuse_gaps(nomination)
    change_nomination(nomination, Act.NOMINATE, actor=actor, now=now)
    nomination.nominated_at, nomination.nominated_by_id = now, actor.id
    db.session.flush()


def withdraw_nomination(nomination: Nomination, *, actor: Account, now: datetime) -> None:
    """Take a nomination back; whoever got a link is told, and the link ends.

    Raises:
        NominationRefused: the person has registered, or it is over already.

    Flushes; the caller commits.
    """
    lock_nomination(nomination)
    knew = nomination.invited_at is not None
    change_nomination(nomination, Act.WITHDRAW, actor=actor, now=now)
    if knew:
        tell_of_withdrawal(nomination, now=now)


def funding_refusal(economy: Economy) -> str:
    """Return why APEC funds nobody of an economy; empty where it may."""
    if economy.travel_eligible:
        return ""
    return f"{economy.short_name} is not among the travel-eligible economies, so APEC funds nobody of it."


def missing_in(said: Nominee | Nomination) -> list[tuple[str, str]]:
    """Return what a nomination still needs: the field, and what to do, in words."""
    return [(field, words) for field, words in NEEDED if not getattr(said, field)]


def apply_nominee(nomination: Nomination, nominee: Nominee) -> None:
    """Put what was said of somebody into a nomination."""
    for field in fields(nominee):
        setattr(nomination, field.name, getattr(nominee, field.name))
    address = parse_address(nominee.email)
    nomination.email, nomination.email_key = address.email, address.key


NEEDED = (
    ("family_name", "Write the family name, as in the passport."),
    ("gender", "Choose one; they can prefer not to say."),
    ("position", "Write the person's position."),
    ("organisation_name", "Write where the person works."),
    ("organisation_kind", "Choose what kind of organisation it is."),
    ("relevance", "Say why this person: what their duties have to do with the forum."),
)


def _refuse_gaps(said: Nominee | Nomination) -> None:
    for field, words in missing_in(said):
        raise NominationRefused(words, field=field)


def _check(delegation: Delegation, nominee: Nominee, *, but: int | None = None) -> None:
    address = parse_address(nominee.email)
    if nominee.category.forum_id != delegation.forum.id or not nominee.category.open_to_public:
        raise NominationRefused("Nobody can be nominated for this category.", field="category")
    if nominee.funding is Funding.APEC and (why := funding_refusal(delegation.economy)):
        raise NominationRefused(why, field="funding")
    held = select(Nomination.id).where(
        Nomination.forum_id == delegation.forum.id,
        Nomination.email_key == address.key,
        Nomination.state.in_([state for state in State if state.is_open]),
        Nomination.id != (but or 0),
    )
    registered = (
        select(Registration.id)
        .join(Account, Account.id == Registration.account_id)
        .where(
            Registration.forum_id == delegation.forum.id,
            Registration.state.in_(sorted(ACTIVE_STATES)),
            Account.email_key == address.key,
        )
    )
    if db.session.scalar(held.limit(1)) is not None or db.session.scalar(registered.limit(1)) is not None:
        raise _taken(address.email)


def _taken(email: str) -> NominationRefused:
    return NominationRefused(f"{email} is nominated or registered for this forum already.", field="email")


def _values(nomination: Nomination) -> list[object]:
    return [getattr(nomination, field.name) for field in fields(Nominee)]
