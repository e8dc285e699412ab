"""A person's own draft, the wizard over it, and the page that says why nothing can be typed any more."""

from flask import abort, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from gtn_events.accounts.models import Account
from gtn_events.accounts.roles import current_account
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.questionnaire.forms.wizard import Step
from gtn_events.questionnaire.queries.versions import published_version

from ...domain.entry_window import may_change, state_when_sent
from ...errors import EntriesClosed
from ...forms.entry_wizard import EntryWizard
from ...models import Competition, EntryDraft
from ...queries.entrant import draft_of


def own_draft(competition: Competition, draft_id: int) -> EntryDraft:
    """Return a draft of the signed-in person, or answer 404."""
    draft = find_draft(competition, draft_id)
    if draft is None:
        abort(404)
    return draft


def find_draft(competition: Competition, draft_id: int) -> EntryDraft | None:
    """Return a draft of the signed-in person, None when there is none (any more)."""
    statement = draft_of(draft_id, competition_id=competition.id, account_id=current_account().id)
    draft: EntryDraft | None = db.session.scalar(statement)
    return draft


def wizard_of(draft: EntryDraft, account: Account) -> EntryWizard:
    """Return the steps of a draft: on the form that is answered now, or on the one its entry was made with."""
    version = draft.entry.answer_set.version if draft.entry else published_version(draft.competition.questionnaire)
    if version is None:
        abort(404)
    return EntryWizard(draft.competition, version, account, draft.data)


def closed_page(draft: EntryDraft) -> ResponseReturnValue | None:
    """Return the page that says so when what the draft holds cannot be sent now, None while it can."""
    now = clock.now()
    try:
        if draft.entry is None:
            state_when_sent(draft.competition, now=now)
        elif not may_change(draft.entry, now=now):
            raise EntriesClosed(_("This entry cannot be changed any more. The version you sent before stands."))
    except EntriesClosed as closed:
        return refusal_page(draft.competition, closed)
    return None


def refusal_page(competition: Competition, closed: EntriesClosed) -> ResponseReturnValue:
    """Return the page that says why no entry is taken."""
    return render_template("competition/enter/closed.html", competition=competition, reason=closed.message), 403


def step_url(draft: EntryDraft, step: Step) -> str:
    """Return the address of one step of a draft."""
    return url_for("competition_enter.step", competition=draft.competition, draft_id=draft.id, step=step.key)
