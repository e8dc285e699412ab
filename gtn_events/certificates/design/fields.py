"""Fields in braces that texts of designs may use, and what each becomes."""

from ..facts import ParticipationFacts

FIELDS = ("holder", "role", "event", "city", "economy", "dates", "prize", "entry", "organisation")


def field_values(facts: ParticipationFacts) -> dict[str, str]:
    """Return what each field becomes for a person, by its name."""
    return {
        "holder": facts.holder_name,
        "role": facts.role,
        "event": facts.forum_title,
        "city": facts.city,
        "economy": facts.economy_in_sentence,
        "dates": facts.dates,
        "prize": facts.prize,
        "entry": facts.entry_title,
        "organisation": facts.organisation,
    }
