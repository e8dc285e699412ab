"""A certificate as an Open Badge 3.0.

The hashes of canonical forms were made by another program (a JSON-LD processor with the published contexts).
"""

import gzip
from base64 import urlsafe_b64decode
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from gtn_events.certificates.badge.credential import badge_of, status_list
from gtn_events.certificates.badge.integrity import base58, hash_data, multikey
from gtn_events.certificates.badge.rdf import canonical_quads
from gtn_events.certificates.domain import issue_certificate, revoke_certificate
from gtn_events.certificates.enums import CertificateKind
from gtn_events.certificates.models import Certificate
from gtn_events.certificates.proof import keys
from gtn_events.certificates.proof.statement import Signer
from gtn_events.core import signing
from gtn_events.core.db import db
from tests.factories import make_account, sign_in
from tests.names import NAMES

from .examples import KEY, example_certificate, issue_request

NOW = datetime(2013, 6, 7, 3, 0, tzinfo=UTC)
WELL_KNOWN = "/.well-known/gtn-certificates"
HASHES = (
    "a85cfec3c96c681160380a033075fd7646bd2f970d6e1ab1beb39344984975bd",
    "4d9b110104465bb8d6f400677282f0682c23377e01099e602e7bb0888d281524",
    "b6d212309605bde42f36a8140984135841288259d688075ac648d964d7829136",
)
STATUS_HASH = "2a02d139b695625715a1f093b46ad4ca73ae870b4a22257c3e2aed99b0d750cc"


@pytest.fixture
def signer(tmp_path: Path) -> Signer:
    return Signer(keys.signing_key(tmp_path, now=NOW), {"name": "GTN", "url": "https://gtn.example"})


def _certificate(kind: CertificateKind, number: int) -> Certificate:
    certificate = example_certificate(kind, NAMES[(0, 2, 3)[number]])
    certificate.id, certificate.issued_at = 412 + number, NOW
    certificate.scope_kind, certificate.scope_id = "forum", 7
    return certificate


def _without_proof(credential: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in credential.items() if key != "proof"}


def _holds(credential: dict[str, Any], key: keys.SigningKey) -> bool:
    options = dict(credential["proof"])
    value = options.pop("proofValue")
    signature = key.private.sign(hash_data(_without_proof(credential), options))
    return value == base58(signature)


@pytest.mark.parametrize(
    ("number", "kind"),
    list(enumerate((CertificateKind.PARTICIPATION, CertificateKind.AWARD, CertificateKind.PLACEMENT))),
)
def test_the_canonical_form_is_that_of_a_json_ld_processor(number: int, kind: CertificateKind, signer: Signer) -> None:
    badge = badge_of(_certificate(kind, number), signer)

    assert sha256(canonical_quads(_without_proof(badge))).hexdigest() == HASHES[number]


def test_the_canonical_form_of_the_list_of_statuses_is_too(signer: Signer) -> None:
    statuses = status_list({3, 413}, signer, now=NOW)
    statuses["credentialSubject"]["encodedList"] = "uH4sIAAAA"

    assert sha256(canonical_quads(_without_proof(statuses))).hexdigest() == STATUS_HASH


def test_keys_and_signatures_are_written_as_in_the_example_of_the_specification() -> None:
    """1EdTech's test vector of Open Badges 3.0 for linked data proofs."""
    public = bytes.fromhex("4bdeafde2ea8beefadd8c699b5c7e0704cf51154d52e17b20b71337ca04cc5a5")
    data = (
        "3cf3c265b6c8ebb29b4d5ea310b87d2f31c79b633eff8af561d2e8c97a85c8cb"
        "d994aebd5e53f4af4495dbe9e1155410bae683811107c26acf83671075c163b3"
    )
    signature = bytes.fromhex(
        "17a898a91832fa58bd66433e18dc8256522bcf84382994c395c23c26cba71ff8"
        "060a2587390e5ed20c4decec45c0c0c9eec1f7d2d1ce91e1ffc992983a74a300"
    )

    assert multikey(public) == "z6MkjZRZv3aez3r18pB1RBFJR1kwUVJ5jHt92JmQwXbd5hwi"
    assert signing.is_signed_by(bytes.fromhex(data), signature, public)
    value = "zUSD5bjo6mYV1n9i9E6ZwUiHuj4JyZDjCDfDqoJcPi9XJrc9LYstik9mdBvutdwBdquWXjWrwJDVGJrAarvRs8uD"
    assert base58(signature) == value


def test_a_badge_is_signed_and_any_change_breaks_it(signer: Signer) -> None:
    badge = badge_of(_certificate(CertificateKind.PARTICIPATION, 0), signer)

    assert _holds(badge, signer.key)
    badge["credentialSubject"]["identifier"][0]["identityHash"] = "Rosa FORGER"
    assert not _holds(badge, signer.key)


def test_a_part_that_nobody_knows_is_refused_instead_of_left_unsigned(signer: Signer) -> None:
    badge = _without_proof(badge_of(_certificate(CertificateKind.PARTICIPATION, 0), signer))

    with pytest.raises(KeyError):
        canonical_quads({**badge, "evidence": "something"})
    with pytest.raises(ValueError, match="more than one node"):
        canonical_quads({**badge, "issuer": {"name": "Without a name of its own"}})


def test_letters_are_escaped_as_canonical_quads_ask() -> None:
    quads = canonical_quads({"id": "urn:x", "name": 'a"b\\c\nd\x01\x7fé'})

    assert quads.decode() == '<urn:x> <https://schema.org/name> "a\\"b\\\\c\\nd\\u0001\\u007Fé" .\n'


def _issued(now: datetime, holder_account_id: int) -> Certificate:
    certificate, _ = issue_certificate(
        issue_request(1, holder_account_id=holder_account_id), secret_key=KEY, actor=None, now=now
    )
    db.session.commit()
    return certificate


def test_a_holder_downloads_the_badge_whose_key_the_issuer_publishes(client: FlaskClient, now: datetime) -> None:
    holder = make_account("siriporn@firm.example")
    serial = _issued(now, holder.id).serial
    sign_in(client, holder)

    assert f"/certificates/{serial}.badge.json" in client.get("/certificates").text
    answer = client.get(f"/certificates/{serial}.badge.json")
    issuer = client.get(f"{WELL_KNOWN}/issuer.json").get_json()

    badge = answer.get_json(force=True)
    assert answer.headers["Content-Disposition"] == f"attachment; filename={serial}_WATTANAKUL.badge.json"
    assert badge["issuer"]["id"] == issuer["id"]
    assert badge["proof"]["verificationMethod"] in issuer["assertionMethod"]
    assert badge["credentialSubject"]["identifier"][0]["identityHash"] == "Siriporn WATTANAKUL"


def test_nobody_else_and_nobody_of_a_revoked_one_gets_a_badge(client: FlaskClient, now: datetime) -> None:
    holder, stranger = make_account("siriporn@firm.example"), make_account("other@firm.example")
    certificate = _issued(now, holder.id)
    path = f"/certificates/{certificate.serial}.badge.json"
    sign_in(client, stranger)
    assert client.get(path).status_code == 404
    revoke_certificate(certificate, reason="Issued by mistake.", actor=None, now=now)
    db.session.commit()
    sign_in(client, holder)
    assert client.get(path).status_code == 410


def test_the_status_of_a_revoked_one_is_a_bit_of_the_published_list(client: FlaskClient, now: datetime) -> None:
    certificate = _issued(now, make_account("siriporn@firm.example").id)

    def bit() -> int:
        encoded = client.get(f"{WELL_KNOWN}/status.json").get_json()["credentialSubject"]["encodedList"][1:]
        bits = gzip.decompress(urlsafe_b64decode(encoded + "=" * (-len(encoded) % 4)))
        assert len(bits) == 16384
        return bits[certificate.id // 8] >> 7 - certificate.id % 8 & 1

    assert bit() == 0
    revoke_certificate(certificate, reason="Issued by mistake.", actor=None, now=now)
    db.session.commit()
    assert bit() == 1
