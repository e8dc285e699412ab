"""Designs for tests: a forum with its organiser, pictures, and what the editor's form sends."""

import io
from dataclasses import replace
from typing import Any

import pytest
from PIL import Image

from gtn_events.certificates.documents import FAMILY
from gtn_events.certificates.enums import CertificateKind
from gtn_events.designs import templates
from gtn_events.designs.enums import Orientation
from gtn_events.designs.values import Design

KIND = CertificateKind.PARTICIPATION
TYPED = {"seen": "0", "template": "participation", "orientation": "landscape", "language": "en"}


def design(**values: Any) -> Design:
    """The standard template in the standard language; ``values`` replace fields."""
    return replace(Design(template="participation", orientation=Orientation.LANDSCAPE), **values)


def drawn(name: str = "logo.png", *, size: tuple[int, int] = (40, 20), colour: str = "#0b5a43") -> tuple[Any, str]:
    """A picture as a form sends it."""
    file = io.BytesIO()
    Image.new("RGB", size, colour).save(file, "PNG")
    file.seek(0)
    return file, name


def give_room(monkeypatch: pytest.MonkeyPatch, *, logos: int = 3, signatures: int = 2) -> None:
    """Let every template take so many pictures."""
    read, known = templates.templates, templates.templates(FAMILY)
    roomy = {name: replace(each, logos=logos, signatures=signatures) for name, each in known.items()}
    monkeypatch.setattr(templates, "templates", lambda family: roomy if family == FAMILY else read(family))
