"""Publishing, closing and opening a forum again, each after a page that says what happens."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from gtn_events.accounts.models import Account
from gtn_events.accounts.roles import current_account
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.permissions import Permission, requires

from ...domain.forums import close_forum, publish_forum, reopen_forum
from ...models import Forum
from .blueprint import blueprint


class _Act(Protocol):
    def __call__(self, forum: Forum, *, actor: Account, now: datetime) -> None: ...


@dataclass(frozen=True)
class _Step:
    act: _Act
    done: Callable[[str], str]


_STEPS = {
    "publish": _Step(publish_forum, lambda title: _("%(title)s is public now.", title=title)),
    "close": _Step(close_forum, lambda title: _("%(title)s takes no more registrations.", title=title)),
    "reopen": _Step(reopen_forum, lambda title: _("%(title)s takes registrations again.", title=title)),
}


@blueprint.get("/state/<step>")
@requires(Permission.FORUM_EDIT)
def state_step(forum: Forum, step: str) -> ResponseReturnValue:
    """Ask, naming the forum and saying what happens."""
    if step not in _STEPS:
        abort(404)
    return render_template("forum/manage/state_step.html", forum=forum, step=step)


@blueprint.post("/state/<step>")
@requires(Permission.FORUM_EDIT)
def state_change(forum: Forum, step: str) -> ResponseReturnValue:
    """Publish, close or open the forum again."""
    if step not in _STEPS:
        abort(404)
    _STEPS[step].act(forum, actor=current_account(), now=clock.now())
    db.session.commit()
    flash(_STEPS[step].done(forum.title), "success")
    return redirect(url_for(".overview", forum=forum))
