"""What the rules say about what firms have sent, read for a whole page of it at once."""

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol, TypeVar

from gtn_events.questionnaire.queries.answers import answers_of

from .rules import Facts, Finding, Member, Rule, check_eligibility
from .setting import economy_names


class Checked(Protocol):
    """What of an entry or an application, or of a line of a list, the rules need."""

    @property
    def id(self) -> int: ...
    @property
    def organisation_size(self) -> str: ...
    @property
    def founded_in(self) -> int | None: ...
    @property
    def economy_code(self) -> str: ...
    @property
    def answer_set_id(self) -> int: ...


C = TypeVar("C", bound=Checked)


def findings_of_rows(
    rules: Sequence[Rule],
    rows: Sequence[C],
    *,
    year: int,
    won_before: Callable[[C], bool] = lambda _row: False,
    teams: Mapping[int, Sequence[Member]] | None = None,
) -> dict[int, list[Finding]]:
    """Return the findings of each row by its id; the number of queries does not grow with the rows.

    Args:
        year: to which years since founding are counted.
        won_before: whether the person or the firm won an earlier edition.
        teams: by the id of the row; nobody where it is not named.
    """
    if not rules:
        return {row.id: [] for row in rows}
    names, answers = economy_names(), answers_of([row.answer_set_id for row in rows])
    return {
        row.id: check_eligibility(
            rules,
            Facts(
                economy_code=row.economy_code,
                economy_name=names.get(row.economy_code, row.economy_code),
                organisation_size=row.organisation_size,
                founded_in=row.founded_in,
                year=year,
                won_before=won_before(row),
                team=(teams or {}).get(row.id, ()),
                answers=answers[row.answer_set_id],
            ),
        )
        for row in rows
    }
