"""What is different between two versions of a programme, in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from enum import StrEnum
from typing import Any

from flask_babel import format_date, gettext

from .enums import SessionLevel, SpeakerRole
from .programme_snapshot import Snapshot, by_guid

Texts = Mapping[tuple[str, int], Mapping[str, object]]


class Difference(StrEnum):
    """What became of a session."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True)
class SessionDifference:
    """One session that is different. ``sentences`` say what; ``speaker_ids`` appear in either version."""

    what: Difference
    guid: str
    code: str
    title: str
    sentences: tuple[str, ...]
    speaker_ids: frozenset[int]


@dataclass(frozen=True)
class Version:
    """One side of a comparison."""

    snapshot: Snapshot
    texts: Texts


def differences(before: Version | None, after: Version, zone: tzinfo) -> list[SessionDifference]:
    """Return the sessions that are different, in the order of the newer version, then those that are gone.

    Sessions are known by their guid, so one that moved or has another title is changed, not another one.
    """
    old = by_guid(before.snapshot["sessions"]) if before else {}
    new = by_guid(after.snapshot["sessions"])
    words = _Words(before, after, zone)
    found = []
    for guid, session in new.items():
        if guid not in old:
            found.append(_difference(Difference.ADDED, session, [words.place(session)], [session]))
        elif sentences := words.changes(old[guid], session):
            found.append(_difference(Difference.CHANGED, session, sentences, [old[guid], session]))
    gone = (session for guid, session in old.items() if guid not in new)
    return found + [_difference(Difference.REMOVED, session, [words.place(session)], [session]) for session in gone]


def people_that_differ(before: Version | None, after: Version) -> list[str]:
    """Return the names of those of whom the newer version says something else: name, place or biography.

    Who is new or gone is told with the sessions.
    """
    if before is None:
        return []
    old = {each["id"]: (each, before.texts.get(("speaker", each["id"]))) for each in before.snapshot["speakers"]}
    new = {each["id"]: (each, after.texts.get(("speaker", each["id"]))) for each in after.snapshot["speakers"]}
    return [facts["name"] for key, (facts, texts) in new.items() if key in old and old[key] != (facts, texts)]


def _difference(
    what: Difference, session: Mapping[str, Any], sentences: list[str], both: list[Mapping[str, Any]]
) -> SessionDifference:
    speakers = frozenset(speaker_id for each in both for speaker_id, _role in each["parts"])
    return SessionDifference(what, session["guid"], session["code"], session["title"], tuple(sentences), speakers)


class _Words:
    """The sentences, with the names of both versions."""

    def __init__(self, before: Version | None, after: Version, zone: tzinfo) -> None:
        versions = [version for version in (before, after) if version is not None]
        self._zone = zone
        self._before, self._after = before, after
        self._speakers = {each["id"]: each["name"] for version in versions for each in version.snapshot["speakers"]}
        self._tracks = {each["id"]: each["name"] for version in versions for each in version.snapshot["tracks"]}

    def place(self, session: Mapping[str, Any]) -> str:
        """Return when and where a session is."""
        if not session["starts_at"]:
            return gettext("It has no time.")
        if not session["room_name"]:
            return gettext("%(when)s.", when=self._when(session))
        return gettext("%(when)s, %(room)s.", when=self._when(session), room=session["room_name"])

    def changes(self, old: Mapping[str, Any], new: Mapping[str, Any]) -> list[str]:
        """Return a sentence for each thing that is different."""
        found = [*self._time(old, new), *self._names(old, new), *self._people(old, new)]
        if self._before is not None and self._texts_of(self._before, old) != self._texts_of(self._after, new):
            found.append(gettext("Its texts are different."))
        return found

    def _time(self, old: Mapping[str, Any], new: Mapping[str, Any]) -> list[str]:
        found = []
        if (old["starts_at"], old["minutes"]) != (new["starts_at"], new["minutes"]):
            if not new["starts_at"]:
                return [gettext("It has no time any more; it was %(when)s.", when=self._when(old))]
            if not old["starts_at"]:
                found.append(gettext("It has a time now: %(when)s.", when=self._when(new)))
            else:
                found.append(gettext("It moved from %(old)s to %(new)s.", old=self._when(old), new=self._when(new)))
        if old["room_name"] != new["room_name"]:
            found.append(self._from_to(gettext("Room"), old["room_name"], new["room_name"]))
        return found

    def _names(self, old: Mapping[str, Any], new: Mapping[str, Any]) -> list[str]:
        found = []
        for name, told in (("title", gettext("Title")), ("subtitle", gettext("Second title"))):
            if old[name] != new[name]:
                found.append(self._from_to(told, old[name], new[name]))
        if old["language"] != new["language"]:
            found.append(self._from_to(gettext("Language"), old["language"], new["language"]))
        found += self._audience(old, new)
        if old["kind"] != new["kind"]:
            found.append(self._from_to(gettext("Kind"), old["kind"], new["kind"]))
        if old["track"] != new["track"]:
            tracks = (self._tracks.get(old["track"], ""), self._tracks.get(new["track"], ""))
            found.append(self._from_to(gettext("Track"), *tracks))
        return found

    def _audience(self, old: Mapping[str, Any], new: Mapping[str, Any]) -> list[str]:
        """Return what is different in who can follow a session; versions of earlier times say nothing of it."""
        found = []
        levels = [SessionLevel(each["level"]).label if each.get("level") else "" for each in (old, new)]
        if levels[0] != levels[1]:
            found.append(self._from_to(gettext("Level"), *levels))
        heard = [", ".join(each.get("interpretation", ())) for each in (old, new)]
        if heard[0] != heard[1]:
            found.append(self._from_to(gettext("Interpretation"), *heard))
        return found

    def _people(self, old: Mapping[str, Any], new: Mapping[str, Any]) -> list[str]:
        before, after = ({tuple(part) for part in each["parts"]} for each in (old, new))
        come = [self._part(*part) for part in sorted(after - before)]
        gone = [self._part(*part) for part in sorted(before - after)]
        found = []
        if come:
            found.append(gettext("New: %(people)s.", people=", ".join(come)))
        if gone:
            found.append(gettext("No longer: %(people)s.", people=", ".join(gone)))
        return found

    def _part(self, speaker_id: int, role: str) -> str:
        name: str = self._speakers.get(speaker_id, "")
        return name if role == SpeakerRole.SPEAKER else f"{name} ({SpeakerRole(role).label.lower()})"

    def _when(self, session: Mapping[str, Any]) -> str:
        begins = datetime.fromisoformat(session["starts_at"]).astimezone(self._zone)
        ends = begins + timedelta(minutes=session["minutes"])
        return f"{format_date(begins.date(), 'EEE d MMM')}, {begins:%H:%M}–{ends:%H:%M}"

    @staticmethod
    def _from_to(name: str, old: str, new: str) -> str:
        if not old:
            return gettext("%(name)s: now “%(new)s”.", name=name, new=new)
        if not new:
            return gettext("%(name)s: no longer “%(old)s”.", name=name, old=old)
        return gettext("%(name)s: “%(new)s” instead of “%(old)s”.", name=name, old=old, new=new)

    @staticmethod
    def _texts_of(version: Version, session: Mapping[str, Any]) -> Mapping[str, object]:
        return version.texts.get(("session", session["id"]), {})
