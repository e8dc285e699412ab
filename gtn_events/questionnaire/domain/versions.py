"""Questionnaires and their versions: begin, draft, publish, discard, clone."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import func, select

from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.journal import record
from gtn_events.core.permissions import Scope

from ..enums import VersionState
from ..errors import QuestionRefused, VersionClosed
from ..models import Question, Questionnaire, QuestionnaireVersion
from ..queries.versions import Step, all_steps, draft_version, published_version
from .keys import keys_given
from .questions import QuestionSpec, specs_of, write_spec
from .rules import check_questions

ONE_STEP = (Step("questions", "Questions"),)


def create_questionnaire(
    title: str,
    *,
    questions: Sequence[QuestionSpec] = (),
    steps: Sequence[Step] = ONE_STEP,
    scope: Scope | None = None,
    actor: Account | None,
    now: datetime,
) -> Questionnaire:
    """Begin a questionnaire; its first version is a draft.

    Args:
        questions: in the order in which they are asked, step by step.
        steps: the steps of the form, in order.
        scope: what it belongs to, for roles and the journal.

    Raises:
        QuestionRefused: a question breaks a rule.

    Flushes; the caller commits.
    """
    questionnaire = Questionnaire(
        title=title,
        scope_kind=scope.kind if scope else None,
        scope_id=scope.id if scope else None,
        created_at=now,
    )
    db.session.add(questionnaire)
    specs = keys_given(questions)
    check_questions(specs, steps=[step.key for step in steps])
    _add_version(questionnaire, number=1, specs=specs, steps=steps, now=now)
    db.session.flush()
    record("questionnaire created", questionnaire, actor=actor, now=now, scope=scope)
    return questionnaire


def draft_version_of(questionnaire: Questionnaire, *, actor: Account | None, now: datetime) -> QuestionnaireVersion:
    """Return the draft; when there is none, a new one that copies the published version. Flushes."""
    draft = draft_version(questionnaire)
    if draft is not None:
        return draft
    published = published_version(questionnaire)
    last = db.session.scalar(
        select(func.max(QuestionnaireVersion.number)).where(QuestionnaireVersion.questionnaire_id == questionnaire.id)
    )
    specs, steps = (specs_of(published), all_steps(published)) if published else ((), ONE_STEP)
    draft = _add_version(questionnaire, number=(last or 0) + 1, specs=specs, steps=steps, now=now)
    db.session.flush()
    record("draft begun", draft, actor=actor, now=now, scope=scope_of(questionnaire))
    return draft


def publish_version(version: QuestionnaireVersion, *, actor: Account | None, now: datetime) -> None:
    """Make a draft the version that is answered from now on; the one before it is retired.

    Answers already given stay with the version they were given under.

    Raises:
        VersionClosed: it is no draft.
        QuestionRefused: it has no question, or is the same as the published one.

    Flushes; the caller commits.
    """
    refuse_unless_draft(version)
    specs = specs_of(version)
    if not specs:
        raise QuestionRefused("There is no question yet. Add one, then publish.")
    check_questions(specs, steps=[step.key for step in all_steps(version)])
    before = published_version(version.questionnaire)
    if before is not None:
        if specs_of(before) == specs and all_steps(before) == all_steps(version):
            raise QuestionRefused(f"Nothing has changed since version {before.number}. Discard the draft instead.")
        before.state = VersionState.RETIRED
        db.session.flush()  # the index allows one published version, so the old one must go first
    version.state = VersionState.PUBLISHED
    version.published_at = now
    db.session.flush()
    changes = {"version": (before.number if before else None, version.number)}
    record("version published", version, actor=actor, now=now, scope=scope_of(version.questionnaire), changes=changes)


def discard_draft(version: QuestionnaireVersion, *, actor: Account | None, now: datetime) -> None:
    """Delete a draft; the published version stays as it is. Flushes.

    Raises:
        VersionClosed: it is no draft.
    """
    refuse_unless_draft(version)
    questionnaire = version.questionnaire
    number = version.number
    db.session.delete(version)
    db.session.flush()
    db.session.expire(questionnaire, ["versions"])
    scope = scope_of(questionnaire)
    record("draft discarded", questionnaire, actor=actor, now=now, scope=scope, changes={"version": (number, None)})


def clone_questionnaire(
    questionnaire: Questionnaire,
    *,
    title: str,
    scope: Scope | None = None,
    actor: Account | None,
    now: datetime,
) -> Questionnaire:
    """Copy what is published (else the draft) into a new questionnaire, published when the source is. Flushes."""
    published = published_version(questionnaire)
    source = published or draft_version(questionnaire)
    copy = create_questionnaire(
        title,
        questions=specs_of(source) if source else (),
        steps=all_steps(source) if source else ONE_STEP,
        scope=scope,
        actor=actor,
        now=now,
    )
    if published is not None:
        publish_version(copy.versions[0], actor=actor, now=now)
    return copy


def refuse_unless_draft(version: QuestionnaireVersion) -> None:
    """Raise ``VersionClosed`` for a version that people may have answered."""
    if version.state is not VersionState.DRAFT:
        raise VersionClosed(f"Version {version.number} is published and cannot be changed. Change the draft.")


def scope_of(questionnaire: Questionnaire) -> Scope | None:
    """Return what the questionnaire belongs to."""
    if questionnaire.scope_kind is None or questionnaire.scope_id is None:
        return None
    return Scope(questionnaire.scope_kind, questionnaire.scope_id)


def _add_version(
    questionnaire: Questionnaire,
    *,
    number: int,
    specs: Sequence[QuestionSpec],
    steps: Sequence[Step],
    now: datetime,
) -> QuestionnaireVersion:
    version = QuestionnaireVersion(
        number=number,
        state=VersionState.DRAFT,
        created_at=now,
        steps=[asdict(step) for step in steps],
        questions=[],
    )
    questionnaire.versions.append(version)
    for position, spec in enumerate(specs, start=1):
        question = Question(position=position)
        write_spec(question, spec)
        version.questions.append(question)
    return version
