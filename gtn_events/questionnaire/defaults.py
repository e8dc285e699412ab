"""The questions a forum's registration begins with; the organiser can change every one."""

from .domain.questions import Condition, Limits, Option, QuestionSpec
from .enums import Comparison, QuestionKind
from .queries.versions import Step

REGISTRATION_STEPS = (
    Step("organisation", "Organisation", "Where you work, and what you do there."),
    Step(
        "travel",
        "Travel and needs",
        "Only the organiser sees this, and the sensitive parts are deleted after the forum.",
    ),
    Step("questions", "Questions"),
)
PASSPORT = Condition("visa_letter", Comparison.IS, "yes")
IN_PERSON = Condition("attendance_mode", Comparison.IS, "in-person")
SPEAKS = Condition("roles", Comparison.INCLUDES, "speaker")


def registration_questions() -> list[QuestionSpec]:
    """Return the default questions of a registration (what stands on the registration itself is not among them)."""
    return [*_part_in_the_event(), *_needs(), *_visa_letter(), *_journey(), *_closing()]


def _part_in_the_event() -> list[QuestionSpec]:
    step = "organisation"
    return [
        QuestionSpec(
            QuestionKind.ONE_OF,
            "How will you take part?",
            key="attendance_mode",
            step=step,
            required=True,
            options=_options("in-person | In person", "online | Online"),
        ),
        QuestionSpec(
            QuestionKind.SEVERAL_OF,
            "Your roles in this event",
            key="roles",
            help="Choose every one that applies.",
            step=step,
            required=True,
            options=_options(
                "delegate | Delegate",
                "speaker | Speaker",
                "moderator | Moderator",
                "expert | Expert",
                "jury | Member of a jury",
                "exhibitor | Exhibitor",
                "media | Media",
                "organiser | Organiser",
                "security | Security",
                "interpreter | Interpreter",
                "accompanying | Accompanying person",
            ),
        ),
        QuestionSpec(
            QuestionKind.ONE_OF,
            "Function in your delegation",
            key="delegation_function",
            step=step,
            options=_options(
                "head | Head of delegation",
                "alternate | Alternate head of delegation",
                "delegate | Delegate",
                "adviser | Adviser",
                "observer | Observer",
            ),
            condition=Condition("roles", Comparison.INCLUDES, "delegate"),
        ),
        QuestionSpec(
            QuestionKind.LONG_TEXT,
            "Short biography",
            key="biography",
            help="For the programme, in the third person.",
            step=step,
            limits=Limits(max_length=2_000, max_words=200),
            condition=SPEAKS,
        ),
        QuestionSpec(QuestionKind.SHORT_TEXT, "Department", key="department", step=step, limits=Limits(max_length=120)),
        QuestionSpec(
            QuestionKind.PHONE,
            "Mobile telephone",
            key="mobile",
            help="With + and the code. The host writes to it only when something changes on the day.",
            step=step,
        ),
        QuestionSpec(
            QuestionKind.SHORT_TEXT,
            "Name of your assistant",
            key="assistant_name",
            step=step,
            limits=Limits(max_length=120),
        ),
        QuestionSpec(
            QuestionKind.EMAIL,
            "E-mail address of your assistant",
            key="assistant_email",
            help="Letters to you are copied to this address.",
            step=step,
            condition=Condition("assistant_name", Comparison.ANSWERED),
        ),
    ]


def _needs() -> list[QuestionSpec]:
    step = "travel"
    return [
        QuestionSpec(
            QuestionKind.SEVERAL_OF,
            "Meals",
            key="meals",
            help="Choose what the kitchen has to know.",
            step=step,
            sensitive=True,
            options=_options(
                "vegetarian | Vegetarian",
                "vegan | Vegan",
                "halal | Halal",
                "kosher | Kosher",
                "no-pork | No pork",
                "no-beef | No beef",
                "gluten-free | Gluten free",
                "lactose-free | Lactose free",
                "other | Something else",
            ),
            condition=IN_PERSON,
        ),
        QuestionSpec(
            QuestionKind.SHORT_TEXT,
            "Meals: what else?",
            key="meals_other",
            step=step,
            sensitive=True,
            condition=Condition("meals", Comparison.INCLUDES, "other"),
        ),
        QuestionSpec(
            QuestionKind.SHORT_TEXT,
            "Food allergies",
            key="allergies",
            help="Write none of them in another field: only here they are kept apart and deleted after the event.",
            step=step,
            sensitive=True,
            limits=Limits(max_length=200),
            condition=IN_PERSON,
        ),
        QuestionSpec(
            QuestionKind.SEVERAL_OF,
            "Access and support",
            key="access_needs",
            step=step,
            sensitive=True,
            options=_options(
                "wheelchair | Wheelchair access",
                "hearing | Hearing loop or captioning",
                "sign-language | Sign language",
                "visual | Help with seeing",
                "assistant | A place for my assistant",
                "nursing-room | Nursing room",
                "prayer-room | Prayer room",
                "other | Something else",
            ),
        ),
        QuestionSpec(
            QuestionKind.LONG_TEXT,
            "Access and support: what else?",
            key="access_needs_other",
            step=step,
            sensitive=True,
            limits=Limits(max_length=500),
            condition=Condition("access_needs", Comparison.INCLUDES, "other"),
        ),
        QuestionSpec(
            QuestionKind.SHORT_TEXT,
            "Emergency contact: name and relation",
            key="emergency_contact",
            step=step,
            sensitive=True,
            condition=IN_PERSON,
        ),
        QuestionSpec(
            QuestionKind.PHONE,
            "Emergency contact: telephone",
            key="emergency_phone",
            step=step,
            required=True,
            sensitive=True,
            condition=Condition("emergency_contact", Comparison.ANSWERED),
        ),
    ]


def _visa_letter() -> list[QuestionSpec]:
    passport = {"step": "travel", "sensitive": True, "condition": PASSPORT}
    return [
        QuestionSpec(
            QuestionKind.YES_NO,
            "Do you need an invitation letter for a visa?",
            key="visa_letter",
            help="The letter is written after your registration is confirmed. It does not promise a visa.",
            step="travel",
            required=True,
            condition=IN_PERSON,
        ),
        QuestionSpec(
            QuestionKind.SHORT_TEXT,
            "Full name as in your passport",
            key="passport_name",
            required=True,
            **passport,  # type: ignore[arg-type]  # one dictionary for three kinds of arguments
        ),
        QuestionSpec(
            QuestionKind.SHORT_TEXT,
            "Passport number",
            key="passport_number",
            required=True,
            limits=Limits(max_length=30),
            **passport,  # type: ignore[arg-type]
        ),
        QuestionSpec(
            QuestionKind.ONE_OF,
            "Kind of passport",
            key="passport_kind",
            options=_options("ordinary | Ordinary", "official | Official or service", "diplomatic | Diplomatic"),
            **passport,  # type: ignore[arg-type]
        ),
        QuestionSpec(
            QuestionKind.SHORT_TEXT,
            "Nationality as in your passport",
            key="passport_nationality",
            required=True,
            limits=Limits(max_length=80),
            **passport,  # type: ignore[arg-type]
        ),
        QuestionSpec(QuestionKind.DATE, "Date of birth", key="birth_date", required=True, **passport),  # type: ignore[arg-type]
        QuestionSpec(QuestionKind.DATE, "Passport issued on", key="passport_issued", **passport),  # type: ignore[arg-type]
        QuestionSpec(
            QuestionKind.DATE,
            "Passport valid until",
            key="passport_expires",
            help="At least six months after your stay.",
            required=True,
            **passport,  # type: ignore[arg-type]
        ),
        QuestionSpec(
            QuestionKind.SHORT_TEXT,
            "Embassy or consulate where you apply",
            key="visa_office",
            required=True,
            **passport,  # type: ignore[arg-type]
        ),
    ]


def _journey() -> list[QuestionSpec]:
    step = "travel"
    return [
        QuestionSpec(QuestionKind.DATE, "Day of arrival", key="arrival_date", step=step, condition=IN_PERSON),
        QuestionSpec(
            QuestionKind.SHORT_TEXT,
            "Flight and hour of arrival",
            key="arrival_flight",
            step=step,
            limits=Limits(max_length=80),
            condition=Condition("arrival_date", Comparison.ANSWERED),
        ),
        QuestionSpec(QuestionKind.DATE, "Day of departure", key="departure_date", step=step, condition=IN_PERSON),
        QuestionSpec(
            QuestionKind.SHORT_TEXT,
            "Flight and hour of departure",
            key="departure_flight",
            step=step,
            limits=Limits(max_length=80),
            condition=Condition("departure_date", Comparison.ANSWERED),
        ),
        QuestionSpec(
            QuestionKind.YES_NO,
            "Would you like a room in the conference hotel?",
            key="hotel_wish",
            step=step,
            condition=IN_PERSON,
        ),
        QuestionSpec(
            QuestionKind.SHORT_TEXT,
            "Accompanying person: name",
            key="accompanying_person",
            help="A person who comes with you and needs a badge.",
            step=step,
            limits=Limits(max_length=120),
            condition=IN_PERSON,
        ),
    ]


def _closing() -> list[QuestionSpec]:
    step = "questions"
    return [
        QuestionSpec(
            QuestionKind.YES_NO,
            "May your e-mail address stand in the list of participants?",
            key="email_listed",
            help="The list goes to those who take part.",
            step=step,
            required=True,
        ),
        QuestionSpec(
            QuestionKind.YES_NO,
            "May we write to you a year later and ask what came of it?",
            key="contact_later",
            help="Once, for the evaluation.",
            step=step,
            required=True,
        ),
        QuestionSpec(
            QuestionKind.LONG_TEXT,
            "Anything the host should know",
            key="remarks",
            step=step,
            limits=Limits(max_length=1_000),
        ),
    ]


def _options(*lines: str) -> tuple[Option, ...]:
    return tuple(Option(value.strip(), label.strip()) for value, _, label in (line.partition("|") for line in lines))
