"""The tables of the dashboard as they leave in files: heads and rows."""

from flask_babel import gettext as _

from gtn_events.core.exports import Cell

from .dashboard import Dashboard
from .outcomes import Outcome
from .queries.dashboard import Stage

Rows = list[list[Cell]]
Table = tuple[list[str], Rows]
"""The first line, and the lines below it."""

TABLES = ("calls", "hosts", "flows", "outcomes", "changes")


def table_of(board: Dashboard, name: str) -> Table:
    """Return one of ``TABLES``."""
    return {"calls": _calls, "hosts": _hosts, "flows": _flows, "outcomes": _outcomes, "changes": _changes}[name](board)


def _calls(board: Dashboard) -> Table:
    women = [_("%(stage)s, led by a woman", stage=stage.label) for stage in Stage]
    rows: Rows = [[each.title, *each.counts, *each.women] for each in board.cohorts]
    return [_("Call"), *(stage.label for stage in Stage), *women], rows


def _hosts(board: Dashboard) -> Table:
    rows: Rows = [[each.name, board.names[each.economy_code], each.places, each.filled] for each in board.hosts]
    return [_("Host"), _("Economy"), _("Places"), _("Filled")], rows


def _flows(board: Dashboard) -> Table:
    rows: Rows = [[board.names[home], board.names[host], count] for (home, host), count in sorted(board.flows.items())]
    return [_("Economy of the firm"), _("Economy of the host"), _("Firms")], rows


def _outcomes(board: Dashboard) -> Table:
    heads = [_("Figure"), _("Unit"), _("Moment"), _("Due"), _("Answered"), _("Sum"), _("Median")]
    rows: Rows = [
        [*_names(each), level.moment.label, level.due, level.given, level.total, level.middle]
        for each in board.outcomes
        for level in each.levels
    ]
    return heads, rows


def _changes(board: Dashboard) -> Table:
    heads = [_("Figure"), _("Unit"), _("From the start to"), _("Firms that gave both")]
    heads += [_("Sum at the start"), _("Sum then"), _("Median change")]
    rows: Rows = [
        [*_names(each), change.moment.label, change.firms, change.before, change.after, change.middle]
        for each in board.outcomes
        for change in each.changes
    ]
    return heads, rows


def _names(outcome: Outcome) -> tuple[str, str]:
    return str(outcome.figure.label), str(outcome.figure.unit)
