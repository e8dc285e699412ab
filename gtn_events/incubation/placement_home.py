"""What the home page shows of placements: what waits for the person, their placements, the calls they organise."""

from collections.abc import Iterator
from datetime import date, datetime, time

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext as _n

from gtn_events.accounts.home import HomeItem, HomeSection
from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.text import zone_of

from .domain.placement_rows import PlacementRow, rows_for
from .domain.placement_tasks import Task, TaskKind, falls_to
from .enums import Viewer
from .models import Application, Placement
from .placement_words import task_page, task_words
from .queries.placement_list import LATE, LIVE, WAITING
from .queries.placements import placements_where, scopes_of, taken_part_by, viewers_of

# A coordinator reads along; only a signature is asked of them.
ASKED = frozenset({Viewer.FIRM, Viewer.HOST, Viewer.SIGNATORY})
MOST_SHOWN = 12


def placements_section(account: Account, now: datetime) -> HomeSection:
    """Return the part of firms, hosts, coordinators, parties and organisers of placements."""
    part = taken_part_by(account)
    live = placements_where(part & Placement.state.in_(LIVE))
    over = placements_where(part & Placement.state.not_in(LIVE)).limit(MOST_SHOWN)
    rows = rows_for([*db.session.scalars(live), *db.session.scalars(over)], now=now)
    organised = _organised(account, now)
    return HomeSection(
        waiting=[*(item for row in rows for item in _waiting(row, account)), *map(_late, _with_late(organised))],
        have=[*map(_item, rows[:MOST_SHOWN]), *map(_of_call, organised)],
    )


def _waiting(row: PlacementRow, account: Account) -> Iterator[HomeItem]:
    viewers = viewers_of(row.placement, account) & ASKED
    for task in row.tasks:
        # What is due around the end is no task of the day the placement begins.
        if falls_to(task, viewers, account) and task.kind is not TaskKind.COMPLETE:
            yield _task(row.placement, task, late=task in row.late)


def _task(placement: Placement, task: Task, *, late: bool) -> HomeItem:
    host, application = placement.intake.host, placement.application
    return HomeItem(
        title=task_words(task),
        text=_("%(firm)s at %(host)s", firm=application.organisation_name, host=host.name),
        url=url_for(f"incubation_placement.{task_page(task)}", call=application.call, placement_id=placement.id),
        button=_("Go there"),
        deadline=_end_of(task.due_on, placement) if task.due_on else None,
        venue_zone=host.time_zone,
        venue_name=host.city,
        urgent=late,
    )


def _item(row: PlacementRow) -> HomeItem:
    placement = row.placement
    application, host = placement.application, placement.intake.host
    return HomeItem(
        title=_("%(firm)s at %(host)s", firm=application.organisation_name, host=host.name),
        text=f"{placement.state.label} · {application.title}",
        url=url_for("incubation_placement.overview", call=application.call, placement_id=placement.id),
    )


def _organised(account: Account, now: datetime) -> list[list[PlacementRow]]:
    """Return the placements of each call that a person organises in which something is still waited for."""
    calls = scopes_of(account).calls
    if not calls:
        return []
    waiting = placements_where(Application.call_id.in_(calls) & Placement.state.in_(WAITING))
    by_call: dict[int, list[PlacementRow]] = {}
    for row in rows_for(db.session.scalars(waiting), now=now):
        by_call.setdefault(row.placement.application.call_id, []).append(row)
    return list(by_call.values())


def _with_late(organised: list[list[PlacementRow]]) -> Iterator[list[PlacementRow]]:
    for rows in organised:
        if late := [row for row in rows if row.late]:
            yield late


def _late(rows: list[PlacementRow]) -> HomeItem:
    call = rows[0].placement.application.call
    return HomeItem(
        title=_n("Something is late in %(num)s placement", "Something is late in %(num)s placements", len(rows)),
        text=call.title,
        url=url_for("incubation_manage.placements", call=call, light=LATE),
        button=_("See what"),
    )


def _of_call(rows: list[PlacementRow]) -> HomeItem:
    call, late = rows[0].placement.application.call, sum(bool(row.late) for row in rows)
    under_way = _n("%(num)s placement", "%(num)s placements", len(rows))
    return HomeItem(
        title=_("Placements of %(call)s", call=call.title),
        text=f"{under_way} · {_n('%(num)s is late', '%(num)s are late', late)}" if late else under_way,
        url=url_for("incubation_manage.placements", call=call),
    )


def _end_of(day: date, placement: Placement) -> datetime:
    return datetime.combine(day, time(23, 59), zone_of(placement.intake.host.time_zone))
