"""An invitation or visa letter as a PDF: what was fixed when it was issued in, bytes out."""

from dataclasses import dataclass

from gtn_events.core.pdf import render_pdf
from gtn_events.core.pdf.asset_names import PICTURE_ROOT
from gtn_events.designs.pictures import Names, brought, names_of_pictures
from gtn_events.designs.values import Design

from .domain.letter_wording import FAMILY, LetterFacts, letter_words


@dataclass(frozen=True, kw_only=True)
class LetterSignatory:
    """Who signs, with the address of the signature, if there is one."""

    name: str
    role: str
    address: str = ""


def letter_pdf(facts: LetterFacts, *, ended: str = "") -> bytes:
    """Return the letter, tagged; identical bytes for the same facts.

    Args:
        ended: why the letter is not valid any more, printed across it: ``replaced``, ``revoked``.

    Raises:
        MissingGlyphs: a text has a character that no font has.
    """
    design = facts.shown_design
    names, (own_language, word) = names_of_pictures([design]), letter_words(design)
    shown = {
        "facts": facts,
        "own_language": own_language,
        "word": word,
        "network": _lines(design.texts["network"]),
        "heading": design.texts["heading"],
        "paragraphs": [" ".join(part.split()) for part in facts.text.split("\n\n") if part.strip()],
        "closing": _lines(design.texts["closing"]),
        "ended": word(ended) if ended else "",
        "logos": [
            (f"{PICTURE_ROOT}{names[each.upload_id]}", each.description)
            for each in design.logos
            if each.upload_id in names
        ],
        "signatories": _signatories(design, names)
        or [LetterSignatory(name=_signed_by(facts, word("for_organiser")), role=facts.signatory_post)],
    }
    return render_pdf(
        f"{FAMILY}/{design.template}",
        shown,
        lang=design.language,
        title=f"{facts.reference}: {facts.forum_title}",
        pictures=brought(design, names),
    )


def _signatories(design: Design, names: Names) -> list[LetterSignatory]:
    return [
        LetterSignatory(
            name=each.name,
            role=each.role,
            address=f"{PICTURE_ROOT}{names[each.upload_id]}" if each.upload_id in names else "",
        )
        for each in design.signatories
    ]


def _signed_by(facts: LetterFacts, nobody: str) -> str:
    return facts.signatory_name or facts.contact_name or nobody


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
