"""The list as a file, and as a page to print."""

from urllib.parse import parse_qsl

from flask import render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from gtn_events.accounts.roles import current_account
from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.exports import csv_response, xlsx_response
from gtn_events.core.journal import record
from gtn_events.core.permissions import Permission, requires
from gtn_events.forum.enums import SEATED_STATES
from gtn_events.forum.queries.registrations import list_names

from ..models import Delegation
from ..queries.export import HEADERS, export_rows
from ..queries.people import people_of, read_listing
from .blueprint import blueprint


@blueprint.post("/export")
@requires(Permission.DELEGATION_MANAGE)
def export(delegation: Delegation) -> ResponseReturnValue:
    """Send the list, as the address narrows it, as CSV or as a workbook; the journal notes it."""
    forum, categories = delegation.forum, list_names(delegation.forum).categories
    args: MultiDict[str, str] = MultiDict(parse_qsl(request.form.get("list", "")))
    people = people_of(delegation, read_listing("", args, categories))
    changes = {"economy": (None, delegation.code), "rows": (None, len(people))}
    record("delegation exported", forum, actor=current_account(), now=clock.now(), scope=forum.scope, changes=changes)
    db.session.commit()
    rows = list(export_rows(people, categories, forum.zone))
    name = f"{forum.slug}-{delegation.code.lower()}"
    if request.form.get("format") == "xlsx":
        return xlsx_response(f"{name}.xlsx", HEADERS, rows)
    return csv_response(f"{name}.csv", HEADERS, rows)


@blueprint.get("/list")
@requires(Permission.DELEGATION_MANAGE)
def print_list(delegation: Delegation) -> ResponseReturnValue:
    """Show who comes, in protocol order, on a page made for paper."""
    categories = list_names(delegation.forum).categories
    states: MultiDict[str, str] = MultiDict([("state", state.value) for state in SEATED_STATES])
    people = people_of(delegation, read_listing("", states, categories))
    return render_template("delegations/print.html", people=people, categories=categories, now=clock.now())
