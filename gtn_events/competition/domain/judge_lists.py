"""Reading a pasted list of judges: name, address, economy and organisation, one person a line."""

import re
from dataclasses import dataclass

from gtn_events.accounts.domain.addresses import parse_address
from gtn_events.core.economies import economies_in_order
from gtn_events.core.errors import DomainError
from gtn_events.core.text import fold

from .judges import InvitedPerson

MOST_LINES = 50


@dataclass(frozen=True)
class ListProblem:
    """What is wrong in a line, counted from 1."""

    line: int
    text: str


def read_judge_list(text: str) -> tuple[list[InvitedPerson], list[ListProblem]]:
    """Return the people of a list and what could not be read; parts are parted by tab, semicolon or comma."""
    economies = {fold(word): each.code for each in economies_in_order() for word in _words_of(each)}
    people, problems, seen = [], [], set()
    lines = [(number, line.strip()) for number, line in enumerate(text.splitlines(), start=1) if line.strip()]
    for number, line in lines:
        try:
            person = _person(line, economies)
            key = parse_address(person.email).key
            if key in seen:
                raise DomainError(f"{person.email} stands in the list twice.")
            seen.add(key)
            people.append(person)
        except DomainError as error:
            problems.append(ListProblem(number, error.message))
    if len(lines) > MOST_LINES:
        problems.append(ListProblem(MOST_LINES + 1, f"At most {MOST_LINES} people can be invited at once."))
    return people, problems


def _words_of(economy: object) -> tuple[str, ...]:
    return tuple(str(getattr(economy, name)) for name in ("code", "short_name", "formal_name", "in_sentence"))


def _person(line: str, economies: dict[str, str]) -> InvitedPerson:
    separator = "\t" if "\t" in line else ";" if ";" in line else ","
    name, email, *rest = [part.strip() for part in line.split(separator)] + ["", ""]
    if "@" in name and "@" not in email:
        name, email = email, name
    if not name:
        raise DomainError("The name is missing.")
    parse_address(email)
    code, organisation = _economy(rest, separator, economies)
    return InvitedPerson(
        name=re.sub(r"\s+", " ", name)[:200], email=email, economy_code=code, organisation_name=organisation[:200]
    )


def _economy(rest: list[str], separator: str, economies: dict[str, str]) -> tuple[str | None, str]:
    """Return the economy's code and the organisation; an economy's own name may hold the comma that parts."""
    for count in (2, 1):
        code = economies.get(fold(f"{separator} ".join(rest[:count])))
        if code:
            return code, f"{separator} ".join(part for part in rest[count:] if part)
    if rest[0]:
        raise DomainError(f"{rest[0]} is no member economy. Write its name or its code.")
    return None, f"{separator} ".join(part for part in rest[1:] if part)
