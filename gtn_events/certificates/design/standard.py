"""The design that certificates have while nobody chose one."""

from ..enums import CertificateKind
from .templates import templates
from .values import Design


def standard_design(kind: CertificateKind) -> Design:
    """Return the standard template of a kind with its own words."""
    return Design(template=kind.template, orientation=templates()[kind.template].orientations[0])
