"""An invitation or visa letter as a PDF: what was fixed when it was issued in, bytes out."""

from gtn_events.core.pdf import render_pdf

from .domain.letters import LetterFacts


def letter_pdf(facts: LetterFacts, *, ended: str = "") -> bytes:
    """Return the letter, tagged; identical bytes for the same facts.

    Args:
        ended: the word that is printed across a letter that is not valid any more (``Replaced``).

    Raises:
        MissingGlyphs: a text has a character that no font has.
    """
    paragraphs = [" ".join(part.split()) for part in facts.text.split("\n\n") if part.strip()]
    return render_pdf(
        "forum/letter",
        {"facts": facts, "paragraphs": paragraphs, "ended": ended},
        title=f"{facts.reference}: {facts.forum_title}",
    )
