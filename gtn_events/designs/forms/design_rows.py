"""The rows of a design's form: logos and signatories, each with a picture, in an order that can be changed."""

from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import HiddenField
from wtforms.validators import Length

from gtn_events.accounts.forms.base import Form, text_field
from gtn_events.core.addresses import row_id

from ..values import DesignPicture, DesignSignatory

LOGO, SIGNATORY = "logo", "signatory"
WORDS = {LOGO: ("description",), SIGNATORY: ("name", "role")}
KEPT = (Length(max=12),)


@dataclass(frozen=True)
class DesignRow:
    """One logo, or one person who signs; its fields are named ``logo-2``, ``logo-2-upload``, ``logo-2-description``."""

    sort: str
    number: int
    picture: Any  # a WTForms field, as all that follow
    upload: Any
    words: tuple[Any, ...]

    @classmethod
    def of(cls, form: Form, sort: str, number: int) -> "DesignRow | None":
        """Return the row of that number, None where there is none."""
        fields, name = form._fields, f"{sort}-{number}"
        if name not in fields:
            return None
        words = tuple(fields[f"{name}-{part}"] for part in WORDS[sort])
        return cls(sort, number, fields[name], fields[f"{name}-upload"], words)

    @property
    def upload_id(self) -> int | None:
        """The number of its picture, None without one."""
        return row_id(self.upload.data) or None

    @property
    def is_filled(self) -> bool:
        """Whether anything is in it, a refused picture too."""
        return bool(self.upload_id or self.picture.errors or any(field.data for field in self.words))

    @property
    def logo(self) -> DesignPicture:
        """The row as a logo that has its picture."""
        return DesignPicture(upload_id=self.upload_id or 0, description=self.words[0].data or "")

    @property
    def signatory(self) -> DesignSignatory:
        """The row as somebody who signs."""
        name, role = (field.data or "" for field in self.words)
        return DesignSignatory(name=name, role=role, upload_id=self.upload_id)

    @property
    def content(self) -> list[Any]:  # Any: what stands in each field
        """What would move with it."""
        return [self.upload.data, *(field.data for field in self.words), self.picture.errors]

    def take(self, content: list[Any]) -> None:  # Any: as above
        """Show the content of another row, or nothing."""
        self.upload.data, *words, self.picture.errors = content or [None, *(None for _ in self.words), ()]
        for field, value in zip(self.words, words, strict=True):
            field.data = value

    def complain(self) -> bool:
        """Say in the row what it lacks, and whether it lacks anything."""
        if not self.is_filled:
            return False
        if self.sort == LOGO and not self.upload_id and not self.picture.errors:
            self.picture.errors = [_("Choose the picture, or take the description away.")]
            return True
        name = self.words[0]
        if name.data or (self.sort == LOGO and not self.upload_id):
            return False
        needed = (
            _("Say what the logo shows, for whoever does not see it.") if self.sort == LOGO else _("Write who signs.")
        )
        name.errors = [*name.errors, needed]
        return True


def row_fields(sort: str, count: int) -> dict[str, Any]:  # Any: fields that are not bound yet
    """Return the fields of so many rows by their names."""
    fields: dict[str, Any] = {}
    for number in range(1, count + 1):
        name = f"{sort}-{number}"
        fields[f"{name}-upload"] = HiddenField(validators=KEPT)
        if sort == LOGO:
            fields[name] = FileField(_l("Logo %(number)d", number=number))
            fields[f"{name}-description"] = text_field(_l("What logo %(number)d shows", number=number), most=120)
        else:
            fields[name] = FileField(_l("Signature %(number)d", number=number))
            fields[f"{name}-name"] = text_field(_l("Name of signatory %(number)d", number=number), most=60)
            fields[f"{name}-role"] = text_field(_l("Post of signatory %(number)d", number=number), most=80)
    return fields


def tidy(rows: list[DesignRow]) -> None:
    """Let filled rows stand first, in their order."""
    _arrange(rows, [row.content for row in rows if row.is_filled])


def move(rows: list[DesignRow], number: int, *, by: int) -> None:
    """Let a row change places with the one above (-1) or below (1)."""
    contents = [row.content for row in rows]
    here, there = number - 1, number - 1 + by
    if 0 <= here < len(rows) and 0 <= there < len(rows) and rows[there].is_filled:
        contents[here], contents[there] = contents[there], contents[here]
        _arrange(rows, contents)


def take_away(rows: list[DesignRow], number: int) -> None:
    """Empty a row; those below move up."""
    _arrange(rows, [row.content for row in rows if row.is_filled and row.number != number])


def _arrange(rows: list[DesignRow], contents: list[list[Any]]) -> None:  # Any: as above
    for row, content in zip(rows, [*contents, *([[]] * len(rows))], strict=False):
        row.take(content)
