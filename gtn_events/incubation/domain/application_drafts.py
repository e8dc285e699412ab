"""The draft of an application: saved step by step, never judged; one for a person and a call."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select

from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.upsert import insert_unless_there
from gtn_events.questionnaire.domain.purge import delete_files
from gtn_events.questionnaire.domain.step_drafts import ANSWERS, with_step
from gtn_events.questionnaire.enums import QuestionKind
from gtn_events.questionnaire.models import Question, QuestionnaireVersion
from gtn_events.questionnaire.queries.answers import read_answers

from ..errors import ApplicationRefused, ApplicationsClosed
from ..models import Application, ApplicationDraft, Call
from ..queries.applicant import draft_of, live_application_of
from .application_window import may_change, require_open
from .locking import lock_application
from .wish_list import HOSTS, WishList


def begin_draft(
    call: Call,
    *,
    actor: Account,
    now: datetime,
    data: Mapping[str, Any] | None = None,
    from_entry: str | None = None,
) -> ApplicationDraft:
    """Return the person's draft of an application: the one there is, or a new one on ``data``.

    Args:
        from_entry: the reference of the competition's entry it grows from.

    Raises:
        ApplicationsClosed: nothing is taken at this moment.
        ApplicationRefused: the person has sent an application that stands; that one can be changed.

    Flushes; the caller commits.
    """
    require_open(call, now=now)
    if db.session.scalar(live_application_of(call_id=call.id, account_id=actor.id)) is not None:
        raise ApplicationRefused(f"You have sent an application to {call.title} already. You can change that one.")
    _drop_ended_change(call, actor, now=now)
    return _begin(call, actor, now, {"data": dict(data or {}), "from_entry": from_entry})


def begin_change(
    application: Application, data: Mapping[str, Any], *, actor: Account, now: datetime
) -> ApplicationDraft:
    """Return the draft in which an application is being changed: the one there is, or a new one on ``data``.

    Raises:
        ApplicationsClosed: the application cannot be changed any more.

    Flushes; the caller commits.
    """
    lock_application(application)
    if not may_change(application, now=now):
        raise ApplicationsClosed("This application cannot be changed any more. What you sent stands.")
    begun = {"data": dict(data), "application_id": application.id, "from_version": newest_number(application)}
    return _begin(application.call, actor, now, begun)


def save_step(
    draft: ApplicationDraft,
    step: str,
    *,
    typed: Mapping[str, list[str]],
    answers: Mapping[str, Any],
    now: datetime,
) -> None:
    """Keep what was typed in one step; see ``questionnaire.domain.step_drafts.with_step``.

    Raises:
        DraftTooLarge: all steps together are longer than any form of ours can be.

    Flushes; the caller commits.
    """
    draft.data = with_step(draft.data, step, typed=typed, answers=answers, uploads={})
    draft.saved_at = now
    db.session.flush()


def save_wishes(draft: ApplicationDraft, wishes: WishList, *, now: datetime) -> None:
    """Keep the order of hosts. Flushes."""
    save_step(draft, HOSTS, typed=wishes.as_typed(), answers={}, now=now)


def discard_draft(draft: ApplicationDraft, *, now: datetime) -> None:
    """Throw a draft away, with the files that only it holds; an application it would have changed stays. Flushes."""
    delete_files(_own_files(draft), now=now)
    db.session.delete(draft)
    db.session.flush()


def newest_number(application: Application) -> int:
    """Return the number of the version of an application that stands, 0 when none was sent through the form."""
    return application.versions[-1].number if application.versions else 0


def _drop_ended_change(call: Call, actor: Account, *, now: datetime) -> None:
    """Throw away the change of an application that was withdrawn or refused meanwhile."""
    draft = db.session.scalar(draft_of(call_id=call.id, account_id=actor.id))
    if draft is not None and draft.application is not None and not draft.application.state.is_live:
        discard_draft(draft, now=now)


def _begin(call: Call, actor: Account, now: datetime, begun: Mapping[str, Any]) -> ApplicationDraft:
    # Two tabs that begin at once get one draft.
    values = {"call_id": call.id, "account_id": actor.id, "created_at": now, "saved_at": now, "lock_version": 1}
    db.session.execute(insert_unless_there(ApplicationDraft, **values, **begun))
    draft: ApplicationDraft = db.session.scalars(draft_of(call_id=call.id, account_id=actor.id)).one()
    return draft


def _own_files(draft: ApplicationDraft) -> set[int]:
    """Return the uploads of a draft's answers that do not stand in the application it changes."""
    keys = set(
        db.session.scalars(
            select(Question.key)
            .join(QuestionnaireVersion, QuestionnaireVersion.id == Question.version_id)
            .where(
                QuestionnaireVersion.questionnaire_id == draft.call.questionnaire_id,
                Question.kind == QuestionKind.FILE,
            )
        )
    )
    answers = (step.get(ANSWERS, {}) for step in draft.data.values())
    held = {value for given in answers for key, value in given.items() if key in keys and type(value) is int}
    if draft.application is None:
        return held
    sent = read_answers(draft.application.answer_set, with_sensitive=True)
    return held - {value for value in sent.values() if type(value) is int}
