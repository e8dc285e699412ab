"""The draft of an agreement: written from what is known, changed in four parts, an amendment begun."""

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from gtn_events.core.db import db
from gtn_events.core.errors import DomainError, Stale
from gtn_events.core.permissions import Permission, requires

from ...domain.agreement_defaults import with_accounts, write_agreement
from ...domain.agreements import change_draft, current_version, is_live
from ...enums import AgreementState
from ...forms.agreement import PARTS, DraftForm, part_form
from ...forms.reason import reason_in
from ...models import Agreement, Call
from .blueprint import blueprint
from .desk import WRITERS, Desk, desk_for, page

MORE = "more"


@blueprint.post("/agreement/write")
@requires(Permission.SIGNED_IN)
def agreement_write(call: Call, placement_id: int) -> ResponseReturnValue:
    """Write the first version from what is known, or begin the next one; an amendment needs its reason."""
    desk = desk_for(call, placement_id)
    desk.require(WRITERS)
    reason = reason_in(request.form.get("reason"))
    write_agreement(desk.placement, reason=reason, actor=desk.account, now=desk.now)
    db.session.commit()
    flash(_("The draft is written. Go through its four parts, then send it for signature."), "success")
    return redirect(url_for(".agreement_edit", call=call, placement_id=placement_id, part=PARTS[0]))


@blueprint.get("/agreement/edit/<part>")
@requires(Permission.SIGNED_IN)
def agreement_edit(call: Call, placement_id: int, part: str) -> ResponseReturnValue:
    """Show one part of the draft as a form."""
    desk = desk_for(call, placement_id)
    version = _draft(desk, part)
    if version is None:
        return redirect(url_for(".agreement", call=call, placement_id=placement_id))
    return _page(desk, version, part, part_form(part, version))


@blueprint.post("/agreement/edit/<part>")
@requires(Permission.SIGNED_IN)
def agreement_change(call: Call, placement_id: int, part: str) -> ResponseReturnValue:
    """Save one part of the draft and go on to the next."""
    desk = desk_for(call, placement_id)
    version = _draft(desk, part)
    if version is None:
        return redirect(url_for(".agreement", call=call, placement_id=placement_id))
    form = part_form(part, version)
    if not form.validate():
        return _page(desk, version, part, form), 422
    given = form.parts(version)
    given["parties"] = with_accounts(given["parties"])
    seen = request.form.get("seen", 0, type=int)
    try:
        change_draft(version, **given, seen=seen, actor=desk.account, now=desk.now)
        db.session.commit()
    except Stale as stale:
        db.session.rollback()
        form.form_errors.append(stale.message)
        # Sending the same form again is then a decision.
        form.seen.data = form.seen.raw_data = str(version.lock_version)
        return _page(desk, version, part, form), 409
    except DomainError as refusal:
        db.session.rollback()
        form.refuse(refusal)
        return _page(desk, version, part, form), 422
    flash(_("The draft is saved."), "success")
    return redirect(_next(call, placement_id, part))


def _draft(desk: Desk, part: str) -> Agreement | None:
    """Return the draft, None when there is none (any more), or the placement is over."""
    desk.require(WRITERS)
    if part not in PARTS:
        abort(404)
    version = current_version(desk.placement)
    open_ = version is not None and version.state is AgreementState.DRAFT and is_live(desk.placement)
    return version if open_ else None


def _page(desk: Desk, version: Agreement, part: str, form: DraftForm) -> str:
    return page(desk, "agreement_edit", version=version, part=part, parts=PARTS, form=form)


def _next(call: Call, placement_id: int, part: str) -> str:
    if MORE in request.form:
        return url_for(".agreement_edit", call=call, placement_id=placement_id, part=part)
    at = PARTS.index(part) + 1
    if at < len(PARTS):
        return url_for(".agreement_edit", call=call, placement_id=placement_id, part=PARTS[at])
    return url_for(".agreement", call=call, placement_id=placement_id)
