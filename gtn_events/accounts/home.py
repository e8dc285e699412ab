"""What a person's home page shows; packages above register what they have for the person."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum

from gtn_events.core.economies import Economy

from .models import Account


@dataclass(frozen=True, kw_only=True)
class HomeItem:
    """One thing on the home page.

    Args:
        title: the task or the thing in a few words.
        url: where the button or the title leads.
        text: one sentence more.
        button: the label of the button; for a waiting item always given.
        state: shown as a state tag.
        deadline: shown in the reader's and the venue's time with the time left.
        venue_zone: IANA zone of the venue, None when there is no venue.
        venue_name: the city as people say it, ``Jakarta``.
        urgent: stands before the items that are not.
        economy: which the person speaks for in this; all of one economy stands together.
    """

    title: str
    url: str
    text: str = ""
    button: str = ""
    state: StrEnum | None = None
    deadline: datetime | None = None
    venue_zone: str | None = None
    venue_name: str = ""
    urgent: bool = False
    economy: Economy | None = None


@dataclass(frozen=True)
class HomeEntry:
    """One entry of a list: a thing alone, or all that there is of one economy."""

    economy: Economy | None
    items: list[HomeItem]


@dataclass(frozen=True, kw_only=True)
class HomeSection:
    """What one package has for a person: what waits, what is there, what can be started."""

    waiting: list[HomeItem] = field(default_factory=list)
    have: list[HomeItem] = field(default_factory=list)
    can_start: list[HomeItem] = field(default_factory=list)


HomeProvider = Callable[[Account, datetime], HomeSection]

_providers: list[HomeProvider] = []
_NEVER = datetime.max.replace(tzinfo=UTC)


def register_home_section(provider: HomeProvider) -> None:
    """Add a function that says what a package has for an account at a moment; once is enough."""
    if provider not in _providers:
        _providers.append(provider)


def home_of(account: Account, *, now: datetime) -> HomeSection:
    """Return everything for a person's home page; what waits is in the order of urgency and deadline."""
    sections = [provider(account, now) for provider in _providers]
    waiting = [item for section in sections for item in section.waiting]
    return HomeSection(
        waiting=sorted(waiting, key=lambda item: (not item.urgent, item.deadline or _NEVER)),
        have=[item for section in sections for item in section.have],
        can_start=[item for section in sections for item in section.can_start],
    )


def entries_of(items: Sequence[HomeItem]) -> list[HomeEntry]:
    """Return items in their order; those of an economy stand in one entry, where the first of them does."""
    entries: dict[str | int, HomeEntry] = {}
    for number, item in enumerate(items):
        key = item.economy.code if item.economy else number
        entries.setdefault(key, HomeEntry(item.economy, [])).items.append(item)
    return list(entries.values())
