"""The competitions and calls of the demonstration, each in another stage, with the people who work on them."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from gtn_events.accounts.domain.roles import grant_role
from gtn_events.accounts.enums import Role
from gtn_events.accounts.models import Account
from gtn_events.competition.models import Competition
from gtn_events.forum.models import Forum
from gtn_events.incubation.models import Call, Host

from .accounts import add_entrants, add_jurors
from .appeals import appeal_against_refusal
from .applications import apply_and_admit, apply_in_every_state, draft_of_delegate
from .competitions import (
    draft_next_edition,
    open_first_edition,
    open_next_call,
    open_pitch_evening,
    open_this_edition,
)
from .endorsement import enter_and_endorse, open_award
from .entrants import FIRST_EDITION, PITCHES, THIS_EDITION
from .entries import enter_all, enter_in_every_state
from .incubation import load_incubation
from .judging import add_judges, judge_first_edition, judge_this_edition, try_designs
from .matching import match_and_offer
from .outcomes import placed_three_years_ago
from .pitching import hold_half_the_final
from .placements import load_placements
from .reviewing import review_for_korat

STAFF = (
    ("organiser", Role.ORGANISER),
    ("helper", Role.HELPER),
    ("integrity", Role.INTEGRITY_OFFICER),
)


def load_competitions(
    staff: Mapping[str, Account], people: Mapping[str, Account], *, forum: Forum, secret_key: str, now: datetime
) -> list[Competition]:
    """Add competitions: over, being judged, open, a draft, one where economies decide, one in its final. Flushes.

    Args:
        forum: the next one, where the winners of this edition present, and whose badges vote in the live final.
    """
    year = forum.starts_on.year
    organiser = staff["organiser"]
    jurors = add_jurors(staff["judge"], now=now)
    entrants = {**add_entrants(now=now), "pe": staff["delegate"]}
    first = open_first_edition(organiser)
    _give_roles(first, staff, now=now)
    enter_all(first, FIRST_EDITION, people, organiser=organiser)
    judges = add_judges(first, jurors, count=8, actor=organiser, now=first.entries_open_at)
    judge_first_edition(first, judges, organiser, officer=staff["integrity"], second=staff["admin"])
    present = open_this_edition(first, organiser, year=year, now=now)
    _give_roles(present, staff, now=now)
    enter_all(present, THIS_EDITION, entrants, organiser=organiser)
    judges = add_judges(present, jurors, count=12, actor=organiser, now=now - timedelta(days=30))
    judge_this_edition(present, judges, organiser, now=now)
    call = open_next_call(organiser, year=year, now=now)
    _give_roles(call, staff, now=now)
    enter_in_every_state(call, people, staff["delegate"], organiser=organiser, now=now)
    try_designs(call, organiser, now=now)
    appeal_against_refusal(call, now=now)
    draft = draft_next_edition(present, organiser, year=year + 1, now=now)
    award = open_award(organiser, year=year, now=now)
    _give_roles(award, staff, now=now)
    coordinator, delegate = staff["coordinator"], staff["delegate"]
    enter_and_endorse(award, people, delegate, coordinator=coordinator, organiser=organiser, now=now)
    evening = open_pitch_evening(organiser, year=year, now=now)
    _give_roles(evening, staff, now=now)
    enter_all(evening, PITCHES, entrants, organiser=organiser)
    judges = add_judges(evening, jurors, count=5, actor=organiser, now=now - timedelta(days=12))
    hold_half_the_final(evening.rounds[0], judges, forum, organiser, secret_key=secret_key, now=now)
    return [first, present, call, draft, award, evening]


def load_calls(
    staff: Mapping[str, Account], people: Mapping[str, Account], *, year: int, secret_key: str, now: datetime
) -> tuple[list[Call], list[Host]]:
    """Add calls of co-incubation in each stage, from a draft to placements under way, and the hosts. Flushes.

    Args:
        year: of the call that is open.
        secret_key: the key behind the check letters of certificates.
    """
    calls, hosts = load_incubation(staff, year=year, now=now)
    _last, ranking, open_now, _draft, matched = calls
    apply_in_every_state(open_now, people, staff["organiser"])
    draft_of_delegate(open_now, staff["delegate"], now=now)
    applications = apply_and_admit(ranking, people, staff["organiser"])
    review_for_korat(ranking, applications, staff["host"], now=now)
    match_and_offer(matched, people, staff, now=now)
    calls.append(load_placements(staff, people, hosts, secret_key=secret_key, now=now))
    calls.append(placed_three_years_ago(staff, people, hosts, year=year, secret_key=secret_key, now=now))
    return calls, hosts


def _give_roles(competition: Competition, staff: Mapping[str, Account], *, now: datetime) -> None:
    for key, role in STAFF:
        grant_role(staff[key], role, scope=competition.scope, actor=staff["admin"], now=now)
