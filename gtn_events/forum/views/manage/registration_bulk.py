"""Deciding on many registrations: first the effect, then the act."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from gtn_events.accounts.roles import current_account
from gtn_events.core import clock
from gtn_events.core.bulk import Choice
from gtn_events.core.db import db
from gtn_events.core.jobs import enqueue_job
from gtn_events.core.permissions import Permission, requires

from ...domain.bulk import BULK_ACTIONS, act_on_many, effect_of, ended_by
from ...domain.transitions import Action
from ...errors import ReasonMissing
from ...models import Forum
from ...queries.registrations import ids_of, list_names, read_listing, registrations_among
from .blueprint import blueprint

AT_ONCE = 100


@blueprint.post("/registrations/effect")
@requires(Permission.FORUM_REGISTRATIONS_MANAGE)
def registration_effect(forum: Forum) -> ResponseReturnValue:
    """Show what an act would do to the chosen registrations; nothing happens yet."""
    action, choice = _action(), _choice(forum)
    if not choice.ids:
        flash(_("Choose at least one registration first."), "danger")
        return redirect(_list_url(forum, choice))
    return _effect_page(forum, action, choice)


@blueprint.post("/registrations/act")
@requires(Permission.FORUM_REGISTRATIONS_MANAGE)
def registration_act(forum: Forum) -> ResponseReturnValue:
    """Do it: a hundred at once here, more as a job with its own page."""
    action, choice, reason = _action(), _choice(forum), request.form.get("reason", "").strip()
    now = clock.now()
    if action is Action.REJECT and not reason:
        return _effect_page(forum, action, choice, error=_("Give a reason: the delegates will read it."))
    if len(choice.ids) > AT_ONCE:
        job = enqueue_job(
            "forum.registrations_act",
            title=ngettext(
                "%(num)d registration of %(forum)s",
                "%(num)d registrations of %(forum)s",
                len(choice.ids),
                forum=forum.title,
            ),
            params={"forum_id": forum.id, "action": action.value, "ids": choice.ids, "reason": reason},
            actor=current_account(),
            now=now,
            scope=forum.scope,
            back=(_("Registrations"), _list_url(forum, choice)),
        )
        db.session.commit()
        return redirect(url_for("jobs.show", job_id=job.id))
    try:
        chosen = registrations_among(forum, choice.ids)
        effect = act_on_many(action, chosen, actor=current_account(), now=now, reason=reason)
    except ReasonMissing as missing:
        db.session.rollback()
        return _effect_page(forum, action, choice, error=missing.message)
    db.session.commit()
    return render_template(
        "forum/manage/registrations_done.html",
        forum=forum,
        action=action,
        effect=effect,
        list_url=_list_url(forum, choice),
    )


def _effect_page(forum: Forum, action: Action, choice: Choice, *, error: str = "") -> ResponseReturnValue:
    effect = effect_of(action, registrations_among(forum, choice.ids), now=clock.now())
    page = render_template(
        "forum/manage/registrations_effect.html",
        forum=forum,
        action=action,
        choice=choice,
        effect=effect,
        ended=ended_by(action, registrations_among(forum, choice.ids)),
        error=error,
        reason=request.form.get("reason", ""),
        list_url=_list_url(forum, choice),
    )
    return page, 422 if error else 200


def _action() -> Action:
    return next((each for each in BULK_ACTIONS if each.value == request.form.get("action")), None) or abort(404)


def _choice(forum: Forum) -> Choice:
    """Return the chosen ids; what the form says is scoped to the forum again when it is read."""
    return Choice.read(request.form, lambda args: ids_of(forum, read_listing("", args, list_names(forum))))


def _list_url(forum: Forum, choice: Choice) -> str:
    return choice.list_url(url_for(".registration_list", forum=forum))
