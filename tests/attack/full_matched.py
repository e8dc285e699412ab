"""A published match of a call with an offer, made by the same functions as on the pages."""

from typing import Any

from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.incubation.domain.match_runs import keep_run
from gtn_events.incubation.domain.offers import publish_run
from gtn_events.incubation.matching import match
from gtn_events.incubation.models import Call
from gtn_events.incubation.queries.market import market_of
from tests.factories import MADE_AT


def make_matched(call: Call, organiser: Account) -> dict[str, Any]:
    """Match and publish what the call holds, and return what addresses are filled with."""
    rows = market_of(call)
    run = keep_run(call, rows, match(rows.market), actor=organiser, now=MADE_AT)
    offers = publish_run(run, actor=organiser, now=MADE_AT)
    db.session.commit()
    return {"offer_id": offers[0].id}
