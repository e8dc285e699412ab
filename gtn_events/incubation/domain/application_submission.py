"""From a checked draft to an application and its versions: sending it once, changing it until the close."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import delete

from gtn_events.accounts.models import Account
from gtn_events.core import journal
from gtn_events.core.canonical import sha256_of
from gtn_events.core.db import db
from gtn_events.core.errors import Stale
from gtn_events.core.references import new_reference
from gtn_events.questionnaire.domain.answers import store_answers

from ..errors import AlreadySent, ApplicationRefused, ApplicationsClosed, WishRefused
from ..models import Application, ApplicationDraft, ApplicationVersion, Call, Intake, Wish
from ..notifications import tell_applicant
from ..queries.applicant import live_application_of
from .application_blocks import note_blocks
from .application_content import content_of
from .application_drafts import newest_number
from .application_particulars import Submission, write_particulars
from .application_window import may_change, require_open
from .host_fit import Asked, why_closed
from .locking import lock_application, lock_call, read_intakes_locked

MOST_PEOPLE = 6


def send_application(draft: ApplicationDraft, submission: Submission, *, actor: Account, now: datetime) -> Application:
    """Make a draft an application with its first version and its wishes, and send the receipt.

    Raises:
        ApplicationsClosed: nothing is taken at this moment.
        AlreadySent: the draft has become an application already.
        WishRefused: a host cannot be wished for (any more); ``field`` is ``wish-`` and the id of the intake.
        ApplicationRefused: the application breaks a rule of the call, or another one of the person stands.

    Flushes; the caller commits.
    """
    call = draft.call
    require_open(call, now=now)
    # The other half of a double click waits here.
    lock_call(call)
    _take(draft)
    if db.session.scalar(live_application_of(call_id=call.id, account_id=actor.id)) is not None:
        raise ApplicationRefused(f"You have sent an application to {call.title} already. You can change that one.")
    intakes = _intakes_for(call, submission)
    application = Application(
        call=call,
        account=actor,
        reference=new_reference(call.reference_prefix),
        submitted_at=now,
        state_changed_at=now,
        from_entry=draft.from_entry,
        answer_set=store_answers(None, submission.version, submission.answers, now=now, purge_on=None),
        versions=[],
        wishes=[],
    )
    write_particulars(application, submission)
    db.session.add(application)
    db.session.flush()
    _write_wishes(application, submission)
    version = _add_version(application, submission, intakes, actor=actor, now=now)
    note_blocks(application, submission, known=intakes, now=now)
    journal.record("application sent", application, actor=actor, now=now, scope=application.scope)
    _send_receipt(application, version, now=now)
    return application


def change_application(
    draft: ApplicationDraft, submission: Submission, *, actor: Account, now: datetime
) -> ApplicationVersion:
    """Put another version in place of the one that stands, and send its receipt; the state stays.

    Raises:
        ApplicationsClosed: the application cannot be changed any more.
        Stale: another version was sent since the change began.
        AlreadySent: this change was sent already.
        WishRefused, ApplicationRefused: as for ``send_application``.

    Flushes; the caller commits.
    """
    application = draft.application
    if application is None:
        raise ValueError("the draft changes no application")
    lock_application(application)
    db.session.refresh(application, ["versions", "wishes"])
    if not may_change(application, now=now):
        raise ApplicationsClosed("This application cannot be changed any more. What you sent before stands.")
    from_version = draft.from_version
    _take(draft)
    if newest_number(application) != from_version:
        raise Stale(
            f"Version {newest_number(application)} of this application was sent since you began to change it. "
            "What you typed is kept: compare it, then send it again to replace the other one."
        )
    intakes = _intakes_for(application.call, submission)
    write_particulars(application, submission)
    application.answer_set = store_answers(
        application.answer_set, submission.version, submission.answers, now=now, purge_on=None
    )
    _write_wishes(application, submission)
    # Changed answers or wishes alone must also make another tab's page stale.
    application.lock_version += 1
    db.session.flush()
    version = _add_version(application, submission, intakes, actor=actor, now=now)
    note_blocks(application, submission, known=intakes, now=now)
    journal.record("application changed", application, actor=actor, now=now, scope=application.scope)
    _send_receipt(application, version, now=now)
    return version


def accept_newest(draft: ApplicationDraft) -> None:
    """Let a change replace the version that stands by now, after its person was told of it. Flushes."""
    if draft.application is not None:
        draft.from_version = newest_number(draft.application)
        db.session.flush()


def asked_by(submission: Submission) -> Asked:
    """Return what a host is compared with."""
    return Asked(
        economy_code=submission.economy_code,
        sector=submission.sector,
        needs=submission.needs,
        languages=submission.languages,
        trl=submission.trl,
        weeks=submission.weeks,
        links=submission.links,
        kept_from=submission.kept_from,
    )


def _intakes_for(call: Call, submission: Submission) -> dict[int, Intake]:
    """Return every intake that is named, read while their hosts cannot change them; refuse what cannot be wished."""
    wishes = list(submission.wishes)
    if not 1 <= len(wishes) <= call.most_wishes or len(set(wishes)) != len(wishes):
        raise WishRefused(f"Name 1 to {call.most_wishes} different hosts.", field="wishes")
    if not call.weeks_at_least <= submission.weeks <= call.weeks_at_most:
        raise ApplicationRefused(
            f"A stay has {call.weeks_at_least} to {call.weeks_at_most} weeks in this call.", field="weeks"
        )
    found = read_intakes_locked({*wishes, *submission.links, *submission.kept_from})
    asked = asked_by(submission)
    for each in wishes:
        intake = found.get(each)
        if intake is None or intake.call_id != call.id:
            raise WishRefused("One of the hosts is not in this call.", field=f"wish-{each}")
        if reason := why_closed(intake, asked):
            raise WishRefused(f"{intake.host.name}: {reason}. Nothing was sent.", field=f"wish-{each}")
    return {id_: intake for id_, intake in found.items() if intake.call_id == call.id}


def _write_wishes(application: Application, submission: Submission) -> None:
    there = {wish.intake_id: wish for wish in application.wishes}
    application.wishes = [
        there.get(intake_id) or Wish(intake_id=intake_id, position=position)
        for position, intake_id in enumerate(submission.wishes, start=1)
    ]
    for position, wish in enumerate(application.wishes, start=1):
        wish.position = position
    db.session.flush()


def _take(draft: ApplicationDraft) -> None:
    taken = db.session.execute(
        delete(ApplicationDraft).where(ApplicationDraft.id == draft.id).returning(ApplicationDraft.id)
    )
    if taken.first() is None:
        raise AlreadySent("This was sent already; nothing was sent twice.")


def _add_version(
    application: Application, submission: Submission, intakes: Mapping[int, Intake], *, actor: Account, now: datetime
) -> ApplicationVersion:
    number = newest_number(application) + 1
    content = content_of(application, submission, intakes, number=number, now=now)
    content["declared_by"], content["declaration"] = submission.declared_by, application.call.declaration
    version = ApplicationVersion(
        number=number,
        sent_at=now,
        sent_by_id=actor.id,
        declared_by=submission.declared_by,
        declaration=application.call.declaration,
        content=content,
        sha256=sha256_of(content),
    )
    application.versions.append(version)
    db.session.flush()
    return version


def _send_receipt(application: Application, version: ApplicationVersion, *, now: datetime) -> None:
    tell_applicant(
        application, "incubation/application_received", now=now, occasion=f"version {version.number}", version=version
    )
