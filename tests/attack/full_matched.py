"""A published match of a call with an offer, made by the same functions as on the pages."""

from datetime import date
from typing import Any

from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.incubation.domain.match_runs import keep_run
from gtn_events.incubation.domain.offers import publish_run
from gtn_events.incubation.matching import match
from gtn_events.incubation.models import Call, HostRank
from gtn_events.incubation.queries.market import market_of
from tests.factories import MADE_AT, make_account
from tests.incubation.factories import make_application, make_host, make_intake


def make_matched(call: Call, organiser: Account, word: str) -> dict[str, Any]:
    """Match a firm with a host that ranks it, publish that, and return what addresses are filled with."""
    host = make_host(f"Matching {word}", verified_until=date(2100, 1, 1))
    intake = make_intake(call, host, gives=f"Gives {word}", asks=f"Asks {word}", ranking_sent_at=MADE_AT)
    account = make_account(f"matched.{word}@gtn.example", economy_code="PE")
    db.session.add(HostRank(intake=intake, application=make_application(call, account, [intake], word), tier=1))
    db.session.commit()
    rows = market_of(call)
    run = keep_run(call, rows, match(rows.market), actor=organiser, now=MADE_AT)
    offers = publish_run(run, actor=organiser, now=MADE_AT)
    db.session.commit()
    return {"offer_id": offers[0].id}
