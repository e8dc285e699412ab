"""One entry as the coordinator of its economy reads it: what was given, without what is sensitive; no score."""

from flask import render_template
from flask.typing import ResponseReturnValue

from gtn_events.accounts.roles import current_account
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.journal import shown_entries
from gtn_events.core.permissions import Permission, requires
from gtn_events.core.uploads import Upload, send_upload

from ...domain.endorsement import order_of
from ...domain.endorsement_window import endorsement_until, is_tied, may_decide
from ...models import Competition, Entry
from ...queries.economy_entries import changed_since
from ...queries.endorsement_journal import endorsement_entries
from ...queries.entries import file_of
from ...queries.entry_answers import answers_shown, files_shown
from ...queries.places import places_of
from .blueprint import blueprint
from .desk import own_desk


@blueprint.get("/entries/<reference>")
@requires(Permission.SIGNED_IN)
def entry(competition: Competition, reference: str) -> ResponseReturnValue:
    """Show one entry of the person's own economy, and what they can decide."""
    return entry_page(own_desk(competition).entry(reference))


@blueprint.get("/entries/<reference>/files/<int:upload_id>")
@requires(Permission.SIGNED_IN)
def entry_file(competition: Competition, reference: str, upload_id: int) -> ResponseReturnValue:
    """Send a file that the entry's page shows."""
    found = own_desk(competition).entry(reference)
    shown = {upload.id for _label, upload in files_shown(found)}
    db.one_or_404(file_of(found, upload_id if upload_id in shown else 0))
    return send_upload(db.session.get_one(Upload, upload_id))


def entry_page(found: Entry, *, error: str = "", reason: str = "") -> ResponseReturnValue:
    """Return the page of an entry; with an error, what was typed stands in it again."""
    competition, now = found.competition, clock.now()
    order = order_of(competition, found.economy_code)
    page = render_template(
        "competition/economy/entry.html",
        competition=competition,
        entry=found,
        answers=answers_shown(found),
        files=files_shown(found),
        places=places_of(competition, found.economy_code),
        order=order,
        tied=is_tied(found, current_account()),
        changed=bool(changed_since([found])),
        until=endorsement_until(competition),
        decides=may_decide(competition, now=now) and found.state.is_live,
        history=shown_entries(list(db.session.scalars(endorsement_entries(found)))),
        error=error,
        reason=reason,
    )
    return page, 422 if error else 200
