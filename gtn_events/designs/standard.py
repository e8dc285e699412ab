"""The design that documents have while nobody chose one."""

from .kinds import designed_kind
from .templates import templates
from .values import Design


def standard_design(kind: str) -> Design:
    """Return the standard template of a kind with its own words."""
    found = designed_kind(kind)
    template = templates(found.family)[found.standard]
    return Design(template=template.name, orientation=template.orientations[0])
