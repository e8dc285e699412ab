"""The sponsors of a forum: add, change, move, take away."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from gtn_events.accounts.roles import current_account
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.errors import DomainError, UploadRefused
from gtn_events.core.permissions import Permission, requires

from ...domain.sponsors import add_sponsor, change_sponsor, move_sponsor_up, remove_sponsor, set_sponsor_logo
from ...forms.sponsor import SponsorForm, stored_sponsor
from ...models import Forum, Sponsor
from ...queries.sponsors import sponsor_of, sponsors_by_level
from ..manage.blueprint import blueprint


@blueprint.get("/programme/sponsors")
@requires(Permission.FORUM_PROGRAMME_EDIT)
def programme_sponsors(forum: Forum) -> ResponseReturnValue:
    """Show the sponsors by level, in the order in which people see them."""
    return render_template("forum/manage/programme/sponsors.html", forum=forum, levels=sponsors_by_level(forum))


@blueprint.route("/programme/sponsors/new", methods=["GET", "POST"])
@requires(Permission.FORUM_PROGRAMME_EDIT)
def programme_sponsor_new(forum: Forum) -> ResponseReturnValue:
    """Show an empty form, or add a sponsor."""
    return _sponsor_page(forum, None)


@blueprint.route("/programme/sponsors/<int:sponsor_id>", methods=["GET", "POST"])
@requires(Permission.FORUM_PROGRAMME_EDIT)
def programme_sponsor(forum: Forum, sponsor_id: int) -> ResponseReturnValue:
    """Show a sponsor's form, or change the sponsor."""
    return _sponsor_page(forum, db.one_or_404(sponsor_of(forum, sponsor_id)))


@blueprint.post("/programme/sponsors/<int:sponsor_id>/up")
@requires(Permission.FORUM_PROGRAMME_EDIT)
def programme_sponsor_up(forum: Forum, sponsor_id: int) -> ResponseReturnValue:
    """Show a sponsor one place earlier in its level."""
    move_sponsor_up(db.one_or_404(sponsor_of(forum, sponsor_id)))
    db.session.commit()
    return redirect(url_for(".programme_sponsors", forum=forum))


@blueprint.post("/programme/sponsors/<int:sponsor_id>/delete")
@requires(Permission.FORUM_PROGRAMME_EDIT)
def programme_sponsor_delete(forum: Forum, sponsor_id: int) -> ResponseReturnValue:
    """Take a sponsor away."""
    sponsor = db.one_or_404(sponsor_of(forum, sponsor_id))
    name = sponsor.name
    remove_sponsor(sponsor, actor=current_account(), now=clock.now())
    db.session.commit()
    flash(_("%(name)s is taken away.", name=name), "success")
    return redirect(url_for(".programme_sponsors", forum=forum))


def _sponsor_page(forum: Forum, sponsor: Sponsor | None) -> ResponseReturnValue:
    form = SponsorForm(data=stored_sponsor(sponsor) if sponsor else None)
    if form.validate_on_submit():
        try:
            _save(forum, sponsor, form)
            db.session.commit()
        except UploadRefused as refusal:
            db.session.rollback()
            form.logo.errors = [refusal.message]
        except DomainError as refusal:
            db.session.rollback()
            form.refuse(refusal)
        else:
            flash(_("%(name)s is saved.", name=form.name.data), "success")
            return redirect(url_for(".programme_sponsors", forum=forum))
    page = render_template("forum/manage/programme/sponsor.html", forum=forum, form=form, sponsor=sponsor)
    return page, 422 if request.method == "POST" else 200


def _save(forum: Forum, sponsor: Sponsor | None, form: SponsorForm) -> None:
    actor, now = current_account(), clock.now()
    if sponsor is None:
        sponsor = add_sponsor(forum, form.details(), actor=actor, now=now)
    else:
        change_sponsor(sponsor, form.details(), actor=actor, now=now)
    if form.logo.data:
        set_sponsor_logo(sponsor, form.logo.data, actor=actor, now=now)
