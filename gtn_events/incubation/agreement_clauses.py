"""The clauses that an agreement begins with, until its parties change them; ``{names}`` are filled in."""

CLAUSES = (
    (
        "Aim",
        "{firm} works at {host} for some weeks to reach the goals of the activity plan, with its project “{title}”. "
        "The plan is part of this agreement.",
    ),
    ("Duration", "{stays}. A longer stay, or another one, is an amendment that all parties sign."),
    (
        "What the host does",
        "{host} gives what the activity plan names, a mentor who meets the firm every week, and a safe place of work. "
        "It introduces the firm to the partners that the plan speaks of.",
    ),
    (
        "What the firm does",
        "{firm} follows the plan, keeps the rules of the house, and tells its mentor in time when something cannot be "
        "done as planned. At least one of its people is there all the time.",
    ),
    (
        "What the home coordinator does",
        "The home coordinator prepares the firm for the stay, is there for both sides when something goes wrong, and "
        "follows what comes of it afterwards.",
    ),
    ("Costs", "Each party pays what the activity plan says it pays. Nothing else is owed."),
    (
        "Confidentiality",
        "What one party calls confidential, the others keep to themselves, for three years after the end. What is "
        "public, or was known before, is not confidential.",
    ),
    (
        "Intellectual property",
        "What a party brings stays its own. What two of them make together they share as they agree in a document of "
        "its own before it is used.",
    ),
    (
        "Reports and figures",
        "Firm and host each write a report at mid-term and at the end. The firm gives its figures at the start, at the "
        "end, and 6, 12 and 24 months later; the organiser publishes sums only.",
    ),
    (
        "Insurance, visa and safety",
        "The firm sees to insurance, visas and permits of its people; the host helps with letters. Everybody keeps the "
        "safety rules of the house.",
    ),
    ("No employment", "Nobody becomes an employee or a partner in law of another party by this agreement."),
    (
        "End",
        "Each party can end the agreement in writing with a reason; before that it talks with the others and with the "
        "organiser. What was agreed on confidentiality and property goes on.",
    ),
    (
        "Disputes",
        "The parties settle disputes between themselves, with the organiser's help if they wish. If that fails, the "
        "law and the courts of the host's seat apply.",
    ),
)
