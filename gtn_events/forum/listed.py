"""What a list of participants says: the people of each economy or class, numbered through, and of when it tells."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import count, groupby

from gtn_events.core.economies import DelegationClass
from gtn_events.core.pdf import printable
from gtn_events.core.text import local

from .enums import DelegationFunction
from .models import Forum
from .queries.participants import Participant

_SHOWN_FUNCTIONS = {DelegationFunction.HEAD, DelegationFunction.ALTERNATE}


@dataclass(frozen=True, kw_only=True, slots=True)
class ListedPerson:
    """One line: ``number`` runs through the list, ``function`` is empty but for those who lead a delegation."""

    number: int
    name: str
    own_script_name: str
    own_script_language: str
    function: str
    position: str
    organisation: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ListedGroup:
    """An economy, or the class of those without one, and its people in protocol order."""

    economy: str
    delegation_class: DelegationClass
    people: Sequence[ListedPerson]


@dataclass(frozen=True, kw_only=True, slots=True)
class ListFacts:
    """A list of participants; ``as_of`` is the time at the venue of which it tells."""

    forum_title: str
    city: str
    host_economy_name: str
    first_day: date
    last_day: date
    as_of: datetime
    only_attended: bool
    groups: Sequence[ListedGroup]

    @property
    def people(self) -> int:
        """How many it names."""
        return sum(len(each.people) for each in self.groups)

    @property
    def economies(self) -> int:
        """How many economies they come from."""
        return sum(bool(each.economy) for each in self.groups)


def list_of(forum: Forum, people: Iterable[Participant], *, now: datetime, only_attended: bool) -> ListFacts:
    """Return the list of people who come in protocol order; letters that no font has are left out.

    Args:
        only_attended: whether it lists who attended, not everybody who is confirmed.
    """
    numbers = count(1)
    groups = groupby(people, key=lambda each: (each.economy, each.delegation_class if not each.economy else None))
    return ListFacts(
        forum_title=printable(forum.title),
        city=printable(forum.city),
        host_economy_name=forum.host_economy.short_name,
        first_day=forum.starts_on,
        last_day=forum.ends_on,
        as_of=local(now, forum.time_zone),
        only_attended=only_attended,
        groups=[
            ListedGroup(
                economy=economy,
                delegation_class=without or DelegationClass.ECONOMY,
                people=[_line(next(numbers), each) for each in group],
            )
            for (economy, without), group in groups
        ],
    )


def _line(number: int, person: Participant) -> ListedPerson:
    language = person.own_script_language or "und"
    return ListedPerson(
        number=number,
        name=printable(person.name),
        own_script_name=printable(person.own_script_name, language),
        own_script_language=language,
        function=person.function.value if person.function in _SHOWN_FUNCTIONS else "",
        position=printable(person.position),
        organisation=printable(person.organisation),
    )
