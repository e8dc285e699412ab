"""The editor of how documents of a kind look."""

from base64 import b64encode
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from gtn_events.accounts.forms.versioned import show_stored
from gtn_events.accounts.roles import current_account
from gtn_events.core import clock
from gtn_events.core.db import db, set_reading
from gtn_events.core.errors import DomainError, Stale, UploadRefused
from gtn_events.core.permissions import Permission, requires

from ..forms.design import DesignForm, design_form, stored_words
from ..forms.design_rows import LOGO, SIGNATORY, move, take_away
from ..keeping import keep_design
from ..kinds import DesignedKind, Subject
from ..owners import DesignOwner
from ..pictures import add_design_picture
from ..previews import preview_png
from ..reading import standing
from ..templates import templates_for
from ..unused import delete_unused_pictures
from .blueprint import blueprint
from .preview import drawn_of

MOVES = {"up": -1, "down": 1}


@blueprint.get("/<design_kind>")
@requires(Permission.SIGNED_IN)
def edit(owner: DesignOwner, design_kind: DesignedKind) -> ResponseReturnValue:
    """Show the design that stands as a form, with a preview beside it."""
    number, design = standing(owner.scope, design_kind.key)
    return _page(owner, design_form(design_kind, design, seen=number))


@blueprint.post("/<design_kind>")
@requires(Permission.SIGNED_IN)
def change(owner: DesignOwner, design_kind: DesignedKind) -> ResponseReturnValue:
    """Keep the design as a new version, or show the form after an act on it; pictures that were sent stay."""
    form = design_form(design_kind)
    _keep_pictures(owner, form)
    if act := request.form.get("act"):
        return _show(owner, form, act)
    refused = _keep(owner, form)
    db.session.commit()
    if not refused and not form.errors:
        flash(_("The design is saved. Documents that are made from now on have it."), "success")
        return redirect(url_for(".edit", owner=owner, design_kind=design_kind))
    set_reading(True)
    return _page(owner, form), 409 if isinstance(refused, Stale) else 422


def _keep_pictures(owner: DesignOwner, form: DesignForm) -> None:
    for row in (*form.rows(LOGO), *form.rows(SIGNATORY)):
        if not row.picture.data:
            continue
        try:
            kept = add_design_picture(owner.scope, row.picture.data, now=clock.now())
            row.upload.data = str(kept.id)
        except UploadRefused as refused:
            row.picture.errors = [refused.message]


def _show(owner: DesignOwner, form: DesignForm, act: str) -> ResponseReturnValue:
    """Show the form again with what a button did to it: a row moved or taken away, a preview drawn."""
    verb, _colon, named = act.partition(":")
    sort, _dash, number = named.partition("-")
    if sort in (LOGO, SIGNATORY) and number.isdecimal():
        rows = form.rows(sort)
        if verb in MOVES:
            move(rows, int(number[:3]), by=MOVES[verb])
        elif verb == "away":
            take_away(rows, int(number[:3]))
    db.session.commit()
    set_reading(True)
    drawn = drawn_of(owner, form, preview_png) if verb == "preview" else None
    return _page(owner, form, drawn=drawn), 422 if form.errors else 200


def _keep(owner: DesignOwner, form: DesignForm) -> DomainError | None:
    """Keep what was typed, or show at its field why not."""
    if not form.validate():
        return None
    try:
        kind, now = form.kind.key, clock.now()
        keep_design(owner.scope, kind, form.design(), seen=form.version, actor=current_account(), now=now)
    except DomainError as refused:
        form.refuse(refused)
        if isinstance(refused, Stale):
            _show_what_stands(owner, form)
        return refused
    delete_unused_pictures(owner.scope, now=clock.now())
    return None


def _show_what_stands(owner: DesignOwner, form: DesignForm) -> None:
    """Say at each field what somebody else saved; sending the form again is then a decision."""
    number, design = standing(owner.scope, form.kind.key)
    form.seen.data, stored = str(number), stored_words(design)
    pictures = {row.picture.name: row for row in (*form.rows(LOGO), *form.rows(SIGNATORY))}
    hidden = {"seen", *(row.upload.name for row in pictures.values())}
    show_stored(form, {name: stored.get(name) for name in form.data if name not in hidden | pictures.keys()})
    for row in pictures.values():
        theirs = stored.get(row.upload.name)
        if (row.upload.data or None) != (theirs or None):
            told = _("Another picture is stored now.") if theirs else _("No picture is stored now.")
            row.picture.errors = [*row.picture.errors, told]


def _page(owner: DesignOwner, form: DesignForm, *, drawn: bytes | None = None) -> str:
    people, wanted = form.kind.examples.every(owner), request.values.get("show", "")
    shown = next((each for each in people if each.key == wanted), people[0])
    number, _design = standing(owner.scope, form.kind.key)
    return render_template(
        "designs/edit.html",
        owner=owner,
        kind=form.kind,
        form=form,
        templates=templates_for(form.kind.key),
        shown=shown,
        people=people,
        **_fields(form, shown.subject),
        number=number,
        issued=sum(form.kind.issued_by_version(owner.scope).values()),
        drawn=f"data:image/png;base64,{b64encode(drawn).decode()}" if drawn else "",
        **owner.frame(),
    )


def _fields(form: DesignForm, subject: Subject) -> dict[str, Any]:  # Any: what a template takes
    """Return what can stand in braces, what each becomes here, and in which texts only some of it can."""
    usable = {text.label: form.kind.fields_of(text.key) for text, _field, _own in form.texts}
    widest = tuple(dict.fromkeys(name for names in usable.values() for name in names))
    values = form.kind.field_values(subject, form.tag)
    return {
        "fields": {name: values[name] for name in widest},
        "narrow": {label: names for label, names in usable.items() if set(names) != set(widest)},
    }
