"""Between the forms' fields and what stands on badge and list."""

from typing import Any

from gtn_events.accounts.domain.names import guess_language
from gtn_events.accounts.models import Account
from gtn_events.core.economies import DelegationClass
from gtn_events.core.forms import Form

from ..domain.submission import Particulars
from ..models import Registration

CLASS_PREFIX = "class:"


def particulars_from(
    name: Form | None,
    organisation: Form | None,
    *,
    email: str,
    photo_upload_id: int | None,
    listed_publicly: bool,
) -> Particulars:
    """Return the particulars that two valid forms, ``NameForm`` and ``OrganisationForm``, hold."""
    if name is None or organisation is None:
        raise ValueError("both forms are needed")
    delegation_class, code = represented(name.economy.data)
    own_name = name.own_script_name.data
    return Particulars(
        honorific=name.honorific.data or "",
        given_name=name.given_name.data,
        family_name=name.family_name.data,
        own_script_name=own_name,
        own_script_language=name.own_script_language.data or guess_language(own_name, economy_code=code),
        gender=name.gender.data,
        email=email,
        delegation_class=delegation_class,
        economy_code=code,
        organisation_name=organisation.organisation_name.data,
        organisation_kind=organisation.organisation_kind.data,
        position=organisation.position.data,
        photo_upload_id=photo_upload_id,
        listed_publicly=listed_publicly,
    )


def represented(choice: str) -> tuple[DelegationClass, str | None]:
    """Return the delegation class and the economy's code of the economy field's value."""
    if choice.startswith(CLASS_PREFIX):
        return DelegationClass(choice.removeprefix(CLASS_PREFIX)), None
    return DelegationClass.ECONOMY, choice


def economy_choice(delegation_class: DelegationClass, code: str | None) -> str:
    """Return the economy field's value for somebody; empty when nothing is known yet."""
    if delegation_class is DelegationClass.ECONOMY:
        return code or ""
    return f"{CLASS_PREFIX}{delegation_class.value}"


def initial_particulars(account: Account) -> dict[str, Any]:
    """Return the first values of the forms, from the person's profile."""
    organisation = account.organisation
    return {
        "honorific": account.honorific,
        "given_name": account.given_name,
        "family_name": account.family_name,
        "own_script_name": account.own_script_name,
        "own_script_language": account.own_script_language,
        "gender": account.gender.value,
        "economy": economy_choice(account.delegation_class, account.economy_code),
        "organisation_name": organisation.name if organisation else "",
        "organisation_kind": organisation.kind.value if organisation else "",
        "position": account.position,
    }


def particulars_of(registration: Registration) -> dict[str, Any]:
    """Return the values of the forms for a registration that is being changed."""
    return {
        "honorific": registration.honorific,
        "given_name": registration.given_name,
        "family_name": registration.family_name,
        "own_script_name": registration.own_script_name,
        "own_script_language": registration.own_script_language,
        "gender": registration.gender,
        "economy": economy_choice(registration.delegation_class, registration.economy_code),
        "organisation_name": registration.organisation_name,
        "organisation_kind": registration.organisation_kind,
        "position": registration.position,
    }
