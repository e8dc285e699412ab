"""The figures of every firm of a call as the lines of a file."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from flask_babel import gettext as _
from sqlalchemy import Select

from gtn_events.core.db import db
from gtn_events.core.exports import Cell

from ..figures import FIGURES, METHOD
from ..models import FigureSet

BATCH = 500


def figure_headers() -> list[str]:
    """Return the first line; each figure stands with its unit."""
    heads = [
        _("Number"),
        _("Firm"),
        _("Economy"),
        _("Host"),
        _("Moment"),
        _("Due"),
        _("Confirmed"),
        _("By"),
        _("Source"),
    ]
    figures = [f"{figure.label} ({figure.unit})" for figure in FIGURES.values()]
    return [*heads, *figures, _("How the emissions were worked out"), _("Note"), _("Mails")]


def figure_rows(statement: Select[FigureSet]) -> Iterator[Sequence[Cell]]:
    """Yield one line for each set, by day and firm; what is not confirmed has no figures.

    Args:
        statement: selects sets with their placements, applications and hosts.
    """
    ordered = statement.order_by(FigureSet.due_on, FigureSet.id).execution_options(yield_per=BATCH)
    for each in db.session.scalars(ordered):
        application, given = each.placement.application, each.sent_at is not None
        values = each.values if given else {}
        yield [
            application.reference,
            application.organisation_name,
            application.economy_code,
            each.placement.intake.host.name,
            each.moment.label,
            each.due_on,
            each.sent_at,
            each.sent_by,
            each.source if given else "",
            *(_number(values[key]) if key in values else "" for key in FIGURES),
            values.get(METHOD, ""),
            each.note if given else "",
            each.reminders,
        ]


def _number(value: str | None) -> Cell:
    return _("not known") if value is None else Decimal(value)
