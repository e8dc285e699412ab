"""A reason that somebody types."""

from gtn_events.core.text import clean_text

LONGEST_REASON = 2_000


def reason_in(text: str | None) -> str:
    """Return a typed reason, clean and not endless."""
    return clean_text(text or "")[:LONGEST_REASON].strip()
