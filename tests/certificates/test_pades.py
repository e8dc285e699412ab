"""The electronic signature of a PDF, where the site has a certificate."""

import asyncio
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12
from cryptography.x509.oid import NameOID
from flask import Flask, current_app
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.status import PdfSignatureStatus
from pyhanko_certvalidator import ValidationContext

from gtn_events.certificates.documents import certificate_page, certificate_pdf
from gtn_events.certificates.domain import issue_certificate
from gtn_events.certificates.models import Certificate
from gtn_events.certificates.proof.checking import Found, Verdict, check_file
from gtn_events.certificates.proof.keys import public_keys
from gtn_events.certificates.proof.published import trusted
from gtn_events.certificates.proof.sealing import Finisher, finisher_of
from gtn_events.config import ConfigError, Settings, load_settings
from gtn_events.core.db import db
from gtn_events.core.pdf import print_all
from tests.pdf_structure import faults_of_structure

from .examples import KEY, URL, issue_request

TITLE = "Certificate of participation: Siriporn WATTANAKUL, GTN Forum 2013"
PASSWORD = "a password for tests"


@pytest.fixture(scope="session")
def key_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate that signed itself, with its key, as PKCS#12."""
    key = rsa.generate_private_key(65537, 2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Network for tests")])
    usage = x509.KeyUsage(*(number < 2 for number in range(9)))
    begin, end = datetime(2020, 1, 1, tzinfo=UTC), datetime(2099, 1, 1, tzinfo=UTC)
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    builder = builder.serial_number(7).not_valid_before(begin).not_valid_after(end).add_extension(usage, critical=True)
    certificate = builder.sign(key, hashes.SHA256())
    path = tmp_path_factory.mktemp("key-store") / "network.p12"
    encryption = BestAvailableEncryption(PASSWORD.encode())
    path.write_bytes(pkcs12.serialize_key_and_certificates(b"network", key, certificate, None, encryption))
    return path


@pytest.fixture
def settings(app: Flask, key_store: Path) -> Iterator[Settings]:
    settings: Settings = app.config["SETTINGS"]
    signing = replace(settings, signing_certificate=key_store, signing_password=PASSWORD)
    app.config["SETTINGS"] = signing
    yield signing
    app.config["SETTINGS"] = settings


@pytest.fixture
def certificate(database: None, now: datetime) -> Certificate:
    certificate, _ = issue_certificate(issue_request(), secret_key=KEY, actor=None, now=now)
    db.session.commit()
    return certificate


def _status(pdf: bytes) -> PdfSignatureStatus:
    (signature,) = PdfFileReader(BytesIO(pdf)).embedded_signatures
    trusted_roots = ValidationContext(trust_roots=[signature.signer_cert])
    with ThreadPoolExecutor(1) as thread:  # this one may have a loop of the browser tests
        return thread.submit(validate_pdf_signature, signature, trusted_roots).result()


def test_both_ways_of_printing_give_a_signed_and_tagged_pdf(
    settings: Settings, certificate: Certificate, now: datetime
) -> None:
    finisher = finisher_of(settings, now=now)
    (merged,) = print_all([certificate_page(certificate, verify_url=URL)])
    for drawn in (certificate_pdf(certificate, verify_url=URL), merged.data):
        signed = finisher.finish(drawn, certificate)

        status = _status(signed)
        assert (status.bottom_line, status.coverage.name) == (True, "ENTIRE_FILE")
        assert faults_of_structure(signed, title=TITLE) == []


def test_a_thread_with_an_event_loop_signs_too(settings: Settings, certificate: Certificate, now: datetime) -> None:
    drawn, finisher = certificate_pdf(certificate, verify_url=URL), finisher_of(settings, now=now)

    async def finish() -> bytes:
        return finisher.finish(drawn, certificate)

    with ThreadPoolExecutor(1) as thread:
        app = current_app._get_current_object()

        def signed() -> bytes:
            with app.app_context():
                return asyncio.run(finish())

        assert _status(thread.submit(signed).result()).intact


def test_a_changed_page_breaks_the_signature(settings: Settings, certificate: Certificate, now: datetime) -> None:
    signed = finisher_of(settings, now=now).finish(certificate_pdf(certificate, verify_url=URL), certificate)

    changed = bytearray(signed)
    changed[600] ^= 1
    assert not _status(bytes(changed)).intact


def test_the_statement_is_checked_as_ever_and_the_page_is_left_to_readers_of_pdfs(
    settings: Settings, certificate: Certificate, now: datetime
) -> None:
    signed = finisher_of(settings, now=now).finish(certificate_pdf(certificate, verify_url=URL), certificate)
    report = check_file(signed, trusted(public_keys(settings.instance_dir, now=now)))

    assert (report.verdict, report.found) == (Verdict.UNKNOWN, [Found.SIGNED, Found.FILE_UNTOLD, Found.NO_LIST])
    assert report.statement is not None


def test_without_a_certificate_nothing_is_signed_twice(certificate: Certificate, now: datetime) -> None:
    finisher = finisher_of(current_app.config["SETTINGS"], now=now)
    pdf = finisher.finish(certificate_pdf(certificate, verify_url=URL), certificate)

    assert finisher == Finisher(finisher.signer, None)
    assert PdfFileReader(BytesIO(pdf)).embedded_signatures == []


def test_a_wrong_password_or_a_missing_file_is_told(settings: Settings, now: datetime, tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="GTN_SIGNING_PASSWORD is wrong"):
        finisher_of(replace(settings, signing_password="another"), now=now)
    with pytest.raises(ConfigError, match="GTN_SIGNING_CERTIFICATE: there is no file"):
        load_settings({"GTN_INSTANCE_DIR": str(tmp_path), "GTN_SIGNING_CERTIFICATE": str(tmp_path / "none.p12")})
