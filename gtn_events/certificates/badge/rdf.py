"""Canonical N-Quads (RDFC-1.0) of the credentials that are made here.

What a JSON-LD processor would find in the contexts is written down as a table. Every node of these credentials has a
name but one, so its label is always ``c14n0``, and canonical form is: all quads, sorted.
"""

from collections.abc import Iterator
from typing import Any

_RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_XSD, _OTHER_XSD = "http://www.w3.org/2001/XMLSchema#", "https://www.w3.org/2001/XMLSchema#"
_VC, _STATUS, _SECURITY = (
    "https://www.w3.org/2018/credentials#",
    "https://www.w3.org/ns/credentials/status#",
    "https://w3id.org/security#",
)
_OB = "https://purl.imsglobal.org/spec/vc/ob/vocab.html#"
NAME, TEXT = "@id", ""  # a value that names a node, a plain text; any other is the type of a literal

TYPES = {
    "VerifiableCredential": f"{_VC}VerifiableCredential",
    "BitstringStatusListCredential": f"{_STATUS}BitstringStatusListCredential",
    "BitstringStatusListEntry": f"{_STATUS}BitstringStatusListEntry",
    "BitstringStatusList": f"{_STATUS}BitstringStatusList",
    "DataIntegrityProof": f"{_SECURITY}DataIntegrityProof",
    **{
        name: f"{_OB}{name}"
        for name in (
            "OpenBadgeCredential",
            "Profile",
            "Achievement",
            "AchievementSubject",
            "Criteria",
            "IdentityObject",
        )
    },
}
TERMS = {
    "issuer": (f"{_VC}issuer", NAME),
    "validFrom": (f"{_VC}validFrom", f"{_XSD}dateTime"),
    "credentialSubject": (f"{_VC}credentialSubject", NAME),
    "credentialStatus": (f"{_VC}credentialStatus", NAME),
    "name": ("https://schema.org/name", TEXT),
    "description": ("https://schema.org/description", TEXT),
    "url": ("https://schema.org/url", f"{_OTHER_XSD}anyURI"),
    "achievement": (f"{_OB}achievement", NAME),
    "achievementType": (f"{_OB}achievementType", TEXT),
    "criteria": (f"{_OB}Criteria", NAME),
    "narrative": (f"{_OB}narrative", TEXT),
    "identifier": (f"{_OB}identifier", NAME),
    "hashed": (f"{_OB}hashed", f"{_OTHER_XSD}boolean"),
    "identityHash": (f"{_OB}identityHash", TEXT),
    "identityType": (f"{_OB}identityType", TEXT),
    "statusPurpose": (f"{_STATUS}statusPurpose", TEXT),
    "statusListIndex": (f"{_STATUS}statusListIndex", TEXT),
    "statusListCredential": (f"{_STATUS}statusListCredential", NAME),
    "encodedList": (f"{_STATUS}encodedList", f"{_SECURITY}multibase"),
    "created": ("http://purl.org/dc/terms/created", f"{_XSD}dateTime"),
    "cryptosuite": (f"{_SECURITY}cryptosuite", f"{_SECURITY}cryptosuiteString"),
    "verificationMethod": (f"{_SECURITY}verificationMethod", NAME),
    "proofPurpose": (f"{_SECURITY}proofPurpose", NAME),
}
_NAMES = {"assertionMethod": f"{_SECURITY}assertionMethod"}
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"}
_ESCAPED = str.maketrans({**{chr(code): f"\\u{code:04X}" for code in (*range(0x20), 0x7F)}, **_ESCAPES})


def canonical_quads(node: dict[str, Any]) -> bytes:  # Any: JSON
    """Return a credential, or the options of a proof, in canonical form.

    Raises:
        KeyError: it has a part that is not in the table.
        ValueError: more than one node has no name.
    """
    blank = sum("id" not in each for each in _nodes(node))
    if blank > 1:
        raise ValueError("more than one node has no name")
    return "".join(sorted(f"{quad} .\n" for quad in _quads(node))).encode()


def _nodes(node: dict[str, Any]) -> Iterator[dict[str, Any]]:  # Any: JSON
    yield node
    for value in node.values():
        for each in value if isinstance(value, list) else [value]:
            if isinstance(each, dict):
                yield from _nodes(each)


def _quads(node: dict[str, Any]) -> Iterator[str]:  # Any: JSON
    subject = _subject(node)
    for key, value in node.items():
        if key in {"@context", "id"}:
            continue
        for each in value if isinstance(value, list) else [value]:
            if key == "type":
                yield f"{subject} <{_RDF_TYPE}> <{TYPES[each]}>"
                continue
            term, kind = TERMS[key]
            yield f"{subject} <{term}> {_object(each, kind)}"
            if isinstance(each, dict):
                yield from _quads(each)


def _object(value: Any, kind: str) -> str:  # Any: JSON
    if isinstance(value, dict):
        return _subject(value)
    if kind == NAME:
        return f"<{_NAMES.get(value, value)}>"
    text = str(value).lower() if isinstance(value, bool) else value.translate(_ESCAPED)
    return f'"{text}"^^<{kind}>' if kind else f'"{text}"'


def _subject(node: dict[str, Any]) -> str:  # Any: JSON
    return f"<{node['id']}>" if "id" in node else "_:c14n0"
