"""What a person of a host gives an application: points by the criteria of the call, and a note of their own."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import ROUND_HALF_EVEN, Decimal

from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.errors import Stale
from gtn_events.core.text import clean_text
from gtn_events.core.upsert import insert_unless_there

from ..errors import ReviewRefused
from ..models import Application, CallCriterion, Intake, Review
from ..queries.host_desk import review_of, visible_application
from .review_window import require_reviews

LONGEST_NOTE = 5_000
STEP = Decimal("0.0001")


@dataclass(frozen=True)
class Given:
    """Points by the key of their criterion, and the note."""

    points: Mapping[str, int] = field(default_factory=dict)
    note: str = ""


def weighted_total(criteria: Iterable[CallCriterion], points: Mapping[str, int]) -> Decimal:
    """Return the weighted share of what has points, 0 to 100, with 4 decimals, rounded once at the end.

    A criterion gives its weight times ``point / highest``, so 4 of 5 at a weight of 30 gives 24.
    """
    given = (each for each in criteria if each.key in points)
    total = sum((each.weight * points[each.key] / len(each.levels) for each in given), Decimal())
    return total.quantize(STEP, rounding=ROUND_HALF_EVEN)


def save_review(
    intake: Intake, application: Application, given: Given, *, seen: int, actor: Account, now: datetime
) -> Review:
    """Keep what a person gives; it has a total as soon as every criterion has a point.

    Args:
        seen: the ``lock_version`` that the person's page shows, 0 for none.

    Raises:
        ReviewRefused: the time is over, the host does not see the application, or a point is not on its scale.
        Stale: another window saved since; that one stays.

    Flushes; the caller commits.
    """
    require_reviews(intake.call, now=now)
    require_visible(intake, application)
    criteria = intake.call.criteria
    _check(criteria, given)
    review = _row(intake, application, seen=seen, actor=actor, now=now)
    review.points, review.note, review.saved_at = dict(given.points), clean_text(given.note), now
    whole = bool(criteria) and len(given.points) == len(criteria)
    review.total = weighted_total(criteria, given.points) if whole else None
    db.session.flush()
    return review


def require_visible(intake: Intake, application: Application) -> None:
    """Do nothing when the host sees the application.

    Raises:
        ReviewRefused: it does not (any more).
    """
    if db.session.scalar(visible_application(intake, application.reference)) is None:
        raise ReviewRefused("This application is not with you any more.")


def _check(criteria: Iterable[CallCriterion], given: Given) -> None:
    known = {each.key: each for each in criteria}
    for key, point in given.points.items():
        if key not in known:
            raise ReviewRefused("The criteria were changed while you had them open. Load the page again.")
        if not 1 <= point <= len(known[key].levels):
            raise ReviewRefused(f"{known[key].label}: choose one of the points that are described.", field=key)
    if len(given.note) > LONGEST_NOTE:
        raise ReviewRefused(f"The note has more than {LONGEST_NOTE} signs. Shorten it.", field="note")


def _row(intake: Intake, application: Application, *, seen: int, actor: Account, now: datetime) -> Review:
    review = review_of(intake, application, actor.id)
    if review is None and seen == 0:
        ids = {"intake_id": intake.id, "application_id": application.id, "account_id": actor.id}
        first = {"points": {}, "note": "", "saved_at": now, "lock_version": 1}
        review = db.session.scalar(insert_unless_there(Review, **ids, **first).returning(Review))
        if review is not None:
            return review
    if review is None or review.lock_version != seen:
        raise Stale("This was changed in another window. What you chose here was not saved over it.")
    return review
