"""The public list of participants as a PDF: in protocol order, without e-mail addresses, as its design has it."""

from dataclasses import dataclass

from gtn_events.core.pdf import render_long
from gtn_events.core.pdf.asset_names import PICTURE_ROOT
from gtn_events.designs.pictures import Names, brought, names_of_pictures
from gtn_events.designs.values import Design

from .list_wording import FAMILY, ListWording
from .listed import ListFacts


@dataclass(frozen=True, kw_only=True)
class ListSignatory:
    """Who signs a list, and the address of the signature as a picture, if there is one."""

    name: str
    role: str
    address: str


def list_pdf(facts: ListFacts, design: Design, *, version: int | None) -> bytes:
    """Return the list as a tagged PDF; the same list in the same design gives the same bytes.

    Args:
        version: the number of the design's version, 0 for the standard one, None for a preview; printed at the end.
    """
    wording, names = ListWording(design, facts), names_of_pictures([design])
    return render_long(
        f"{FAMILY}/{design.template}",
        {
            "facts": facts,
            "wording": wording,
            "orientation": design.orientation.value,
            "logos": [
                (f"{PICTURE_ROOT}{names[each.upload_id]}", each.description)
                for each in design.logos
                if each.upload_id in names
            ],
            "signatories": _signatories(design, names),
            "version": version,
        },
        lang=design.language,
        title=wording.title(),
        pictures=brought(design, names),
    )


def _signatories(design: Design, names: Names) -> list[ListSignatory]:
    return [
        ListSignatory(
            name=each.name,
            role=each.role,
            address=f"{PICTURE_ROOT}{names[each.upload_id]}" if each.upload_id in names else "",
        )
        for each in design.signatories
    ]
