"""Ready rule sets, as data: the network's own, and those of known competitions."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from gtn_events.questionnaire.domain.questions import Limits, QuestionSpec
from gtn_events.questionnaire.enums import QuestionKind

from ..enums import AwardKind, EconomyPolicy, EntryPath, Method, RoundKind
from ..results.ladder_steps import Step
from .levels import FIVE_LEVELS, GENERAL_LEVELS
from .rounds import Cut
from .rubrics import CriterionSpec

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, kw_only=True)
class AddedSheet:
    """The sheet of an earlier round that a round adds; ``back`` counts rounds, so 1 is the one before.

    ``points`` and ``own`` are what 100 points of the earlier sheet and of the own one are worth in the sum.
    """

    points: Decimal
    own: Decimal
    back: int = 1


@dataclass(frozen=True, kw_only=True)
class RoundTemplate:
    """One round of a rule set; ``days`` is how long it takes scores."""

    title: str
    kind: RoundKind
    days: int
    judges_per_entry: int
    criteria: tuple[CriterionSpec, ...]
    cut: Cut
    economy_policy: EconomyPolicy = EconomyPolicy.FORBID
    at_most_of_economy: int | None = None
    method: Method = Method.CALIBRATED
    adds: AddedSheet | None = None


@dataclass(frozen=True, kw_only=True)
class CallRules:
    """What a rule set says about entering: who brings entries, how many of an economy, and files asked for."""

    entry_path: EntryPath = EntryPath.OPEN
    economy_limit: int | None = None
    host_limit: int | None = None
    questions: tuple[QuestionSpec, ...] = ()


@dataclass(frozen=True, kw_only=True)
class RuleSet:
    """A competition's rules; ``awards`` are kind and label, in the order in which they are given."""

    key: str
    label: str
    about: str
    rounds: tuple[RoundTemplate, ...]
    call: CallRules = CallRules()
    awards: tuple[tuple[AwardKind, str], ...] = ()


def _criterion(
    label: str, weight: int | str, key: str = "", *, heading: str = "", question: str = "", comments: bool = False
) -> CriterionSpec:
    return CriterionSpec(
        key=key or label.lower().replace(" ", "-"),
        heading=heading,
        label=label,
        question=question,
        weight=Decimal(weight),
        levels=FIVE_LEVELS.get(key, GENERAL_LEVELS),
        comment_required_below=2 if comments else None,
        comment_required_above=4 if comments else None,
    )


def _group(heading: str, parts: Sequence[tuple[str, str]]) -> tuple[CriterionSpec, ...]:
    return tuple(_criterion(label, weight, heading=heading) for label, weight in parts)


NETWORK_CRITERIA = (
    _criterion("Innovation", 25, "innovation", question="How new is it, and over what is used today?", comments=True),
    _criterion("Environmental impact", 25, "impact", question="What is saved, against which baseline?", comments=True),
    _criterion("Market and business", 20, "market", question="Who pays, and does the business carry?", comments=True),
    _criterion("Team", 10, "team", question="Can these people do it?", comments=True),
    _criterion(
        "Scalability",
        20,
        "scalability",
        question="Can it go to other APEC economies, and reach everybody there?",
        comments=True,
    ),
)
PITCH = (_criterion("Pitch", 100, "pitch", question="Clear, on time, and good answers?", comments=True),)

GTN = RuleSet(
    key="gtn",
    label="GTN default",
    about="A review by three judges, then a final in which the pitch has a score sheet of its own.",
    rounds=(
        RoundTemplate(
            title="Review",
            kind=RoundKind.REVIEW,
            days=21,
            judges_per_entry=3,
            at_most_of_economy=1,
            criteria=NETWORK_CRITERIA,
            cut=Cut(top=10, at_most_per_economy=2, reserve=2),
        ),
        RoundTemplate(
            title="Final",
            kind=RoundKind.FINAL,
            days=1,
            judges_per_entry=5,
            at_most_of_economy=1,
            criteria=PITCH,
            cut=Cut(top=3),
        ),
    ),
    awards=(
        (AwardKind.GRAND, "First prize"),
        (AwardKind.GRAND, "Second prize"),
        (AwardKind.GRAND, "Third prize"),
    ),
)

_YES = (
    _criterion("Innovation", 25, "innovation"),
    _criterion("Impact", 25, "impact"),
    _criterion("Feasibility", 25, "feasibility"),
    _criterion("Presentation", 25, "pitch"),
)
YES = RuleSet(
    key="yes-challenge",
    label="APEC YES Challenge",
    about="Four criteria of 25; a PDF of at most 5 MB; the best 20 go to the semi-final, at most 2 teams of an "
    "economy; the chair's vote breaks ties.",
    rounds=(
        RoundTemplate(
            title="Preliminary round",
            kind=RoundKind.REVIEW,
            days=14,
            judges_per_entry=3,
            criteria=_YES,
            cut=Cut(top=20, at_most_per_economy=2, reserve=3, ties=(Step.CHAIR,)),
        ),
        RoundTemplate(
            title="Semi-final",
            kind=RoundKind.SEMI_FINAL,
            days=3,
            judges_per_entry=5,
            criteria=_YES,
            cut=Cut(top=10, at_most_per_economy=2, ties=(Step.CHAIR,)),
        ),
        RoundTemplate(
            title="Final",
            kind=RoundKind.FINAL,
            days=1,
            judges_per_entry=7,
            criteria=_YES,
            cut=Cut(top=3, ties=(Step.CHAIR,)),
        ),
    ),
    call=CallRules(
        questions=(
            QuestionSpec(
                QuestionKind.FILE,
                "Proposal as a PDF",
                key="proposal",
                required=True,
                limits=Limits(max_bytes=5 * MEGABYTE, accept=("pdf",)),
            ),
        )
    ),
)

BEST = RuleSet(
    key="best-award",
    label="APEC BEST Award",
    about="Economies nominate one or two, the host more; 24 finalists pitch; one grand prize and six category prizes.",
    rounds=(
        RoundTemplate(
            title="Selection of finalists",
            kind=RoundKind.REVIEW,
            days=21,
            judges_per_entry=3,
            at_most_of_economy=1,
            criteria=NETWORK_CRITERIA,
            cut=Cut(top=24, reserve=3),
        ),
        RoundTemplate(
            title="Final",
            kind=RoundKind.FINAL,
            days=1,
            judges_per_entry=7,
            at_most_of_economy=1,
            criteria=PITCH,
            cut=Cut(top=7),
        ),
    ),
    call=CallRules(entry_path=EntryPath.NOMINATED, economy_limit=2, host_limit=6),
    awards=(
        (AwardKind.GRAND, "Grand prize"),
        (AwardKind.CATEGORY, "Best growth potential"),
        (AwardKind.CATEGORY, "Best international attractiveness"),
        (AwardKind.CATEGORY, "Best social impact"),
        (AwardKind.CATEGORY, "Best in new technology"),
        (AwardKind.CATEGORY, "Best family business"),
        (AwardKind.CATEGORY, "Best top manager"),
    ),
)


def _esci(
    strategy: tuple[str, ...], measure: tuple[str, ...], performance: tuple[str, ...]
) -> tuple[CriterionSpec, ...]:
    """Return ESCI's three groups with their sub-criteria, by the weights of one edition."""
    return (
        *_group("Strategy", list(zip(("Innovativeness", "Inspiration", "Clarity"), strategy, strict=True))),
        *_group(
            "Measure",
            list(zip(("Practicability", "Replicability", "Cost-effectiveness", "Consistency"), measure, strict=True)),
        ),
        *_group("Performance", list(zip(("Completeness", "Verifiability", "Effect"), performance, strict=True))),
    )


def _esci_rules(key: str, label: str, about: str, criteria: tuple[CriterionSpec, ...]) -> RuleSet:
    review = RoundTemplate(
        title="Review",
        kind=RoundKind.REVIEW,
        days=28,
        judges_per_entry=4,
        at_most_of_economy=1,
        criteria=criteria,
        cut=Cut(top=2, per_category=True, reserve=2),
    )
    return RuleSet(
        key=key,
        label=label,
        about=about,
        rounds=(review,),
        awards=((AwardKind.CATEGORY, "Gold of the category"), (AwardKind.CATEGORY, "Silver of the category")),
    )


ESCI = _esci_rules(
    "esci",
    "ESCI Best Practices Awards",
    "Three groups of criteria, 30, 40 and 30, each with sub-criteria of 10; gold and silver in each category.",
    _esci(("10", "10", "10"), ("10", "10", "10", "10"), ("10", "10", "10")),
)
ESCI_35 = _esci_rules(
    "esci-35",
    "ESCI Best Practices Awards, 35/35/30",
    "The weights of another edition: strategy 35, measure 35, performance 30.",
    _esci(("15", "10", "10"), ("10", "10", "10", "5"), ("10", "10", "10")),
)

# The sheet of the call has 90 points, that of the roadshow 10; the weights of a sheet are out of 100.
_UNIDO_CALL, _UNIDO_ROADSHOW = Decimal(90), Decimal(10)
_UNIDO_CRITERIA = (
    _criterion("Innovation, advantage and maturity", 25, "innovation"),
    _criterion("Climate and environment", 20, "impact"),
    _criterion("Applicability and scale-up in other settings", 20, "scalability"),
    _criterion("Long-term economic and social benefit", 15, "benefit"),
    _criterion("Return, with jobs and income for women and youth", 10, "return"),
)
_UNIDO_PITCH = _criterion("Roadshow of the shortlist", 100, "pitch")


def _out_of_100(criteria: Sequence[CriterionSpec]) -> tuple[CriterionSpec, ...]:
    """Return criteria whose weights are scaled to 100, in hundredths; the first takes what rounding leaves."""
    whole = sum((spec.weight for spec in criteria), Decimal(0))
    weights = [(spec.weight * 100 / whole).quantize(Decimal("0.01")) for spec in criteria]
    weights[0] += 100 - sum(weights, Decimal(0))
    return tuple(
        CriterionSpec(key=spec.key, label=spec.label, weight=weight, levels=spec.levels)
        for spec, weight in zip(criteria, weights, strict=True)
    )


UNIDO = RuleSet(
    key="unido-call",
    label="UNIDO cleantech call",
    about="25, 20, 20, 15 and 10 points for the call; the roadshow of the shortlist has a sheet of its own, whose 10 "
    "points are added.",
    rounds=(
        RoundTemplate(
            title="Review",
            kind=RoundKind.REVIEW,
            days=28,
            judges_per_entry=3,
            at_most_of_economy=1,
            criteria=_out_of_100(_UNIDO_CRITERIA),
            cut=Cut(top=12, reserve=3),
        ),
        RoundTemplate(
            title="Roadshow of the shortlist",
            kind=RoundKind.FINAL,
            days=2,
            judges_per_entry=5,
            at_most_of_economy=1,
            criteria=(_UNIDO_PITCH,),
            adds=AddedSheet(points=_UNIDO_CALL, own=_UNIDO_ROADSHOW),
            cut=Cut(top=4),
        ),
    ),
    awards=tuple((AwardKind.SPECIAL, f"Winner {number}") for number in range(1, 5)),
)

TWO_STAGES = RuleSet(
    key="two-stages",
    label="Each economy first, then all together",
    about="First each economy judges its own entries alone, and the best two of each go on; then a joint jury without "
    "home judges decides.",
    rounds=(
        RoundTemplate(
            title="Stage of each economy",
            kind=RoundKind.SCREENING,
            days=28,
            judges_per_entry=3,
            economy_policy=EconomyPolicy.ONLY,
            criteria=NETWORK_CRITERIA,
            cut=Cut(top=2, per_economy=True, reserve=1),
        ),
        RoundTemplate(
            title="Joint stage",
            kind=RoundKind.FINAL,
            days=14,
            judges_per_entry=5,
            at_most_of_economy=1,
            criteria=NETWORK_CRITERIA,
            cut=Cut(top=3),
        ),
    ),
    call=CallRules(entry_path=EntryPath.ENDORSED),
)

RULE_SETS = {each.key: each for each in (GTN, YES, BEST, ESCI, ESCI_35, UNIDO, TWO_STAGES)}
