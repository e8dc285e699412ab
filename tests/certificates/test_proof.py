"""A certificate's file proves itself: what it says, the rest of it, and against whom tampers with it."""

import json
import subprocess
import zlib
from base64 import b64encode
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
from click.testing import CliRunner
from cryptography.hazmat.primitives.asymmetric.ed448 import Ed448PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from flask import current_app
from pypdf import PdfReader, PdfWriter

from gtn_events.certificates.documents import certificate_pdf
from gtn_events.certificates.domain import issue_certificate, revoke_certificate
from gtn_events.certificates.models import Certificate
from gtn_events.certificates.proof import keys
from gtn_events.certificates.proof.attached import with_statement
from gtn_events.certificates.proof.checking import LARGEST_FILE, Found, Verdict, check_file
from gtn_events.certificates.proof.published import UnreadableFile, read_keys, read_list
from gtn_events.certificates.proof.revocations import revocations_file
from gtn_events.certificates.proof.sealing import Finisher, finisher_of
from gtn_events.certificates.proof.statement import Signer
from gtn_events.cli import group
from gtn_events.core.canonical import canonical, read_canonical
from gtn_events.core.db import db
from tests.pdf_structure import faults_of_structure

from .examples import KEY, URL, issue_request

NOW = datetime(2013, 6, 7, 3, 0, tzinfo=UTC)
TITLE = "Certificate of participation: Siriporn WATTANAKUL, GTN Forum 2013"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "site"


@pytest.fixture
def signer(folder: Path) -> Signer:
    return Signer(keys.signing_key(folder, now=NOW), {"name": "GTN", "url": "https://gtn.example"})


@pytest.fixture
def certificate(database: None) -> Certificate:
    certificate, _ = issue_certificate(issue_request(), secret_key=KEY, actor=None, now=NOW)
    db.session.commit()
    return certificate


@pytest.fixture
def pdf(certificate: Certificate, signer: Signer) -> bytes:
    return Finisher(signer).finish(certificate_pdf(certificate, verify_url=URL), certificate)


def _keys(folder: Path) -> bytes:
    return canonical(keys.keys_file(keys.public_keys(folder, now=NOW), {"name": "GTN", "url": "https://gtn.example"}))


def _check(data: bytes, folder: Path) -> tuple[Verdict, list[Found]]:
    report = check_file(data, read_keys(_keys(folder)))
    return report.verdict, report.found


def test_an_issued_file_is_genuine_and_says_whom_it_names(pdf: bytes, folder: Path) -> None:
    report = check_file(pdf, read_keys(_keys(folder)))

    assert (report.verdict, report.found) == (Verdict.GENUINE, [Found.SIGNED, Found.FILE_SAME, Found.NO_LIST])
    assert report.statement is not None
    assert report.statement["holder"]["family_name"] == "Wattanakul"


def test_the_proof_is_an_attachment_of_a_pdf_that_is_still_tagged(pdf: bytes) -> None:
    attached = PdfReader(BytesIO(pdf)).attachments["certificate-proof.json"][0]

    assert read_canonical(attached)["certificate"]["serial"] in PdfReader(BytesIO(pdf)).pages[0].extract_text()
    assert faults_of_structure(pdf, title=TITLE) == []


def test_the_same_certificate_gives_the_same_file(pdf: bytes, certificate: Certificate, signer: Signer) -> None:
    assert Finisher(signer).finish(certificate_pdf(certificate, verify_url=URL), certificate) == pdf


def _changed(pdf: bytes, old: bytes, new: bytes) -> bytes:
    assert len(old) == len(new)
    assert old in pdf
    return pdf.replace(old, new)


@pytest.mark.parametrize(
    ("old", "new"), [(b'"Wattanakul"', b'"Wattanakun"'), (b'"P13-000001', b'"P13-000002'), (b"Thailand", b"Malaysia")]
)
def test_a_changed_name_or_serial_or_economy_is_found(pdf: bytes, folder: Path, old: bytes, new: bytes) -> None:
    assert _check(_changed(pdf, old, new), folder) == (Verdict.FALSE, [Found.CHANGED_FACTS])


def test_a_page_that_shows_another_name_than_was_signed_is_found(
    pdf: bytes, certificate: Certificate, folder: Path
) -> None:
    """Somebody sets their own name and keeps the proof of the other."""
    proof = PdfReader(BytesIO(pdf)).attachments["certificate-proof.json"][0]
    forged = Certificate(
        serial=certificate.serial,
        kind=certificate.kind,
        template=certificate.template,
        facts={**certificate.facts, "family_name": "Forger"},
    )
    writer = PdfWriter(clone_from=BytesIO(certificate_pdf(forged, verify_url=URL)))
    writer.add_attachment("certificate-proof.json", proof)
    written = BytesIO()
    writer.write(written)

    assert _check(written.getvalue(), folder) == (Verdict.FALSE, [Found.SIGNED, Found.FILE_CHANGED, Found.NO_LIST])


def test_every_changed_byte_outside_the_proof_is_found(pdf: bytes, folder: Path) -> None:
    for place in (0, 9, len(pdf) // 3, len(pdf) - 1):
        changed = bytearray(pdf)
        changed[place] ^= 1
        verdict, found = _check(bytes(changed), folder)
        assert (verdict, found[:2]) == (Verdict.FALSE, [Found.SIGNED, Found.FILE_CHANGED])


def test_what_is_added_behind_is_found(pdf: bytes, folder: Path) -> None:
    assert _check(pdf + b"%more\n", folder)[1][1] is Found.FILE_CHANGED


def test_a_file_part_of_another_certificate_does_not_fit(
    certificate: Certificate, signer: Signer, folder: Path
) -> None:
    drawn = certificate_pdf(certificate, verify_url=URL)
    other, _ = issue_certificate(issue_request(2), secret_key=KEY, actor=None, now=NOW)
    mine, theirs = (
        json.loads(PdfReader(BytesIO(Finisher(signer).finish(drawn, each))).attachments["certificate-proof.json"][0])
        for each in (certificate, other)
    )
    swapped = Finisher(signer).finish(drawn, certificate).replace(canonical(mine["file"]), canonical(theirs["file"]))

    assert _check(swapped, folder)[1][1] is Found.FILE_CHANGED


def test_a_foreign_key_is_not_believed(certificate: Certificate, folder: Path, tmp_path: Path, pdf: bytes) -> None:
    stranger = Signer(keys.signing_key(tmp_path / "stranger", now=NOW), {"name": "GTN", "url": "https://gtn.example"})
    forged = Finisher(stranger).finish(certificate_pdf(certificate, verify_url=URL), certificate)

    assert _check(forged, folder) == (Verdict.FALSE, [Found.UNKNOWN_KEY])
    renamed = _changed(forged, stranger.key.kid.encode(), keys.signing_key(folder, now=NOW).kid.encode())
    assert _check(renamed, folder) == (Verdict.FALSE, [Found.CHANGED_FACTS])


def test_a_truncated_file_is_not_genuine(pdf: bytes, folder: Path) -> None:
    in_the_proof = pdf.index(b'{"certificate":{') + 200

    assert _check(pdf[: len(pdf) // 2], folder) == (Verdict.UNKNOWN, [Found.NO_PROOF])
    assert _check(pdf[:in_the_proof], folder) == (Verdict.FALSE, [Found.DAMAGED])
    assert _check(pdf[:-3], folder)[1][1] is Found.FILE_CHANGED


def test_nothing_is_unpacked_so_a_bomb_is_only_a_file_without_a_proof(folder: Path) -> None:
    packed = zlib.compress(bytes(50 * 2**20), 9)
    bomb = b"%%PDF-1.7\n1 0 obj\n<</Filter/FlateDecode/Length %d>>\nstream\n%b\nendstream\nendobj\n" % (
        len(packed),
        packed,
    )

    assert _check(bomb, folder) == (Verdict.UNKNOWN, [Found.NO_PROOF])
    assert _check(bytes(LARGEST_FILE + 1), folder) == (Verdict.UNKNOWN, [Found.TOO_LARGE])


@pytest.mark.parametrize(
    "proof",
    [
        b'{"certificate":{}}',
        b'{"certificate":{"a":' + 9000 * b"[" + 9000 * b"]" + b"}}",
        b'{"certificate":{"a":1.5},"format":"gtn-proof-1"}',
        b'{"certificate":{"a":NaN}}',
        b'{"certificate":{"x":"\\ud800"}}',
        b'{"certificate":{"format":"gtn-certificate-1","listed_as":1,"serial":"A"},"format":"gtn-proof-1","key":{},"signature":"AA"}',
        b'{"certificate":{' + 70000 * b" " + b"}}",
        b'{"certificate":{\xff}}',
        b'{"certificate":{"format":"gtn-certificate-1","listed_as":1,"serial":"A"},"file":["sha256","signature"],'
        b'"format":"gtn-proof-1","key":"A","signature":"AA"}',
    ],
)
def test_a_nonsensical_proof_is_damaged(folder: Path, proof: bytes) -> None:
    assert _check(b"%PDF-1.7\n1 0 obj\nstream\n" + proof + b"\nendstream\n", folder) == (Verdict.FALSE, [Found.DAMAGED])


HIDDEN = "%PDF-1.7 3 0 obj <</Type/Page/Contents(another name)>> endobj"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'},"file":{', b'},"every":"' + HIDDEN.encode() + b'","file":{'),
        (b'"sha256":"', b'"hidden":"' + HIDDEN.encode() + b'","sha256":"'),
        (b'"sha256":"', b'"sha256":"' + HIDDEN.encode()),
        (b"}\nendstream", b"}" + 40 * b"\n" + b"\nendstream"),
    ],
    ids=["a part", "a part of the file's", "a longer text", "lines behind"],
)
def test_nothing_can_be_hidden_in_a_proof_where_no_signature_covers_it(
    pdf: bytes, folder: Path, old: bytes, new: bytes
) -> None:
    """A reader that repairs a PDF would find a page there that comes after the one that was signed."""
    begin = pdf.index(b'{"certificate":{')
    forged = pdf[:begin] + pdf[begin:].replace(old, new, 1)
    proof = forged[begin : forged.index(b"\nendstream", begin)]

    assert _check(forged, folder) == (Verdict.FALSE, [Found.DAMAGED])
    if HIDDEN.encode() in proof:
        assert _check(proof, folder) == (Verdict.FALSE, [Found.DAMAGED])


def test_a_second_proof_in_one_file_is_damage(pdf: bytes, folder: Path) -> None:
    assert _check(pdf + pdf, folder) == (Verdict.FALSE, [Found.DAMAGED])


def test_the_proof_alone_can_be_checked_and_says_nothing_of_a_page(pdf: bytes, folder: Path) -> None:
    proof = PdfReader(BytesIO(pdf)).attachments["certificate-proof.json"][0]

    assert _check(proof, folder) == (Verdict.GENUINE, [Found.SIGNED, Found.NO_PAGE, Found.NO_LIST])


def test_a_proof_put_into_another_file_without_its_file_part_is_not_called_genuine(
    certificate: Certificate, signer: Signer, folder: Path
) -> None:
    forged = with_statement(certificate_pdf(certificate, verify_url=URL), certificate, signer)

    assert _check(forged, folder) == (Verdict.UNKNOWN, [Found.SIGNED, Found.FILE_UNTOLD, Found.NO_LIST])


def test_a_revoked_certificate_is_on_the_signed_list_and_one_that_stands_is_not(
    pdf: bytes, certificate: Certificate, signer: Signer, folder: Path
) -> None:
    trusted = read_keys(_keys(folder))
    before = read_list(canonical(revocations_file(signer, now=NOW)), trusted)
    revoke_certificate(certificate, reason="Issued by mistake.", actor=None, now=NOW)
    published = canonical(revocations_file(signer, now=NOW))

    assert check_file(pdf, trusted, before).found[-1] is Found.STANDS
    report = check_file(pdf, trusted, read_list(published, trusted))
    assert (report.verdict, report.found[-1], report.on) == (Verdict.FALSE, Found.REVOKED, NOW.date())
    assert certificate.serial.encode() not in published
    assert b"mistake" not in published


def test_a_list_that_was_changed_or_that_a_stranger_signed_is_refused(
    certificate: Certificate, signer: Signer, folder: Path, tmp_path: Path
) -> None:
    revoke_certificate(certificate, reason="Issued by mistake.", actor=None, now=NOW)
    trusted, published = read_keys(_keys(folder)), revocations_file(signer, now=NOW)
    emptied = {**published, "revocations": {**published["revocations"], "certificates": []}}
    stranger = replace(signer, key=keys.signing_key(tmp_path / "stranger", now=NOW))

    for each in (emptied, revocations_file(stranger, now=NOW), {"revocations": []}, []):
        with pytest.raises(UnreadableFile):
            read_list(canonical(each), trusted)


def test_a_new_key_signs_from_now_on_and_what_the_old_one_signed_stands(pdf: bytes, folder: Path) -> None:
    old = keys.signing_key(folder, now=NOW).kid
    new = keys.rotate(folder, now=NOW)

    assert [key.kid for key in keys.public_keys(folder, now=NOW)] == [new, old]
    assert [key.retired_at for key in keys.public_keys(folder, now=NOW)] == [None, NOW]
    assert keys.signing_key(folder, now=NOW).kid == new
    assert _check(pdf, folder)[0] is Verdict.GENUINE


def test_what_a_withdrawn_key_signed_does_not_count(pdf: bytes, folder: Path) -> None:
    old = keys.signing_key(folder, now=NOW).kid

    assert keys.withdraw(folder, old, now=NOW)
    assert keys.signing_key(folder, now=NOW).kid != old
    assert _check(pdf, folder) == (Verdict.FALSE, [Found.WITHDRAWN_KEY])
    assert not keys.withdraw(folder, "nobody", now=NOW)


def test_keys_are_readable_by_their_owner_only_and_never_published(folder: Path) -> None:
    keys.signing_key(folder, now=NOW)

    (kept,) = (folder / keys.FOLDER).iterdir()
    assert kept.stat().st_mode & 0o077 == 0
    assert b"PRIVATE" not in _keys(folder)
    assert b'"d"' not in _keys(folder)


def test_the_name_of_a_key_is_its_thumbprint() -> None:
    """The example of RFC 8037, appendix A.3."""
    public = keys.decoded("11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo")

    assert keys.kid_of(public) == "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k"


def test_canonical_json_is_that_of_rfc_8785() -> None:
    """Its example of strings and of sorting, without binary fractions."""
    content = {"string": "€$\u000f\nA'\u0042\u0022\u005c\\\"/", "literals": [None, True, False], "n": 9007199254740991}

    expected = '{"literals":[null,true,false],"n":9007199254740991,"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}'
    assert canonical(content) == expected.encode()


def _run(*words: str) -> tuple[int, str]:
    result = CliRunner().invoke(group, ["verify", *words])
    return result.exit_code, result.output


def test_the_command_says_it_in_words_and_by_its_exit_code(pdf: bytes, folder: Path, tmp_path: Path) -> None:
    (tmp_path / "keys.json").write_bytes(_keys(folder))
    (tmp_path / "key.pem").write_text(keys.public_keys(folder, now=NOW)[0].pem)
    (tmp_path / "one.pdf").write_bytes(pdf)
    (tmp_path / "two.pdf").write_bytes(_changed(pdf, b'"Wattanakul"', b'"Wattanakun"'))
    (tmp_path / "three.pdf").write_bytes(b"%PDF-1.7")
    results = [
        _run(str(tmp_path / name), "--keys", str(tmp_path / "keys.json"))
        for name in ("one.pdf", "two.pdf", "three.pdf")
    ]

    assert [code for code, _ in results] == [0, 1, 2]
    assert results[0][1].startswith("GENUINE: the issuer signed this certificate.\nholds: What it says was signed")
    assert "Name: Siriporn WATTANAKUL\n" in results[0][1]
    assert "FAILS: What the certificate says was changed after it was signed." in results[1][1]
    assert "Wattanakun" not in results[1][1]
    assert results[2][1].startswith("NOT CHECKED: ")
    assert _run(str(tmp_path / "one.pdf"), "--keys", str(tmp_path / "key.pem"))[0] == 0
    assert _run(str(tmp_path / "one.pdf"), "--keys", str(tmp_path / "one.pdf")) == (
        2,
        "NOT CHECKED: This is no file of public keys.\n",
    )


@pytest.mark.parametrize(
    "der",
    [
        X25519PrivateKey.generate().public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo),
        Ed448PrivateKey.generate().public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo),
        bytes.fromhex("302a300506032b657f032100") + bytes(32),
    ],
    ids=["for secrets", "longer", "of a kind that nobody knows"],
)
def test_a_key_of_another_kind_is_no_file_of_keys(pdf: bytes, tmp_path: Path, der: bytes) -> None:
    (tmp_path / "one.pdf").write_bytes(pdf)
    (tmp_path / "key.pem").write_bytes(
        b"-----BEGIN PUBLIC KEY-----\n" + b64encode(der) + b"\n-----END PUBLIC KEY-----\n"
    )

    code, printed = _run(str(tmp_path / "one.pdf"), "--keys", str(tmp_path / "key.pem"))

    assert (code, printed) == (2, "NOT CHECKED: This is no file of public keys.\n")


def test_a_stranger_cannot_steer_the_terminal_by_the_name_of_a_key(pdf: bytes, folder: Path, tmp_path: Path) -> None:
    kid = keys.signing_key(folder, now=NOW).kid.encode()
    (tmp_path / "odd.pdf").write_bytes(pdf.replace(b'"key":"' + kid, b'"key":"\\u001b[2J\\nGENUINE'))
    (tmp_path / "keys.json").write_bytes(_keys(folder))

    code, printed = _run(str(tmp_path / "odd.pdf"), "--keys", str(tmp_path / "keys.json"))

    assert code == 1
    assert "Key: \N{REPLACEMENT CHARACTER}[2J\N{REPLACEMENT CHARACTER}GENUINE" in printed


def test_openssl_verifies_the_statement_by_hand(pdf: bytes, folder: Path, tmp_path: Path) -> None:
    """As docs/certificates.md says."""
    proof = json.loads(PdfReader(BytesIO(pdf)).attachments["certificate-proof.json"][0])
    (tmp_path / "statement").write_bytes(canonical(proof["certificate"]))
    (tmp_path / "signature").write_bytes(keys.decoded(proof["signature"]))
    (tmp_path / "key.pem").write_text(keys.public_keys(folder, now=NOW)[0].pem)
    command = "openssl pkeyutl -verify -pubin -inkey key.pem -rawin -in statement -sigfile signature"
    done = subprocess.run(command.split(), cwd=tmp_path, capture_output=True, check=False)

    assert (done.returncode, done.stdout.strip()) == (0, b"Signature Verified Successfully")


def test_the_site_signs_with_a_key_of_its_own(database: None, now: datetime) -> None:
    settings = current_app.config["SETTINGS"]

    signer = finisher_of(settings, now=now).signer
    assert signer.key.kid == keys.public_keys(settings.instance_dir, now=now)[0].kid
    assert signer.issuer == {"name": settings.site_name, "url": settings.base_url}
