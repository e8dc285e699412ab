"""Deciding on many entries: first the effect, then the act."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from gtn_events.accounts.roles import current_account
from gtn_events.core import clock
from gtn_events.core.bulk import Choice
from gtn_events.core.db import db
from gtn_events.core.jobs import enqueue_job
from gtn_events.core.permissions import Permission, requires

from ...domain.entry_bulk import BULK_ACTIONS, act_on_many, effect_of
from ...domain.entry_transitions import Action
from ...forms.entry import reason_in
from ...models import Competition
from ...queries.entries import entries_among, ids_of, list_names, read_listing
from .blueprint import blueprint

AT_ONCE = 100


@blueprint.post("/entries/effect")
@requires(Permission.COMPETITION_ENTRIES_MANAGE)
def entries_effect(competition: Competition) -> ResponseReturnValue:
    """Show what an act would do to the chosen entries; nothing happens yet."""
    action, choice = _action(), _choice(competition)
    if not choice.ids:
        flash(_("Choose at least one entry first."), "danger")
        return redirect(_list_url(competition, choice))
    return _effect_page(competition, action, choice)


@blueprint.post("/entries/act")
@requires(Permission.COMPETITION_ENTRIES_MANAGE)
def entries_act(competition: Competition) -> ResponseReturnValue:
    """Do it: a hundred at once here, more as a job with its own page."""
    action, choice, reason = _action(), _choice(competition), reason_in(request.form.get("reason"))
    now = clock.now()
    if action is Action.REFUSE and not reason:
        return _effect_page(competition, action, choice, error=_("Give a reason: the entrants will read it."))
    if len(choice.ids) > AT_ONCE:
        job = enqueue_job(
            "competition.entries_act",
            title=_("%(count)d entries of %(title)s", count=len(choice.ids), title=competition.title),
            params={
                "competition_id": competition.id,
                "action": action.value,
                "ids": choice.ids,
                "reason": reason,
            },
            actor=current_account(),
            now=now,
            scope=competition.scope,
        )
        db.session.commit()
        return redirect(url_for("jobs.show", job_id=job.id))
    chosen = entries_among(competition, choice.ids)
    effect = act_on_many(action, chosen, actor=current_account(), now=now, reason=reason)
    db.session.commit()
    return render_template(
        "competition/manage/entries_done.html",
        competition=competition,
        effect=effect,
        list_url=_list_url(competition, choice),
    )


def _effect_page(competition: Competition, action: Action, choice: Choice, *, error: str = "") -> ResponseReturnValue:
    effect = effect_of(action, competition, list(entries_among(competition, choice.ids)))
    page = render_template(
        "competition/manage/entries_effect.html",
        competition=competition,
        action=action,
        choice=choice,
        effect=effect,
        error=error,
        list_url=_list_url(competition, choice),
    )
    return page, 422 if error else 200


def _action() -> Action:
    return next((each for each in BULK_ACTIONS if each.value == request.form.get("action")), None) or abort(404)


def _choice(competition: Competition) -> Choice:
    """Return the chosen ids; what the form says is scoped to the competition again when it is read."""
    return Choice.read(request.form, lambda args: ids_of(competition, read_listing("", args, list_names(competition))))


def _list_url(competition: Competition, choice: Choice) -> str:
    return choice.list_url(url_for(".entry_list", competition=competition))
