"""The list of competitions, and the page of one: what, for whom, what can be won, how it is judged, the one button."""

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from gtn_events.core import clock
from gtn_events.core.db import db
from gtn_events.core.permissions import public
from gtn_events.eligibility.domain.keeping import rules_of
from gtn_events.eligibility.domain.setting import economy_names, words_of_rule

from ...domain.endorsement_window import endorsement_until
from ...domain.entry_window import Window, in_time_until, window_of
from ...domain.nomination_use import open_nomination
from ...enums import EconomyPolicy, EntryPath
from ...models import Competition, EntryDraft
from ...queries.competitions import categories_in_order
from ...queries.entrant import count_entries_of, drafts_of
from ...queries.live import finals_of
from ...queries.public_page import published_competitions, rounds_with_criteria
from ...queries.roots import roots_of
from .blueprint import blueprint

FIRST = (Window.OPEN, Window.GRACE, Window.LATE, Window.BEFORE, Window.OVER)


@blueprint.get("/")
@public
def index() -> ResponseReturnValue:
    """Show the published competitions: those that take entries first, then what comes, then what is over."""
    now = clock.now()
    found = [(each, window_of(each, now=now)) for each in published_competitions()]
    found.sort(key=lambda pair: FIRST.index(pair[1]))
    return render_template("competition/public/index.html", competitions=found)


@blueprint.get("/<competition>/")
@public
def show(competition: Competition) -> ResponseReturnValue:
    """Show one competition to whoever thinks about entering it."""
    now, names, rounds = clock.now(), economy_names(), rounds_with_criteria(competition)
    return render_template(
        "competition/public/show.html",
        competition=competition,
        categories=categories_in_order(competition),
        rules=[words_of_rule(rule, names) for rule in rules_of(competition)],
        rounds=rounds,
        finals=finals_of(competition),
        window=window_of(competition, now=now),
        in_time_until=in_time_until(competition),
        endorsement_until=endorsement_until(competition),
        may_enter=_may_enter(competition),
        drafts=_own_drafts(competition),
        entries=_count_own_entries(competition),
        only_other_economies=bool(rounds) and all(each.economy_policy is EconomyPolicy.FORBID for each in rounds),
        ring=[(code, name, 0) for code, name in names.items()],
        roots=roots_of(competition),
        now=now,
    )


def _may_enter(competition: Competition) -> bool:
    if competition.entry_path is not EntryPath.NOMINATED:
        return True
    return current_user.is_authenticated and open_nomination(competition, current_user) is not None


def _own_drafts(competition: Competition) -> list[EntryDraft]:
    if not current_user.is_authenticated:
        return []
    return list(db.session.scalars(drafts_of(competition_id=competition.id, account_id=current_user.id)))


def _count_own_entries(competition: Competition) -> int:
    if not current_user.is_authenticated:
        return 0
    statement = count_entries_of(competition_id=competition.id, account_id=current_user.id)
    return db.session.scalar(statement) or 0
