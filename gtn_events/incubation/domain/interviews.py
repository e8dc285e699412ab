"""Talks between a host and an applicant: times proposed, one picked, held, declined or called off."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Select, select

from gtn_events.accounts.models import Account
from gtn_events.core import journal
from gtn_events.core.db import db
from gtn_events.core.outbox import AttachmentRef
from gtn_events.core.text import clean_text

from ..enums import InterviewState
from ..errors import ReasonMissing, ReviewRefused
from ..models import Application, Intake, Interview, InterviewSlot
from ..notifications import tell_applicant, tell_host_person
from ..queries.host_desk import LIVE_INTERVIEWS
from ..queries.host_people import people_of_host
from .interview_transitions import Act, Side, row_for
from .locking import lock_application
from .review_window import require_reviews
from .reviews import require_visible

MOST_SLOTS = 5
MINUTES = (15, 30, 45, 60)
CALENDAR = "incubation-interview"


def ask_for_interview(
    intake: Intake,
    application: Application,
    starts: Sequence[datetime],
    *,
    minutes: int,
    meeting_url: str,
    message: str,
    actor: Account,
    now: datetime,
) -> Interview:
    """Propose up to five times; the applicant gets one mail that shows them in both time zones.

    Raises:
        ReviewRefused: the time is over, the host does not see the application, a talk is agreed or asked for
            already, or the times are none, too many, twice, or past.

    Flushes; the caller commits.
    """
    require_reviews(intake.call, now=now)
    lock_application(application)
    require_visible(intake, application)
    _check_times(starts, minutes, now=now)
    if db.session.scalar(_live_interview(intake, application)) is not None:
        raise ReviewRefused("You have asked for a talk already. Call it off before you propose other times.")
    interview = Interview(
        intake=intake,
        application=application,
        minutes=minutes,
        meeting_url=meeting_url,
        message=clean_text(message),
        asked_at=now,
        slots=[InterviewSlot(starts_at=each) for each in sorted(starts)],
    )
    db.session.add(interview)
    db.session.flush()
    _journal(interview, "interview proposed", actor=actor, now=now)
    tell_applicant(
        application, "incubation/interview_proposed", now=now, occasion=f"interview {interview.id}", interview=interview
    )
    return interview


def pick_slot(interview: Interview, slot_id: int, *, actor: Account, now: datetime) -> None:
    """Agree on one of the times; both sides get a mail with a calendar file.

    Raises:
        TransitionRefused: times are not proposed any more.
        ReviewRefused: it is none of the times, it is past, or the two are not with one another any more.

    Flushes; the caller commits.
    """
    _lock(interview)
    row_for(interview.state, Act.PICK, Side.APPLICANT)
    require_visible(interview.intake, interview.application)
    slot = next((each for each in interview.slots if each.id == slot_id), None)
    if slot is None or slot.starts_at <= now:
        raise ReviewRefused("Choose one of the times that are still to come.", field="slot")
    interview.starts_at = slot.starts_at
    _act(interview, Act.PICK, Side.APPLICANT, actor=actor, now=now)


def decline_interview(interview: Interview, *, reason: str, actor: Account, now: datetime) -> None:
    """Let the applicant say no, or no more when a time was agreed.

    Raises:
        TransitionRefused: it is held, declined or called off already.
        ReasonMissing: a time was agreed, so the host has to know why.

    Flushes; the caller commits.
    """
    _lock(interview)
    _act(interview, Act.DECLINE, Side.APPLICANT, actor=actor, now=now, reason=reason)


def cancel_interview(interview: Interview, *, reason: str, actor: Account, now: datetime) -> None:
    """Let the host call it off with a reason; the calendar file of the mail takes it out of calendars. Flushes.

    Raises:
        TransitionRefused: it is held, declined or called off already.
        ReasonMissing: there is no reason.
    """
    _lock(interview)
    _act(interview, Act.CANCEL, Side.HOST, actor=actor, now=now, reason=reason)


def hold_interview(interview: Interview, *, outcome: str, actor: Account, now: datetime) -> None:
    """Write down what came of a talk; the host's people read it, the applicant does not.

    Raises:
        TransitionRefused: no time was agreed.
        ReviewRefused: it has not begun yet, or nothing is said.

    Flushes; the caller commits.
    """
    _lock(interview)
    row_for(interview.state, Act.HOLD, Side.HOST)
    if interview.starts_at is None or now < interview.starts_at:
        raise ReviewRefused("The talk has not begun yet.")
    if not outcome.strip():
        raise ReviewRefused("Say in a line what came of it.", field="outcome")
    interview.outcome = clean_text(outcome)
    _act(interview, Act.HOLD, Side.HOST, actor=actor, now=now)


def end_interviews(application: Application, *, reason: str, actor: Account, now: datetime) -> None:
    """Call off every talk of an application that has come to its end; both sides get a mail. Flushes."""
    statement = select(Interview).where(
        Interview.application_id == application.id, Interview.state.in_(LIVE_INTERVIEWS)
    )
    for interview in db.session.scalars(statement).all():
        _act(interview, Act.DECLINE, Side.APPLICANT, actor=actor, now=now, reason=reason)


def _check_times(starts: Sequence[datetime], minutes: int, *, now: datetime) -> None:
    if not 1 <= len(starts) <= MOST_SLOTS:
        raise ReviewRefused(f"Propose one to {MOST_SLOTS} times.", field="slots")
    if len(set(starts)) != len(starts):
        raise ReviewRefused("A time stands there twice.", field="slots")
    if min(starts) <= now + timedelta(minutes=30) or max(starts) > now + timedelta(days=120):
        raise ReviewRefused("Propose times that are still to come, within the next four months.", field="slots")
    if minutes not in MINUTES:
        raise ReviewRefused("Choose how long the talk takes.", field="minutes")


def _live_interview(intake: Intake, application: Application) -> Select[int]:
    return select(Interview.id).where(
        Interview.intake_id == intake.id,
        Interview.application_id == application.id,
        Interview.state.in_(LIVE_INTERVIEWS),
    )


def _lock(interview: Interview) -> None:
    lock_application(interview.application)
    db.session.refresh(interview)


def _act(interview: Interview, act: Act, side: Side, *, actor: Account, now: datetime, reason: str = "") -> None:
    row = row_for(interview.state, act, side)
    if row.needs_reason and not reason.strip():
        raise ReasonMissing("Give a reason: the other side reads it.", field="reason")
    before, interview.state = interview.state, row.to
    interview.answered_at, interview.reason = now, clean_text(reason)
    db.session.flush()
    _journal(interview, f"interview {row.to.value}", actor=actor, now=now, before=before.value)
    if row.mail:
        _tell_both(interview, row.mail, with_calendar=InterviewState.AGREED in (before, row.to), now=now)


def _tell_both(interview: Interview, mail: str, *, with_calendar: bool, now: datetime) -> None:
    files = [AttachmentRef(CALENDAR, {"interview_id": interview.id})] if with_calendar else []
    occasion, application = f"interview {interview.id} {interview.state.value}", interview.application
    tell_applicant(
        application, mail, now=now, occasion=occasion, attachments=files, interview=interview, for_host=False
    )
    for account in people_of_host(interview.intake.host):
        tell_host_person(
            account,
            application,
            mail,
            now=now,
            occasion=occasion,
            attachments=files,
            interview=interview,
            for_host=True,
        )


def _journal(interview: Interview, action: str, *, actor: Account, now: datetime, before: str | None = None) -> None:
    application = interview.application
    journal.record(
        action,
        application,
        actor=actor,
        now=now,
        scope=application.scope,
        changes={"host": (None, interview.intake.host.name), "state": (before, interview.state.value)},
    )
