"""Files under seal: looked at in memory, written to the disk sealed only."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from werkzeug.datastructures import FileStorage

from ..uploads import FileKind
from ..uploads.checking import checked_content
from .cipher import broken, new_key, seal, unseal
from .errors import Shredded
from .folder import sealed_folder
from .models import SealedItem
from .records import new_item, open_values, put


@dataclass(frozen=True)
class OpenedFile:
    """A file as it was given."""

    name: str
    content_type: str
    data: bytes


def seal_file(
    owner: Any,  # Any: a mapped row of any table
    name: str,
    file: FileStorage,
    *,
    allowed: Sequence[FileKind],
    max_bytes: int,
    shred_on: date,
    now: datetime,
) -> SealedItem:
    """Keep a file of a flushed row sealed; the one it had under this name is shredded.

    Raises:
        UploadRefused: the file is empty, too large, broken or of another kind.
        SealingUnavailable: the site has no key.

    The content has a key of its own, which lies in the item's box. Flushes; the caller commits. A file whose row
    never came is removed by ``remove_dead_files``.
    """
    checked = checked_content(file, allowed=allowed, max_bytes=max_bytes)
    item = new_item(owner, name, shred_on=shred_on, now=now)
    key = new_key()
    put(item, {"name": checked.name, "content_type": checked.kind.content_type, "key": key.hex()})
    path = _new_path()
    path.write_bytes(seal(checked.data, key=key, identity=_content_of(item)))
    item.stored_as, item.size = path.name, len(checked.data)
    return item


def open_file(item: SealedItem) -> OpenedFile:
    """Return a file; who reads it for a person writes that into the journal.

    Raises:
        Shredded, SealBroken, SealingUnavailable: as ``open_values``; a file that is not on the disk is broken.
    """
    about = open_values(item)
    if item.stored_as is None or "key" not in about:
        raise Shredded("This file is not there any more.")
    try:
        box = (sealed_folder() / item.stored_as).read_bytes()
    except FileNotFoundError as error:
        raise broken() from error
    data = unseal(box, key=bytes.fromhex(about["key"]), identity=_content_of(item))
    return OpenedFile(about["name"], about["content_type"], data)


def _content_of(item: SealedItem) -> str:
    return f"{item.identity}:content"


def _new_path() -> Path:
    folder = sealed_folder()
    folder.mkdir(parents=True, exist_ok=True)
    return folder / secrets.token_hex(20)
