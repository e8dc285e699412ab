"""How a forum has its programme printed."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from gtn_events.core.db import db

from ..enums import BookletPart, BookletTheme, Paper
from ..models import Forum, PrintOptions

AS_WRITTEN = ""
MOST_NOTES = 24


@dataclass(frozen=True, kw_only=True)
class PrintChoice:
    """What was chosen; without a choice, what everybody gets.

    ``languages`` are those in which the booklet gives what is said of sessions, ``AS_WRITTEN`` for the words as they
    were first written.
    """

    theme: BookletTheme = BookletTheme.RING
    paper: Paper = Paper.A5
    parts: tuple[BookletPart, ...] = tuple(BookletPart)
    languages: tuple[str, ...] = (AS_WRITTEN,)
    notes_pages: int = 2
    poster_paper: Paper = Paper.A3
    sign_paper: Paper = Paper.A4


def choice_as_json(choice: PrintChoice) -> dict[str, Any]:  # Any: what JSON holds
    """Return what a job needs to make the booklet that was asked for, whatever is chosen meanwhile."""
    return {
        "theme": choice.theme.value,
        "paper": choice.paper.value,
        "parts": [part.value for part in choice.parts],
        "languages": list(choice.languages),
        "notes_pages": choice.notes_pages,
    }


def choice_from_json(values: Mapping[str, Any]) -> PrintChoice:  # Any: what JSON holds
    """Return the choice for a booklet that ``choice_as_json`` wrote down."""
    return PrintChoice(
        theme=BookletTheme(values["theme"]),
        paper=Paper(values["paper"]),
        parts=tuple(BookletPart(each) for each in values["parts"]),
        languages=tuple(values["languages"]),
        notes_pages=values["notes_pages"],
    )


def print_options(forum: Forum) -> PrintOptions | None:
    """Return the row of what was chosen for a forum; None where nothing was."""
    return db.session.get(PrintOptions, forum.id)


def print_choice(forum: Forum) -> PrintChoice:
    """Return what was chosen last for a forum."""
    kept = print_options(forum)
    if kept is None:
        return PrintChoice()
    return PrintChoice(
        theme=kept.theme,
        paper=kept.paper,
        parts=tuple(part for part in BookletPart if part.value in kept.parts),
        languages=tuple(kept.languages),
        notes_pages=kept.notes_pages,
        poster_paper=kept.poster_paper,
        sign_paper=kept.sign_paper,
    )
