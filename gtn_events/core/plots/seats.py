"""Seats over time: confirmed, on offer and pending, against the capacity and a deadline."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from babel.dates import format_date
from flask_babel import get_locale, gettext, ngettext
from markupsafe import Markup

from .drawing import Pen, frame, number, ticks, wide_and_narrow


class SeatDay(NamedTuple):
    """How things stood at the end of one day."""

    day: date
    confirmed: int
    offered: int = 0
    pending: int = 0


class _Chart(NamedTuple):
    """Where days and numbers stand on the drawing."""

    first: date
    days: int
    top: float
    left: float
    right: float
    head: float
    foot: float

    def x(self, day: date) -> float:
        return self.left + (day - self.first).days * (self.right - self.left) / max(self.days, 1)

    def y(self, value: float) -> float:
        return self.foot - value * (self.foot - self.head) / max(self.top, 1)


def seats_over_time_svg(
    days: Sequence[SeatDay],
    *,
    capacity: int | None = None,
    deadline: tuple[date, str] | None = None,
    title: str = "",
    standalone: bool = False,
) -> Markup:
    """Return how the seats filled up, one step a day; an empty Markup when there is no day yet.

    Args:
        days: one entry for each day that changed something, the oldest first.
        capacity: drawn as a dotted limit; None for no limit.
        deadline: a day and its words, drawn as a dotted line.
        title: the sentence for those who cannot see it; made from the last day if empty.
    """
    if not days:
        return Markup()
    words = title or _sentence(days, capacity)
    return wide_and_narrow(
        lambda narrow: _chart(
            days, capacity=capacity, deadline=deadline, title=words, narrow=narrow, pen=Pen(standalone)
        ),
        standalone=standalone,
    )


def _sentence(days: Sequence[SeatDay], capacity: int | None) -> str:
    last = days[-1]
    when = format_date(last.day, "d MMMM", locale=get_locale() or "en")
    limit = ngettext(" of %(num)s seat", " of %(num)s seats", capacity) if capacity else ""
    return gettext(
        "Seats over time: on %(when)s %(confirmed)s confirmed%(limit)s, %(offered)s offered, %(pending)s pending.",
        when=when,
        confirmed=last.confirmed,
        limit=limit,
        offered=last.offered,
        pending=last.pending,
    )


def _chart(
    days: Sequence[SeatDay],
    *,
    capacity: int | None,
    deadline: tuple[date, str] | None,
    title: str,
    narrow: bool,
    pen: Pen,
) -> Markup:
    width, height, side = (320, 240, 92) if narrow else (760, 300, 110)
    peak = max(max(day.confirmed + day.offered, day.pending) for day in days)
    top = max(peak, capacity or 0, 1) * 1.04
    marks = [mark for mark in ticks(top, about=5) if mark <= top]
    last = max(days[-1].day, deadline[0] if deadline else days[-1].day)
    span = max((last - days[0].day).days, 1)
    chart = _Chart(days[0].day, span, top, 40, width - side, 22, height - 26)
    parts = _axes(pen, chart, marks, last)
    confirmed = _steps(chart, [(day.day, day.confirmed) for day in days])
    end = number(chart.x(days[-1].day))
    parts.append(pen.path("soft", f"{confirmed}V{number(chart.foot)}H{number(chart.left)}Z"))
    parts.append(pen.path("line-3", _steps(chart, [(day.day, day.pending) for day in days])))
    if any(day.offered for day in days):
        parts.append(pen.path("line-2", _steps(chart, [(day.day, day.confirmed + day.offered) for day in days])))
    parts.append(pen.path("line-1", confirmed))
    parts.append(f'<circle {pen("dot")} cx="{end}" cy="{number(chart.y(days[-1].confirmed))}" r="5"/>')
    parts.extend(_deadline(pen, chart, deadline))
    parts.extend(_end_labels(pen, chart, days[-1], capacity))
    return frame(parts, width=width, height=height, title=title, name="time")


def _steps(chart: _Chart, points: Sequence[tuple[date, int]]) -> str:
    (first, value), rest = points[0], points[1:]
    head = f"M{number(chart.x(first))} {number(chart.y(value))}"
    return head + "".join(f"H{number(chart.x(day))}V{number(chart.y(count))}" for day, count in rest)


def _axes(pen: Pen, chart: _Chart, marks: Sequence[int], last: date) -> list[str]:
    parts = []
    for mark in marks:
        y = number(chart.y(mark))
        line = f'x1="{number(chart.left)}" x2="{number(chart.right)}" y1="{y}" y2="{y}"'
        parts.append(f"<line {pen('axis' if mark == 0 else 'grid')} {line}/>")
        parts.append(pen.text("label", chart.left - 8, chart.y(mark) + 4, mark, anchor="end"))
    for day in _days_to_name(chart, last):
        words = format_date(day, "MMM y" if chart.days > 300 else "d MMM", locale=get_locale() or "en")
        parts.append(pen.text("label", chart.x(day), chart.foot + 18, words, anchor="middle"))
    return parts


def _days_to_name(chart: _Chart, last: date) -> list[date]:
    room = max(int((chart.right - chart.left) // 70), 1)
    step = max(-(-chart.days // room), 1)
    if chart.days > 45:
        firsts = [chart.first + timedelta(days=count) for count in range(chart.days + 1)]
        months = [day for day in firsts if day.day == 1]
        return months[:: max(-(-len(months) // room), 1)]
    return [chart.first + timedelta(days=count) for count in range(0, (last - chart.first).days + 1, step)]


def _deadline(pen: Pen, chart: _Chart, deadline: tuple[date, str] | None) -> list[str]:
    if deadline is None or deadline[0] < chart.first:
        return []
    x = chart.x(deadline[0])
    line = pen.path("limit", f"M{number(x)} {number(chart.head)}V{number(chart.foot)}")
    return [line, pen.text("limit-label", x - 6, chart.head - 8, deadline[1], anchor="end")]


def _end_labels(pen: Pen, chart: _Chart, last: SeatDay, capacity: int | None) -> list[str]:
    parts = []
    wanted = [(chart.y(last.confirmed), "strong", gettext("%(num)s confirmed", num=last.confirmed))]
    if last.offered:
        height = chart.y(last.confirmed + last.offered)
        wanted.append((height, "label", gettext("%(num)s offered", num=last.offered)))
    if last.pending:
        wanted.append((chart.y(last.pending), "label", gettext("%(num)s pending", num=last.pending)))
    if capacity:
        y = number(chart.y(capacity))
        parts.append(pen.path("limit", f"M{number(chart.left)} {y}H{number(chart.right)}"))
        wanted.append((chart.y(capacity), "limit-label", gettext("%(num)s capacity", num=capacity)))
    lowest = chart.foot + 15.0
    # From the bottom upwards, so that no label leaves the drawing at its foot.
    for height, role, words in sorted(wanted, reverse=True):
        lowest = min(height, lowest - 15)
        parts.append(pen.text(role, chart.right + 8, lowest + 4, words))
    return parts
