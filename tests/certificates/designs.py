"""Designs with logos and signatures for tests."""

from datetime import datetime
from io import BytesIO

from PIL import Image, ImageDraw
from werkzeug.datastructures import FileStorage

from gtn_events.certificates.enums import CertificateKind
from gtn_events.certificates.models import Certificate
from gtn_events.core.permissions import Scope
from gtn_events.core.uploads import Upload
from gtn_events.designs.enums import Orientation
from gtn_events.designs.models import DocumentDesign
from gtn_events.designs.pictures import add_design_picture
from gtn_events.designs.values import Design, DesignPicture, DesignSignatory
from tests.names import Name

from .examples import FORUM, example_certificate

THANKS = "With the thanks of all who came, {name}."


def logo_file(*, size: tuple[int, int] = (480, 200), colour: str = "#1C4FA0", form: str = "PNG") -> FileStorage:
    """A drawn logo: a ring on nothing, or on white where the format knows no clear ground."""
    drawn = Image.new("RGBA", size)
    ImageDraw.Draw(drawn).ellipse((4, 4, size[0] - 5, size[1] - 5), outline=colour, width=24)
    return _file(drawn, form)


def signature_file() -> FileStorage:
    """A stroke of dark ink on nothing."""
    drawn = Image.new("RGBA", (600, 180))
    points = [(20 + 14 * step, 90 + (60 if step % 3 else -50)) for step in range(40)]
    ImageDraw.Draw(drawn).line(points, fill="#1B2A6B", width=7)
    return _file(drawn, "PNG")


def kept_pictures(now: datetime, scope: Scope = FORUM) -> tuple[Upload, Upload]:
    """Keep a logo and a signature for the designs of forum 7."""
    logo = add_design_picture(scope, logo_file(), now=now)
    return logo, add_design_picture(scope, signature_file(), now=now)


def full_design(template: str, orientation: Orientation, pictures: tuple[Upload, Upload]) -> Design:
    """A design with three logos, two signatures and a text of its own."""
    logo, signature = (each.id for each in pictures)
    return Design(
        template=template,
        orientation=orientation,
        texts={"closing": THANKS},
        logos=tuple(DesignPicture(upload_id=logo, description=f"Logo {number}") for number in (1, 2, 3)),
        signatories=(
            DesignSignatory(name="Trần Minh Hà", role="Host organiser", upload_id=signature),
            DesignSignatory(name="Lucía Rojas", role="Coordinator of the Network", upload_id=signature),
        ),
    )


def designed(kind: CertificateKind, name: Name, design: Design, *, number: int = 1) -> Certificate:
    """An unsaved certificate for a person of that name, issued with a design."""
    certificate = example_certificate(kind, name)
    certificate.template, certificate.design_id = design.template, number
    certificate.design = DocumentDesign(id=number, values=design.as_dict())
    return certificate


def _file(drawn: Image.Image, form: str) -> FileStorage:
    data = BytesIO()
    (drawn if form != "JPEG" else drawn.convert("RGB")).save(data, form)
    return FileStorage(BytesIO(data.getvalue()), filename=f"logo.{form.lower()}")
