"""What the points 1 to 5 mean for the criteria of the ready rule sets."""

GENERAL_LEVELS = (
    "Nothing that speaks for it",
    "Claimed, hardly supported",
    "Plausible, with some support",
    "Well supported",
    "Convincing throughout, independently confirmed",
)
FIVE_LEVELS = {
    "innovation": (
        "A known product, no difference shown",
        "A small change, weakly argued",
        "A clear difference from the usual ways of its market",
        "Protected or hard to copy, proven better by a test",
        "New to the world, strong rights, independent proof",
    ),
    "impact": (
        "No figure, or harmful",
        "A claim without a method",
        "An estimate with method and baseline",
        "Measured in a pilot",
        "Measured at users, checked by a third party, large for each unit",
    ),
    "market": (
        "No customer is known",
        "Customers are assumed",
        "A defined segment, some interviews or letters",
        "Paying users, realistic figures",
        "Growing sales, strong channel, clear edge",
    ),
    "team": (
        "One person, key skills are missing",
        "Thin skills, and no plan to change that",
        "The core skills are there",
        "Balanced, and has delivered before",
        "An outstanding record, advisers, women in lead roles",
    ),
    "scalability": (
        "Only local, no plan",
        "The plan is vague",
        "A plan for a second market",
        "Partners and costs are named",
        "Under way in another economy, little in the way",
    ),
    "feasibility": (
        "Cannot be carried out",
        "Large gaps",
        "Credible with help",
        "Credible, with milestones and a budget",
        "Funded and under way",
    ),
    "pitch": (
        "Unclear, or over time",
        "Partly clear",
        "Clear and on time",
        "Convincing, with good answers",
        "Excellent, every question answered with data",
    ),
}
