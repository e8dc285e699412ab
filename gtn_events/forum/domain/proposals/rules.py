"""What a proposal needs before it can be sent."""

from dataclasses import dataclass

from ...models import SideEventProposal

TITLE_WORDS = 15
DESCRIPTION_WORDS = (200, 300)
OBJECTIVES_WORDS = 100
MOST_CO_HOSTS = 4
MOST_WISHES = 3
# A text in a script that puts no spaces between words is measured in signs: six make a word, as translators count.
SIGNS_OF_A_WORD = 6


@dataclass(frozen=True)
class Missing:
    """One thing that is missing: the field of the form, and the sentence."""

    field: str
    sentence: str


def count_words(text: str) -> int:
    """Return how many words a text has; long runs without a space (Thai, Japanese, Chinese) count by their signs."""
    return sum(1 if word.isascii() else max(1, _unspaced(word) // SIGNS_OF_A_WORD) for word in text.split())


def what_a_proposal_lacks(proposal: SideEventProposal) -> list[Missing]:
    """Return what stands between a draft and the organiser, in the order of the form."""
    title, words = count_words(proposal.title), count_words(proposal.description)
    least, most = DESCRIPTION_WORDS
    found = [
        Missing("title", "Give the side event a title.") if not title else None,
        Missing("title", f"The title has {title} words; use {TITLE_WORDS} at most.") if title > TITLE_WORDS else None,
        Missing("topic", "Say what it is about, in a few words.") if not proposal.topic else None,
        Missing("lead_name", "Say who leads it: an economy or an organisation.") if not proposal.led_by else None,
        Missing("contact_name", "Name the person the organiser writes to.") if not proposal.contact_name else None,
        Missing("contact_email", "Give the address of that person.") if not proposal.contact_email else None,
        Missing("languages", "Say in which languages it is held.") if not proposal.languages else None,
        Missing("description", f"The description has {words} words; it needs {least} to {most}.")
        if not least <= words <= most
        else None,
        Missing("objectives", "Say what it is to achieve.") if not proposal.objectives else None,
        Missing("objectives", f"Use {OBJECTIVES_WORDS} words at most for what it is to achieve.")
        if count_words(proposal.objectives) > OBJECTIVES_WORDS
        else None,
        Missing("expected_number", "Say how many people you expect.") if not proposal.expected_number else None,
        Missing("day_1", "Choose a day and a time that would suit you.") if not proposal.wishes else None,
    ]
    return [each for each in found if each is not None]


def _unspaced(word: str) -> int:
    """Count the signs of scripts that are written without spaces."""
    return sum(
        "\u0e00" <= sign <= "\u0eff" or "\u3040" <= sign <= "\u30ff" or "\u3400" <= sign <= "\u9fff" for sign in word
    )
