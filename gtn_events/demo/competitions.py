"""The competitions of the demonstration: over, being judged, in its live final, open for entries, endorsed, a draft."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from gtn_events.accounts.models import Account
from gtn_events.competition.defaults import DECLARATION
from gtn_events.competition.domain.cloning import NewEdition, clone_competition
from gtn_events.competition.domain.competitions import CompetitionDetails, publish_competition
from gtn_events.competition.domain.opening import open_competition
from gtn_events.competition.domain.rule_sets import add_rounds_of, take_call_over
from gtn_events.competition.domain.templates_of_rounds import GTN, RoundTemplate, RuleSet
from gtn_events.competition.enums import EntryPath, LatePolicy, Method, RoundKind
from gtn_events.competition.models import Competition

FIRST_OPENED = datetime(2013, 4, 1, 2, 0, tzinfo=UTC)
FIRST_CLOSED = datetime(2013, 4, 29, 16, 59, tzinfo=UTC)
FIRST_JUDGED = datetime(2013, 5, 2, 2, 0, tzinfo=UTC)

DESCRIPTION = """Small firms of the 21 economies enter with a product or a process that saves energy, water or material
and that somebody has used already. Judges from other economies score every entry by the same published criteria.

The best present at the forum, before buyers, lenders and incubators.
"""
RULES = """- One entry for each product; a firm may bring several.
- Nobody judges an entry of their own economy, nor one they are tied to.
- The ranking is computed by a method that is fixed before the first score; ties are broken by published steps.
- Every entrant gets the judges' comments.
"""
PRIZES = """- **First prize**: travel for two to the forum, and six months with an incubator in another economy
- **Second prize**: three months with an incubator
- **Third prize**: a stand at the forum
"""
PRIVACY = """The organiser stores what you enter to hold the competition.

- **Seen by** the organiser and, without the names that a round hides, by the judges of your entry.
- **Published**: title, firm and economy of the winners.
- **Deleted** when you erase your account; results that were published stay.
"""


def open_first_edition(organiser: Account) -> Competition:
    """Open the edition of 2013 with screening, review, final and three prizes. Flushes."""
    competition = open_competition(_details_of_2013(), declaration=DECLARATION, actor=organiser, now=FIRST_OPENED)
    take_call_over(competition, _three_rounds(), actor=organiser, now=FIRST_OPENED)
    add_rounds_of(competition, _three_rounds(), opens_at=FIRST_JUDGED, actor=organiser, now=FIRST_OPENED)
    publish_competition(competition, actor=organiser, now=FIRST_OPENED)
    return competition


def open_this_edition(first: Competition, organiser: Account, *, year: int, now: datetime) -> Competition:
    """Open the edition whose entries closed three weeks ago and are being judged now. Flushes."""
    opened = in_the_morning(now - timedelta(days=75))
    details = replace(
        edition_of(year, opens_at=opened, closes_at=_at_midnight(opened + timedelta(days=54))),
        tagline="Green technology that small firms of the APEC economies sell already, judged by twelve people.",
    )
    competition = open_competition(details, declaration=DECLARATION, actor=organiser, now=opened)
    competition.cloned_from_id = first.id
    review, final = GTN.rounds
    rounds = replace(GTN, rounds=(replace(review, judges_per_entry=5, cut=replace(review.cut, top=5)), final))
    take_call_over(competition, rounds, actor=organiser, now=opened)
    add_rounds_of(competition, rounds, opens_at=in_the_morning(now - timedelta(days=9)), actor=organiser, now=opened)
    publish_competition(competition, actor=organiser, now=opened)
    return competition


def open_next_call(organiser: Account, *, year: int, now: datetime) -> Competition:
    """Open the call that takes entries now; its close was moved, so that some entries were late once. Flushes."""
    opened = in_the_morning(now - timedelta(days=20))
    details = replace(
        edition_of(year, opens_at=opened, closes_at=_at_midnight(opened + timedelta(days=41))),
        slug=f"start-ups-{year}",
        title=f"Green Start-ups Competition {year}",
        edition="First call",
        reference_prefix=f"GSU{year % 100}",
        tagline="For firms in their first years: an idea, a first user, and a plan for a second economy.",
        late_policy=LatePolicy.ASK,
    )
    competition = open_competition(details, declaration=DECLARATION, actor=organiser, now=opened)
    take_call_over(competition, GTN, actor=organiser, now=opened)
    add_rounds_of(
        competition,
        GTN,
        opens_at=in_the_morning(details.entries_close_at + timedelta(days=7)),
        actor=organiser,
        now=opened,
    )
    publish_competition(competition, actor=organiser, now=opened)
    return competition


def open_pitch_evening(organiser: Account, *, year: int, now: datetime) -> Competition:
    """Open the small competition whose live final is held these days: a jury of five, one round. Flushes."""
    opened = in_the_morning(now - timedelta(days=60))
    details = replace(
        edition_of(year, opens_at=opened, closes_at=_at_midnight(opened + timedelta(days=40))),
        slug=f"pitch-evening-{year}",
        title=f"Green Pitch Evening {year}",
        edition="First evening",
        reference_prefix=f"GPE{year % 100}",
        tagline="Five firms, five minutes each, before a jury and an audience that votes with its badges.",
    )
    competition = open_competition(details, declaration=DECLARATION, actor=organiser, now=opened)
    final = replace(GTN.rounds[-1], days=30, method=Method.RAW_MEAN)
    rules = replace(GTN, rounds=(final,), awards=GTN.awards[:1])
    take_call_over(competition, rules, actor=organiser, now=opened)
    add_rounds_of(competition, rules, opens_at=in_the_morning(now - timedelta(days=1)), actor=organiser, now=opened)
    publish_competition(competition, actor=organiser, now=opened)
    return competition


def draft_next_edition(present: Competition, organiser: Account, *, year: int, now: datetime) -> Competition:
    """Make the draft of the edition after this one. Flushes."""
    edition = NewEdition(
        title=f"Innovative SMEs Competition {year}",
        edition=f"Competition {year}",
        slug=f"sme-competition-{year}",
        reference_prefix=f"ISC{year % 100}",
        opens_on=(now + timedelta(days=300)).date(),
    )
    return clone_competition(present, edition, actor=organiser, now=now)


def edition_of(year: int, *, opens_at: datetime, closes_at: datetime) -> CompetitionDetails:
    """Return the settings of 2013 with the names of another year."""
    return replace(
        _details_of_2013(),
        slug=f"sme-competition-{year}",
        title=f"Innovative SMEs Competition {year}",
        edition=f"Competition {year}",
        reference_prefix=f"ISC{year % 100}",
        entries_open_at=opens_at,
        entries_close_at=closes_at,
    )


def in_the_morning(moment: datetime) -> datetime:
    """Return nine o'clock in Jakarta on that day of UTC."""
    return moment.replace(hour=2, minute=0, second=0, microsecond=0)


def _three_rounds() -> RuleSet:
    """Return the rule set of the network with a screening before it."""
    review, final = GTN.rounds
    screening = RoundTemplate(
        title="Screening",
        kind=RoundKind.SCREENING,
        days=7,
        judges_per_entry=2,
        criteria=review.criteria,
        cut=replace(review.cut, top=12, at_most_per_economy=None),
        method=Method.RAW_MEAN,
    )
    review = replace(review, days=14, judges_per_entry=4, cut=replace(review.cut, top=5, reserve=2))
    return replace(GTN, rounds=(screening, review, final))


def _details_of_2013() -> CompetitionDetails:
    return CompetitionDetails(
        slug="sme-competition-2013",
        title="Innovative SMEs Competition 2013",
        edition="First competition",
        tagline="The first competition of the network: green technology of small firms, at the first forum.",
        description=DESCRIPTION,
        rules=RULES,
        prizes=PRIZES,
        host_economy_code="INA",
        city="Jakarta",
        time_zone="Asia/Jakarta",
        entries_open_at=FIRST_OPENED,
        entries_close_at=FIRST_CLOSED,
        grace_minutes=0,
        late_policy=LatePolicy.NONE,
        entry_path=EntryPath.OPEN,
        economy_limit=None,
        host_limit=None,
        several_categories=False,
        results_embargo_until=None,
        appeal_days=7,
        contact_name="The organiser's office",
        contact_email="organiser@gtn.example",
        privacy_notice=PRIVACY,
        reference_prefix="ISC13",
    )


def _at_midnight(moment: datetime) -> datetime:
    """Return the last minute in Jakarta of that day of UTC."""
    return moment.replace(hour=16, minute=59, second=0, microsecond=0)
