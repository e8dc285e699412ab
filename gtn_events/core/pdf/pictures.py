"""Pictures that many documents share, kept without the documents that first showed them."""

from functools import partial
from typing import Any

from weasyprint import DEFAULT_OPTIONS
from weasyprint.images import SVGImage, get_image_from_uri
from weasyprint.layout import LayoutContext
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher

_MOST = 64


class KeptPictures:
    """The vector pictures that a process has read; a person's QR code is a bitmap and is let go."""

    def __init__(self, fetcher: URLFetcher) -> None:
        self._fetcher = fetcher
        self._kept: dict[str, SVGImage] = {}

    def known(self) -> dict[str, Any]:  # Any: WeasyPrint's images and their data
        """Return the pictures by address, for a document that adds its own."""
        return dict(self._kept)

    def keep(self, pictures: dict[str, Any], fonts: FontConfiguration) -> None:
        """Keep the vector pictures of a document that is laid out."""
        for address, picture in pictures.items():
            if isinstance(picture, SVGImage) and address not in self._kept and len(self._kept) < _MOST:
                # It would hold all boxes of its document, and nothing else lets them go.
                picture._context = self._ground(fonts)
                self._kept[address] = picture

    def _ground(self, fonts: FontConfiguration) -> LayoutContext:
        read = partial(get_image_from_uri, cache={}, url_fetcher=self._fetcher, options=DEFAULT_OPTIONS)
        return LayoutContext(None, read, fonts, None, None)
