"""The dashboard of co-incubation: what is counted, put together once for the page, the exports and the report."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from flask_babel import gettext as _
from markupsafe import Markup

from gtn_events.core.economies import economies_in_order
from gtn_events.core.plots import MomentMedian, funnel_svg, medians_svg, ring_svg, stacked_bars_svg

from .enums import Moment
from .outcomes import Asked, Outcome, outcomes_of
from .queries.dashboard import (
    Cohort,
    HostFill,
    Reach,
    Stage,
    asked_figures,
    cohorts,
    flows,
    given_figures,
    places_of_hosts,
)

MOST_BARS = 30


@dataclass(frozen=True)
class StageRow:
    """One stage over all calls: how many reached it, and how many of those are led by a woman."""

    label: str
    count: int
    women: int


@dataclass(frozen=True)
class Dashboard:
    """Everything that is counted; ``economies`` are codes and names in protocol order."""

    cohorts: Sequence[Cohort]
    hosts: Sequence[HostFill]
    flows: Mapping[tuple[str, str], int]
    asked: Sequence[Asked]
    outcomes: Sequence[Outcome]
    economies: Sequence[tuple[str, str]]

    @cached_property
    def stages(self) -> list[StageRow]:
        """The stages summed over the calls."""
        return [
            StageRow(
                stage.label,
                sum(each.counts[index] for each in self.cohorts),
                sum(each.women[index] for each in self.cohorts),
            )
            for index, stage in enumerate(Stage)
        ]

    @property
    def places(self) -> int:
        """Places that hosts give."""
        return sum(host.places for host in self.hosts)

    @property
    def filled(self) -> int:
        """Places of these hosts that a firm accepted."""
        return sum(host.filled for host in self.hosts)

    @property
    def names(self) -> Mapping[str, str]:
        """Names of the economies by their code."""
        return dict(self.economies)

    @cached_property
    def senders(self) -> list[str]:
        """Codes of the economies whose firms accepted a place, in protocol order."""
        return [code for code, _name in self.economies if any(home == code for home, _host in self.flows)]

    @cached_property
    def receivers(self) -> list[str]:
        """Codes of the economies that firms go to, in protocol order."""
        return [code for code, _name in self.economies if any(host == code for _home, host in self.flows)]


def dashboard_of(reach: Reach, *, today: date) -> Dashboard:
    """Return the dashboard of a reach, in six queries whatever its size."""
    asked = asked_figures(reach, today)
    return Dashboard(
        cohorts=cohorts(reach),
        hosts=places_of_hosts(reach),
        flows=flows(reach),
        asked=asked,
        outcomes=outcomes_of(given_figures(reach), asked),
        economies=[(each.code, each.short_name) for each in economies_in_order()],
    )


def funnel_plot(board: Dashboard, *, standalone: bool = False) -> Markup:
    """Return how many applications reached each stage."""
    steps = [(row.label, row.count) for row in board.stages]
    words = "; ".join(f"{word} {count}" for word, count in steps)
    title = _("Applications by the stage they reached: %(words)s.", words=words)
    return funnel_svg(steps, title=title, standalone=standalone)


def hosts_plot(board: Dashboard, *, standalone: bool = False) -> Markup:
    """Return filled and free places of the hosts that give the most."""
    rows = [(host.slug, host.name, (host.filled, host.free)) for host in board.hosts[:MOST_BARS]]
    title = _("Of %(places)s places, %(filled)s are filled; by host.", places=board.places, filled=board.filled)
    series = (_("Filled"), _("Free"))
    return stacked_bars_svg(rows, series=series, title=title, width=580, names=180, standalone=standalone)


def flows_plot(board: Dashboard, *, standalone: bool = False) -> Markup:
    """Return the ring of the economies with a chord for every pair between which firms go."""
    ends: dict[str, int] = {}
    for (home, host), count in board.flows.items():
        for code in (home, host):
            ends[code] = ends.get(code, 0) + count
    pairs: dict[tuple[str, str], int] = {}
    for (home, host), count in board.flows.items():
        key = (min(home, host), max(home, host))
        pairs[key] = pairs.get(key, 0) + count
    title = _(
        "Ring of the economies; %(count)s firms accepted a place in another economy, between %(pairs)s pairs.",
        count=sum(board.flows.values()),
        pairs=len(pairs),
    )
    values = [(code, name, ends.get(code, 0)) for code, name in board.economies]
    chords = [(one, other, count) for (one, other), count in sorted(pairs.items())]
    return ring_svg(values, chords=chords, title=title, standalone=standalone)


def outcome_plot(outcome: Outcome, *, standalone: bool = False) -> Markup:
    """Return the medians of one figure over the moments."""
    short = {Moment.START: _("Start"), Moment.END: _("End")}
    moments = [
        MomentMedian(
            word=short.get(each.moment) or _("+%(months)s mo", months=each.moment.months),
            median=float(each.middle) if each.middle is not None else None,
            answered=each.given,
            due=each.due,
        )
        for each in outcome.levels
    ]
    title = _("%(figure)s: medians over time; the numbers stand in the table.", figure=outcome.figure.label)
    return medians_svg(moments, title=title, standalone=standalone)
