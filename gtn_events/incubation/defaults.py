"""What a call begins with, until its organiser changes it: criteria, rules, declaration, application form."""

from decimal import Decimal

from gtn_events.eligibility.domain.rules import Rule
from gtn_events.eligibility.enums import RuleKind
from gtn_events.questionnaire.domain.questions import Condition, Limits, Option, QuestionSpec
from gtn_events.questionnaire.enums import Comparison, QuestionKind
from gtn_events.questionnaire.queries.versions import Step

APPLICATION_STEPS = (
    Step("aims", "What you want to reach"),
    Step("money", "Money and ties"),
    Step("papers", "Papers"),
)
# Key, name, question, weight, and what each point from 1 up means.
CRITERIA = (
    (
        "fit",
        "Fit with the host",
        "Can this host do what the firm needs?",
        Decimal(40),
        ("Nothing in common", "A field in common", "Some needs are met", "Most needs are met", "Made for one another"),
    ),
    (
        "plan",
        "Plan for the stay",
        "Does the firm know what it will do here, week by week?",
        Decimal(25),
        ("No plan", "A wish", "A plan", "A plan with partners", "Agreed with partners"),
    ),
    (
        "readiness",
        "Readiness",
        "Is the product far enough to be tried in another economy?",
        Decimal(20),
        ("An idea", "Works in a laboratory", "Tried outside", "Sold at home", "Sold in another economy"),
    ),
    (
        "benefit",
        "Benefit for both economies",
        "What stays when the firm goes home?",
        Decimal(15),
        ("Nothing is named", "For the firm only", "A contact", "A pilot with a partner", "A lasting partnership"),
    ),
)
RULES = (Rule(kind=RuleKind.SIZE, values=("1-9", "10-49", "50-249")),)
DECLARATION = """I am authorised to apply for this firm, and I declare:

- What we say in this application is true and complete, and we tell the organiser at once when something changes.
- We accept the rules of the call, and the way in which places are given.
- We have put the hosts in the order in which we would truly go to them.
- We have named every tie to a host of this call.
- The intellectual property is our own or licensed to us, and we keep the rules on export control.
- We have read the privacy notice.
"""
MEGABYTE = 1024 * 1024


def application_questions() -> list[QuestionSpec]:
    """Return the usual questions of an application (firm, project, dates and hosts stand on the application itself)."""
    return [*_aims(), *_money(), *_papers()]


def _aims() -> list[QuestionSpec]:
    step = "aims"
    return [
        QuestionSpec(
            QuestionKind.SEVERAL_OF,
            "What is the stay for?",
            key="purposes",
            step=step,
            required=True,
            options=_options(
                "market | Trying the market",
                "certification | Certification",
                "partner | Finding a partner",
                "pilot | A pilot",
                "funds | Raising funds",
                "research | Research and development",
                "firm | Setting up a firm",
            ),
        ),
        _words("motivation", "Why now, and why in another economy?", 300, step),
        _words("learning", "What do you need to learn?", 150, step),
    ]


def _money() -> list[QuestionSpec]:
    step = "money"
    return [
        QuestionSpec(
            QuestionKind.NUMBER,
            "What the stay costs you, in US dollars",
            key="budget",
            step=step,
            required=True,
            limits=Limits(minimum=0, maximum=10_000_000),
        ),
        _words("who_pays", "Who pays for it?", 80, step),
        QuestionSpec(
            QuestionKind.YES_NO,
            "Do you work with one of the hosts already?",
            key="tied",
            help="An exchange between two that work together already is not what this call is for.",
            step=step,
            required=True,
        ),
        QuestionSpec(
            QuestionKind.LONG_TEXT,
            "With which, and how?",
            key="tied_how",
            step=step,
            required=True,
            limits=Limits(max_words=100),
            condition=Condition("tied", Comparison.IS, "yes"),
        ),
    ]


def _papers() -> list[QuestionSpec]:
    files = Limits(accept=("pdf",), max_bytes=5 * MEGABYTE)
    return [
        QuestionSpec(QuestionKind.FILE, "Business plan or deck", key="business_plan", step="papers", limits=files),
        QuestionSpec(QuestionKind.FILE, "Curriculum vitae", key="cv", step="papers", limits=files),
    ]


def _words(key: str, label: str, most: int, step: str) -> QuestionSpec:
    help_text = f"At most {most} words."
    return QuestionSpec(
        QuestionKind.LONG_TEXT, label, key=key, help=help_text, step=step, required=True, limits=Limits(max_words=most)
    )


def _options(*lines: str) -> tuple[Option, ...]:
    return tuple(Option(*(part.strip() for part in line.split("|", 1))) for line in lines)
