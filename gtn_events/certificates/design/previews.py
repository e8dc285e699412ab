"""How a certificate would look: it says "Preview" where the serial stands, and verifies nothing."""

from flask_babel import gettext as _

from gtn_events.core.links import site_url
from gtn_events.designs.models import DocumentDesign
from gtn_events.designs.values import Design

from ..documents import certificate_pdf
from ..enums import CertificateKind
from ..facts import ParticipationFacts
from ..models import Certificate


def preview_certificate(kind: CertificateKind, design: Design, facts: ParticipationFacts) -> bytes:
    """Return a certificate that was not issued, as a PDF.

    Raises:
        MissingGlyphs: a text has a character that no font has.
    """
    shown = Certificate(
        serial=_("Preview"),
        kind=kind,
        template=design.template,
        design=DocumentDesign(values=design.as_dict()),
        facts=facts.as_dict(),
    )
    return certificate_pdf(shown, verify_url=site_url("certificates.verify_form"))
