"""The fields that the text of a mail to many may hold, and how they are filled for one person."""

import re

from gtn_events.core.economies import DelegationClass
from gtn_events.core.links import site_url

from ..errors import UnknownField
from ..models import Registration

FIELDS = (
    *("name", "given_name", "family_name", "organisation", "economy", "category", "state", "number"),
    *("forum", "city", "first_day", "last_day", "page"),
)
_FIELD = re.compile(r"\{([^{}\n]*)\}")


def require_known_fields(text: str, *, field: str) -> None:
    """Refuse a text with a field that nothing would fill.

    Raises:
        UnknownField: names what is unknown and what there is; belongs to the form's ``field``.
    """
    unknown = sorted({each for each in _FIELD.findall(text) if each not in FIELDS})
    if unknown:
        named = ", ".join(f"{{{each}}}" for each in unknown)
        known = ", ".join(f"{{{each}}}" for each in FIELDS)
        raise UnknownField(f"Nothing fills {named}. There are: {known}.", field=field)


def filled(text: str, registration: Registration) -> str:
    """Return a text as one person gets it; what a person typed into a field is never taken for a field itself."""
    forum, economy = registration.forum, registration.economy
    values = {
        "name": registration.delegate_name,
        "given_name": registration.given_name,
        "family_name": registration.family_name,
        "organisation": registration.organisation_name,
        "economy": economy.short_name if economy else _class_of(registration),
        "category": registration.category.label,
        "state": registration.state.label.lower(),
        "number": registration.reference,
        "forum": forum.title,
        "city": forum.city,
        "first_day": f"{forum.starts_on:%-d %B %Y}",
        "last_day": f"{forum.ends_on:%-d %B %Y}",
        "page": site_url("forum_public.show", forum=forum.slug),
    }
    return _FIELD.sub(lambda match: values.get(match[1], match[0]), text)


def _class_of(registration: Registration) -> str:
    kind = registration.delegation_class
    return "" if kind is DelegationClass.ECONOMY else kind.label
