"""What a check found, in the words of the command line."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from .checking import LARGEST_FILE, Found, Report, Verdict, check_file
from .published import UnreadableFile, read_keys, read_list

CODES = {Verdict.GENUINE: 0, Verdict.FALSE: 1, Verdict.UNKNOWN: 2}
VERDICTS = {
    Verdict.GENUINE: "GENUINE: the issuer signed this certificate.",
    Verdict.FALSE: "NOT VALID: do not rely on this certificate.",
    Verdict.UNKNOWN: "NOT CHECKED: the file cannot tell whether it is genuine. Check its serial on the issuer's page.",
}
WORDS = {
    Found.NO_PROOF: "The file carries no signature. It may be older, or was saved again by another program.",
    Found.TOO_LARGE: f"The file is larger than {LARGEST_FILE // 2**20} MiB; no certificate is.",
    Found.DAMAGED: "The signature in the file is damaged, or there are several.",
    Found.UNKNOWN_KEY: "It is signed with a key that is not among these keys.",
    Found.WITHDRAWN_KEY: "It is signed with a key that was withdrawn: nothing signed with it counts.",
    Found.CHANGED_FACTS: "What the certificate says was changed after it was signed.",
    Found.SIGNED: "What it says was signed by the issuer.",
    Found.FILE_CHANGED: "The file was changed after it was issued: believe what stands below, not the page.",
    Found.FILE_SAME: "The file is byte for byte as it was issued.",
    Found.FILE_UNTOLD: "It says nothing of this page. If the file has an electronic signature, a PDF reader checks it.",
    Found.NO_PAGE: "This is the proof alone, without a page.",
    Found.REVOKED: "It was revoked on {on}.",
    Found.REPLACED: "It was replaced by another certificate on {on}.",
    Found.STANDS: "It is not on the list of revocations of {on}.",
    Found.NO_LIST: "Whether it was revoked was not looked up: no list was given.",
}
_MARKS = {True: "holds", False: "FAILS", None: "note"}


def check_in_words(file: Path, keys: Path, revocations: Path | None) -> tuple[int, list[str]]:
    """Check a file; return the exit code and the lines to print."""
    try:
        trusted = read_keys(keys.read_bytes())
        revoked = read_list(revocations.read_bytes(), trusted) if revocations else None
    except UnreadableFile as error:
        return CODES[Verdict.UNKNOWN], [f"NOT CHECKED: {error}"]
    with file.open("rb") as opened:
        report = check_file(opened.read(LARGEST_FILE + 1), trusted, revoked)
    return CODES[report.verdict], [VERDICTS[report.verdict], *_lines(report)]


def _lines(report: Report) -> Iterator[str]:
    for found, good in report.rows():
        yield f"{_MARKS[good]}: {WORDS[found].format(on=report.on)}"
    if report.kid:
        yield f"Key: {printable(report.kid)}"
    if report.statement:
        yield ""
        yield from (f"{name}: {printable(text)}" for name, text in _facts(report.statement) if text)


def _facts(statement: dict[str, Any]) -> list[tuple[str, str]]:  # Any: JSON
    holder, event = statement["holder"], statement["event"]
    return [
        ("Serial", statement["serial"]),
        ("Replaces", statement["replaces"]),
        ("Kind", statement["kind"]),
        ("Name", f"{holder['given_name']} {holder['family_name'].upper()}".strip()),
        ("Own script", holder["own_script_name"]),
        ("Economy", holder["economy"]),
        ("Organisation", holder["organisation"]),
        ("Event", f"{event['title']}, {event['city']}, {event['economy']}, {event['dates']}"),
        ("Role", statement["role"]),
        ("Prize", statement["prize"]),
        ("Entry", statement["entry"]),
        ("Issued on", statement["issued_on"]),
        ("Issuer", f"{statement['issuer']['name']}, {statement['issuer']['url']}"),
    ]


def printable(text: str) -> str:
    """Return a text without letters that would steer a terminal."""
    return "".join(letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in text)
