"""The editor's pages for versions: publishing, discarding, the history and its differences."""

from typing import Any

from flask import abort, flash, request
from flask.typing import ResponseReturnValue

from gtn_events.accounts.roles import current_account
from gtn_events.core import clock
from gtn_events.core.db import db

from ..domain.differences import differences
from ..domain.questions import specs_of
from ..domain.versions import discard_draft, publish_version
from ..models import QuestionnaireVersion
from ..queries.history import answered_counts, version_history
from ..queries.versions import all_steps, draft_version, published_version
from ..wording import _
from .owner import Owner


def draft_publish(owner: Owner) -> ResponseReturnValue:
    """Show what publishing changes, or publish the draft."""
    draft = draft_version(owner.questionnaire)
    if draft is None:
        flash(_("There is no draft to publish."), "info")
        return owner.back()
    if request.method == "POST":
        publish_version(draft, actor=current_account(), now=clock.now())
        db.session.commit()
        flash(_("Version %(number)d is published. New answers are given to it.", number=draft.number), "success")
        return owner.back()
    published = published_version(owner.questionnaire)
    answered = answered_counts([version.id for version in owner.questionnaire.versions])
    return owner.render(
        "editor/publish.html",
        draft=draft,
        published=published,
        **_compared(published, draft),
        answered=sum(answered.values()),
    )


def draft_discard(owner: Owner) -> ResponseReturnValue:
    """Ask whether the draft shall go, or discard it."""
    draft = draft_version(owner.questionnaire)
    if draft is None:
        return owner.back()
    published = published_version(owner.questionnaire)
    if request.method == "POST":
        number = draft.number
        discard_draft(draft, actor=current_account(), now=clock.now())
        db.session.commit()
        flash(_("The draft of version %(number)d is discarded.", number=number), "success")
        return owner.back()
    return owner.render("editor/discard.html", draft=draft, published=published, **_compared(published, draft))


def version_list(owner: Owner) -> ResponseReturnValue:
    """Show the versions, who published them and how many answered each."""
    return owner.render("editor/versions.html", history=version_history(owner.questionnaire))


def version_show(owner: Owner, number: int) -> ResponseReturnValue:
    """Show in words how a version differs from another one, by default the one before it."""
    version = owner.version_or_404(number)
    history = version_history(owner.questionnaire)
    earlier = [row.version for row in history if row.version.number < number]
    against = request.args.get("against", type=int)
    before = next((each for each in earlier if against is None or each.number == against), None)
    if before is None and against is not None:
        abort(404)
    return owner.render(
        "editor/version.html",
        version=version,
        before=before,
        earlier=earlier,
        **_compared(before, version),
    )


def _compared(before: QuestionnaireVersion | None, after: QuestionnaireVersion) -> dict[str, Any]:
    """Return what the templates need to say how two versions differ; None has no question and no step."""
    old_steps = all_steps(before) if before else []
    return {
        "found": differences(specs_of(before) if before else (), specs_of(after)),
        "found_steps": differences(old_steps, all_steps(after)),
        "labels": _labels(before, after),
        "step_titles": {step.key: step.title for step in [*old_steps, *all_steps(after)]},
    }


def _labels(before: QuestionnaireVersion | None, after: QuestionnaireVersion) -> dict[str, str]:
    """Return the labels by which conditions name other questions, the newer ones first."""
    old = {spec.key: spec for spec in specs_of(before)} if before else {}
    return {key: spec.label for key, spec in (old | {spec.key: spec for spec in specs_of(after)}).items()}
