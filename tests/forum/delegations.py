"""People of an economy, and what they give when they register."""

from dataclasses import fields
from itertools import count
from typing import Any

from gtn_events.accounts.models import Account
from gtn_events.core.economies import DelegationClass
from gtn_events.forum.domain.submission import Particulars
from gtn_events.forum.models import Registration
from tests.factories import make_account

_numbers = count()


def person_of(economy: str) -> Account:
    """One more person of an economy."""
    return make_account(f"person{next(_numbers)}@firm.example", economy_code=economy)


def particulars(account: Account, economy: str | None = "PE", **values: Any) -> Particulars:
    """What a person of an economy says about themselves."""
    given: dict[str, Any] = {
        "given_name": account.given_name,
        "family_name": account.family_name,
        "gender": account.gender.value,
        "email": account.email,
        "delegation_class": DelegationClass.ECONOMY,
        "economy_code": economy,
    }
    return Particulars(**(given | values))


def particulars_of(registration: Registration, economy: str) -> Particulars:
    """What a registration says, with another economy."""
    given = {field.name: getattr(registration, field.name) for field in fields(Particulars)}
    return Particulars(**(given | {"economy_code": economy}))
