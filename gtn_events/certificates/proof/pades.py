"""The electronic signature of the PDF itself (PAdES), which PDF readers show, where a certificate is configured."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from io import BytesIO
from typing import TYPE_CHECKING

from gtn_events.config import ConfigError, Settings
from gtn_events.core.later import Later

if TYPE_CHECKING:
    from pyhanko.pdf_utils import incremental_writer
    from pyhanko.sign import fields, signers
else:
    # Half a second and 30 MiB, for those sites only that have a certificate.
    incremental_writer = Later("pyhanko.pdf_utils.incremental_writer")
    fields, signers = Later("pyhanko.sign.fields"), Later("pyhanko.sign.signers")

FIELD = "Signature"


@dataclass(frozen=True)
class PageSigner:
    """Signs PDFs with the certificate of the site."""

    signer: "signers.SimpleSigner" = field(repr=False)
    reason: str

    def sign(self, pdf: bytes) -> bytes:
        """Return a PDF with an electronic signature over all of it (PAdES, baseline B-B); nothing shows on the page."""
        # pyHanko runs an event loop, and a thread that runs one already, as some servers' do, would refuse it.
        with ThreadPoolExecutor(1, thread_name_prefix="pades") as thread:
            return thread.submit(self._signed, pdf).result()

    def _signed(self, pdf: bytes) -> bytes:
        about = signers.PdfSignatureMetadata(
            field_name=FIELD, md_algorithm="sha256", subfilter=fields.SigSeedSubFilter.PADES, reason=self.reason
        )
        # Hidden, so that it needs no place in the structure of a tagged PDF.
        unseen = fields.InvisSigSettings(set_print_flag=False, set_hidden_flag=True)
        place = fields.SigFieldSpec(FIELD, invis_sig_settings=unseen, readable_field_name="Signature of the issuer")
        writer = incremental_writer.IncrementalPdfFileWriter(BytesIO(pdf))
        signed: BytesIO = signers.PdfSigner(about, self.signer, new_field_spec=place).sign_pdf(writer)
        return signed.getvalue()


def page_signer(settings: Settings) -> PageSigner | None:
    """Return what signs PDFs on this site; None without a certificate.

    Raises:
        ConfigError: the file is no PKCS#12, or the password is another one.
    """
    if settings.signing_certificate is None:
        return None
    password = settings.signing_password.encode() or None
    load = signers.SimpleSigner.load_pkcs12
    signer = load(str(settings.signing_certificate), passphrase=password)  # type: ignore[no-untyped-call]
    if signer is None:
        raise ConfigError("GTN_SIGNING_CERTIFICATE cannot be read: it is no PKCS#12, or GTN_SIGNING_PASSWORD is wrong.")
    return PageSigner(signer, reason=f"Issued by {settings.site_name}")
