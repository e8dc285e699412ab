"""The circulars of a forum as coordinators read and acknowledge them."""

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from gtn_events.accounts.queries.coordinators import own_economies
from gtn_events.accounts.roles import current_account
from gtn_events.core import clock
from gtn_events.core.addresses import row_id
from gtn_events.core.db import db
from gtn_events.core.downloads import send_attachment
from gtn_events.core.economies import Economy
from gtn_events.core.outbox import Attachment
from gtn_events.core.permissions import Permission, requires
from gtn_events.core.uploads import send_upload
from gtn_events.core.word_differences import marked_words
from gtn_events.forum.models import Forum
from gtn_events.forum.views.loading import load_forum

from ..circular_words import SECTIONS
from ..documents_circular import circular_pdf, file_name
from ..domain.circulars import acknowledge
from ..models import Circular, CircularVersion
from ..queries.circulars import circular_of, circulars_of, file_of, readable_versions

blueprint = Blueprint("circulars", __name__, url_prefix="/forums/<forum>/circulars")
load_forum(blueprint)


@blueprint.get("/")
@requires(Permission.SIGNED_IN)
def index(forum: Forum) -> ResponseReturnValue:
    """List the circulars that were sent to the economies a person coordinates."""
    own = own_economies(current_account())
    if not own:
        abort(403)
    codes = [each.code for each in own]
    rows = [(each, readable_versions(each, codes)) for each in db.session.scalars(circulars_of(forum))]
    shown = [(circular, versions[-1]) for circular, versions in rows if versions]
    return render_template("delegations/circulars/index.html", forum=forum, rows=shown, economies=own)


@blueprint.get("/<int:number>")
@requires(Permission.SIGNED_IN)
def show(forum: Forum, number: int) -> ResponseReturnValue:
    """Show a circular with what changed since the version before, and the button of each economy."""
    own, circular, versions = _readable(forum, number)
    version = _chosen(versions)
    before = next((each for each in reversed(versions) if each.version < version.version), None)
    return render_template(
        "delegations/circulars/show.html",
        forum=forum,
        circular=circular,
        version=version,
        versions=versions,
        before=before,
        changes=differences(before, version) if before else [],
        economies=[each for each in own if version.is_for(each.code)],
        answers={each.economy_code: each for each in version.acknowledgements},
    )


@blueprint.get("/<int:number>/pdf")
@requires(Permission.SIGNED_IN)
def pdf(forum: Forum, number: int) -> Response:
    """Return a version as a PDF."""
    _economies, _circular, versions = _readable(forum, number)
    version = _chosen(versions)
    return send_attachment(Attachment(file_name(version), "application/pdf", circular_pdf(version)), inline=True)


@blueprint.get("/<int:number>/files/<int:file_id>")
@requires(Permission.SIGNED_IN)
def file(forum: Forum, number: int, file_id: int) -> Response:
    """Return a file that goes with a version the person may read."""
    _economies, circular, versions = _readable(forum, number)
    found = db.one_or_404(file_of(circular, file_id))
    if found.version_id not in {each.id for each in versions}:
        abort(404)
    return send_upload(found.upload)


@blueprint.post("/<int:number>/acknowledge")
@requires(Permission.SIGNED_IN)
def take_note(forum: Forum, number: int) -> ResponseReturnValue:
    """Acknowledge the version of the page for one economy."""
    _economies, circular, versions = _readable(forum, number)
    version = next((each for each in versions if each.id == row_id(request.form.get("version"))), None)
    economy = db.session.get(Economy, request.form.get("economy", "")[:8])
    if version is None or economy is None:
        abort(404)
    first = acknowledge(version, economy, actor=current_account(), now=clock.now())
    db.session.commit()
    if first:
        flash(_("%(economy)s has acknowledged this circular.", economy=economy.short_name), "success")
    else:
        flash(_("%(economy)s had acknowledged it already.", economy=economy.short_name), "success")
    return redirect(url_for(".show", forum=forum, number=circular.number))


def differences(before: CircularVersion, after: CircularVersion) -> list[tuple[str, object, object]]:
    """Return the sections that read differently: heading, and both texts with what changed marked."""
    old, new = (dict.fromkeys(SECTIONS, "") | _shown(each) for each in (before, after))
    sides = [(_("Title"), before.title, after.title), *((str(SECTIONS[key]), old[key], new[key]) for key in SECTIONS)]
    return [(heading, *marked_words(left, right)) for heading, left, right in sides if left != right]


def _shown(version: CircularVersion) -> dict[str, str]:
    return {each["key"]: each["text"] for each in version.sections if not each["hidden"]}


def _readable(forum: Forum, number: int) -> tuple[list[Economy], Circular, list[CircularVersion]]:
    """Return a person's economies, the circular and the versions sent to them; 404 when none was."""
    own = own_economies(current_account())
    circular: Circular = db.one_or_404(circular_of(forum, number))
    versions = readable_versions(circular, [each.code for each in own])
    if not versions:
        abort(404)
    return own, circular, versions


def _chosen(versions: list[CircularVersion]) -> CircularVersion:
    wanted = row_id(request.args.get("version"))
    return next((each for each in versions if each.version == wanted), versions[-1])
