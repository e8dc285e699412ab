"""What organisers add to the mails of their event, and which mails wait for their release."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import LazyString
from sqlalchemy import String, Text, UniqueConstraint, bindparam, select
from sqlalchemy.orm import Mapped, mapped_column

from ..db import Model, db
from ..errors import Stale
from ..journal import record
from ..permissions import Scope
from ..text import clean_text


class MailWording(Model):
    """For one kind of mail of one event: a paragraph of the organiser's, and whether each waits for release."""

    __tablename__ = "core_mail_wording"
    __table_args__ = (UniqueConstraint("scope_kind", "scope_id", "template"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    scope_kind: Mapped[str] = mapped_column(String(30))
    scope_id: Mapped[int]
    template: Mapped[str] = mapped_column(String(100))
    words: Mapped[str] = mapped_column(Text, default="")
    hold: Mapped[bool] = mapped_column(default=False)
    lock_version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": lock_version}


@dataclass(frozen=True)
class Wording:
    """What holds for a kind of mail now; ``version`` is 0 where nothing was set yet."""

    words: str = ""
    hold: bool = False
    version: int = 0


_NOTHING = Wording()
# Asked for every mail that is written: made once.
_ONE = select(MailWording.words, MailWording.hold, MailWording.lock_version).where(
    MailWording.scope_kind == bindparam("kind"),
    MailWording.scope_id == bindparam("id"),
    MailWording.template == bindparam("template"),
)
_kinds: dict[str, Mapping[str, LazyString]] = {}


def register_mail_kinds(scope_kind: str, kinds: Mapping[str, LazyString]) -> None:
    """Say which mails events of a kind send: template to what it tells, in the order people meet them."""
    _kinds[scope_kind] = kinds


def mail_kinds(scope: Scope | None) -> Mapping[str, LazyString]:
    """Return the kinds of mail of an event; none for the whole site."""
    return _kinds.get(scope.kind, {}) if scope else {}


def wording_of(scope: Scope | None, template: str) -> Wording:
    """Return what the organisers of an event have set for a kind of mail."""
    if scope is None or template not in mail_kinds(scope):
        return _NOTHING
    row = db.session.execute(_ONE, {"kind": scope.kind, "id": scope.id, "template": template}).first()
    return Wording(*row) if row else _NOTHING


def wordings_of(scope: Scope | None) -> dict[str, Wording]:
    """Return what the organisers of an event have set, by template."""
    if scope is None:
        return {}
    statement = select(MailWording.template, MailWording.words, MailWording.hold, MailWording.lock_version).where(
        MailWording.scope_kind == scope.kind, MailWording.scope_id == scope.id
    )
    return {template: Wording(words, hold, version) for template, words, hold, version in db.session.execute(statement)}


def set_wording(
    scope: Scope, template: str, wording: Wording, *, actor: Any, now: datetime
) -> None:  # Any: an account, which this package does not know
    """Set paragraph and release of a kind of mail; ``wording.version`` is what was seen.

    Raises:
        Stale: somebody else has changed it since.

    Flushes; the caller commits.
    """
    standing = _standing(scope, template)
    if wording.version != (standing.lock_version if standing else 0):
        raise Stale("Somebody else has changed this mail since you opened the page. What you typed is kept below.")
    row = standing or MailWording(scope_kind=scope.kind, scope_id=scope.id, template=template, words="", hold=False)
    words = clean_text(wording.words).strip()
    changes = {"own words": (row.words or None, words or None), "wait for release": (row.hold, wording.hold)}
    row.words, row.hold = words, wording.hold
    db.session.add(row)
    db.session.flush()
    record("mail reworded", row, actor=actor, now=now, scope=scope, changes={"mail": (None, template)} | changes)


def copy_wordings(source: Scope, target: Scope) -> None:
    """Give a new edition the words of an earlier one. Flushes; the caller commits."""
    for template, wording in wordings_of(source).items():
        row = MailWording(scope_kind=target.kind, scope_id=target.id, template=template)
        row.words, row.hold = wording.words, wording.hold
        db.session.add(row)
    db.session.flush()


def _standing(scope: Scope, template: str) -> MailWording | None:
    statement = select(MailWording).where(
        MailWording.scope_kind == scope.kind, MailWording.scope_id == scope.id, MailWording.template == template
    )
    return db.session.scalar(statement.with_for_update())
