"""The ranking of a round: its versions with their uncertainty, and what moved."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from markupsafe import Markup

from gtn_events.core.db import db
from gtn_events.core.listing import Listing
from gtn_events.core.pages import Page, paginate
from gtn_events.core.permissions import Permission, requires
from gtn_events.core.plots import RankAxis, moves_svg, rank_axis_svg, rank_bar_svg, severity_svg

from ...models import Competition, RankingRow, ResultVersion, Round
from ...queries.decisions import next_round, standing_counts, standings_by_entry
from ...queries.ranking import moved_between, ranked, scored_rounds, size_of, tie_bounds, versions_of_round
from ...results.notices import SENTENCES, NoticeCode
from .blueprint import blueprint

ROWS = 50
FIRST_MOVES = 10
MOST_BARS = 40
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
        notices=_notices(version),
        standings=standings_by_entry(round_, [row.entry_id for row in page.items]),
        counts=standing_counts(round_),
        following=next_round(round_),
        severity=_severity(version),
        severity_plot=_severity_plot(version),
        moves=(moves := _moves(version)),
        moves_plot=_moves_plot(moves),
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


def _notices(version: ResultVersion) -> list[str]:
    def words(code: str, figures: dict[str, Any]) -> str:
        numbers = {key: Decimal(value) if key == "f" else value for key, value in figures.items()}
        return _(SENTENCES[NoticeCode(code)]) % numbers

    return [words(each["code"], each["figures"]) for each in version.facts["notices"]]


def _severity(version: ResultVersion) -> list[tuple[str, Decimal, Decimal, int]]:
    found = sorted(version.facts.get("severity", ()), key=lambda each: Decimal(each["points"]))
    return [
        (
            _("Judge %(number)s", number=f"{each['judge']:02d}"),
            Decimal(each["points"]),
            Decimal(each["error"]),
            each["scorecards"],
        )
        for each in found
    ]


def _severity_plot(version: ResultVersion) -> Markup | None:
    judges = [(name, float(points), float(error)) for name, points, error, _cards in _severity(version)]
    if len(judges) > MOST_BARS:
        judges = [*judges[: MOST_BARS // 2], *judges[-MOST_BARS // 2 :]]
    return severity_svg(judges) if judges else None


def _moves(version: ResultVersion) -> list[tuple[str, int, int]]:
    rows = db.session.scalars(ranked(version).order_by(RankingRow.rank).limit(FIRST_MOVES))
    return [(row.entry.title, row.raw_rank, row.rank) for row in rows]


def _moves_plot(moves: list[tuple[str, int, int]]) -> Markup | None:
    if all(before == after for _title, before, after in moves):
        return None
    return moves_svg(moves, before=_("Raw"), after=_("Calibrated"))
