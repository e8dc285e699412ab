"""Writing, releasing and acknowledging circulars."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from werkzeug.datastructures import FileStorage

from gtn_events.accounts.models import Account
from gtn_events.accounts.queries.coordinators import own_economies
from gtn_events.core import journal
from gtn_events.core.db import db
from gtn_events.core.economies import Economy
from gtn_events.core.errors import NotAllowed, Stale
from gtn_events.core.text import clean_text
from gtn_events.core.uploads import FileKind, delete_upload, store_upload
from gtn_events.core.upsert import insert_unless_there
from gtn_events.forum.domain.locking import lock_forum
from gtn_events.forum.models import Forum

from ..circular_errors import CircularRefused
from ..circular_words import SECTIONS, CircularState
from ..models import Circular, CircularAcknowledgement, CircularFile, CircularVersion
from ..notifications_circulars import tell_of_release
from ..queries.circulars import begun_with_title, next_number

FILE_KINDS = (FileKind.PDF, FileKind.DOCX, FileKind.XLSX, FileKind.JPEG, FileKind.PNG)
MOST_BYTES = 10 * 1024 * 1024
MOST_FILES = 8


@dataclass(frozen=True, kw_only=True)
class CircularText:
    """What a version says: ``sections`` by key, ``hidden`` the keys readers do not see, ``audience`` empty for all."""

    title: str
    sections: dict[str, str]
    hidden: frozenset[str]
    audience: tuple[str, ...]
    acknowledge_by: date | None


def begin_circular(forum: Forum, title: str, *, actor: Account, now: datetime) -> CircularVersion:
    """Begin the next circular of a forum as a draft that knows dates, venue and contact. Flushes; the caller commits.

    Raises:
        CircularRefused: a draft of this title was begun already, and nothing of it released.
    """
    lock_forum(forum)
    if db.session.scalar(select(begun_with_title(forum, title))):
        raise CircularRefused("A circular of this title is begun already, and not released. Go on with that one.")
    circular = Circular(forum=forum, number=next_number(forum), created_at=now)
    text = {
        "dates": f"{forum.starts_on:%-d %B %Y} to {forum.ends_on:%-d %B %Y}\n{forum.venue}, {forum.city}",
        "contacts": f"{forum.contact_name}\n{forum.contact_email}".strip(),
    }
    version = CircularVersion(
        circular=circular, version=1, title=title, sections=_sections(text, set()), created_at=now
    )
    db.session.add_all([circular, version])
    db.session.flush()
    journal.record("circular begun", circular, actor=actor, now=now, scope=forum.scope)
    return version


def write_version(version: CircularVersion, text: CircularText, *, seen: int, actor: Account, now: datetime) -> None:
    """Change a draft; ``seen`` is the ``lock_version`` of the page.

    Raises:
        CircularRefused: it is no draft.
        Stale: somebody else changed it since.

    Flushes; the caller commits.
    """
    _require_draft(version)
    if version.lock_version != seen:
        raise Stale("Somebody else has changed this circular since you opened the page. What you typed is kept below.")
    version.title, version.audience = text.title, list(text.audience)
    version.acknowledge_by = text.acknowledge_by
    version.sections = _sections(text.sections, text.hidden)
    journal.record("circular written", version.circular, actor=actor, now=now, scope=version.circular.forum.scope)
    db.session.flush()


def add_file(version: CircularVersion, file: FileStorage, *, now: datetime) -> CircularFile:
    """Keep a file with a draft.

    Raises:
        CircularRefused: it is no draft, or there are as many files as there may be.
        UploadRefused: the file is of another kind, broken or too large.

    Flushes; the caller commits.
    """
    _require_draft(version)
    if len(version.files) >= MOST_FILES:
        raise CircularRefused(f"There are {MOST_FILES} files already. Take one away first.", field="file")
    # The file is the forum's, not the person's: it stays when the account is erased.
    upload = store_upload(file, allowed=FILE_KINDS, max_bytes=MOST_BYTES, owner_id=None, now=now)
    kept = CircularFile(upload=upload)
    version.files.append(kept)
    db.session.flush()
    return kept


def remove_file(version: CircularVersion, file: CircularFile, *, now: datetime) -> None:
    """Take a file away from a draft; it goes unless an earlier version has it too. Flushes; the caller commits.

    Raises:
        CircularRefused: it is no draft.
    """
    _require_draft(version)
    upload = file.upload
    version.files.remove(file)
    db.session.flush()
    if not any(each.upload_id == upload.id for other in version.circular.versions for each in other.files):
        delete_upload(upload, now=now)


def release(version: CircularVersion, *, actor: Account, now: datetime) -> None:
    """Release a draft: it takes the place of the version before, and each coordinator gets one mail.

    Raises:
        CircularRefused: it is no draft, or it says nothing.

    Flushes; the caller commits.
    """
    _hold(version)
    _require_draft(version)
    if not version.shown_sections:
        raise CircularRefused("Write at least one section that is not hidden.")
    before = version.circular.released
    if before is not None:
        before.state = CircularState.SUPERSEDED
        db.session.flush()
    version.state, version.released_at = CircularState.RELEASED, now
    db.session.flush()
    changes = {"version": (before.version if before else None, version.version)}
    scope = version.circular.forum.scope
    journal.record("circular released", version.circular, actor=actor, now=now, scope=scope, changes=changes)
    tell_of_release(version, now=now)


def begin_version(circular: Circular, *, actor: Account, now: datetime) -> CircularVersion:
    """Begin the next version from the one that holds, its files too. Flushes; the caller commits.

    Raises:
        CircularRefused: there is a draft already, or nothing was released.
    """
    before = circular.released
    if before is None or circular.draft is not None:
        raise CircularRefused("There is a draft already. Release or discard it first.")
    files = [CircularFile(upload=each.upload) for each in before.files]
    version = CircularVersion(
        circular=circular,
        version=before.version + 1,
        title=before.title,
        sections=[dict(each) for each in before.sections],
        audience=list(before.audience),
        created_at=now,
        files=files,
    )
    db.session.add(version)
    db.session.flush()
    journal.record("version of circular begun", circular, actor=actor, now=now, scope=circular.forum.scope)
    return version


def discard(version: CircularVersion, *, actor: Account, now: datetime) -> None:
    """Throw a draft away; the circular goes too when nothing of it was released. Flushes; the caller commits.

    Raises:
        CircularRefused: it is no draft.
    """
    _hold(version)
    _require_draft(version)
    circular = version.circular
    for file in list(version.files):
        remove_file(version, file, now=now)
    journal.record("draft of circular discarded", circular, actor=actor, now=now, scope=circular.forum.scope)
    circular.versions.remove(version)
    db.session.delete(version)
    db.session.flush()
    if not circular.versions:
        db.session.delete(circular)
    db.session.flush()


def acknowledge(version: CircularVersion, economy: Economy, *, actor: Account, now: datetime) -> bool:
    """Take note of a version for an economy; whoever is first stands there.

    Returns:
        False when the economy had acknowledged it already.

    Raises:
        NotAllowed: the person does not coordinate this economy.
        CircularRefused: the version does not hold, or is not for this economy.

    Flushes; the caller commits.
    """
    if economy.code not in {each.code for each in own_economies(actor)}:
        raise NotAllowed("Only a coordinator or a deputy of the economy acknowledges for it.")
    if version.state is not CircularState.RELEASED:
        raise CircularRefused("There is a newer version of this circular. Read and acknowledge that one.")
    if not version.is_for(economy.code):
        raise CircularRefused(f"This circular is not for {economy.in_sentence}.")
    values = {"version_id": version.id, "economy_code": economy.code, "account_id": actor.id, "at": now}
    statement = insert_unless_there(CircularAcknowledgement, **values).returning(CircularAcknowledgement.id)
    if db.session.scalar(statement) is None:
        return False
    changes = {"economy": (None, economy.short_name), "version": (None, version.version)}
    scope = version.circular.forum.scope
    journal.record("circular acknowledged", version.circular, actor=actor, now=now, scope=scope, changes=changes)
    db.session.flush()
    return True


def _hold(version: CircularVersion) -> None:
    """Read a version afresh and keep it until the transaction ends."""
    statement = select(CircularVersion).where(CircularVersion.id == version.id).with_for_update(of=CircularVersion)
    if db.session.scalar(statement.execution_options(populate_existing=True)) is None:
        raise CircularRefused("This draft was discarded meanwhile.")


def _require_draft(version: CircularVersion) -> None:
    if version.state is not CircularState.DRAFT:
        raise CircularRefused("This version was released. Begin a new version to change it.")


def _sections(texts: dict[str, str], hidden: frozenset[str] | set[str]) -> list[dict[str, Any]]:
    return [{"key": key, "text": clean_text(texts.get(key, "")).strip(), "hidden": key in hidden} for key in SECTIONS]
