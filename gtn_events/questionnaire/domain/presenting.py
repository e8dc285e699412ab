"""A stored answer as a person reads it."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from gtn_events.core.economies import ECONOMIES
from gtn_events.core.text import day

from ..enums import QuestionKind
from ..wording import _
from .questions import QuestionSpec

START_NAMES = {economy.code: economy.short_name for economy in ECONOMIES}
NO_FILES: Mapping[int, str] = {}


def present(
    question: QuestionSpec,
    value: Any,  # Any: an answer as JSON, see QuestionKind
    *,
    economy_names: Mapping[str, str] = START_NAMES,
    file_names: Mapping[int, str] = NO_FILES,
) -> str:
    """Return an answer as text; an empty text for no answer.

    Never fails: a value that does not fit the question (it was given under another
    version) is shown as it is.

    Args:
        economy_names: code to name, when the names were edited.
        file_names: upload id to name, read once for a whole list (``file_names`` of queries).
    """
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, list):
        return "; ".join(question.option_label(str(each)) for each in value)
    match question.kind, value:
        case _kind, None:
            text = ""
        case QuestionKind.ONE_OF, str():
            text = question.option_label(value)
        case QuestionKind.ECONOMY, str():
            text = economy_names.get(value, value)
        case QuestionKind.FILE, int():
            text = file_names.get(value, _("File %(number)d", number=value))
        case QuestionKind.DATE, str():
            text = _day(value)
        case _other:
            text = str(value)
    return text


def _day(value: str) -> str:
    try:
        return day(date.fromisoformat(value))
    except ValueError:
        return value
