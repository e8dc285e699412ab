"""Endorsing, declining, taking back, and the order of what is endorsed."""

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from gtn_events.accounts.roles import current_account
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.errors import Stale
from gtn_events.core.permissions import Permission, requires

from ...domain.endorsement import Direction, decline_entry, endorse_entry, prefer
from ...domain.endorsement import take_back as make_undecided
from ...enums import Endorsement
from ...errors import ReasonMissing
from ...forms.entry import reason_in
from ...models import Competition, Entry
from .blueprint import blueprint
from .desk import own_desk
from .entry import entry_page


@blueprint.post("/entries/<reference>/endorse")
@requires(Permission.SIGNED_IN)
def endorse(competition: Competition, reference: str) -> ResponseReturnValue:
    """Endorse an entry: it gets a place, or stands in reserve."""
    found = own_desk(competition).entry(reference)
    given = endorse_entry(found, actor=current_account(), now=clock.now(), seen=_seen())
    db.session.commit()
    if given is Endorsement.ENDORSED:
        flash(_("“%(title)s” is endorsed. Its entrant is told.", title=found.title), "success")
    else:
        flash(_("“%(title)s” is in reserve: every place is given. Its entrant is told.", title=found.title), "success")
    return _back(found)


@blueprint.post("/entries/<reference>/decline")
@requires(Permission.SIGNED_IN)
def decline(competition: Competition, reference: str) -> ResponseReturnValue:
    """Decline an entry; its entrant reads the reason."""
    found, reason = own_desk(competition).entry(reference), reason_in(request.form.get("reason"))
    try:
        decline_entry(found, reason=reason, actor=current_account(), now=clock.now(), seen=_seen())
        db.session.commit()
    except (ReasonMissing, Stale) as refused:
        db.session.rollback()
        return entry_page(own_desk(competition).entry(reference), error=refused.message, reason=reason)
    flash(_("“%(title)s” is not endorsed. Its entrant is told why.", title=found.title), "success")
    return _back(found)


@blueprint.post("/entries/<reference>/take-back")
@requires(Permission.SIGNED_IN)
def take_back(competition: Competition, reference: str) -> ResponseReturnValue:
    """Make an entry undecided again."""
    found = own_desk(competition).entry(reference)
    make_undecided(found, actor=current_account(), now=clock.now())
    db.session.commit()
    flash(_("“%(title)s” waits for a decision again. Its entrant is told.", title=found.title), "success")
    return _back(found)


@blueprint.post("/entries/<reference>/move")
@requires(Permission.SIGNED_IN)
def move(competition: Competition, reference: str) -> ResponseReturnValue:
    """Let an endorsed entry change places with its neighbour in the order."""
    found = own_desk(competition).entry(reference)
    if request.form.get("direction") not in set(Direction):
        abort(404)
    prefer(found, Direction(request.form["direction"]), actor=current_account(), now=clock.now())
    db.session.commit()
    return redirect(url_for(".entries", competition=competition))


def _seen() -> int | None:
    return request.form.get("seen", type=int)


def _back(found: Entry) -> ResponseReturnValue:
    return redirect(url_for(".entry", competition=found.competition, reference=found.reference))
