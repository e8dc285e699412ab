"""The ranking of a round: its versions with their uncertainty, and what moved."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue

from gtn_events.core.listing import Listing
from gtn_events.core.pages import Page, paginate
from gtn_events.core.permissions import Permission, may, requires
from gtn_events.core.plots import RankAxis, rank_axis_svg, rank_bar_svg

from ...enums import RoundState
from ...models import Competition, RankingRow, ResultVersion, Round
from ...queries.decisions import next_round, standing_counts, standings_by_entry
from ...queries.ranking import moved_between, ranked, scored_rounds, size_of, tie_bounds, versions_of_round
from ...queries.rounds import incoming_count
from ...score_plots import judges_against_all, score_columns
from ...words import name_of_pattern, notices_of
from .blueprint import blueprint
from .ranking_parts import FURTHER, advised, criteria_labels, first_moves, moves_plot, severities, severity_plot

ROWS = 50
MOST_MOVED = 100


@dataclass(frozen=True)
class TieGroup:
    """The rows of one tie group on a page, and the ranks of the whole group."""

    letter: str
    first: int
    last: int
    rows: Sequence[RankingRow]


@blueprint.get("/ranking")
@requires(Permission.COMPETITION_RESULTS_SEE)
def ranking(competition: Competition) -> ResponseReturnValue:
    """Show the ranking of one round: the one that the address names, else the last that is scored."""
    rounds = scored_rounds(competition)
    round_ = chosen_round(rounds)
    if round_ is None:
        return render_template("competition/manage/ranking_empty.html", competition=competition)
    versions = versions_of_round(round_)
    version = _version(versions)
    shown: dict[str, Any] = {"competition": competition, "rounds": rounds, "round": round_, "versions": versions}
    if version is None:
        return render_template("competition/manage/ranking_first.html", **shown)
    page, size, places = _page(round_, version), size_of(version), version.facts["places"]
    axis = RankAxis(size, places)
    spend = request.args.get("further", default=FURTHER[1], type=int)
    return render_template(
        "competition/manage/ranking.html",
        **shown,
        version=version,
        page=page,
        size=size,
        places=places,
        groups=_groups(version, page.items),
        axis=rank_axis_svg(axis),
        bars={row.id: rank_bar_svg(axis, row.rank, row.interval_low, row.interval_high) for row in page.items},
        notices=notices_of(version.facts),
        criteria=criteria_labels(round_),
        standings=standings_by_entry(round_, [row.entry_id for row in page.items]),
        counts=standing_counts(round_),
        labels={each.key: each.label for each in competition.categories},
        following=(following := next_round(round_)),
        coming=incoming_count(following, round_) if following else 0,
        severity=(judges := severities(version)),
        severity_plot=severity_plot(judges),
        marks=_marks(round_, version),
        columns=score_columns(round_, version),
        judges_plot=judges_against_all(version),
        moves=(moves := first_moves(version)),
        moves_plot=moves_plot(version, moves),
        advised=advised(version, spend) if round_.state is RoundState.SCORED and version == versions[0] else [],
        spend=spend,
        spends=FURTHER,
        votes=[tie for tie in version.facts["ties"] if tie["step"] == "chair"] if version == versions[0] else [],
    )


@blueprint.get("/ranking/<int:number>/versions")
@requires(Permission.COMPETITION_RESULTS_SEE)
def ranking_versions(competition: Competition, number: int) -> ResponseReturnValue:
    """Show all versions of a round, and what moved between two of them."""
    round_ = numbered_round(competition, number)
    versions = versions_of_round(round_)
    by_number = {each.number: each for each in versions}
    newer = by_number.get(request.args.get("newer", type=int) or 0) or next(iter(versions), None)
    older = by_number.get(request.args.get("older", type=int) or 0) or (versions[1] if len(versions) > 1 else None)
    moved = moved_between(older, newer, most=MOST_MOVED) if older and newer else []
    return render_template(
        "competition/manage/ranking_versions.html",
        competition=competition,
        round=round_,
        versions=versions,
        older=older,
        newer=newer,
        moved=moved,
    )


def numbered_round(competition: Competition, number: int) -> Round:
    """Return a round that is scored, or say that there is none."""
    round_ = next((each for each in scored_rounds(competition) if each.number == number), None)
    if round_ is None:
        abort(404)
    return round_


def chosen_round(rounds: list[Round]) -> Round | None:
    """Return the round that the address names, else the last; a number that is none of them is not found."""
    wanted = request.args.get("round", type=int)
    if wanted is None:
        return rounds[-1] if rounds else None
    found = next((each for each in rounds if each.number == wanted), None)
    if found is None:
        abort(404)
    return found


def _version(versions: list[ResultVersion]) -> ResultVersion | None:
    wanted = request.args.get("version", type=int)
    if wanted is None:
        return versions[0] if versions else None
    found = next((each for each in versions if each.number == wanted), None)
    if found is None:
        abort(404)
    return found


def _page(round_: Round, version: ResultVersion) -> Page[Any]:
    listing = Listing.read(
        request.path,
        request.args,
        sorts={"rank": RankingRow.rank},
        default_sort="rank",
        filters={"round": [str(round_.number)], "version": [str(version.number)]},
        size=ROWS,
    )
    return paginate(ranked(version), listing, tie=RankingRow.id)


def _groups(version: ResultVersion, rows: Sequence[RankingRow]) -> list[TieGroup]:
    together: dict[int, list[RankingRow]] = {}
    for row in rows:
        together.setdefault(row.tie_group, []).append(row)
    bounds = tie_bounds(version, together)
    return [TieGroup(_letter(group), *bounds[group], members) for group, members in together.items()]


def _letter(number: int) -> str:
    """Return A for 0, Z for 25, AA for 26."""
    rest, last = divmod(number, 26)
    return (_letter(rest - 1) if rest else "") + chr(ord("A") + last)


def _marks(round_: Round, version: ResultVersion) -> list[tuple[int, str]]:
    """Return number and patterns of the judges to be reviewed; nothing but for who sees the page of integrity."""
    if not may(Permission.COMPETITION_INTEGRITY_SEE, round_):
        return []
    patterns: dict[int, list[str]] = {}
    for each in version.facts.get("review", {}).get("findings", ()):
        patterns.setdefault(each["judge"], []).append(name_of_pattern(each["pattern"]))
    return [(judge, ", ".join(names)) for judge, names in sorted(patterns.items())]
