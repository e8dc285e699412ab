"""What a competition begins with, until its organiser changes it: categories, rules, declaration, entry form."""

from dataclasses import replace

from gtn_events.eligibility.domain.rules import Rule
from gtn_events.eligibility.enums import RuleKind
from gtn_events.questionnaire.domain.questions import Condition, Limits, Option, QuestionSpec
from gtn_events.questionnaire.enums import Comparison, QuestionKind
from gtn_events.questionnaire.queries.versions import Step

ENTRY_STEPS = (
    Step("company", "Your firm"),
    Step("solution", "The solution"),
    Step("impact", "Benefit"),
    Step("market", "Market and money"),
    Step("files", "Files"),
)
CATEGORIES = (
    ("clean-energy", "Clean energy and storage", "Renewable energy, efficiency, storage"),
    ("circular-production", "Industry and circular production", "Less material, less waste, waste as a resource"),
    ("water", "Water and sanitation", "Saving, cleaning and using water again"),
    ("cities", "Buildings, transport and cities", "Green buildings, smart transport, low-carbon towns"),
    ("land-use", "Agriculture, food and land use", "From the field to the market"),
)
RULES = (
    Rule(kind=RuleKind.SIZE, values=("1-9", "10-49", "50-249")),
    Rule(kind=RuleKind.TEAM, number=2),
    Rule(kind=RuleKind.NO_PREVIOUS_WINNER),
)
DECLARATION = """I am authorised to enter for this firm, and I declare:

- What we say in this entry is true and complete, and we tell the organiser at once when something changes.
- We accept the rules of the competition.
- The intellectual property is our own or licensed to us, and no right of another person is hurt.
- No claim about it is pending. The firm is not bankrupt, under sanctions, or in serious breach of tax or labour law.
- We have made no agreement with other entrants, and have named every tie to the jury or the organiser.
- The organiser may use the name, logo and summary in its publicity. We have marked what is confidential.
- We have read the privacy notice.
- Somebody of the team will come to the final if we are chosen.
"""
MEGABYTE = 1024 * 1024
TABLE_HELP = "One line for each: indicator, unit, before, saved in a year, how it was measured."


def entry_questions() -> list[QuestionSpec]:
    """Return the usual questions of an entry (title, firm, categories, team and video stand on the entry itself)."""
    return [*_company(), *_solution(), *_impact(), *_market(), *_files()]


def _company() -> list[QuestionSpec]:
    step = "company"
    return [
        QuestionSpec(
            QuestionKind.SHORT_TEXT,
            "Trade name",
            key="trade_name",
            help="If it differs from the name of the firm.",
            step=step,
            limits=Limits(max_length=200),
        ),
        QuestionSpec(
            QuestionKind.SHORT_TEXT,
            "Registration number of the firm",
            key="registration_number",
            step=step,
            required=True,
            limits=Limits(max_length=60),
        ),
        QuestionSpec(
            QuestionKind.ONE_OF,
            "Legal form",
            key="legal_form",
            step=step,
            required=True,
            options=_options(
                "company | Company",
                "partnership | Partnership",
                "sole | Sole proprietor",
                "cooperative | Cooperative",
                "other | Other",
            ),
        ),
        QuestionSpec(QuestionKind.NUMBER, "Women employed", key="employees_women", step=step, limits=Limits(minimum=0)),
        QuestionSpec(QuestionKind.NUMBER, "Men employed", key="employees_men", step=step, limits=Limits(minimum=0)),
        QuestionSpec(
            QuestionKind.NUMBER,
            "Share of the firm owned by women, in per cent",
            key="women_share",
            step=step,
            limits=Limits(minimum=0, maximum=100),
        ),
        QuestionSpec(
            QuestionKind.YES_NO,
            "Is anybody of the team tied to the organiser or the jury?",
            key="tied",
            step=step,
            required=True,
        ),
        QuestionSpec(
            QuestionKind.LONG_TEXT,
            "Who, and how?",
            key="tied_how",
            step=step,
            required=True,
            limits=Limits(max_words=100),
            condition=Condition("tied", Comparison.IS, "yes"),
        ),
    ]


def _solution() -> list[QuestionSpec]:
    step = "solution"
    return [
        _words("pitch", "Your pitch", 100, step, "What it is and why it matters. Judges read it first."),
        _words("problem", "The problem", 200, step, "Who suffers from it, and how large it is."),
        _words("solution", "The solution", 300, step, "How it works, and what proves it."),
        QuestionSpec(
            QuestionKind.ONE_OF,
            "New to",
            key="newness",
            step=step,
            required=True,
            options=_options("firm | The firm", "economy | The economy", "world | The world"),
        ),
        _words("innovation", "What is new", 200, step, "Compared with the ways that are used now."),
        QuestionSpec(
            QuestionKind.ONE_OF,
            "Stage",
            key="stage",
            step=step,
            required=True,
            options=_options(
                "idea | Idea",
                "prototype | Prototype",
                "pilot | Pilot",
                "early-sales | First sales",
                "growth | Growth",
            ),
        ),
        QuestionSpec(
            QuestionKind.LONG_TEXT,
            "Dated plan to the market",
            key="timeline",
            step=step,
            required=True,
            limits=Limits(max_words=150),
            condition=Condition("stage", Comparison.IS, "idea"),
        ),
        QuestionSpec(
            QuestionKind.NUMBER,
            "Technology readiness level",
            key="readiness",
            help="From 1, the principle is observed, to 9, proven in use.",
            step=step,
            limits=Limits(minimum=1, maximum=9),
        ),
        QuestionSpec(
            QuestionKind.LONG_TEXT,
            "What shows this level",
            key="readiness_evidence",
            step=step,
            limits=Limits(max_words=100),
            condition=Condition("readiness", Comparison.ANSWERED),
        ),
        QuestionSpec(
            QuestionKind.SEVERAL_OF,
            "Intellectual property",
            key="property",
            step=step,
            required=True,
            options=_options(
                "none | None",
                "applied | Applied for",
                "granted | Granted",
                "licensed | Licensed to us",
                "secret | Kept secret",
            ),
        ),
        QuestionSpec(
            QuestionKind.SHORT_TEXT,
            "Numbers of patents or other rights",
            key="property_numbers",
            step=step,
            limits=Limits(max_length=300),
            condition=Condition("property", Comparison.INCLUDES, "granted"),
        ),
    ]


def _impact() -> list[QuestionSpec]:
    step = "impact"
    return [
        QuestionSpec(
            QuestionKind.LONG_TEXT,
            "Environmental benefit in figures",
            key="environment",
            help=TABLE_HELP,
            step=step,
            required=True,
            limits=Limits(max_words=200),
        ),
        QuestionSpec(
            QuestionKind.YES_NO, "Has a third party checked these figures?", key="checked", step=step, required=True
        ),
        QuestionSpec(
            QuestionKind.SHORT_TEXT,
            "Who checked them, and when?",
            key="checked_by",
            step=step,
            required=True,
            limits=Limits(max_length=200),
            condition=Condition("checked", Comparison.IS, "yes"),
        ),
        QuestionSpec(
            QuestionKind.SEVERAL_OF,
            "Sustainable Development Goals",
            key="goals",
            step=step,
            options=_options(
                "2 | 2 Zero hunger",
                "5 | 5 Gender equality",
                "6 | 6 Clean water and sanitation",
                "7 | 7 Affordable and clean energy",
                "8 | 8 Decent work and economic growth",
                "9 | 9 Industry, innovation and infrastructure",
                "11 | 11 Sustainable cities and communities",
                "12 | 12 Responsible consumption and production",
                "13 | 13 Climate action",
                "14 | 14 Life below water",
                "15 | 15 Life on land",
            ),
            limits=Limits(max_choices=3),
        ),
        _words("social", "Social benefit", 150, step, "Jobs, women, youth, users with little money."),
    ]


def _market() -> list[QuestionSpec]:
    step = "market"
    return [
        _words("market", "Market and customers", 200, step, "Size, segment, competitors, first customers."),
        _words("model", "Business model and money", 200, step, "How it earns, what was raised, what is needed."),
        QuestionSpec(
            QuestionKind.NUMBER,
            "Revenue of the last year, in thousand US dollars",
            key="revenue",
            step=step,
            limits=Limits(minimum=0),
        ),
        _words("scale", "Plan for other APEC economies", 200, step),
        QuestionSpec(
            QuestionKind.YES_NO,
            "Would you like to be incubated in another economy?",
            key="incubation",
            step=step,
        ),
        QuestionSpec(
            QuestionKind.LONG_TEXT,
            "In which economies, and with what kind of help?",
            key="incubation_wish",
            step=step,
            limits=Limits(max_words=100),
            condition=Condition("incubation", Comparison.IS, "yes"),
        ),
    ]


def _files() -> list[QuestionSpec]:
    pdf, picture = Limits(max_bytes=10 * MEGABYTE, accept=("pdf",)), Limits(accept=("png", "jpg"))
    return [
        QuestionSpec(
            QuestionKind.FILE,
            "Slides",
            key="slides",
            help="One slide a page.",
            step="files",
            required=True,
            limits=replace(pdf, max_pages=15),
        ),
        QuestionSpec(QuestionKind.FILE, "Proof of registration of the firm", key="proof", step="files", limits=pdf),
        QuestionSpec(QuestionKind.FILE, "Test report", key="test_report", step="files", limits=pdf),
        QuestionSpec(QuestionKind.FILE, "Logo", key="logo", step="files", limits=picture),
        QuestionSpec(QuestionKind.FILE, "Photo of the solution", key="photo", step="files", limits=picture),
    ]


def _words(key: str, label: str, most: int, step: str, help_text: str = "") -> QuestionSpec:
    return QuestionSpec(
        QuestionKind.LONG_TEXT,
        label,
        key=key,
        help=help_text,
        step=step,
        required=True,
        limits=Limits(max_words=most),
    )


def _options(*lines: str) -> tuple[Option, ...]:
    return tuple(Option(value.strip(), label.strip()) for value, _, label in (line.partition("|") for line in lines))
