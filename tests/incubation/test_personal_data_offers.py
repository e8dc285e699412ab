"""What the match keeps about an applicant, told and let go."""

import json
from datetime import UTC, datetime

from sqlalchemy import select

from gtn_events.accounts.domain.personal_data import erase_person, export_person
from gtn_events.accounts.enums import Role
from gtn_events.core.db import db
from gtn_events.core.outbox import OutboxMail
from gtn_events.incubation.domain.application_transitions import Party
from gtn_events.incubation.domain.applications import withdraw_application
from gtn_events.incubation.domain.match_runs import keep_run
from gtn_events.incubation.domain.offers import decline_offer, publish_run
from gtn_events.incubation.enums import OfferState
from gtn_events.incubation.matching import match
from gtn_events.incubation.models import HostRank, Offer
from gtn_events.incubation.queries.market import market_of
from tests.factories import grant_role, make_account
from tests.incubation.factories import make_application, make_call, make_host, make_intake

NOW = datetime(2027, 6, 14, 3, 0, tzinfo=UTC)


def declined_offer() -> Offer:
    """Rosa was offered a place at Korat, whose manager was told, and gave it back."""
    organiser, rosa = make_account("organiser@gtn.example"), make_account("rosa@firm.example", economy_code="PE")
    call = make_call()
    intake = make_intake(call, make_host("Korat"))
    grant_role(make_account("korat@host.example"), Role.HOST_MANAGER, intake.host.scope)
    application = make_application(call, rosa, [intake])
    db.session.add(HostRank(intake=intake, application=application, tier=1))
    db.session.flush()
    rows = market_of(call)
    (offer,) = publish_run(keep_run(call, rows, match(rows.market), actor=None, now=NOW), actor=organiser, now=NOW)
    decline_offer(offer, actor=rosa, now=NOW, reason="Rosa is ill.")
    db.session.commit()
    return offer


def test_the_export_tells_offers_and_the_published_match(database: None) -> None:
    offer = declined_offer()
    told = json.loads(json.dumps(export_person(offer.application.account)))["offers"]
    assert (told["offers"][0]["host"], told["offers"][0]["reason"]) == ("Korat", "Rosa is ill.")
    key = offer.application.lottery_key
    assert told["matches"] == [{"call": "Co-incubation 2027", "run": 1, "key": key, "host": "Korat", "choice": 1}]


def test_the_erasure_takes_reasons_and_mails_and_leaves_the_state(database: None) -> None:
    offer = declined_offer()
    application = offer.application
    withdraw_application(application, party=Party.APPLICANT, actor=application.account, now=NOW)
    erase_person(application.account, now=NOW)
    db.session.commit()
    db.session.expire_all()
    assert (offer.state, offer.reason) == (OfferState.DECLINED, "")
    texts = db.session.scalars(select(OutboxMail.body_text).where(OutboxMail.key.startswith("offer:")))
    assert [each for each in texts if "Andes Cold Chain" in each] == []
