"""The photos of a host."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from gtn_events.accounts.forms.base import Form
from gtn_events.accounts.roles import current_account
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.errors import DomainError, UploadRefused
from gtn_events.core.permissions import Permission, requires

from ...domain.photos import MOST_PHOTOS, add_photo, describe_photo, put_first, remove_photo
from ...forms.photo import DescriptionForm, PhotoForm
from ...models import Host, HostPhoto
from ...queries.hosts import photo_of
from .blueprint import blueprint


@blueprint.route("/photos", methods=["GET", "POST"])
@requires(Permission.HOST_MANAGE)
def photos(host: Host) -> ResponseReturnValue:
    """Show the photos, or add one."""
    form = PhotoForm()
    if not form.validate_on_submit():
        return _page(host, form)
    try:
        add_photo(host, form.file.data, form.description.data, actor=current_account(), now=clock.now())
        db.session.commit()
    except UploadRefused as refusal:
        db.session.rollback()
        form.file.errors = [refusal.message]
        return _page(host, form)
    except DomainError as refusal:
        db.session.rollback()
        form.refuse(refusal)
        return _page(host, form)
    flash(_("The photo is added."), "success")
    return redirect(url_for(".photos", host=host))


@blueprint.route("/photos/<int:photo_id>", methods=["GET", "POST"])
@requires(Permission.HOST_MANAGE)
def photo(host: Host, photo_id: int) -> ResponseReturnValue:
    """Show one photo with its words, or change them."""
    found = _photo_or_404(host, photo_id)
    form = DescriptionForm(obj=found)
    if not form.validate_on_submit():
        page = render_template("incubation/host/photo.html", host=host, photo=found, form=form)
        return page, 422 if form.errors else 200
    describe_photo(found, form.description.data, actor=current_account(), now=clock.now())
    db.session.commit()
    flash(_("The description is saved."), "success")
    return redirect(url_for(".photos", host=host))


@blueprint.post("/photos/<int:photo_id>/first")
@requires(Permission.HOST_MANAGE)
def photo_first(host: Host, photo_id: int) -> ResponseReturnValue:
    """Make a photo the one that the catalogue shows."""
    put_first(_photo_or_404(host, photo_id), actor=current_account(), now=clock.now())
    db.session.commit()
    flash(_("This photo comes first now."), "success")
    return redirect(url_for(".photos", host=host))


@blueprint.post("/photos/<int:photo_id>/remove")
@requires(Permission.HOST_MANAGE)
def photo_remove(host: Host, photo_id: int) -> ResponseReturnValue:
    """Take a photo away."""
    remove_photo(_photo_or_404(host, photo_id), actor=current_account(), now=clock.now())
    db.session.commit()
    flash(_("The photo is taken away."), "success")
    return redirect(url_for(".photos", host=host))


def _photo_or_404(host: Host, photo_id: int) -> HostPhoto:
    found: HostPhoto = db.one_or_404(photo_of(host, photo_id))
    return found


def _page(host: Host, form: Form) -> ResponseReturnValue:
    page = render_template("incubation/host/photos.html", host=host, form=form, most=MOST_PHOTOS)
    return page, 422 if form.errors else 200
