"""Who must not be matched with whom: looked at, confirmed, dismissed with a reason, looked for again."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from gtn_events.accounts.roles import current_account
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.http import is_local_path
from gtn_events.core.pages import paginate
from gtn_events.core.permissions import Permission, requires

from ...domain.application_blocks import decide_block, look_for_ties
from ...enums import BlockSource
from ...forms.reason import reason_in
from ...models import Block, Call
from ...queries.blocks import block_counts, block_of, blocks_of, read_block_listing
from .blueprint import blueprint


@blueprint.get("/blocks")
@requires(Permission.CALL_APPLICATIONS_SEE)
def blocks(call: Call) -> ResponseReturnValue:
    """Show one page of the blocks."""
    listing = read_block_listing(request.path, request.args)
    counts = block_counts(call, listing)
    chosen = listing.chosen("state")
    total = sum(count for state, count in counts.items() if not chosen or state.value in chosen)
    return render_template(
        "incubation/manage/blocks.html",
        call=call,
        listing=listing,
        counts=counts,
        sources={each.value: each.label for each in BlockSource},
        page=paginate(blocks_of(call, listing), listing, tie=Block.id, total=total),
    )


@blueprint.post("/blocks/<int:block_id>")
@requires(Permission.CALL_APPLICATIONS_MANAGE)
def block_decide(call: Call, block_id: int) -> ResponseReturnValue:
    """Confirm a block, or dismiss it with a reason."""
    block = db.one_or_404(block_of(call, block_id))
    act = request.form.get("act")
    if act not in ("confirm", "dismiss"):
        abort(404)
    reason = reason_in(request.form.get("reason"))
    decide_block(block, confirm=act == "confirm", reason=reason, actor=current_account(), now=clock.now())
    db.session.commit()
    flash(_("The block is %(state)s.", state=block.state.label.lower()), "success")
    back = request.form.get("back", "")
    return redirect(back if is_local_path(back) else url_for(".blocks", call=call))


@blueprint.post("/blocks/look")
@requires(Permission.CALL_APPLICATIONS_MANAGE)
def blocks_look(call: Call) -> ResponseReturnValue:
    """Look again which applicants and hosts are of one organisation or mail domain."""
    look_for_ties(call, now=clock.now())
    db.session.commit()
    flash(_("Every application was compared with every host again."), "success")
    return redirect(url_for(".blocks", call=call))
