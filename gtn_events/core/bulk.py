"""One act on many rows of a list: which were chosen, what the act would do, and doing it."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Generic, TypeVar
from urllib.parse import parse_qsl, urlencode

from werkzeug.datastructures import MultiDict

from .addresses import row_ids
from .db import db
from .errors import DomainError

MOST_REFUSALS_TOLD = 50
S = TypeVar("S")
T = TypeVar("T")


@dataclass
class Effect(Generic[S]):
    """What an act did, or would do: how many rows come into each state, and which cannot and why."""

    outcomes: Counter[S] = field(default_factory=Counter)
    refused: int = 0
    refusals: list[tuple[str, str]] = field(default_factory=list)

    def refuse(self, name: str, why: str) -> None:
        """Note one row that stays as it is."""
        self.refused += 1
        if len(self.refusals) < MOST_REFUSALS_TOLD:
            self.refusals.append((name, why))

    @property
    def changed(self) -> int:
        """How many rows change."""
        return self.outcomes.total()


def act_on_each(rows: Iterable[T], act: Callable[[T], S], *, name: Callable[[T], str]) -> Effect[S]:
    """Do one act to each row, each in a savepoint of its own; a refusal of one never stops the others.

    Args:
        act: does it and returns the new state; raises a ``DomainError`` where it is refused.
        name: says which row was refused.

    Flushes; the caller commits.
    """
    effect: Effect[S] = Effect()
    for row in rows:
        try:
            with db.session.begin_nested():
                outcome = act(row)
        except DomainError as refusal:
            effect.refuse(name(row), refusal.message)
        else:
            effect.outcomes[outcome] += 1
    return effect


@dataclass(frozen=True)
class Choice:
    """Which rows were chosen: by hand, or everything that the list's address matches."""

    ids: list[int]
    all_matching: bool
    list_address: str

    @classmethod
    def read(cls, form: "MultiDict[str, str]", matching: Callable[["MultiDict[str, str]"], list[int]]) -> "Choice":
        """Read what the form of a list sent.

        Args:
            form: the ids by hand, or that all are meant and the address of the list.
            matching: the ids of all rows that the arguments of an address match.

        The ids may be of any row: who acts on them scopes them again.
        """
        # Written anew: it becomes part of an address, and may have come with anything in it.
        address = urlencode(parse_qsl(form.get("list", "")))
        if form.get("all") == "1":
            return cls(matching(MultiDict(parse_qsl(address))), True, address)
        return cls(row_ids(form.getlist("ids")), False, address)

    def list_url(self, url: str) -> str:
        """Return the address of the list as it was, ``url`` being that of the whole list."""
        return f"{url}?{self.list_address}" if self.list_address else url
