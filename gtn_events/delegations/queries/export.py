"""The delegation as rows for CSV and xlsx, in protocol order; no answer of the questionnaire."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import tzinfo

from gtn_events.accounts.enums import Gender
from gtn_events.core.exports import Cell

from .people import Person

HEADERS = (
    "No",
    "Number",
    "Title",
    "Given name",
    "Family name",
    "Name in own script",
    "Gender",
    "Function",
    "Rank",
    "Position",
    "Organisation",
    "E-mail",
    "Category",
    "Funding",
    "State",
    "Asked",
)
GENDERS = {each.value: each.label for each in Gender}


def export_rows(people: Iterable[Person], categories: Mapping[int, str], zone: tzinfo) -> Iterator[list[Cell]]:
    """Yield one line for each person, numbered."""
    for number, person in enumerate(people, start=1):
        yield [
            number,
            person.reference,
            person.honorific,
            person.given_name,
            person.family_name.upper(),
            person.own_script_name,
            GENDERS.get(person.gender, ""),
            person.delegation_function.label,
            person.delegation_rank,
            person.position,
            person.organisation_name,
            person.email,
            categories.get(person.category_id, ""),
            person.funding.label,
            person.state.label,
            person.submitted_at.astimezone(zone).replace(tzinfo=None),
        ]
