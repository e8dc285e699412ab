"""The certificate as a PDF: the facts fixed at the issue in, the same bytes out each time."""

from dataclasses import dataclass
from typing import Any

from gtn_events.core.pdf import DocumentPage, page_html, qr_address, render_pdf
from gtn_events.core.pdf.asset_names import ON_DARK, PICTURE_ROOT

from .design.fitting import ENTRY_SIZES, Fit, Middle, fitted, fitted_name, on_one_line, own_script_size, signed_size
from .design.pictures import Names, brought, names_of_pictures
from .design.templates import templates
from .design.values import Design
from .design.wording import Wording
from .facts import ParticipationFacts
from .models import Certificate
from .seal import seal_data_uri

PRIZE_WIDTH = 500  # CSS pixels between the left margin and the ring, where there is no design
_DARK = "award"  # the template whose ground is dark
_PRIZE_SIZES = (84, 68, 54, 44, 36)


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
    return Wording(templates()[design.template], design, certificate.kind, facts, standard)


def _names(certificate: Certificate) -> Names:
    return {} if certificate.design is None else names_of_pictures([certificate.design.design])


def _folder(wording: Wording) -> str:
    return f"certificates/{wording.template.name}"


def _fit(wording: Wording) -> Fit:
    if wording.standard:
        return _standard_fit(wording.facts)
    facts = wording.facts
    middle = Middle(
        heading=" ".join(wording.lines("heading")),
        given_name=facts.given_name,
        family_name=facts.family_name.upper(),
        own_script_name=facts.own_script_name,
        own_script_language=facts.own_script_language,
        prize=facts.prize,
        entry_title=facts.entry_title,
        sentence=wording.lines("sentence"),
        rule_met=_rule_met(wording),
        closing=wording.lines("closing"),
    )
    return fitted(middle, wording.template.rooms[wording.design.orientation])


def _standard_fit(facts: ParticipationFacts) -> Fit:
    """Return the sizes of a certificate without a design: what was issued before there were designs stays as it was."""
    size, lines = fitted_name(facts.given_name, facts.family_name.upper())
    return Fit(
        size,
        lines,
        own_script_size(facts.own_script_name, facts.own_script_language),
        on_one_line(facts.prize, _PRIZE_SIZES, PRIZE_WIDTH),
        on_one_line(facts.entry_title, ENTRY_SIZES, PRIZE_WIDTH),
        1 if len(lines) > 2 else 0,
    )


def _rule_met(wording: Wording) -> tuple[str, ...]:
    """Return the sentences on the rule, which there are in English only."""
    return wording.facts.rule_met if wording.design.language == "en" else ()


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
        "rule_met": _rule_met(wording),
        "fit": _fit(wording),
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
