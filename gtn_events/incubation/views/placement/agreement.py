"""The agreement of a placement: read, sent for signature, signed, declined, taken back; every version as a PDF."""

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.datastructures import FileStorage

from gtn_events.core.db import db
from gtn_events.core.downloads import send_attachment
from gtn_events.core.errors import DomainError, UploadRefused
from gtn_events.core.outbox import Attachment
from gtn_events.core.permissions import Permission, requires
from gtn_events.core.uploads import Upload, send_upload

from ... import documents
from ...domain.activity_plan import plan_of
from ...domain.agreement_differences import versions_with_changes
from ...domain.agreement_signing import keep_signed_copy
from ...domain.agreements import current_version, decline, is_live, next_to_sign, send_for_signature, sign, take_back
from ...enums import AgreementState, Viewer
from ...forms.agreement import PaperForm, SigningForm
from ...forms.reason import reason_in
from ...models import Agreement, Call, Party
from ...queries.placements import own_parties
from .blueprint import blueprint
from .desk import WRITERS, Desk, desk_for, page


@blueprint.get("/agreement")
@requires(Permission.SIGNED_IN)
def agreement(call: Call, placement_id: int) -> ResponseReturnValue:
    """Show the version that stands, who has signed it, and what each version changed."""
    return _page(desk_for(call, placement_id))


@blueprint.post("/agreement/send")
@requires(Permission.SIGNED_IN)
def agreement_send(call: Call, placement_id: int) -> ResponseReturnValue:
    """Fix the text and let the parties sign."""
    desk = desk_for(call, placement_id)
    desk.require(WRITERS)
    version = _version(desk)
    send_for_signature(version, actor=desk.account, now=desk.now)
    db.session.commit()
    flash(_("The agreement is out for signature. %(name)s is told first.", name=version.parties[0].name), "success")
    return _back(desk)


@blueprint.post("/agreement/sign")
@requires(Permission.SIGNED_IN)
def agreement_sign(call: Call, placement_id: int) -> ResponseReturnValue:
    """Sign for the party that the person is: by the typed name, with a signed copy or without."""
    desk, form = desk_for(call, placement_id), SigningForm()
    version, party = _version(desk), _own_party(desk)
    if not form.validate():
        return _page(desk, form), 422
    try:
        upload = _signed_copy(form.file.data, desk)
        last = sign(
            version,
            party,
            typed_name=form.typed_name.data,
            seen=form.sha256.data or "",
            upload=upload,
            actor=desk.account,
            now=desk.now,
        )
        db.session.commit()
    except UploadRefused as refusal:
        db.session.rollback()
        form.file.errors = [refusal.message]
        return _page(desk, form), 422
    except DomainError as refusal:
        db.session.rollback()
        form.refuse(refusal)
        return _page(desk, form), 422
    told = _("Signed by all. The agreement stands.") if last else _("You have signed. The next party is told.")
    flash(told, "success")
    return _back(desk)


@blueprint.post("/agreement/parties/<int:party_id>/paper")
@requires(Permission.SIGNED_IN)
def agreement_paper(call: Call, placement_id: int, party_id: int) -> ResponseReturnValue:
    """Keep, on the organiser's side, the copy that a party without an account signed on paper."""
    desk = desk_for(call, placement_id)
    desk.require([Viewer.ORGANISER])
    version, form = _version(desk), PaperForm()
    party = next((each for each in version.parties if each.id == party_id), None) or abort(404)
    if not form.validate() or form.file.data is None:
        raise UploadRefused(_("Choose the PDF that %(name)s has signed.", name=party.name))
    upload = keep_signed_copy(form.file.data, now=desk.now)
    digest = version.sha256
    sign(version, party, typed_name=party.name, seen=digest, upload=upload, actor=desk.account, now=desk.now)
    db.session.commit()
    flash(_("The signed copy of %(name)s is kept.", name=party.name), "success")
    return _back(desk)


@blueprint.post("/agreement/decline")
@requires(Permission.SIGNED_IN)
def agreement_decline(call: Call, placement_id: int) -> ResponseReturnValue:
    """Say that the party does not sign this version."""
    desk = desk_for(call, placement_id)
    version, party = _version(desk), _own_party(desk)
    reason = reason_in(request.form.get("reason"))
    decline(version, party, reason=reason, actor=desk.account, now=desk.now)
    db.session.commit()
    flash(_("You have declined this version. The other parties read your reason."), "success")
    return _back(desk)


@blueprint.post("/agreement/take-back")
@requires(Permission.SIGNED_IN)
def agreement_take_back(call: Call, placement_id: int) -> ResponseReturnValue:
    """Take a version back that is not signed by all."""
    desk = desk_for(call, placement_id)
    desk.require(WRITERS)
    reason = reason_in(request.form.get("reason"))
    take_back(_version(desk), reason=reason, actor=desk.account, now=desk.now)
    db.session.commit()
    flash(_("This version is taken back; its signatures are void."), "success")
    return _back(desk)


@blueprint.get("/agreement/versions/<int:number>.pdf")
@requires(Permission.SIGNED_IN)
def agreement_pdf(call: Call, placement_id: int, number: int) -> ResponseReturnValue:
    """Send a version as a PDF; a draft only to those who write it."""
    desk = desk_for(call, placement_id)
    version = next((each for each in _shown(desk) if each.number == number), None) or abort(404)
    return send_attachment(
        Attachment(documents.file_name(version), "application/pdf", documents.agreement_pdf(version)), inline=True
    )


@blueprint.get("/agreement/signed/<int:party_id>")
@requires(Permission.SIGNED_IN)
def agreement_signed_copy(call: Call, placement_id: int, party_id: int) -> ResponseReturnValue:
    """Hand out the copy that a party signed on paper."""
    desk = desk_for(call, placement_id)
    parties = [party for each in _shown(desk) for party in each.parties]
    party = next((each for each in parties if each.id == party_id), None) or abort(404)
    return send_upload(party.upload or abort(404))


def _page(desk: Desk, form: SigningForm | None = None) -> str:
    version, own, live = _shown_version(desk), _own_unsigned(desk), is_live(desk.placement)
    return page(
        desk,
        "agreement",
        version=version,
        plan=plan_of(version.plan) if version else None,
        following=next_to_sign(version) if version and live else None,
        live=live,
        own=own if live else None,
        form=form or (SigningForm(data={"sha256": version.sha256}) if version and own else None),
        versions=versions_with_changes(_shown(desk)),
        may_write=desk.is_one_of(WRITERS),
        newest=desk.placement.agreements[-1] if desk.placement.agreements else None,
    )


def _shown(desk: Desk) -> list[Agreement]:
    """Return the versions that the person sees; a draft is for those who write it."""
    writes = desk.is_one_of(WRITERS)
    return [each for each in desk.placement.agreements if writes or each.state is not AgreementState.DRAFT]


def _shown_version(desk: Desk) -> Agreement | None:
    standing = [each for each in _shown(desk) if each.state.stands]
    return standing[-1] if standing else None


def _version(desk: Desk) -> Agreement:
    return current_version(desk.placement) or abort(404)


def _own_unsigned(desk: Desk) -> Party | None:
    version = current_version(desk.placement)
    own = own_parties(desk.placement, desk.account)
    waits = version is not None and version.state is AgreementState.SIGNING
    return next((each for each in own if waits and each.agreement is version and each.signed_at is None), None)


def _own_party(desk: Desk) -> Party:
    return _own_unsigned(desk) or abort(403)


def _signed_copy(file: FileStorage | None, desk: Desk) -> Upload | None:
    return keep_signed_copy(file, now=desk.now) if file is not None and file.filename else None


def _back(desk: Desk) -> ResponseReturnValue:
    return redirect(url_for(".agreement", call=desk.placement.application.call, placement_id=desk.placement.id))
