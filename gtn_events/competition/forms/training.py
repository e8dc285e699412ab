"""What an organiser types of a training entry, its reference scores beside."""

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, StringField, TextAreaField
from wtforms.validators import Length

from gtn_events.accounts.forms.base import Form
from gtn_events.accounts.forms.hosted import many_lines, one_line

from ..domain.training import LONGEST_BODY, Sample
from ..models import Criterion, TrainingEntry
from .scorecard import given_from


class TrainingForm(Form):
    """The sample itself; the reference scores come as in a scorecard."""

    title = StringField(_l("Title"), [Length(max=150)], [one_line], description=_l("It names nobody: “Sample A”."))
    summary = StringField(_l("In one sentence"), [Length(max=500)], [one_line])
    body = TextAreaField(
        _l("What the judges read"),
        [Length(max=LONGEST_BODY)],
        [many_lines],
        description=_l("Markdown: ## heading, **bold**, - list. Take out every name."),
    )
    comes_first = BooleanField(_l("Judges score it before their own entries open"), default=True)

    def sample(self, sent: "MultiDict[str, str]", criteria: Sequence[Criterion]) -> Sample:
        """Return what was typed, for the domain."""
        return Sample(
            title=self.title.data or "",
            summary=self.summary.data or "",
            body=self.body.data or "",
            comes_first=self.comes_first.data,
            reference=given_from(sent, criteria),
        )


def stored_training(training: TrainingEntry) -> dict[str, Any]:  # Any: a value of any column
    """Return what fills the form for a sample that exists."""
    return {name: getattr(training, name) for name in ("title", "summary", "body", "comes_first")}
