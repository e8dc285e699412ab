"""Whose questions the editor edits, and what every page of it shares."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from flask import abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from gtn_events.accounts.roles import current_account
from gtn_events.core import clock
from gtn_events.core.db import db

from ..domain.versions import draft_version_of
from ..models import Questionnaire, QuestionnaireVersion
from ..queries.versions import draft_version, published_version


@dataclass(frozen=True)
class Owner:
    """The thing whose questions are edited.

    Attributes:
        questionnaire: what is edited.
        url_args: the arguments that every address of the editor needs (``{"forum": forum}``).
        context: what the owner's layout needs (``forum``, ``section``, ``tab``).
        breadcrumb: (label, address) of the pages above the editor.
        reserved_steps: keys that a new step must not get, because the owner's form has such pages of its own.
    """

    questionnaire: Questionnaire
    url_args: dict[str, Any]
    context: dict[str, Any] = field(default_factory=dict)
    breadcrumb: list[tuple[str, str]] = field(default_factory=list)
    reserved_steps: frozenset[str] = frozenset()

    def url(self, page: str = "", **values: Any) -> str:
        """Return the address of a page of the editor; the empty name is the list of questions."""
        endpoint = f".questionnaire_{page}" if page else ".questionnaire"
        return url_for(endpoint, **self.url_args, **values)

    def render(self, template: str, **values: Any) -> str:
        """Render a page of the editor in the owner's layout."""
        context = self.context | {"owner": self, "questionnaire": self.questionnaire} | values
        return render_template(f"questionnaire/{template}", **context)

    def back(self, page: str = "", **values: Any) -> ResponseReturnValue:
        """Redirect to a page of the editor."""
        return redirect(self.url(page, **values))

    def version_shown(self) -> QuestionnaireVersion | None:
        """Return the draft, else what is published."""
        return draft_version(self.questionnaire) or published_version(self.questionnaire)

    def draft(self) -> QuestionnaireVersion:
        """Return the draft, begun now when there is none. Flushes; the caller commits."""
        return draft_version_of(self.questionnaire, actor=current_account(), now=clock.now())

    def version_or_404(self, number: int) -> QuestionnaireVersion:
        """Return one version with its questions."""
        version = db.session.scalar(
            select(QuestionnaireVersion)
            .where(
                QuestionnaireVersion.questionnaire_id == self.questionnaire.id, QuestionnaireVersion.number == number
            )
            .options(selectinload(QuestionnaireVersion.questions))
        )
        return version or abort(404)


Load = Callable[..., Owner]
