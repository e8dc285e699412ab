"""What a document may load: files below templates/pdf, its own pictures, codes and data: addresses, nothing else."""

import mimetypes
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path
from urllib.parse import unquote, urlsplit

from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from .asset_names import ASSET_HOST, ON_DARK, PICTURES
from .ink import light_ink
from .qr import QR_SCHEME, qr_png, qr_text

_ASSETS = {".svg", ".png", ".jpg", ".webp", ".css"}


class AssetMissing(FatalURLFetchingError):
    """A template names a picture or style that is not there: a mistake in the template, so the document fails."""


class AssetFetcher(URLFetcher):
    """Serves pictures and styles from one folder by name; files, networks and redirects are refused.

    ``pictures`` are files that lie elsewhere, by the name that stands for them below ``PICTURE_ROOT``.
    """

    def __init__(self, folder: Path, pictures: Iterable[tuple[str, str]] = ()) -> None:
        super().__init__(allowed_protocols=("data",), allow_redirects=False)
        self._folder = folder.resolve()
        self._pictures = dict(pictures)

    def bringing(self, pictures: Iterable[tuple[str, str]]) -> "AssetFetcher":
        """Return one that serves these pictures besides."""
        return type(self)(self._folder, pictures)

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
            name = unquote(parts.path).lstrip("/")
            if name.startswith(PICTURES):
                return self._picture(url, name.removeprefix(PICTURES), on_dark=parts.query == ON_DARK)
            return self._asset(url, name)
        return super().fetch(url, headers)

    def _picture(self, url: str, name: str, *, on_dark: bool) -> URLFetcherResponse:
        path = Path(self._pictures.get(name, ""))
        if not path.is_file():
            raise AssetMissing(f"The document brings no picture {name!r}, or its file is gone.")
        data = path.read_bytes()
        return URLFetcherResponse(url, BytesIO(light_ink(data) if on_dark else data), {"Content-Type": "image/*"})

    def _asset(self, url: str, name: str) -> URLFetcherResponse:
        path = (self._folder / name).resolve()
        if not path.is_relative_to(self._folder) or path.suffix not in _ASSETS or not path.is_file():
            raise AssetMissing(f"templates/pdf has no picture or style {name!r}.")
        kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        return URLFetcherResponse(url, BytesIO(path.read_bytes()), {"Content-Type": kind})
