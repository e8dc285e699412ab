"""A page of settings that two people may have open at once: previews, history, and what differs from what is stored."""

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue

from gtn_events.core.db import db
from gtn_events.core.journal import entries_about, shown_entries
from gtn_events.core.versions import Versioned

from ..forms.base import Form


def asks_for_preview() -> bool:
    """Say whether the texts should be shown as they will look, and nothing saved."""
    return request.method == "POST" and "preview" in request.form


def seen_version(form: Form) -> int:
    """Return the version of the row that the person looked at; 0, which no row has, for garbage."""
    typed = form["lock_version"].data or ""
    return int(typed) if typed.isdecimal() else 0


def settings_page(
    template: str,
    row: Versioned,
    form: Form,
    *,
    details: type[Any],  # Any: a dataclass
    stale: Mapping[str, tuple[Any, Any]] | None = None,  # Any: a column's value
    **owner: Any,  # Any: what the owner's layout needs
) -> ResponseReturnValue:
    """Show settings with their history.

    Args:
        template: the page; ``components/settings.html`` has what it shows.
        row: whose settings they are.
        details: the dataclass that the form makes; its names are those of the fields.
        stale: field to what is stored and what was typed, where somebody else saved in between.
        owner: names that the page needs (``forum=forum``).
    """
    if stale is not None:
        # Sending the same form again is then a decision, made in sight of the differences.
        form["lock_version"].data = form["lock_version"].raw_data = str(row.lock_version)
    page = render_template(
        template,
        form=form,
        preview=asks_for_preview(),
        stale=stale,
        labels={field.name: form[field.name].label.text for field in fields(details)},
        history=shown_entries(list(db.session.scalars(entries_about(row, limit=20)))),
        **owner,
    )
    return page, 409 if stale is not None else 422 if form.errors else 200
