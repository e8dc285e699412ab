"""What a nominee does: begins the registration with what the coordinator typed, declines, or sends it."""

from datetime import datetime

from sqlalchemy import select

from gtn_events.accounts.domain.names import guess_language
from gtn_events.accounts.domain.sign_up import confirm_address
from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.forum.domain.drafts import save_step
from gtn_events.forum.domain.locking import lock_forum
from gtn_events.forum.domain.substitutions import nominee_has_come
from gtn_events.forum.enums import ApprovalStage, DelegationFunction
from gtn_events.forum.models import Registration
from gtn_events.forum.queries.delegate import draft_of_person

from ..enums import NominationState as State
from ..errors import NominationRefused
from ..models import Nomination
from ..notifications import tell_of_no
from .nomination_record import change_nomination, lock_nomination
from .nomination_transitions import Act
from .protocol import head_of

_READY = (State.NOMINATED, State.INVITED, State.EXPIRED)


def begin_registration(nomination: Nomination, account: Account, *, now: datetime) -> None:
    """Put what the coordinator typed into the person's draft; the link proved the address.

    Steps that the person has filled in already stay, but for the category.

    Raises:
        NominationRefused: the account has another address than the nominated one.

    Flushes; the caller commits.
    """
    lock_nomination(nomination)
    _refuse_another_address(nomination, account)
    confirm_address(account, now=now)
    draft = draft_of_person(forum_id=nomination.forum_id, account_id=account.id)
    for step, typed in _typed(nomination).items():
        if draft is None or step == "category" or step not in draft.data:
            draft = save_step(
                draft, forum=nomination.forum, account=account, step=step, typed=typed, answers={}, uploads={}, now=now
            )


def decline_nomination(nomination: Nomination, *, words: str, now: datetime) -> None:
    """Say no as the nominee; the coordinators are told, and read the words. Flushes; the caller commits.

    Raises:
        NominationRefused: it was withdrawn or used meanwhile.
    """
    lock_nomination(nomination)
    change_nomination(nomination, Act.DECLINE, actor=None, now=now)
    nomination.answer_words = words.strip()
    db.session.flush()
    tell_of_no(nomination, now=now)


def endorse_if_nominated(registration: Registration, now: datetime) -> None:
    """Let a newly sent registration carry its nomination: the economy's yes, function, rank, funding, and a place.

    Only for the economy and the category that the person was nominated for. Flushes; the caller commits.
    """
    nomination = db.session.scalar(
        select(Nomination).where(
            Nomination.forum_id == registration.forum_id,
            Nomination.email_key == registration.account.email_key,
            Nomination.economy_code == registration.economy_code,
            Nomination.category_id == registration.category_id,
            Nomination.state.in_(_READY),
        )
    )
    if nomination is None:
        return
    # The forum first, as everywhere: a head of delegation or somebody's place may have to move.
    lock_forum(registration.forum)
    lock_nomination(nomination)
    if nomination.state not in _READY:
        return
    registration.stage, registration.answer_due_at = ApprovalStage.HOST, None
    registration.economy_answered_at = nomination.nominated_at
    registration.economy_answered_by_id = nomination.nominated_by_id
    registration.delegation_function, registration.delegation_rank = (
        _function(nomination, registration),
        nomination.rank,
    )
    registration.funding = nomination.funding
    nomination.registration = registration
    change_nomination(nomination, Act.COMPLETE, actor=registration.account, now=now)
    if nomination.substitution is not None:
        nominee_has_come(nomination.substitution, registration, now=now)


def _function(nomination: Nomination, registration: Registration) -> DelegationFunction:
    """Return the nominated function; a second head becomes alternate head."""
    if nomination.function is DelegationFunction.HEAD and head_of(registration) is not None:
        return DelegationFunction.ALTERNATE
    return nomination.function


def _refuse_another_address(nomination: Nomination, account: Account) -> None:
    if account.email_key != nomination.email_key:
        raise NominationRefused(f"This nomination is for {nomination.email}. Sign in with that address to use it.")


def _typed(nomination: Nomination) -> dict[str, dict[str, list[str]]]:
    """Return step to field to what a browser would send, for the wizard of the registration."""
    own_name = nomination.own_script_name
    return {
        "category": {"category": [nomination.category.key]},
        "name": {
            "honorific": [nomination.honorific],
            "given_name": [nomination.given_name],
            "family_name": [nomination.family_name],
            "own_script_name": [own_name],
            "own_script_language": [guess_language(own_name, economy_code=nomination.economy_code)],
            "economy": [nomination.economy_code],
            "gender": [nomination.gender],
        },
        "organisation": {
            "organisation_name": [nomination.organisation_name],
            "organisation_kind": [nomination.organisation_kind],
            "position": [nomination.position],
        },
    }
