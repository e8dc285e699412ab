"""What a document may load: pictures and styles below templates/pdf, codes and data: addresses, nothing else."""

import mimetypes
from io import BytesIO
from pathlib import Path
from urllib.parse import unquote, urlsplit

from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from .qr import QR_SCHEME, qr_png, qr_text

# A name that no server can have (RFC 6761); addresses below it are files of templates/pdf.
ASSET_HOST = "assets.invalid"
ASSET_ROOT = f"https://{ASSET_HOST}/"
_ASSETS = {".svg", ".png", ".jpg", ".webp", ".css"}


class AssetMissing(FatalURLFetchingError):
    """A template names a picture or style that is not there: a mistake in the template, so the document fails."""


class AssetFetcher(URLFetcher):
    """Serves pictures and styles from one folder by name; files, networks and redirects are refused."""

    def __init__(self, folder: Path) -> None:
        super().__init__(allowed_protocols=("data",), allow_redirects=False)
        self._folder = folder.resolve()

    @classmethod
    def closed(cls) -> "AssetFetcher":
        """Return one that serves ``data:`` addresses only."""
        return cls(Path("/dev/null"))

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        """Return the picture or style that the address names.

        Raises:
            AssetMissing: there is no such file in the folder.
            ValueError: the address leads elsewhere; WeasyPrint leaves that picture out.
        """
        if url.startswith(QR_SCHEME):
            return URLFetcherResponse(url, BytesIO(qr_png(qr_text(url))), {"Content-Type": "image/png"})
        parts = urlsplit(url)
        if parts.scheme == "https" and parts.netloc == ASSET_HOST:
            return self._asset(url, unquote(parts.path).lstrip("/"))
        return super().fetch(url, headers)

    def _asset(self, url: str, name: str) -> URLFetcherResponse:
        path = (self._folder / name).resolve()
        if not path.is_relative_to(self._folder) or path.suffix not in _ASSETS or not path.is_file():
            raise AssetMissing(f"templates/pdf has no picture or style {name!r}.")
        kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        return URLFetcherResponse(url, BytesIO(path.read_bytes()), {"Content-Type": kind})
