"""Making results public: once, from versions that stand from then on, perhaps only after an embargo."""

from collections.abc import Sequence
from datetime import datetime

from flask_babel import gettext as _

from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.journal import record
from gtn_events.core.moments import words_of_moment

from ..enums import RoundState
from ..errors import ResultRefused
from ..models import Competition, ResultVersion, Round
from ..queries.awards import awards_of
from ..queries.publication import rounds_in_order
from ..queries.ranking import latest_version
from ..results.ranking_records import digest_of
from .awards_by_rule import unexplained
from .chain import lock_round
from .entry_window import in_time_until
from .ranking import ranking_task
from .results_file import rounds_part
from .results_file_parts import award_part, published_lines
from .roots import SETTLED, record_call_root, record_publication_root


def publication_gaps(competition: Competition, *, now: datetime) -> list[str]:
    """Return what has to be done before results can be published, one sentence each."""
    rounds, close = rounds_in_order(competition), in_time_until(competition)
    gaps = [
        _("%(round)s is not decided.", round=each.title)
        for each in rounds
        if each.state in (RoundState.OPEN, RoundState.SCORED)
    ]
    if not any(each.state is RoundState.DECIDED for each in rounds):
        gaps.append(_("No round is decided."))
    if now < close + SETTLED:
        moment = words_of_moment(close, competition.time_zone)
        gaps.append(_("The call takes entries until %(moment)s. Wait, or move its close.", moment=moment))
    return gaps


def publish_results(competition: Competition, *, embargo_until: datetime | None, actor: Account, now: datetime) -> None:
    """Fix the newest version of every decided round and make the results public.

    Args:
        embargo_until: when everybody may see them; at once when empty.

    Raises:
        ResultRefused: they are published already, the call is open, a round is not decided, the embargo ends in the
            past, scorecards were excluded or entries withdrawn since a round was ranked, or a prize goes to another
            entry than its rule names and nothing says why.

    Flushes; the caller commits.
    """
    if competition.results_published_at is not None:
        raise ResultRefused(_("The results are published already."))
    gaps = publication_gaps(competition, now=now)
    if gaps:
        raise ResultRefused(" ".join(gaps))
    if embargo_until is not None and embargo_until <= now:
        raise ResultRefused(_("Choose a moment in the future, or leave it empty."), field="embargo_until")
    decided = _decided(competition)
    for round_, version in decided:
        lock_round(round_)
        task = ranking_task(round_)
        if digest_of(task.cards, task.added) != version.facts["cards_sha256"]:
            raise ResultRefused(
                _("Other scorecards of %(round)s count now than when it was ranked. Rank it again.", round=round_.title)
            )
        version.published_at = now
    if free := unexplained(competition):
        raise ResultRefused(
            _("%(label)s goes to another entry than its rule names. Take it back, or say why.", label=free[0].label)
        )
    competition.results_published_at, competition.results_embargo_until = now, embargo_until
    changes = {"embargo until": (None, embargo_until.isoformat() if embargo_until else None)}
    record("results published", competition, actor=actor, now=now, scope=competition.scope, changes=changes)
    db.session.flush()
    record_call_root(competition, now=now)
    record_what_is_public(competition, [version for _round, version in decided], now=now)


def record_what_is_public(competition: Competition, versions: Sequence[ResultVersion], *, now: datetime) -> None:
    """Write down the root of rankings, decisions and prizes that are public from now on. Flushes."""
    rounds = rounds_part(competition, versions)
    prizes = [award_part(each) for each in awards_of(competition)]
    record_publication_root(competition, published_lines(rounds, prizes), now=now)


def visible_from(competition: Competition) -> datetime | None:
    """Return from when everybody sees the results, None while they are not published."""
    published, embargo = competition.results_published_at, competition.results_embargo_until
    return max(published, embargo) if published and embargo else published


def are_visible(competition: Competition, *, now: datetime) -> bool:
    """Say whether everybody may see the results now."""
    since = visible_from(competition)
    return since is not None and now >= since


def _decided(competition: Competition) -> list[tuple[Round, ResultVersion]]:
    found = []
    for round_ in rounds_in_order(competition):
        version = latest_version(round_)
        if round_.state is RoundState.DECIDED and version is not None:
            found.append((round_, version))
    return found
