"""The outbox for people: look at what leaves, change it before, decide about what is stuck."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import Blueprint, abort, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import LazyString, ngettext
from flask_babel import gettext as _
from flask_login import current_user

from .. import clock
from ..db import db
from ..errors import DomainError
from ..forms import MailForm, MailWordingForm
from ..outbox import (
    MailState,
    OutboxMail,
    Wording,
    count_by_state,
    discard_mail,
    edit_mail,
    hide_own_links,
    mail_kinds,
    mail_of_scope,
    mails_in,
    put_back_own_links,
    release_all_mail,
    release_mail,
    send_again,
    set_wording,
    wording_of,
    wordings_of,
)
from ..pages import Listing, paginate
from ..permissions import Permission, Scope, requires

SORTS = {"time": OutboxMail.id, "to": OutboxMail.to_address, "subject": OutboxMail.subject}
# A mail is somebody else's HTML as far as the browser is concerned: no script, no request, no frame but ours.
PREVIEW_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; frame-ancestors 'self'; sandbox"
)
Place = dict[str, Any]  # Any: the view arguments of whatever package mounts these pages

blueprint = Blueprint("core_outbox", __name__, url_prefix="/admin")


def add_mail_pages(blueprint: Blueprint, *, permission: Permission, own_words: bool = True, **context: str) -> None:
    """Mount the outbox on a blueprint, under ``/mail`` of its prefix.

    Args:
        permission: who may use the pages. The scope is the first view argument that has
            one (a forum put there by the blueprint); without any it is the whole site.
        own_words: whether its people can add to the kinds of its mails.
        context: what the templates need to know about their place, such as ``section`` and ``tab``.

    The endpoints are ``mail``, ``mail_show``, ``mail_preview``, ``mail_edit``, ``mail_save``,
    ``mail_act`` and ``mail_release_all``; with ``own_words`` also ``mail_words``,
    ``mail_words_edit`` and ``mail_words_save``.
    """
    desk = _Desk(context)
    views: list[tuple[str, str, str, Callable[..., ResponseReturnValue]]] = [
        ("GET", "/mail", "mail", desk.list),
        ("POST", "/mail/release", "mail_release_all", desk.release_all),
        ("GET", "/mail/<int:mail_id>", "mail_show", desk.show),
        ("GET", "/mail/<int:mail_id>/preview", "mail_preview", desk.preview),
        ("GET", "/mail/<int:mail_id>/edit", "mail_edit", desk.edit),
        ("POST", "/mail/<int:mail_id>/edit", "mail_save", desk.save),
        ("POST", "/mail/<int:mail_id>/<any(release,again,discard):act>", "mail_act", desk.act),
    ]
    words: list[tuple[str, str, str, Callable[..., ResponseReturnValue]]] = [
        ("GET", "/mail/words", "mail_words", desk.words),
        ("GET", "/mail/words/<kind>", "mail_words_edit", desk.edit_words),
        ("POST", "/mail/words/<kind>", "mail_words_save", desk.save_words),
    ]
    for method, rule, endpoint, view in [*views, *(words if own_words else [])]:
        blueprint.add_url_rule(rule, endpoint, requires(permission)(_plain(view)), methods=[method])


def _plain(view: Callable[..., ResponseReturnValue]) -> Callable[..., ResponseReturnValue]:
    """Return a function that can carry the permission mark; a bound method cannot."""

    def plain(**place: Any) -> ResponseReturnValue:  # Any: see Place
        return view(**place)

    plain.__doc__ = view.__doc__
    return plain


@dataclass(frozen=True)
class _Desk:
    context: dict[str, str]

    def list(self, **place: Any) -> ResponseReturnValue:
        """Show the mails of the scope, the newest first, by state or by search."""
        scope = _scope(place)
        listing = Listing.read(
            request.path, request.args, sorts=SORTS, default_sort="-time", filters={"state": list(MailState)}
        )
        statement = mails_in(scope, [MailState(value) for value in listing.chosen("state")])
        page = paginate(statement.where(listing.searched(OutboxMail.search_key)), listing)
        counts = count_by_state(scope)
        shown = {"page": page, "listing": listing, "counts": counts, "has_kinds": bool(mail_kinds(scope))}
        return self._render("core/outbox/list.html", place, **shown)

    def show(self, mail_id: int, **place: Any) -> ResponseReturnValue:
        """Show one mail: to whom, where it stands, and what it says, without the links that are theirs alone."""
        mail = _mail(mail_id, place)
        return self._render("core/outbox/show.html", place, mail=mail, text=hide_own_links(mail.body_text))

    def preview(self, mail_id: int, **place: Any) -> ResponseReturnValue:
        """Show the formatted text alone, for the closed frame on the mail's page."""
        response = make_response(hide_own_links(_mail(mail_id, place).body_html))
        response.headers["Content-Security-Policy"] = PREVIEW_POLICY
        return response

    def edit(self, mail_id: int, **place: Any) -> ResponseReturnValue:
        """Show the form to change a mail that has not left."""
        mail = _mail(mail_id, place)
        seen = mail.edited_at.isoformat() if mail.edited_at else ""
        form = MailForm(None, subject=mail.subject, body_text=hide_own_links(mail.body_text), seen=seen)
        return self._render("core/outbox/edit.html", place, mail=mail, form=form)

    def save(self, mail_id: int, **place: Any) -> ResponseReturnValue:
        """Save the change, or show the form again with what was typed."""
        mail, form = _mail(mail_id, place), MailForm()
        if not form.validate_on_submit():
            return self._render("core/outbox/edit.html", place, mail=mail, form=form), 422
        text = put_back_own_links(form.body_text.data or "", mail.body_text)
        try:
            edit_mail(
                mail,
                subject=form.subject.data or "",
                body_text=text,
                body_html=render_template("email/edited.html", text=text, subject=form.subject.data),
                seen_edited_at=_moment(form.seen.data),
                now=clock.now(),
            )
        except DomainError as error:
            # Shown here and not by the handler of the application, so that what was typed stays on the page.
            db.session.rollback()
            form.form_errors.append(error.message)
            return self._render("core/outbox/edit.html", place, mail=mail, form=form), error.http_status
        db.session.commit()
        flash(_("The mail to %(name)s is changed.", name=mail.to_name or mail.to_address), "success")
        return redirect(url_for(".mail_show", mail_id=mail_id, **place))

    def act(self, mail_id: int, act: str, **place: Any) -> ResponseReturnValue:
        """Release, send again or discard one mail."""
        mail = _mail(mail_id, place)
        name = mail.to_name or mail.to_address
        if act == "discard":
            discard_mail(mail)
            text = _("The mail to %(name)s is discarded and will not be sent.", name=name)
        elif act == "again":
            send_again(mail, now=clock.now())
            text = _("The mail to %(name)s waits to be sent again.", name=name)
        else:
            release_mail(mail, now=clock.now())
            text = _("The mail to %(name)s is released.", name=name)
        db.session.commit()
        flash(text, "success")
        return redirect(url_for(".mail_show", mail_id=mail_id, **place))

    def release_all(self, **place: Any) -> ResponseReturnValue:
        """Release every held mail of the scope."""
        released = release_all_mail(_scope(place), now=clock.now())
        db.session.commit()
        flash(ngettext("%(num)s mail is released.", "%(num)s mails are released.", released), "success")
        return redirect(url_for(".mail", **place))

    def words(self, **place: Any) -> ResponseReturnValue:
        """Show every kind of mail of the event, with what its organisers have added."""
        scope = _scope(place)
        kinds = {template.rpartition("/")[2]: (template, label) for template, label in mail_kinds(scope).items()}
        return self._render("core/outbox/words.html", place, kinds=kinds, wordings=wordings_of(scope))

    def edit_words(self, kind: str, **place: Any) -> ResponseReturnValue:
        """Show the form for one kind of mail."""
        template, label = _kind(kind, place)
        standing = wording_of(_scope(place), template)
        form = MailWordingForm(None, obj=standing)
        return self._render("core/outbox/words_edit.html", place, kind=kind, label=label, form=form)

    def save_words(self, kind: str, **place: Any) -> ResponseReturnValue:
        """Save what is added to a kind of mail, or show the form again with what was typed."""
        template, label = _kind(kind, place)
        scope, form = _scope(place), MailWordingForm()
        if scope is None or not form.validate_on_submit():
            return self._render("core/outbox/words_edit.html", place, kind=kind, label=label, form=form), 422
        seen = int(form.version.data or 0) if (form.version.data or "0").isdecimal() else -1
        wording = Wording(form.words.data or "", form.hold.data, seen)
        try:
            set_wording(scope, template, wording, actor=current_user, now=clock.now())
        except DomainError as error:
            db.session.rollback()
            form.form_errors.append(error.message)
            return self._render(
                "core/outbox/words_edit.html", place, kind=kind, label=label, form=form
            ), error.http_status
        db.session.commit()
        flash(_("Saved. It holds for every mail of this kind that is written from now on."), "success")
        return redirect(url_for(".mail_words", **place))

    def _render(self, template: str, place: Place, **values: Any) -> str:
        return render_template(template, place=place, **self.context, **place, **values)


def _scope(place: Place) -> Scope | None:
    return next((value.scope for value in place.values() if isinstance(getattr(value, "scope", None), Scope)), None)


def _mail(mail_id: int, place: Place) -> OutboxMail:
    mail = db.session.scalar(mail_of_scope(_scope(place), mail_id))
    if mail is None:
        abort(404)
    return mail


def _kind(kind: str, place: Place) -> tuple[str, LazyString]:
    """Return template and label of a kind of mail by the last part of its template's name."""
    found = [item for item in mail_kinds(_scope(place)).items() if item[0].rpartition("/")[2] == kind]
    if not found:
        abort(404)
    return found[0]


def _moment(text: str | None) -> datetime | None:
    """Read the time that the form carried; garbage counts as never, and is then refused as stale if it is not."""
    try:
        moment = datetime.fromisoformat(text or "")
    except ValueError:
        return None
    return moment if moment.tzinfo is not None else None


add_mail_pages(blueprint, permission=Permission.SITE_ADMINISTER, own_words=False, section="site", tab="mail")
