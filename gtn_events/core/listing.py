"""What a person asked of a list: search, filters, sort, place; all of it kept in the address."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlencode

from sqlalchemy import ColumnElement, and_, or_, true
from sqlalchemy.orm import InstrumentedAttribute
from werkzeug.datastructures import MultiDict

from .cursors import Cursor, read_cursor, write_cursor
from .text import clean_text, fold

SIZES = (25, 50, 100)
LONGEST_SEARCH = 200
Column = ColumnElement[Any] | InstrumentedAttribute[Any]  # Any: columns of every type can be sorted by


@dataclass(frozen=True, kw_only=True)
class Listing:
    """What a person asked of a list, as it stands in the address.

    Every parameter is checked when it is read; what is unknown or garbage counts as not given.
    """

    path: str
    search: str = ""
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sort: str
    descending: bool = False
    size: int = SIZES[0]
    cursor: Cursor | None = None
    sorts: Mapping[str, Column]
    default_sort: str

    @classmethod
    def read(
        cls,
        path: str,
        args: "MultiDict[str, str]",
        *,
        sorts: Mapping[str, Column],
        default_sort: str,
        filters: Mapping[str, Sequence[str]] | None = None,
        size: int = SIZES[0],
    ) -> "Listing":
        """Read ``request.path`` and ``request.args``.

        Args:
            sorts: sort key to column; the columns are compared as the database does, so
                names need a folded column.
            default_sort: a key of ``sorts``, with a leading ``-`` for descending.
            filters: parameter name to the values it may have; several may be chosen.
            size: rows on a page when the address does not say.
        """
        wanted = args.get("sort", default_sort)
        if wanted.removeprefix("-") not in sorts:
            wanted = default_sort
        asked_size = args.get("size", "")
        chosen = {
            name: tuple(value for value in dict.fromkeys(args.getlist(name)) if value in set(allowed))
            for name, allowed in (filters or {}).items()
        }
        return cls(
            path=path,
            search=clean_text(args.get("q", ""))[:LONGEST_SEARCH],
            filters={name: values for name, values in chosen.items() if values},
            sort=wanted.removeprefix("-"),
            descending=wanted.startswith("-"),
            size=int(asked_size) if asked_size in {str(each) for each in SIZES} else size,
            cursor=read_cursor(args.get("at", "")),
            sorts=sorts,
            default_sort=default_sort,
        )

    def chosen(self, name: str) -> tuple[str, ...]:
        """Return the chosen values of a filter, empty for all."""
        return tuple(self.filters.get(name, ()))

    def one(self, name: str) -> str:
        """Return the first chosen value of a filter, empty for all."""
        return next(iter(self.chosen(name)), "")

    @property
    def is_narrowed(self) -> bool:
        """True when a search or a filter leaves rows out."""
        return bool(self.search or self.filters)

    @property
    def sort_param(self) -> str:
        """The sort as the address spells it."""
        return f"-{self.sort}" if self.descending else self.sort

    def direction(self, key: str) -> str:
        """Return ``ascending``, ``descending`` or ``none``: the ``aria-sort`` of a column head."""
        if key != self.sort:
            return "none"
        return "descending" if self.descending else "ascending"

    def sort_url(self, key: str) -> str:
        """Return the address sorted by a key; the other way round if it is sorted by it already."""
        return replace(self, sort=key, descending=self.direction(key) == "ascending", cursor=None).url()

    def filter_url(self, name: str, *values: str) -> str:
        """Return the address with a filter set to values, or taken away when none are given."""
        rest = {key: kept for key, kept in self.filters.items() if key != name}
        return replace(self, filters={**rest, name: values} if values else rest, cursor=None).url()

    @property
    def clear_url(self) -> str:
        """The address without search and filters."""
        return replace(self, search="", filters={}, cursor=None).url()

    def url(self, cursor: Cursor | None = None) -> str:
        """Return the address of this state of the list, at a cursor or from the start."""
        pairs = self.hidden() + ([("at", write_cursor(cursor))] if cursor else [])
        return self.path + (f"?{urlencode(pairs)}" if pairs else "")

    def hidden(self, *without: str) -> list[tuple[str, str]]:
        """Return the state as name and value pairs, for hidden fields of a filter form."""
        pairs = [("q", self.search)] if self.search else []
        pairs += [(name, value) for name, values in self.filters.items() for value in values]
        if self.sort_param != self.default_sort:
            pairs.append(("sort", self.sort_param))
        if self.size != SIZES[0]:
            pairs.append(("size", str(self.size)))
        return [pair for pair in pairs if pair[0] not in without]

    def searched(self, *columns: Column) -> ColumnElement[bool]:
        """Return the condition that every word of the search stands in one of the columns.

        The columns hold folded text (see ``text.fold``) or plain ASCII such as addresses.
        """
        words = fold(self.search).split()
        each_word = (or_(*(column.icontains(word, autoescape=True) for column in columns)) for word in words)
        return and_(true(), *each_word)
