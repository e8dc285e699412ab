"""Inviting judges, their answer, and the end of their work."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import delete, func, select, update

from gtn_events.accounts.domain import throttle
from gtn_events.accounts.domain.addresses import parse_address
from gtn_events.accounts.domain.roles import end_grant, grant_role
from gtn_events.accounts.domain.sign_up import confirm_address
from gtn_events.accounts.domain.signed_links import LinkPurpose, LinkSigner
from gtn_events.accounts.enums import Role
from gtn_events.accounts.errors import LinkRefused
from gtn_events.accounts.models import Account, RoleGrant
from gtn_events.core.db import db
from gtn_events.core.journal import record

from ..enums import AssignmentState, CompetitionState, JudgeState
from ..errors import JudgeRefused, ReasonMissing
from ..models import Assignment, Competition, Judge
from ..notifications_judges import mail_decline, mail_invitation_to_judge

_OPEN_SEATS = (AssignmentState.RELEASED, AssignmentState.STARTED)


@dataclass(frozen=True, kw_only=True)
class InvitedPerson:
    """Whom the organiser would like as a judge."""

    name: str
    email: str
    economy_code: str | None = None
    organisation_name: str = ""
    expected_load: int = 10


@dataclass(frozen=True, kw_only=True)
class JudgeProfile:
    """What a judge says of themselves: ``topics`` are keys of categories, ``max_load`` is of one round."""

    economy_code: str | None
    organisation_name: str
    topics: Sequence[str]
    languages: Sequence[str]
    max_load: int


def invite_judge(
    competition: Competition, person: InvitedPerson, *, links: LinkSigner, actor: Account, now: datetime
) -> Judge:
    """Invite somebody by mail; whoever declined or left can be invited again.

    The general invitations of accounts give a role at once to whoever has an account. A judge has to be
    asked first, and may decline, so only their link, their limits and their proof of the address are used.

    Raises:
        DomainError: it is no address; belongs to the field ``email``.
        JudgeRefused: the person is invited or judges already, or the competition is not public.
        TooManyAttempts: the address was invited too often, or the actor invites too many.

    Flushes; the caller commits.
    """
    if competition.state is not CompetitionState.PUBLISHED:
        raise JudgeRefused("Publish the competition first: whoever is invited has to be able to read about it.")
    address = parse_address(person.email)
    # The row is locked, so that two invitations do not get the same number.
    db.session.execute(select(Competition.id).where(Competition.id == competition.id).with_for_update(key_share=True))
    judge = db.session.scalar(
        select(Judge).where(Judge.competition_id == competition.id, Judge.email_key == address.key)
    )
    if judge is not None and judge.state in {JudgeState.INVITED, JudgeState.ACCEPTED}:
        raise JudgeRefused(f"{judge.name} is a judge or invited already.", field="email")
    if judge is None:
        judge = Judge(competition=competition, number=_next_number(competition), invited_at=now)
        judge.email, judge.email_key = address.email, address.key
        db.session.add(judge)
    judge.name, judge.economy_code = person.name, person.economy_code
    judge.organisation_name, judge.expected_load = person.organisation_name, person.expected_load
    judge.max_load = max(judge.max_load or 20, person.expected_load)
    judge.state, judge.invited_at, judge.answered_at, judge.reason = JudgeState.INVITED, now, None, ""
    db.session.flush()
    _mail(judge, links=links, actor=actor, now=now)
    _record("judge invited", judge, None, actor=actor, now=now)
    return judge


def send_again(judge: Judge, *, links: LinkSigner, actor: Account, now: datetime) -> None:
    """Mail an invitation that nobody answered once more.

    Raises:
        JudgeRefused: it was answered or withdrawn meanwhile.
        TooManyAttempts: the address was invited too often, or the actor invites too many.

    Flushes; the caller commits.
    """
    _lock(judge)
    if judge.state is not JudgeState.INVITED:
        raise JudgeRefused("This invitation was answered or withdrawn meanwhile. No mail was sent.")
    judge.invited_at = now
    db.session.flush()
    _mail(judge, links=links, actor=actor, now=now)
    _record("invitation sent again", judge, judge.state, actor=actor, now=now)


def judge_of_link(judge_id: int, competition: Competition) -> Judge:
    """Return the open invitation that a link was made for.

    Raises:
        LinkRefused: it was answered or withdrawn; the text says which.
    """
    judge = db.session.get(Judge, judge_id)
    if judge is None or judge.competition_id != competition.id:
        raise LinkRefused("This invitation is no longer there. Ask the organiser for a new one.")
    _require_open(judge)
    return judge


def accept_invitation(judge: Judge, account: Account, profile: JudgeProfile, *, now: datetime) -> None:
    """Make an invited person a judge; the link proved the address.

    Raises:
        LinkRefused: the invitation was answered or withdrawn.
        JudgeRefused: the account has another address, or the profile breaks a rule.

    Flushes; the caller commits.
    """
    _lock(judge)
    _require_open(judge)
    if account.email_key != judge.email_key:
        raise JudgeRefused(f"This invitation is for {judge.email}. Sign in with that address to accept it.")
    confirm_address(account, now=now)
    judge.account, judge.state, judge.answered_at = account, JudgeState.ACCEPTED, now
    # An organisation is a reason for conflicts: leaving the field empty does not take it away.
    write_profile(judge, replace(profile, organisation_name=profile.organisation_name or judge.organisation_name))
    grant_role(account, Role.JUDGE, scope=judge.scope, actor=None, now=now)
    _record("invitation to judge accepted", judge, JudgeState.INVITED, actor=account, now=now)


def decline_invitation(judge: Judge, *, reason: str, substitute: str, now: datetime) -> None:
    """Write that an invited person does not want to judge, and tell the organiser.

    Args:
        substitute: who could judge instead, in the person's words.

    Raises:
        LinkRefused: the invitation was answered or withdrawn.
        ReasonMissing: no reason is given.

    Flushes; the caller commits.
    """
    _lock(judge)
    _require_open(judge)
    if not reason.strip():
        raise ReasonMissing("Say in a few words why not.", field="reason")
    judge.state, judge.answered_at = JudgeState.DECLINED, now
    judge.reason, judge.substitute = reason.strip(), substitute.strip()[:320]
    db.session.flush()
    mail_decline(judge, now=now)
    _record("invitation to judge declined", judge, JudgeState.INVITED, actor=None, now=now, reason=judge.reason)


def edit_judge(judge: Judge, profile: JudgeProfile, *, expected_load: int, actor: Account, now: datetime) -> None:
    """Change what is known of a judge.

    Raises:
        JudgeRefused: the least number of entries is above the most.

    Flushes; the caller commits.
    """
    if expected_load > profile.max_load:
        raise JudgeRefused("The expected number of entries is above the most.", field="expected_load")
    before = f"{judge.expected_load}-{judge.max_load}"
    judge.expected_load = expected_load
    write_profile(judge, profile)
    changes = {"entries": (before, f"{judge.expected_load}-{judge.max_load}")}
    record("judge changed", judge, actor=actor, now=now, scope=judge.scope, changes=changes)


def end_judge(judge: Judge, *, reason: str, actor: Account, now: datetime) -> int:
    """Withdraw an invitation or end a judge's work, and return how many seats are free again.

    Submitted scorecards stay and count; everything else the judge held is taken back.

    Raises:
        JudgeRefused: the person has declined or left already.
        ReasonMissing: a judge leaves without a reason.

    Flushes; the caller commits.
    """
    _lock(judge)
    before = judge.state
    if before in {JudgeState.DECLINED, JudgeState.LEFT}:
        raise JudgeRefused(f"{judge.name} is no judge any more.")
    if before is JudgeState.ACCEPTED and not reason.strip():
        raise ReasonMissing("Say why the judge leaves.", field="reason")
    judge.state, judge.reason = JudgeState.LEFT, reason.strip()
    if judge.account_id is not None:
        _end_role(judge, actor=actor, now=now)
    freed = _free_seats(judge, now=now)
    db.session.flush()
    action = "judge left" if before is JudgeState.ACCEPTED else "invitation to judge withdrawn"
    _record(action, judge, before, actor=actor, now=now, reason=judge.reason)
    return freed


def write_profile(judge: Judge, profile: JudgeProfile) -> None:
    """Write what a judge says of themselves.

    Raises:
        JudgeRefused: no entry at all would be read.

    Flushes.
    """
    if profile.max_load < 1:
        raise JudgeRefused("A judge reads at least one entry.", field="max_load")
    judge.economy_code = profile.economy_code
    judge.organisation_name = profile.organisation_name
    judge.topics, judge.languages = list(profile.topics), list(profile.languages)
    judge.max_load = profile.max_load
    judge.expected_load = min(judge.expected_load, profile.max_load)
    db.session.flush()


def _next_number(competition: Competition) -> int:
    return (db.session.scalar(select(func.max(Judge.number)).where(Judge.competition_id == competition.id)) or 0) + 1


def _mail(judge: Judge, *, links: LinkSigner, actor: Account, now: datetime) -> None:
    limits = [(throttle.INVITED_ADDRESS, judge.email_key), (throttle.INVITER, str(actor.id))]
    throttle.require_allowed(limits, now=now)
    throttle.count_attempt(limits, now=now)
    token = links.make(LinkPurpose.JUDGING, {"judge": judge.id}, now=now)
    mail_invitation_to_judge(judge, token, inviter=actor, now=now)


def _lock(judge: Judge) -> None:
    db.session.refresh(judge, with_for_update={"of": Judge, "key_share": True})


def _require_open(judge: Judge) -> None:
    if judge.state is JudgeState.ACCEPTED:
        raise LinkRefused("You have accepted this invitation already. Sign in to go on.")
    if judge.state is JudgeState.DECLINED:
        raise LinkRefused("You have declined this invitation. Write to the organiser if you think again.")
    if judge.state is JudgeState.LEFT:
        raise LinkRefused("This invitation was withdrawn. Ask the organiser if you think that is a mistake.")


def _end_role(judge: Judge, *, actor: Account, now: datetime) -> None:
    grants = select(RoleGrant).where(
        RoleGrant.account_id == judge.account_id,
        RoleGrant.role == Role.JUDGE,
        RoleGrant.scope_kind == judge.scope.kind,
        RoleGrant.scope_id == judge.scope.id,
        RoleGrant.ended_at.is_(None),
    )
    for grant in db.session.scalars(grants):
        end_grant(grant, actor=actor, now=now)


def _free_seats(judge: Judge, *, now: datetime) -> int:
    held = (Assignment.judge_id == judge.id,)
    every = (AssignmentState.PLANNED, *_OPEN_SEATS)
    freed = db.session.scalar(select(func.count()).where(*held, Assignment.state.in_(every))) or 0
    values = {"state": AssignmentState.REMOVED, "state_changed_at": now, "reason": "The judge left"}
    db.session.execute(delete(Assignment).where(*held, Assignment.state == AssignmentState.PLANNED))
    db.session.execute(update(Assignment).where(*held, Assignment.state.in_(_OPEN_SEATS)).values(values))
    return freed


def _record(
    action: str, judge: Judge, before: JudgeState | None, *, actor: Account | None, now: datetime, reason: str = ""
) -> None:
    # Without the address: the journal outlives an erasure.
    changes = {"state": (before.value if before else None, judge.state.value)}
    record(action, judge, actor=actor, now=now, scope=judge.scope, changes=changes, reason=reason or None)
