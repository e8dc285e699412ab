"""The award for which economies endorse entries and nominate firms; one of them is in the middle of it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from gtn_events.accounts.models import Account
from gtn_events.accounts.views.tokens import signer
from gtn_events.competition.defaults import DECLARATION
from gtn_events.competition.domain.competitions import publish_competition
from gtn_events.competition.domain.endorsement import decline_entry, endorse_entry
from gtn_events.competition.domain.entries import admit_entry, withdraw_entry
from gtn_events.competition.domain.entry_transitions import Party
from gtn_events.competition.domain.nominations import Nominee, nominate
from gtn_events.competition.domain.opening import open_competition
from gtn_events.competition.domain.rule_sets import add_rounds_of, take_call_over
from gtn_events.competition.domain.templates_of_rounds import GTN, CallRules
from gtn_events.competition.enums import EntryPath
from gtn_events.competition.models import Competition
from gtn_events.core.db import db
from gtn_events.core.economies import Economy

from .competitions import edition_of, in_the_morning
from .entrants import AWARD
from .entries import send_idea

NO_PRODUCT = "The cannon is sold by another maker; the award is for technology of one's own."


def open_award(organiser: Account, *, year: int, now: datetime) -> Competition:
    """Open the award: three places an economy, six for the host; entries close in twelve days. Flushes."""
    opened = in_the_morning(now - timedelta(days=24))
    details = replace(
        edition_of(year, opens_at=opened, closes_at=in_the_morning(now + timedelta(days=12))),
        slug=f"green-award-{year}",
        title=f"Green Technology Award {year}",
        edition="First award",
        reference_prefix=f"GTA{year % 100}",
        tagline="Every economy sends its best three; what it endorses is judged.",
        entry_path=EntryPath.ENDORSED,
        economy_limit=3,
        host_limit=6,
    )
    award = open_competition(details, declaration=DECLARATION, actor=organiser, now=opened)
    call = CallRules(entry_path=EntryPath.ENDORSED, economy_limit=3, host_limit=6)
    rounds = replace(GTN, call=call)
    take_call_over(award, rounds, actor=organiser, now=opened)
    judged = in_the_morning(details.entries_close_at + timedelta(days=21))
    add_rounds_of(award, rounds, opens_at=judged, actor=organiser, now=opened)
    publish_competition(award, actor=organiser, now=opened)
    return award


def enter_and_endorse(
    award: Competition,
    people: Mapping[str, Account],
    delegate: Account,
    *,
    coordinator: Account,
    organiser: Account,
    now: datetime,
) -> None:
    """Send the entries, and let Thailand have decided on some: in every state there is one. Flushes."""
    step = (now - award.entries_open_at) / (len(AWARD) + 2)
    accounts = {**people, "delegate": delegate}
    entries = [
        send_idea(award, idea, accounts[idea.key], now=award.entries_open_at + step * number)
        for number, idea in enumerate(AWARD, start=1)
    ]
    firm = Nominee(organisation_name="Mae Klong Batteries", name="Anong Saetang", email="anong@firms.example")
    economy = db.session.get_one(Economy, "THA")
    nominate(award, economy, firm, links=signer(), actor=coordinator, now=now - timedelta(days=6))
    first, _second, _reserve, declined, withdrawn = entries[:5]
    for number, entry in enumerate(entries[:3]):
        endorse_entry(entry, actor=coordinator, now=now - timedelta(days=4, minutes=-9 * number))
    decline_entry(declined, reason=NO_PRODUCT, actor=coordinator, now=now - timedelta(days=4, minutes=-40))
    withdraw_entry(withdrawn, party=Party.ENTRANT, actor=withdrawn.account, now=now - timedelta(days=3))
    admit_entry(first, actor=organiser, now=now - timedelta(days=2))
