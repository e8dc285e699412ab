"""Checking a file from itself and published files alone: nothing of the site is needed, nothing is unpacked."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from hashlib import sha256
from typing import Any

from gtn_events.core import signing
from gtn_events.core.canonical import canonical, read_canonical

from .keys import decoded, encoded
from .published import PublishedKeys, PublishedList

BEGIN, END = b'{"certificate":{', b"\nendstream"
# Nothing covers what else a proof would hold: a page could be hidden there, which readers of broken PDFs find.
_PARTS, _FILE_PARTS = {"certificate", "format", "key", "signature"}, {"sha256", "signature"}
LARGEST_FILE = 20 * 2**20
_LARGEST_PROOF = 64 * 2**10


class Verdict(StrEnum):
    """Whether to believe a file."""

    GENUINE = "genuine"
    FALSE = "false"
    UNKNOWN = "unknown"


class Found(StrEnum):
    """One thing that a check found; each has its sentence."""

    NO_PROOF = "no-proof"
    TOO_LARGE = "too-large"
    DAMAGED = "damaged"
    UNKNOWN_KEY = "unknown-key"
    WITHDRAWN_KEY = "withdrawn-key"
    CHANGED_FACTS = "changed-facts"
    SIGNED = "signed"
    FILE_CHANGED = "file-changed"
    FILE_SAME = "file-same"
    FILE_UNTOLD = "file-untold"
    NO_PAGE = "no-page"
    REVOKED = "revoked"
    REPLACED = "replaced"
    STANDS = "stands"
    NO_LIST = "no-list"


# Whoever has a proof can put it into a file of their own: one that says nothing of its file leaves that open.
_UNKNOWN = {Found.NO_PROOF, Found.TOO_LARGE, Found.FILE_UNTOLD}
_GOOD = {Found.SIGNED, Found.FILE_SAME, Found.STANDS}
_NOTES = {Found.NO_PAGE, Found.NO_LIST}


@dataclass
class Report:
    """What was found, in order; ``statement`` is there only when its signature holds."""

    found: list[Found] = field(default_factory=list)
    statement: dict[str, Any] | None = None  # Any: JSON
    kid: str = ""
    on: date | None = None

    @property
    def verdict(self) -> Verdict:
        """Whether to believe the file."""
        if not set(self.found) <= _GOOD | _NOTES | _UNKNOWN:
            return Verdict.FALSE
        return Verdict.UNKNOWN if _UNKNOWN & set(self.found) else Verdict.GENUINE

    def rows(self) -> list[tuple[Found, bool | None]]:
        """Return what was found, and of each whether it is good; None where it is neither."""
        return [(each, None if each in _NOTES | _UNKNOWN else each in _GOOD) for each in self.found]


def check_file(data: bytes, keys: PublishedKeys, revoked: PublishedList | None = None) -> Report:
    """Check a PDF with its proof, or a proof alone, against published keys and a published list of revocations."""
    report = Report()
    if len(data) > LARGEST_FILE:
        report.found.append(Found.TOO_LARGE)
        return report
    begin, end, problem = _place_of_proof(data)
    if problem is not None:
        report.found.append(problem)
        return report
    try:
        # Alone it may end with a line; in a file each byte that is not signed would move what stands behind it.
        proof = _read_proof(data[begin:end] if begin else data.rstrip(b"\n"))
    except (ValueError, KeyError, TypeError):
        report.found.append(Found.DAMAGED)
        return report
    report.kid = proof["key"]
    key = keys.key(proof["key"])
    if key is None:
        report.found.append(Found.UNKNOWN_KEY)
    elif key.withdrawn:
        report.found.append(Found.WITHDRAWN_KEY)
    elif not signing.is_signed_by(canonical(proof["certificate"]), decoded(proof["signature"]), key.public):
        report.found.append(Found.CHANGED_FACTS)
    else:
        report.found.append(Found.SIGNED)
        report.statement = proof["certificate"]
        report.found.append(_of_file(data[:begin] + data[end:], proof, key.public) if begin else Found.NO_PAGE)
        _look_up(report, revoked)
    return report


def _place_of_proof(data: bytes) -> tuple[int, int, Found | None]:
    """Return where the proof begins and ends, or why there is none; two are one too many."""
    begin = 0 if data.startswith(BEGIN) else data.find(b"stream\n" + BEGIN) + 7
    if begin == 6:
        return 0, 0, Found.NO_PROOF
    if data.find(b"stream\n" + BEGIN, begin) >= 0:
        return 0, 0, Found.DAMAGED
    end = data.find(END, begin) if begin else len(data)
    if end < 0 or end - begin > _LARGEST_PROOF:
        return 0, 0, Found.DAMAGED
    return begin, end, None


def _read_proof(text: bytes) -> dict[str, Any]:  # Any: JSON
    """Return the parts of a proof.

    Raises:
        ValueError, KeyError, TypeError: it is not one.
    """
    proof = read_canonical(text)
    statement, file = proof["certificate"], proof.get("file")
    has_file = isinstance(file, dict) and set(file) == _FILE_PARTS
    if set(proof) - {"file"} != _PARTS or ("file" in proof and not has_file):
        raise ValueError("other parts than a proof has")
    if proof["format"] != "gtn-proof-1" or statement["format"] != "gtn-certificate-1":
        raise ValueError("another format")
    texts = [proof["key"], proof["signature"], statement["serial"], *(file.values() if file else [])]
    if not all(isinstance(each, str) for each in texts) or not isinstance(statement["listed_as"], int):
        raise TypeError("parts are no texts")
    for letters in [proof["signature"], *(file.values() if file else [])]:
        decoded(letters)
    return dict(proof)


def _of_file(rest: bytes, proof: dict[str, Any], public: bytes) -> Found:  # Any: JSON
    """Say whether the rest of the file is what was signed."""
    file = proof.get("file")
    if file is None:
        return Found.FILE_UNTOLD
    digest = encoded(sha256(rest).digest())
    message = canonical({"format": "gtn-file-1", "serial": proof["certificate"]["serial"], "sha256": digest})
    same = digest == file["sha256"] and signing.is_signed_by(message, decoded(file["signature"]), public)
    return Found.FILE_SAME if same else Found.FILE_CHANGED


def _look_up(report: Report, revoked: PublishedList | None) -> None:
    assert report.statement is not None
    if revoked is None:
        report.found.append(Found.NO_LIST)
        return
    entry = revoked.entries.get(report.statement["listed_as"])
    report.on = entry[0] if entry else revoked.listed_at.date()
    report.found.append(Found(entry[1]) if entry else Found.STANDS)
