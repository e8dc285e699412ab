"""The columns of the nominations' spreadsheet: how they are called, what may stand in them, how a cell is read."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from gtn_events.accounts.enums import Gender, OrganisationKind
from gtn_events.forum.enums import DelegationFunction, Funding
from gtn_events.forum.models import ForumCategory

from ..models import Nomination

LAST_RANK = 999
HONORIFICS = ("Mr", "Ms", "Mrs", "Mx", "Dr", "Prof", "Assoc. Prof.", "H.E.")
YES, NO = "yes", "no"


class CellRefused(ValueError):
    """What stands in a cell cannot be taken; the text says why."""


@dataclass(frozen=True)
class Column:
    """One column; ``words`` are the choices as they are written, empty for free text."""

    field: str
    label: str
    read: Callable[[str], Any]  # Any: what the field of a Nominee holds
    words: tuple[str, ...] = ()


def columns_for(categories: Sequence[ForumCategory]) -> list[Column]:
    """Return every column in the order of the template."""
    by_label = {each.label: each for each in categories}
    return [
        Column("email", "E-mail", _text(320)),
        _choice("category", "Category", by_label),
        _choice("honorific", "Title", {each: each for each in HONORIFICS}, empty=""),
        Column("given_name", "Given name", _text(100)),
        Column("family_name", "Family name", _text(100)),
        Column("own_script_name", "Name in own script", _text(150)),
        _choice("gender", "Gender", {each.label: each.value for each in Gender}, empty=""),
        Column("position", "Position", _text(120)),
        Column("organisation_name", "Organisation", _text(120)),
        _choice(
            "organisation_kind", "Kind of organisation", {each.label: each.value for each in OrganisationKind}, empty=""
        ),
        _enum("function", "Function", DelegationFunction, DelegationFunction.DELEGATE),
        Column("rank", "Rank", _rank),
        _choice("reserve", "Reserve", {YES: True, NO: False}, empty=False),
        _choice("funding", "Funding", {each.label: each for each in (Funding.OWN, Funding.APEC)}, empty=Funding.OWN),
        Column("relevance", "Why this person", _text(1_500)),
        Column("remarks", "Remarks", _text(1_500)),
    ]


def cells_of(nomination: Nomination, columns: Sequence[Column]) -> list[str]:
    """Return what stands in the line of a nomination that is there."""
    return [written(column, getattr(nomination, column.field)) for column in columns]


def written(column: Column, value: Any) -> str:  # Any: what the field of a Nominee holds
    """Return a value as it stands in its column."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return YES if value else NO
    if isinstance(value, ForumCategory):
        return value.label
    return next((word for word in column.words if value and column.read(word) == value), str(value))


def _text(most: int) -> Callable[[str], str]:
    def read(cell: str) -> str:
        if cell.startswith("="):
            raise CellRefused("A formula is not calculated here. Write the value.")
        if len(cell) > most:
            raise CellRefused(f"Use at most {most} signs; there are {len(cell)}.")
        return cell

    return read


def _rank(cell: str) -> int | None:
    if not cell:
        return None
    if not (cell.isascii() and cell.isdecimal()) or not 1 <= int(cell[:9]) <= LAST_RANK:
        raise CellRefused(f"Write a number from 1 to {LAST_RANK}.")
    return int(cell)


def _choice(field: str, label: str, choices: Mapping[str, Any], **empty: Any) -> Column:
    """Return a column in which one of some words stands, in any letter case; ``empty`` is what no word means."""
    folded = {word.casefold(): value for word, value in choices.items()}

    def read(cell: str) -> Any:
        if not cell and empty:
            return empty["empty"]
        if cell.casefold() not in folded:
            raise CellRefused(f"Write one of these: {', '.join(choices)}.")
        return folded[cell.casefold()]

    return Column(field, label, read, tuple(choices))


def _enum(field: str, label: str, words: type[StrEnum], empty: StrEnum) -> Column:
    return _choice(field, label, {each.label: each for each in words}, empty=empty)  # type: ignore[attr-defined]  # has labels
