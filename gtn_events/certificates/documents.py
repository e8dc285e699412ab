"""The certificate as a PDF: the facts fixed at the issue in, the same bytes out each time."""

from dataclasses import dataclass
from typing import Any

from gtn_events.core.pdf import DocumentPage, page_html, qr_address, render_pdf
from gtn_events.core.pdf.asset_names import ON_DARK, PICTURE_ROOT
from gtn_events.designs.pictures import Names, brought, names_of_pictures
from gtn_events.designs.templates import templates
from gtn_events.designs.values import Design

from .design.fits import fit_of, rule_met_of
from .design.sizes import signed_size
from .design.wording import Wording
from .facts import ParticipationFacts
from .models import Certificate
from .seal import seal_data_uri

FAMILY = "certificates"  # the folder of their templates
_DARK = "award"  # the template whose ground is dark


@dataclass(frozen=True, kw_only=True)
class ShownSignatory:
    """Who signs, as a page shows it: with the address of the signature, and the size of what stands below the line."""

    name: str
    role: str
    address: str
    size: int


def certificate_pdf(certificate: Certificate, *, verify_url: str) -> bytes:
    """Return the certificate as a tagged PDF; identical bytes for the same certificate.

    Args:
        certificate: an issued certificate.
        verify_url: the full address of its page of verification below ``/verify``, shown as QR code.
    """
    wording, names = _wording(certificate), _names(certificate)
    shown = _shown(certificate, wording, names, verify_url)
    return render_pdf(
        _folder(wording),
        shown,
        lang=wording.design.language,
        title=wording.title(),
        pictures=brought(wording.design, names),
    )


def certificate_page(certificate: Certificate, *, verify_url: str, names: Names | None = None) -> DocumentPage:
    """Return the page of a certificate, to be printed with many others.

    Args:
        names: of the pictures of its design, when the caller has read them for many; None reads them.
    """
    wording, names = _wording(certificate), _names(certificate) if names is None else names
    lang = wording.design.language
    shown = _shown(certificate, wording, names, verify_url)
    html = page_html(_folder(wording), shown, lang=lang, title=wording.title())
    return DocumentPage(
        _folder(wording),
        lang,
        html,
        pictures=brought(wording.design, names),
        variant="" if certificate.design_id is None else str(certificate.design_id),
        remark=shown["fit"].problem,
    )


def _wording(certificate: Certificate) -> Wording:
    standard = certificate.design is None
    design = Design(template=certificate.template) if certificate.design is None else certificate.design.design
    facts = ParticipationFacts.from_dict(certificate.facts)
    return Wording(templates(FAMILY)[design.template], design, certificate.kind, facts, standard)


def _names(certificate: Certificate) -> Names:
    return {} if certificate.design is None else names_of_pictures([certificate.design.design])


def _folder(wording: Wording) -> str:
    return f"{FAMILY}/{wording.template.name}"


def _shown(certificate: Certificate, wording: Wording, names: Names, verify_url: str) -> dict[str, Any]:
    """Return what the page is given: facts, words, and the sizes at which they fit."""
    facts, design = wording.facts, wording.design
    word = wording.word
    return {
        "facts": facts,
        "kind": certificate.kind,
        "standard": wording.standard,
        "orientation": design.orientation.value,
        "own_language": wording.own_language,
        "network": wording.lines("network"),
        "heading": wording.text("heading"),
        "sentence": wording.text("sentence"),
        "closing": wording.text("closing"),
        "rule_met": rule_met_of(wording),
        "fit": fit_of(wording),
        "logos": [
            (f"{PICTURE_ROOT}{names[each.upload_id]}", each.description)
            for each in design.logos
            if each.upload_id in names
        ],
        "signatories": _signatories(wording, names),
        "word": word,
        "serial": certificate.serial,
        "issued_day": wording.issued_day(),
        "seal": seal_data_uri(facts.economy_rank, on_field=wording.template.name == _DARK),
        "qr": qr_address(verify_url),
        "check_at": verify_url.split("://", 1)[-1].rpartition("/verify")[0] + "/verify",
    }


def _signatories(wording: Wording, names: Names) -> list[ShownSignatory]:
    """Return who signs: whom the design names, or else the event's own."""
    ink = f"?{ON_DARK}" if wording.template.name == _DARK else ""
    chosen = [
        ShownSignatory(
            name=each.name,
            role=each.role,
            address=f"{PICTURE_ROOT}{names[each.upload_id]}{ink}" if each.upload_id in names else "",
            size=signed_size(each.name, each.role),
        )
        for each in wording.design.signatories
    ] or [
        ShownSignatory(
            name=each.name,
            role=each.role,
            address="",
            size=14 if wording.standard else signed_size(each.name, each.role),
        )
        for each in wording.facts.signatories
    ]
    return chosen[: wording.template.signatures]
