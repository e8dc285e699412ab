"""A programme as a folder of pages in one ZIP: they need no script, no server, and lead only to one another."""

import json
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from flask import current_app
from flask_babel import get_locale

from gtn_events.core.exports import csv_chunks

from .enums import SessionKind
from .programme_files import TABLE_HEADERS, FileContent, forum_linked_data, schedule_json, schedule_xml, table_rows
from .queries.programme import SessionFacts, SpeakerFacts

# The same programme is the same file, whenever it is packed.
PACKED_AT = (1980, 1, 1, 0, 0, 0)
# Names that Windows keeps for devices, whatever their ending (learn.microsoft.com, "Naming Files").
DEVICES = ("con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(10)))
STYLES = ("tokens.css", "pages/programme-archive.css")
FILES: dict[str, Callable[[FileContent], bytes]] = {
    "schedule.xml": schedule_xml,
    "schedule.json": schedule_json,
    "programme.csv": lambda content: b"".join(csv_chunks(TABLE_HEADERS, table_rows(content))),
    "programme.jsonld": lambda content: json.dumps(forum_linked_data(content), ensure_ascii=False).encode(),
}


@dataclass
class Paths:
    """Where each page stands in the folder; names differ in more than the case of their letters, and are files."""

    _names: dict[tuple[str, int], str] = field(default_factory=dict)
    _taken: Counter[str] = field(
        default_factory=lambda: Counter(f"{folder}/{name}" for folder in ("sessions", "speakers") for name in DEVICES)
    )

    def day(self, day: date) -> str:
        """Return the path of a day's page."""
        return f"days/{day.isoformat()}.html"

    def session(self, session: SessionFacts) -> str:
        """Return the path of a session's page."""
        return self._path("sessions", session.id, session.code)

    def speaker(self, speaker: SpeakerFacts) -> str:
        """Return the path of a speaker's page."""
        return self._path("speakers", speaker.id, speaker.code)

    def _path(self, folder: str, number: int, code: str) -> str:
        if (folder, number) not in self._names:
            name = f"{folder}/{code.casefold()}"
            self._taken[name] += 1
            again = f"-{self._taken[name]}-{number}" if self._taken[name] > 1 else ""
            self._names[folder, number] = f"{name}{again}.html"
        return self._names[folder, number]


def write_archive(content: FileContent, path: Path, *, after_each: Callable[[], None] = lambda: None) -> None:
    """Write the ZIP; ``after_each`` is called after each file."""
    with ZipFile(path, "w", ZIP_DEFLATED) as file:
        for name, data in _everything(content):
            file.writestr(ZipInfo(f"{content.forum.slug}/{name}", PACKED_AT), data, ZIP_DEFLATED)
            after_each()


def pages_in(content: FileContent) -> int:
    """Return how many files the archive has."""
    programme = content.edition.programme
    return len(programme.sessions) + len(programme.speakers) + len(_days(content)) + len(FILES) + 3


def _everything(content: FileContent) -> Iterator[tuple[str, bytes | str]]:
    # A picture can be taken away, and comes and goes within a version: what is packed for good names none.
    content = replace(content, photographed=())
    yield "style.css", "\n".join((_static() / "css" / name).read_text("utf-8") for name in STYLES)
    for name, make in FILES.items():
        yield name, make(content)
    yield from _Pages(content).all()


class _Pages:
    def __init__(self, content: FileContent) -> None:
        self._content, self._programme = content, content.edition.programme
        self._paths = Paths()
        self._days = _days(content)
        self._known: dict[str, Any] = {  # Any: what the templates show
            "forum": content.forum,
            "paths": self._paths,
            "days": list(self._days),
            "language": str(get_locale() or "en").replace("_", "-"),
            "version": content.version,
        }

    def all(self) -> Iterator[tuple[str, str]]:
        """Yield the path and the text of every page."""
        counts = [
            (day, sum(each.kind is not SessionKind.BREAK for each in sessions)) for day, sessions in self._days.items()
        ]
        waiting = [each for each in self._programme.sessions if each.starts_at is None]
        yield "index.html", self._page("index", "", here="index", counts=counts, files=list(FILES), waiting=waiting)
        for day, sessions in self._days.items():
            times = [(start, list(each)) for start, each in groupby(sessions, key=_clock)]
            yield self._paths.day(day), self._page("day", "../", here=day, day=day, times=times)
        for session in self._programme.sessions:
            texts = self._content.texts_of(session)
            yield self._paths.session(session), self._page("session", "../", session=session, texts=texts)
        yield "speakers.html", self._page("speakers", "", here="speakers", speakers=self._programme.speakers)
        for speaker in self._programme.speakers:
            shown = {
                "speaker": speaker,
                "biography": self._content.biographies.get(speaker.id, ""),
                "sessions": self._programme.by_speaker.get(speaker.id, []),
            }
            yield self._paths.speaker(speaker), self._page("speaker", "../", **shown)

    def _page(self, template: str, root: str, **shown: Any) -> str:  # Any: what the template shows
        page = current_app.jinja_env.get_template(f"forum/archive/{template}.html")
        return page.render(**self._known, root=root, **shown)


def _days(content: FileContent) -> dict[date, list[SessionFacts]]:
    with_day = sorted((each for each in content.sessions if each.day), key=lambda each: each.day or date.min)
    return {day: list(sessions) for day, sessions in groupby(with_day, key=lambda each: each.day) if day}


def _clock(session: SessionFacts) -> str:
    return f"{session.local:%H:%M}" if session.local else ""


def _static() -> Path:
    return Path(current_app.static_folder or "")
