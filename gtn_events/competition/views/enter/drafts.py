"""Beginning an entry, coming back to a draft, throwing one away."""

from datetime import datetime

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from gtn_events.accounts.models import Account
from gtn_events.accounts.roles import current_account
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.permissions import Permission, requires
from gtn_events.questionnaire.queries.versions import published_version

from ...domain.entry_drafts import begin_draft, discard_draft
from ...domain.entry_window import state_when_sent, window_of
from ...domain.nomination_use import open_nomination
from ...enums import EntryPath
from ...errors import EntriesClosed
from ...forms.entry_wizard import CHECK, EntryWizard
from ...models import Competition
from ...queries.entrant import drafts_of
from .blueprint import blueprint
from .loading import own_draft, refusal_page, step_url, wizard_of


@blueprint.get("/")
@requires(Permission.SIGNED_IN)
def start(competition: Competition) -> ResponseReturnValue:
    """Show what the form will ask, and the drafts that are there already."""
    now, account = clock.now(), current_account()
    try:
        _require_open(competition, account, now=now)
    except EntriesClosed as closed:
        return refusal_page(competition, closed)
    version = published_version(competition.questionnaire)
    return render_template(
        "competition/enter/start.html",
        competition=competition,
        drafts=list(db.session.scalars(drafts_of(competition_id=competition.id, account_id=account.id))),
        steps=EntryWizard(competition, version, account, {}).steps if version else [],
        window=window_of(competition, now=now),
    )


@blueprint.post("/")
@requires(Permission.SIGNED_IN)
def begin(competition: Competition) -> ResponseReturnValue:
    """Begin a new draft and lead to its first step."""
    now, account = clock.now(), current_account()
    _require_open(competition, account, now=now)
    draft = begin_draft(competition, actor=account, now=now)
    db.session.commit()
    return redirect(url_for(".resume", competition=competition, draft_id=draft.id))


@blueprint.get("/<int:draft_id>/")
@requires(Permission.SIGNED_IN)
def resume(competition: Competition, draft_id: int) -> ResponseReturnValue:
    """Lead to the first step of a draft that is not done."""
    draft = own_draft(competition, draft_id)
    wizard = wizard_of(draft, current_account())
    undone = wizard.next_step
    if undone.key == CHECK:
        return redirect(url_for(".check", competition=competition, draft_id=draft.id))
    return redirect(step_url(draft, undone))


@blueprint.get("/<int:draft_id>/discard")
@requires(Permission.SIGNED_IN)
def confirm_discard(competition: Competition, draft_id: int) -> ResponseReturnValue:
    """Ask before a draft is thrown away, naming what it is for."""
    draft = own_draft(competition, draft_id)
    return render_template("competition/enter/discard.html", competition=competition, draft=draft)


@blueprint.post("/<int:draft_id>/discard")
@requires(Permission.SIGNED_IN)
def discard(competition: Competition, draft_id: int) -> ResponseReturnValue:
    """Throw a draft away."""
    draft = own_draft(competition, draft_id)
    changed = draft.entry
    discard_draft(draft, now=clock.now())
    db.session.commit()
    flash(_("The draft is deleted; nothing was sent."), "success")
    if changed is not None:
        return redirect(url_for("competition_my.entry", competition=competition, reference=changed.reference))
    return redirect(url_for("competition_public.show", competition=competition))


def _require_open(competition: Competition, account: Account, *, now: datetime) -> None:
    """Refuse a new entry when none is taken now, or only of nominated firms and the person's is none."""
    state_when_sent(competition, now=now)
    if competition.entry_path is EntryPath.NOMINATED and open_nomination(competition, account) is None:
        raise EntriesClosed(
            _(
                "Economies nominate who enters %(title)s. A nominated firm gets a link by mail; "
                "ask the coordinator of your economy for one.",
                title=competition.title,
            )
        )
