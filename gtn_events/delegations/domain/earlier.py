"""Taking people of an earlier delegation over as drafts."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from gtn_events.accounts.models import Account
from gtn_events.core.bulk import Effect, act_on_each
from gtn_events.forum.models import ForumCategory, Registration

from ..models import Delegation
from .nominations import Nominee, draft_nomination


def copy_people(
    delegation: Delegation,
    people: Iterable[Registration],
    categories: Sequence[ForumCategory],
    *,
    actor: Account,
    now: datetime,
) -> Effect[str]:
    """Make a draft of each person: their present address, and the category of the same name or the first.

    Who is nominated or registered already is named and left alone. Flushes; the caller commits.
    """

    def act(person: Registration) -> str:
        category = next((each for each in categories if each.key == person.category.key), categories[0])
        nominee = Nominee(
            email=person.account.email,
            category=category,
            honorific=person.honorific,
            given_name=person.given_name,
            family_name=person.family_name,
            own_script_name=person.own_script_name,
            gender=person.gender,
            position=person.position[:120],
            organisation_name=person.organisation_name[:120],
            organisation_kind=person.organisation_kind,
            function=person.delegation_function,
            rank=person.delegation_rank,
        )
        draft_nomination(delegation, nominee, actor=actor, now=now)
        return "draft"

    return act_on_each(people, act, name=lambda person: person.delegate_name)
