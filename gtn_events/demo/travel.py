"""Funded travel to the next forum: rules, some who are funded, their papers in every state, amounts."""

import io
from datetime import datetime, timedelta
from decimal import Decimal

from sqlalchemy import select
from werkzeug.datastructures import FileStorage

from gtn_events.accounts.models import Account
from gtn_events.core.db import db
from gtn_events.core.economies import Economy
from gtn_events.delegations.domain.travel import (
    TravelRules,
    edit_travel_rules,
    fund_traveller,
    locked_travel_settings,
    set_amounts,
    set_journey,
    withdraw_funding,
)
from gtn_events.delegations.domain.travel_papers import accept_paper, return_paper, send_paper
from gtn_events.delegations.models import Traveller
from gtn_events.delegations.notifications_travel import tell_of_funding, tell_of_returned, tell_of_withdrawal
from gtn_events.delegations.travel_enums import FundingCategory, PaperKind
from gtn_events.forum.domain.letters import issue_letter
from gtn_events.forum.domain.registrations import cancel_registration
from gtn_events.forum.domain.transitions import Party
from gtn_events.forum.enums import LetterKind, RegistrationState
from gtn_events.forum.models import Forum, Registration
from gtn_events.forum.notifications_letters import tell_of_letter

PAPER = b"%PDF-1.7\n% a paper of the demonstration\ntrailer\n%%EOF\n"
FUNDED = 6
NEEDED = (PaperKind.PASSPORT, PaperKind.ITINERARY, PaperKind.BOARDING, PaperKind.BANK, PaperKind.CLAIM)


def fund_travel(forum: Forum, organiser: Account, *, now: datetime) -> None:
    """Set the rules and fund six people: one without papers, some with, one taken back, one cancels. Flushes."""
    rules = TravelRules(
        ceiling=2,
        currency="USD",
        daily_rate=Decimal("214.00"),
        papers=NEEDED,
        due_on=forum.ends_on + timedelta(days=14),
        ceilings={"THA": 3},
    )
    edit_travel_rules(forum, rules, actor=organiser, now=now)
    people = _people(forum)
    for number, registration in enumerate(people):
        category = FundingCategory.EXPERT if number == 3 else FundingCategory.PARTICIPANT
        traveller = fund_traveller(registration, category, actor=organiser, now=now)
        tell_of_funding(traveller, locked_travel_settings(forum), now=now)
        _send(traveller, number, organiser, now=now)
    withdraw_funding(traveller, reason="The person cannot come.", actor=organiser, now=now)
    tell_of_withdrawal(traveller, now=now)
    _cancel_one(people[-2], organiser, now=now)


def _cancel_one(registration: Registration, organiser: Account, *, now: datetime) -> None:
    """Let somebody with a letter cancel: letter and funding end with the registration."""
    tell_of_letter(issue_letter(registration, LetterKind.INVITATION, actor=organiser, now=now), now=now)
    cancel_registration(registration, actor=registration.account, now=now, party=Party.DELEGATE)


def _people(forum: Forum) -> list[Registration]:
    """Return confirmed people of travel-eligible economies, at most two of each."""
    statement = (
        select(Registration)
        .join(Economy, Economy.code == Registration.economy_code)
        .where(
            Registration.forum_id == forum.id,
            Registration.state == RegistrationState.CONFIRMED,
            Economy.travel_eligible,
        )
        .order_by(Registration.economy_code.desc(), Registration.id)
    )
    found: list[Registration] = []
    for each in db.session.scalars(statement):
        if [other.economy_code for other in found].count(each.economy_code) < 2 and len(found) < FUNDED:
            found.append(each)
    return found


def _send(traveller: Traveller, number: int, organiser: Account, *, now: datetime) -> None:
    if not number:
        return
    forum = traveller.forum
    first, last = forum.starts_on - timedelta(days=1), forum.ends_on + timedelta(days=1)
    set_journey(traveller, arrives_on=first, departs_on=last, actor=traveller.account, now=now)
    amounts = dict.fromkeys(("planned_other", "paid_per_diem", "paid_other"), Decimal("0.00"))
    fare = Decimal("840.00") + 55 * number
    amounts |= {"planned_fare": fare, "paid_fare": fare - Decimal("12.40") if number > 2 else Decimal("0.00")}
    set_amounts(traveller, amounts, actor=organiser, now=now)
    for place, kind in enumerate(NEEDED[:number]):
        file = FileStorage(io.BytesIO(PAPER), filename=f"{kind.value}.pdf")
        paper = send_paper(traveller, kind, file, actor=traveller.account, now=now)
        if place == 1 and number in (2, 4):
            return_paper(
                paper, reason="The return flight is missing.", seen=paper.lock_version, actor=organiser, now=now
            )
            tell_of_returned(paper, now=now)
        elif place != number - 1:
            accept_paper(paper, seen=paper.lock_version, actor=organiser, now=now)
