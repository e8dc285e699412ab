"""From a checked draft to a registration, and the delegate's later changes."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, select
from sqlalchemy.exc import IntegrityError

from gtn_events.accounts.models import Account
from gtn_events.core import journal
from gtn_events.core.db import db
from gtn_events.core.economies import DelegationClass
from gtn_events.core.errors import Stale
from gtn_events.core.references import new_reference
from gtn_events.questionnaire.domain.answers import store_answers
from gtn_events.questionnaire.models import QuestionnaireVersion

from ..enums import ACTIVE_STATES, Approval, ForumState
from ..enums import RegistrationState as State
from ..errors import AlreadyRegistered, CategoryClosed, CorrectionRefused, RegistrationClosed
from ..models import ConsentText, Forum, ForumCategory, Registration, RegistrationDraft, SideEvent
from ..notifications import tell_delegate
from ..queries.bookings import speaking_slots
from .bookings import choose_side_event, refuse_clashes
from .economy_stage import begin_stages
from .locking import lock_registration
from .registrations import admit_newcomer
from .seating import move_place
from .substitution_ending import end_arrangements
from .waiting_list import offer_freed_seats

_ACTIVE = select(Registration).where(
    Registration.forum_id == bindparam("forum_id"),
    Registration.account_id == bindparam("account_id"),
    Registration.state.in_(sorted(ACTIVE_STATES)),
)

_END_DRAFT = delete(RegistrationDraft).where(
    RegistrationDraft.forum_id == bindparam("of_forum"), RegistrationDraft.account_id == bindparam("of_account")
)


AtSubmission = Callable[[Registration, datetime], None]
_at_submission: list[AtSubmission] = []


def register_at_submission(act: AtSubmission) -> None:
    """Let a package above look at each new registration before anybody is told of it; once is enough."""
    if act not in _at_submission:
        _at_submission.append(act)


@dataclass(frozen=True, kw_only=True)
class Particulars:
    """What stands on the badge, in the list and on the certificate."""

    given_name: str
    family_name: str
    gender: str
    email: str
    delegation_class: DelegationClass
    economy_code: str | None
    honorific: str = ""
    own_script_name: str = ""
    own_script_language: str = ""
    organisation_name: str = ""
    organisation_kind: str = ""
    position: str = ""
    photo_upload_id: int | None = None
    listed_publicly: bool = False


@dataclass(frozen=True, kw_only=True)
class Submission:
    """A whole registration form, checked field by field already."""

    category: ForumCategory
    particulars: Particulars
    version: QuestionnaireVersion
    answers: Mapping[str, Any]
    consent_text: ConsentText | None
    side_events: Sequence[SideEvent] = ()


def submit_registration(forum: Forum, submission: Submission, *, actor: Account, now: datetime) -> Registration:
    """Register a person and end their draft.

    Returns:
        The registration: ``PENDING`` where the organiser decides, otherwise already
        ``CONFIRMED`` or ``WAITLISTED``.

    Raises:
        RegistrationClosed: ``now`` is outside the window, or the forum is not open.
        CategoryClosed: the category is not for people to choose themselves.
        AlreadyRegistered: the person has an active registration for this forum; where another
            transaction was first by a moment, this one can only be rolled back.
        SideEventsClash: two of the side events, or one and a session of theirs, overlap.

    Flushes; the caller commits.
    """
    refuse_outside_window(forum, now=now)
    if submission.category.forum_id != forum.id or not submission.category.open_to_public:
        raise CategoryClosed("This category is given by the organiser. Choose another one.", field="category")
    if submission.side_events:
        refuse_clashes(submission.side_events, speaking_slots(forum_id=forum.id, account_id=actor.id))
    registration = _add_registration(forum, submission, actor=actor, now=now)
    for side_event in submission.side_events:
        choose_side_event(registration, side_event, actor=actor, now=now)
    # Nothing below reads what is not flushed yet; so the journal is written in one statement.
    with db.session.no_autoflush:
        db.session.execute(_END_DRAFT, {"of_forum": forum.id, "of_account": actor.id})
        if submission.category.approval is Approval.NONE:
            admit_newcomer(registration, now=now)
        else:
            tell_delegate(registration, "forum/registration_received", now=now)
    db.session.flush()
    return registration


def refuse_outside_window(forum: Forum, *, now: datetime) -> None:
    """Raise ``RegistrationClosed`` unless people can register at this moment."""
    if forum.state is not ForumState.PUBLISHED:
        raise RegistrationClosed(f"{forum.title} takes no registrations.")
    if now < forum.registration_opens_at:
        raise RegistrationClosed(f"Registration for {forum.title} has not opened yet.")
    if now >= forum.registration_closes_at:
        raise RegistrationClosed(
            f"Registration for {forum.title} has closed. Your draft is kept; write to the organiser."
        )


def may_change(registration: Registration, *, now: datetime) -> bool:
    """Say whether the delegate can still change what they gave."""
    forum = registration.forum
    return registration.state.is_active and now < (forum.changes_close_at or forum.registration_closes_at)


def change_registration(
    registration: Registration,
    particulars: Particulars,
    *,
    version: QuestionnaireVersion,
    answers: Mapping[str, Any],
    seen_version: int,
    actor: Account,
    now: datetime,
) -> None:
    """Change what a delegate gave; the state stays.

    Args:
        version: the questionnaire's version that the answers were given under.
        seen_version: ``lock_version`` of the registration when the form was shown.

    Raises:
        Stale: somebody (another tab, the organiser) changed it since.

    The journal gets the names and values of changed particulars; of the answers only that they changed.
    """
    lock_unchanged(registration, seen_version=seen_version)
    changes = changed_particulars(registration, particulars)
    write_change(registration, particulars, version=version, answers=answers, now=now)
    journal.record(
        "registration changed", registration, actor=actor, now=now, scope=registration.scope, changes=changes
    )


def lock_unchanged(registration: Registration, *, seen_version: int) -> None:
    """Keep a registration until the transaction ends; raise ``Stale`` when somebody changed it since it was shown."""
    lock_registration(registration)
    if registration.lock_version != seen_version:
        raise Stale(
            "This registration was changed elsewhere since you opened this page. "
            "What you typed is still here: compare, then save again."
        )


def changed_particulars(registration: Registration, particulars: Particulars) -> dict[str, tuple[Any, Any]]:
    """Return what differs from the registration as it stands: field name to (from, to)."""
    return {
        field.name: (getattr(registration, field.name), getattr(particulars, field.name))
        for field in fields(particulars)
        if getattr(registration, field.name) != getattr(particulars, field.name)
    }


def write_change(
    registration: Registration,
    particulars: Particulars,
    *,
    version: QuestionnaireVersion,
    answers: Mapping[str, Any],
    now: datetime,
) -> None:
    """Put particulars and answers into a locked registration, and make every form that shows it stale. Flushes."""
    holder = registration.holder
    _apply(registration, particulars)
    if registration.holder != holder:
        _follow_holder(registration, now=now)
    registration.answer_set = store_answers(
        registration.answer_set, version, answers, now=now, purge_on=registration.forum.purge_sensitive_on
    )
    # Changed answers alone must also make another tab's form stale.
    registration.lock_version += 1
    db.session.flush()


def active_registration_of(forum: Forum, account: Account) -> Registration | None:
    """Return the person's active registration for this forum, if there is one."""
    registration: Registration | None = db.session.scalar(_ACTIVE, {"forum_id": forum.id, "account_id": account.id})
    return registration


def _add_registration(forum: Forum, submission: Submission, *, actor: Account, now: datetime) -> Registration:
    already = AlreadyRegistered(f"You are registered for {forum.title} already; nothing was sent twice.")
    if active_registration_of(forum, actor) is not None:
        raise already
    registration = Registration(
        forum=forum,
        category=submission.category,
        account=actor,
        reference=new_reference(forum.reference_prefix),
        submitted_at=now,
        state_changed_at=now,
        consent_text=submission.consent_text,
        consented_at=now if submission.consent_text else None,
        answer_set=store_answers(
            None, submission.version, submission.answers, now=now, purge_on=forum.purge_sensitive_on
        ),
    )
    _apply(registration, submission.particulars)
    begin_stages(registration, now=now)
    db.session.add(registration)
    try:
        db.session.flush()
    except IntegrityError:
        # The other half of a double click was first; the unique index decides.
        raise already from None
    journal.record("registration submitted", registration, actor=actor, now=now, scope=forum.scope)
    for act in _at_submission:
        act(registration, now)
    return registration


def _follow_holder(registration: Registration, *, now: datetime) -> None:
    """Ask the new economy where the old one was asked, and take the seat from the new one's places."""
    end_arrangements(registration, actor=None, now=now)
    if registration.state is State.PENDING:
        begin_stages(registration, now=now)
    if registration.state.holds_seat and not move_place(registration):
        raise CorrectionRefused(
            f"The seat is one of those kept for another delegation, and no place of {registration.category.label} "
            "is free for this one.",
            field="economy",
        )
    db.session.flush()
    if registration.state is State.WAITLISTED or registration.state.holds_seat:
        # Its old place is free for others, or one of the new economy's for it.
        offer_freed_seats(registration.forum, now=now)


def _apply(registration: Registration, particulars: Particulars) -> None:
    for field in fields(particulars):
        setattr(registration, field.name, getattr(particulars, field.name))
