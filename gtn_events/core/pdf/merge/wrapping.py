"""Where a line may break, in every script: by Pango, so that both ways of printing break at the same places."""

from functools import lru_cache

from weasyprint.text.line_break import get_log_attrs


@lru_cache(maxsize=4096)
def break_places(text: str, lang: str) -> tuple[int, ...]:
    """Return the places in a text where a new line may begin, without its start and its end."""
    attributes = get_log_attrs(text, lang)
    return tuple(place for place in range(1, len(text)) if attributes[place].is_line_break)
