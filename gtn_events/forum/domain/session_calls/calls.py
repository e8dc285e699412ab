"""An organiser opens a call for sessions, changes, publishes and closes it, and names its committee."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import exists, select

from gtn_events.accounts.domain.addresses import address_key
from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.errors import Stale
from gtn_events.core.journal import record
from gtn_events.questionnaire.domain.versions import create_questionnaire
from gtn_events.questionnaire.models import Questionnaire

from ...errors import SessionCallRefused
from ...models import Forum, SessionCall, SessionCallMember, SessionCriterion, SessionProposal, SessionReview
from ...notifications_sessions import tell_member
from ...session_call_enums import SessionCallState

USUALLY_EACH = 5
MOST_EACH = 100
MOST_TYPES = 12
MOST_CRITERIA = 8


@dataclass(frozen=True)
class SessionType:
    """A kind of session that is offered, and how many minutes it usually takes."""

    name: str
    minutes: int


@dataclass(frozen=True, kw_only=True)
class CallDetails:
    """Everything an organiser says about a call; moments are UTC, ``text`` is Markdown, ``most_each`` 0 is no limit."""

    title: str
    text: str
    opens_at: datetime
    closes_at: datetime
    types: Sequence[SessionType]
    criteria: Sequence[str]
    most_each: int = USUALLY_EACH


def lock_call(call: SessionCall) -> None:
    """Read a call afresh; nobody sends, decides or closes anything of it meanwhile. Before its proposals."""
    db.session.refresh(call, with_for_update={"of": SessionCall, "key_share": True})


def open_call(forum: Forum, details: CallDetails, *, actor: Account, now: datetime) -> SessionCall:
    """Return a new call, a draft that organisers see.

    Raises:
        SessionCallRefused: it closes before it opens, or offers no type, or scores by no criterion.

    Flushes; the caller commits.
    """
    _check(details)
    call = SessionCall(forum=forum, state=SessionCallState.DRAFT, created_at=now)
    _take(call, details)
    _take_criteria(call, details.criteria)
    db.session.add(call)
    db.session.flush()
    record("call for sessions added", call, actor=actor, now=now, scope=call.scope)
    return call


def change_call(call: SessionCall, details: CallDetails, *, seen: int | None, actor: Account, now: datetime) -> None:
    """Change a call; the criteria stay once something was scored by them.

    Raises:
        Stale: somebody else changed it since it was seen.
        SessionCallRefused: as in ``open_call``, or the criteria would change after a score.

    Flushes; the caller commits.
    """
    lock_call(call)
    if seen != call.lock_version:
        raise Stale(_("The call was changed while you had it open. Look at it again, then repeat the change."))
    _check(details)
    before = (call.opens_at.isoformat(), call.closes_at.isoformat())
    if [each.name for each in call.criteria] != list(details.criteria):
        if has_scores(call):
            raise SessionCallRefused(
                _("Proposals were scored by these criteria, so they stay as they are."), field="criteria"
            )
        _take_criteria(call, details.criteria)
    _take(call, details)
    db.session.flush()
    changes = {"window": (before, (call.opens_at.isoformat(), call.closes_at.isoformat()))}
    record("call for sessions changed", call, actor=actor, now=now, scope=call.scope, changes=changes)


def publish_call(call: SessionCall, *, actor: Account, now: datetime) -> None:
    """Show a draft to everybody, or open a closed one again within its window.

    Raises:
        SessionCallRefused: it is published, or its last moment is over.

    Flushes; the caller commits.
    """
    lock_call(call)
    if call.state is SessionCallState.PUBLISHED:
        raise SessionCallRefused(_("This call is published already."))
    if call.closes_at <= now:
        raise SessionCallRefused(_("The last moment of this call is over. Change it first."))
    _set_state(call, SessionCallState.PUBLISHED, actor=actor, now=now)


def close_call(call: SessionCall, *, actor: Account, now: datetime) -> None:
    """Take nothing more from this moment on; who was sending meanwhile came before it or is refused.

    Raises:
        SessionCallRefused: it is not published.

    Flushes; the caller commits.
    """
    lock_call(call)
    if call.state is not SessionCallState.PUBLISHED:
        raise SessionCallRefused(_("Only a published call can be closed."))
    _set_state(call, SessionCallState.CLOSED, actor=actor, now=now)


def begin_call_questions(call: SessionCall, *, actor: Account, now: datetime) -> Questionnaire:
    """Return the call's own questions; where there are none yet, an empty draft. Flushes; the caller commits."""
    lock_call(call)
    if call.questionnaire is None:
        title = f"{call.title}: questions"
        call.questionnaire = create_questionnaire(title, scope=call.scope, actor=actor, now=now)
        db.session.flush()
    return call.questionnaire


def name_member(call: SessionCall, email: str, *, actor: Account, now: datetime) -> SessionCallMember:
    """Put the person of an address on the committee, and tell them.

    Raises:
        SessionCallRefused: nobody has an account with it, or the person is on it already.

    Flushes; the caller commits.
    """
    lock_call(call)
    account = db.session.scalar(
        select(Account).where(Account.email_key == address_key(email), Account.email_confirmed_at.is_not(None))
    )
    if account is None:
        raise SessionCallRefused(
            _("Nobody has an account with this address. Ask them to sign up first."), field="email"
        )
    if any(each.account_id == account.id for each in call.members):
        raise SessionCallRefused(_("%(name)s is on the committee already.", name=account.display_name), field="email")
    member = SessionCallMember(account=account, named_at=now)
    call.members.append(member)
    db.session.flush()
    changes = {"account": (None, account.id)}
    record("committee changed", call, actor=actor, now=now, scope=call.scope, changes=changes)
    tell_member(member, now=now)
    return member


def dismiss_member(call: SessionCall, member: SessionCallMember, *, actor: Account, now: datetime) -> None:
    """Take somebody off the committee; what they scored stays. Flushes; the caller commits."""
    lock_call(call)
    changes = {"account": (member.account_id, None)}
    call.members.remove(member)
    db.session.flush()
    record("committee changed", call, actor=actor, now=now, scope=call.scope, changes=changes)


def has_scores(call: SessionCall) -> bool:
    """Say whether anything was scored yet."""
    scored = exists().where(SessionReview.proposal_id == SessionProposal.id, SessionProposal.call_id == call.id)
    return bool(db.session.scalar(select(scored)))


def _check(details: CallDetails) -> None:
    if details.closes_at <= details.opens_at:
        raise SessionCallRefused(_("The call closes before it opens."), field="closes_at")
    if not 0 <= details.most_each <= MOST_EACH:
        raise SessionCallRefused(_("Write a number from 0 to %(most)d.", most=MOST_EACH), field="most_each")
    if not 0 < len(details.types) <= MOST_TYPES:
        raise SessionCallRefused(_("Offer 1 to %(most)d types.", most=MOST_TYPES), field="types")
    if len({each.name for each in details.types}) < len(details.types):
        raise SessionCallRefused(_("Two types have one name."), field="types")
    if not 0 < len(details.criteria) <= MOST_CRITERIA:
        raise SessionCallRefused(_("Name 1 to %(most)d criteria.", most=MOST_CRITERIA), field="criteria")
    if len(set(details.criteria)) < len(details.criteria):
        raise SessionCallRefused(_("Two criteria have one name."), field="criteria")


def _take(call: SessionCall, details: CallDetails) -> None:
    call.title, call.text, call.most_each = details.title, details.text, details.most_each
    call.opens_at, call.closes_at = details.opens_at, details.closes_at
    call.types = [{"name": each.name, "minutes": each.minutes} for each in details.types]


def _take_criteria(call: SessionCall, names: Sequence[str]) -> None:
    call.criteria = [SessionCriterion(name=name, position=position) for position, name in enumerate(names, start=1)]


def _set_state(call: SessionCall, state: SessionCallState, *, actor: Account, now: datetime) -> None:
    before, call.state = call.state, state
    changes = {"state": (before.value, state.value)}
    db.session.flush()
    record(f"call for sessions {state.value}", call, actor=actor, now=now, scope=call.scope, changes=changes)
