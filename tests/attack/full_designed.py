"""Designs of certificates and letters of a forum with one word in texts, signatory and the name of the picture."""

import io
from typing import Any

from PIL import Image
from werkzeug.datastructures import FileStorage

from gtn_events.accounts.models import Account
from gtn_events.certificates.enums import CertificateKind
from gtn_events.designs.enums import Orientation
from gtn_events.designs.keeping import keep_design
from gtn_events.designs.pictures import add_design_picture
from gtn_events.designs.values import Design, DesignSignatory
from gtn_events.forum.enums import LetterKind
from gtn_events.forum.models import Forum
from tests.factories import MADE_AT


def design_certificates(forum: Forum, organiser: Account, word: str) -> dict[str, Any]:
    """Keep it, and return what the addresses of its pages are filled with."""
    picture = io.BytesIO()
    Image.new("RGB", (8, 8)).save(picture, "PNG")
    picture.seek(0)
    file = FileStorage(picture, filename=f"{word}.png")
    upload = add_design_picture(forum.scope, file, now=MADE_AT)
    design = Design(
        template="participation",
        texts={"heading": f"Heading {word}"},
        signatories=(DesignSignatory(name=f"Signatory {word}", role=word, upload_id=upload.id),),
    )
    kept = keep_design(forum.scope, CertificateKind.PARTICIPATION, design, seen=0, actor=organiser, now=MADE_AT)
    return {
        "owner": f"forum-{forum.id}",
        "design_kind": "participation",
        "design_number": kept.number,
        "template_name": "participation",
        "picture_id": upload.id,
    }


def design_letters(forum: Forum, organiser: Account, word: str) -> None:
    """Keep a design of letters with the word in its texts and its signatory."""
    design = Design(
        template="letterhead",
        orientation=Orientation.PORTRAIT,
        texts={"heading": f"Heading {word}", "text": f"{{name}} {word}", "closing": word},
        signatories=(DesignSignatory(name=f"Signatory {word}", role=word),),
    )
    for kind in LetterKind:
        keep_design(forum.scope, kind.designed, design, seen=0, actor=organiser, now=MADE_AT)
