"""Funded travel: one category a person, ceilings, papers under seal, per diem by the nights, exact sums."""

import json
from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import partial
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from gtn_events.accounts.domain.personal_data import erase_person, export_person
from gtn_events.accounts.models import Account
from gtn_events.core.db import Base, db
from gtn_events.core.errors import Stale
from gtn_events.core.jobs import run_due_periodic_tasks
from gtn_events.core.journal import JournalEntry
from gtn_events.core.outbox import OutboxMail
from gtn_events.core.sealing import Shredded, shred_due
from gtn_events.delegations.domain.travel import (
    TravelRules,
    edit_travel_rules,
    fund_traveller,
    set_amounts,
    set_journey,
    settle,
    withdraw_funding,
)
from gtn_events.delegations.domain.travel_papers import accept_paper, read_paper, return_paper, send_paper
from gtn_events.delegations.domain.travel_per_diem import NOTHING, per_diem
from gtn_events.delegations.models import Traveller
from gtn_events.delegations.queries.travel import travel_settings, travellers_of
from gtn_events.delegations.travel_enums import FundingCategory, PaperKind, PaperState, TravellerState
from gtn_events.delegations.travel_errors import PaperRefused, TravelRefused
from gtn_events.delegations.travel_ledger import ledger, totals
from gtn_events.forum.enums import Funding, RegistrationState
from gtn_events.forum.models import Forum
from tests.delegations.travelling import PDF, SECRET, delegate, pdf
from tests.factories import make_account, make_forum
from tests.queries import count_queries

pytestmark = pytest.mark.usefixtures("database")
PARTICIPANT, EXPERT = FundingCategory.PARTICIPANT, FundingCategory.EXPERT
DAYS = {"starts_on": date(2013, 6, 5), "ends_on": date(2013, 6, 6), "rate": Decimal("133.33")}


@pytest.fixture
def forum() -> Forum:
    return make_forum()


@pytest.fixture
def officer() -> Account:
    return make_account("officer@gtn.example", family_name="Officer")


def rules(**values: object) -> TravelRules:
    given = {
        "ceiling": 2,
        "currency": "USD",
        "daily_rate": Decimal("100.00"),
        "papers": (PaperKind.PASSPORT, PaperKind.BANK),
        "due_on": date(2013, 5, 20),
        "ceilings": {},
    }
    return TravelRules(**given | values)  # type: ignore[arg-type]


@pytest.fixture
def traveller(forum: Forum, officer: Account, now: datetime) -> Traveller:
    edit_travel_rules(forum, rules(), actor=officer, now=now)
    made = fund_traveller(delegate(forum, "ana@firm.example"), PARTICIPANT, actor=officer, now=now)
    db.session.commit()
    return made


@pytest.mark.parametrize(
    ("arrives", "departs", "nights", "days", "amount"),
    [
        (4, 7, 3, "3.75", "499.99"),  # 499.9875
        (1, 12, 3, "3.75", "499.99"),  # earlier and later nights are one's own
        (5, 6, 1, "1.75", "233.33"),  # 233.3275
        (5, 5, 0, "0.75", "100.00"),  # 99.9975
        (7, 9, 0, "0.75", "100.00"),
        (8, 9, 0, "0.00", "0.00"),
        (1, 3, 0, "0.00", "0.00"),
    ],
)
def test_per_diem_counts_nights_and_three_quarters_of_a_day_once(
    arrives: int, departs: int, nights: int, days: str, amount: str
) -> None:
    found = per_diem(date(2013, 6, arrives), date(2013, 6, departs), **DAYS)
    assert (found.nights, found.days, found.amount) == (nights, Decimal(days), Decimal(amount))


def test_no_stay_is_no_per_diem() -> None:
    assert per_diem(date(2013, 7, 1), date(2013, 7, 2), **DAYS) == NOTHING


def test_ceiling_of_an_economy_holds_for_participants_only(forum: Forum, officer: Account, now: datetime) -> None:
    people = [delegate(forum, f"p{number}@firm.example") for number in range(4)]
    for each in people[:2]:
        fund_traveller(each, PARTICIPANT, actor=officer, now=now)
    with pytest.raises(TravelRefused, match="Thailand has 2 funded participants already"):
        fund_traveller(people[2], PARTICIPANT, actor=officer, now=now)
    fund_traveller(people[2], EXPERT, actor=officer, now=now)
    edit_travel_rules(forum, rules(ceilings={"THA": 3}), actor=officer, now=now)
    fund_traveller(people[3], PARTICIPANT, actor=officer, now=now)
    assert people[3].funding is Funding.APEC


def test_participants_come_from_travel_eligible_economies(forum: Forum, officer: Account, now: datetime) -> None:
    japan = delegate(forum, "j@firm.example", economy="JPN")
    with pytest.raises(TravelRefused, match="Japan is not travel-eligible"):
        fund_traveller(japan, PARTICIPANT, actor=officer, now=now)
    assert fund_traveller(japan, EXPERT, actor=officer, now=now).category is EXPERT


@pytest.mark.parametrize("again", list(FundingCategory))
def test_a_person_is_funded_in_one_category_only(
    traveller: Traveller, officer: Account, now: datetime, again: FundingCategory
) -> None:
    with pytest.raises(TravelRefused, match="funded as participant already"):
        fund_traveller(traveller.registration, again, actor=officer, now=now)


def test_database_holds_one_live_journey_of_a_person(traveller: Traveller, now: datetime) -> None:
    copy = {name: getattr(traveller, name) for name in ("forum_id", "registration_id", "account_id", "economy_code")}
    db.session.add(Traveller(**copy, category=EXPERT, funded_at=now))
    with pytest.raises(IntegrityError):
        db.session.flush()
    db.session.rollback()


def test_withdrawn_place_is_free_again_and_papers_are_shredded(
    traveller: Traveller, officer: Account, now: datetime
) -> None:
    paper = send_paper(traveller, PaperKind.BANK, pdf(), actor=traveller.account, now=now)
    with pytest.raises(TravelRefused, match="Say why"):
        withdraw_funding(traveller, reason="", actor=officer, now=now)
    withdraw_funding(traveller, reason="Cannot come.", actor=officer, now=now)
    with pytest.raises(Shredded):
        read_paper(paper, actor=officer, now=now)
    assert traveller.registration.funding is Funding.OWN
    again = fund_traveller(traveller.registration, EXPERT, actor=officer, now=now)
    assert again.state is TravellerState.FUNDED


def test_only_approved_people_are_funded(forum: Forum, officer: Account, now: datetime) -> None:
    waits = delegate(forum, "w@firm.example", state=RegistrationState.PENDING)
    with pytest.raises(TravelRefused, match="approved by economy and host"):
        fund_traveller(waits, PARTICIPANT, actor=officer, now=now)


def test_paper_goes_its_way(traveller: Traveller, officer: Account, now: datetime) -> None:
    paper = send_paper(traveller, PaperKind.BANK, pdf(), actor=traveller.account, now=now)
    assert read_paper(paper, actor=officer, now=now).data == PDF
    with pytest.raises(PaperRefused, match="Say what is wrong"):
        return_paper(paper, reason="", seen=paper.lock_version, actor=officer, now=now)
    return_paper(paper, reason="Cut off.", seen=paper.lock_version, actor=officer, now=now)
    with pytest.raises(PaperRefused, match="decided on meanwhile"):
        accept_paper(paper, seen=paper.lock_version, actor=officer, now=now)
    assert send_paper(traveller, PaperKind.BANK, pdf(), actor=traveller.account, now=now) is paper
    accept_paper(paper, seen=paper.lock_version, actor=officer, now=now)
    with pytest.raises(PaperRefused, match="was accepted"):
        send_paper(traveller, PaperKind.BANK, pdf(), actor=traveller.account, now=now)
    acts = list(db.session.scalars(select(JournalEntry.action).order_by(JournalEntry.id)))
    assert acts[-5:] == [
        "travel paper sent",
        "travel paper opened",
        "travel paper returned",
        "travel paper sent",
        "travel paper accepted",
    ]


@pytest.mark.parametrize("decide", [accept_paper, partial(return_paper, reason="Cut off.")])
def test_a_paper_that_was_replaced_since_it_was_looked_at_is_not_decided_on(
    traveller: Traveller, officer: Account, now: datetime, decide: Callable[..., None]
) -> None:
    seen = send_paper(traveller, PaperKind.BANK, pdf(), actor=traveller.account, now=now).lock_version
    paper = send_paper(traveller, PaperKind.BANK, pdf(), actor=traveller.account, now=now)
    with pytest.raises(Stale, match="Bank form: the traveller sent another file"):
        decide(paper, seen=seen, actor=officer, now=now)
    decide(paper, seen=paper.lock_version, actor=officer, now=now)


def test_journey_is_settled_when_needed_papers_are_accepted(
    traveller: Traveller, officer: Account, now: datetime
) -> None:
    for kind in (PaperKind.PASSPORT, PaperKind.BANK):
        with pytest.raises(TravelRefused, match="Not accepted yet"):
            settle(traveller, actor=officer, now=now)
        paper = send_paper(traveller, kind, pdf(), actor=traveller.account, now=now)
        accept_paper(paper, seen=paper.lock_version, actor=officer, now=now)
    settle(traveller, actor=officer, now=now)
    with pytest.raises(TravelRefused, match="settled"):
        set_journey(traveller, arrives_on=date(2013, 6, 4), departs_on=date(2013, 6, 7), actor=officer, now=now)
    with pytest.raises(PaperRefused):
        send_paper(traveller, PaperKind.CLAIM, pdf(), actor=traveller.account, now=now)


@pytest.mark.parametrize(("days", "field"), [((7, 4), "departs_on"), ((1, 3), "arrives_on"), ((8, 9), "arrives_on")])
def test_journey_that_cannot_be(
    traveller: Traveller, officer: Account, now: datetime, days: tuple[int, int], field: str
) -> None:
    arrives_on, departs_on = (date(2013, 6, day) for day in days)
    with pytest.raises(TravelRefused) as refused:
        set_journey(traveller, arrives_on=arrives_on, departs_on=departs_on, actor=officer, now=now)
    assert refused.value.field == field


def test_ledger_adds_up_exactly_by_person_and_economy(traveller: Traveller, officer: Account, now: datetime) -> None:
    other = fund_traveller(delegate(traveller.forum, "o@firm.example", economy="PE"), EXPERT, actor=officer, now=now)
    set_journey(traveller, arrives_on=date(2013, 6, 4), departs_on=date(2013, 6, 7), actor=officer, now=now)
    amounts = dict.fromkeys(("planned_other", "paid_other"), Decimal("0.00"))
    fare = {"planned_fare": Decimal("812.10"), "paid_fare": Decimal("812.20"), "paid_per_diem": Decimal("375.00")}
    set_amounts(traveller, amounts | fare, actor=officer, now=now)
    set_amounts(other, amounts | fare | {"planned_fare": Decimal("0.10")}, actor=officer, now=now)
    withdraw_funding(other, reason="Ill.", actor=officer, now=now)
    rows = ledger(travellers_of(traveller.forum), travel_settings(traveller.forum))
    sums = [(each.name, each.people, each.planned, each.paid, each.variance) for each in totals(rows)]
    assert sums == [
        ("Peru", 1, Decimal("0.00"), Decimal("1187.20"), Decimal("1187.20")),
        ("Thailand", 1, Decimal("1187.10"), Decimal("1187.20"), Decimal("0.10")),
        ("", 2, Decimal("1187.10"), Decimal("2374.40"), Decimal("1187.30")),
    ]


def test_board_asks_no_query_for_each_person(forum: Forum, officer: Account, now: datetime) -> None:
    counts, forum_id, officer_id = [], forum.id, officer.id
    for number in (1, 4):
        actor = db.session.get_one(Account, officer_id)
        for each in range(number):
            person = delegate(db.session.get_one(Forum, forum_id), f"q{number}{each}@firm.example")
            made = fund_traveller(person, EXPERT, actor=actor, now=now)
            send_paper(made, PaperKind.BANK, pdf(), actor=made.account, now=now)
        db.session.commit()
        db.session.expunge_all()
        with count_queries() as queries:
            for found in travellers_of(db.session.get_one(Forum, forum_id), economy_code="THA"):
                assert (found.registration.representation, len(found.papers)) == ("Thailand", 1)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_reminders_come_once_for_each_step_and_stop_when_papers_are_there(traveller: Traveller, now: datetime) -> None:
    def mails() -> int:
        return len(
            list(db.session.scalars(select(OutboxMail).where(OutboxMail.template == "forum/travel_papers_missing")))
        )

    counted = []
    for day in (5, 6, 7, 13, 19, 21):
        run_due_periodic_tasks(datetime(2013, 5, day, 2, 0, tzinfo=now.tzinfo))
        counted.append(mails())
    assert counted == [0, 1, 1, 2, 3, 3]


def test_no_reminder_when_everything_is_there(traveller: Traveller, now: datetime) -> None:
    for kind in (PaperKind.PASSPORT, PaperKind.BANK):
        send_paper(traveller, kind, pdf(), actor=traveller.account, now=now)
    db.session.commit()
    run_due_periodic_tasks(datetime(2013, 5, 19, 2, 0, tzinfo=now.tzinfo))
    templates = set(db.session.scalars(select(OutboxMail.template)))
    assert "forum/travel_papers_missing" not in templates


def test_papers_are_shredded_on_the_day_and_their_states_stay(
    traveller: Traveller, officer: Account, now: datetime
) -> None:
    paper = send_paper(traveller, PaperKind.BANK, pdf(), actor=traveller.account, now=now)
    assert shred_due(date(2013, 7, 6), now=now) == 1
    with pytest.raises(Shredded):
        read_paper(paper, actor=officer, now=now)
    assert paper.state is PaperState.SENT


def test_nothing_of_a_paper_is_in_plain_anywhere(traveller: Traveller, now: datetime, app: Flask) -> None:
    send_paper(traveller, PaperKind.BANK, pdf(), actor=traveller.account, now=now)
    db.session.commit()
    words = (SECRET, "bank form of Ana")
    for table in Base.metadata.sorted_tables:
        for row in db.session.execute(select(table)):
            assert [word for word in words if word in str(tuple(row))] == [], table.name
    files = [path for path in Path(app.instance_path).rglob("*") if path.is_file()]
    if db.engine.dialect.name == "sqlite":
        base = Path(str(db.engine.url.database))
        files += base.parent.glob(base.name + "*")
    assert [path for path in files if any(word.encode() in path.read_bytes() for word in words)] == []


def test_export_tells_and_erasure_shreds(traveller: Traveller, officer: Account, now: datetime) -> None:
    paper = send_paper(traveller, PaperKind.BANK, pdf(), actor=traveller.account, now=now)
    return_paper(paper, reason="Ana's form is cut off.", seen=paper.lock_version, actor=officer, now=now)
    told = json.loads(json.dumps(export_person(traveller.account)["travel"]))
    assert told[0]["papers"] == [
        {"kind": "bank", "state": "returned", "reason": "Ana's form is cut off.", "file": "bank form of Ana.pdf"}
    ]
    erase_person(traveller.account, now=datetime(2013, 6, 6, tzinfo=now.tzinfo) + timedelta(days=2))
    with pytest.raises(Shredded):
        read_paper(paper, actor=officer, now=now)
    reasons = set(db.session.scalars(select(JournalEntry.reason)))
    assert (paper.reason, "Ana's form is cut off." in reasons) == ("", False)
