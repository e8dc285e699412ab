"""The list of applications as a CSV file; each export is written to the journal."""

from urllib.parse import parse_qsl

from flask import request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from gtn_events.accounts.roles import current_account
from gtn_events.core import clock
from gtn_events.core.db import begin_long_read, db
from gtn_events.core.exports import csv_response
from gtn_events.core.journal import record
from gtn_events.core.permissions import Permission, requires

from ...models import Call
from ...queries.application_export import HEADERS, export_rows
from ...queries.applications import counts_of, list_names, read_listing, total_of
from .blueprint import blueprint


@blueprint.post("/applications/export")
@requires(Permission.CALL_APPLICATIONS_SEE)
def applications_export(call: Call) -> ResponseReturnValue:
    """Send what the list shows as a file."""
    names, now = list_names(call), clock.now()
    args: MultiDict[str, str] = MultiDict(parse_qsl(request.form.get("list", "")))
    listing = read_listing("", args, names)
    count = total_of(listing, counts_of(call, listing))
    record("list exported", call, actor=current_account(), now=now, scope=call.scope, changes={"rows": (None, count)})
    db.session.commit()
    begin_long_read()
    return csv_response(f"{call.slug}-applications.csv", HEADERS, export_rows(call, listing, names))
