"""One page of the demonstration in one state."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Visit:
    """One page in one state.

    ``who`` is the part of an address before ``@gtn.example``, or the state of the registration
    of the person who looks; ``path`` may name rows of ``demo_rows``; ``press`` is a button whose
    answer is the page that counts; ``dark`` asks for both themes. ``status`` is what the address
    itself answers: a page of ours that says "not found" would look as well as the one that is meant.
    """

    who: str
    path: str
    dark: bool = False
    press: str = ""
    status: int = 200

    def __str__(self) -> str:
        pressed = f"+{self.press}" if self.press else ""
        return f"{self.who or 'nobody'}:{self.path}{pressed}".replace(" ", "-")
