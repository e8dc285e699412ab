"""PDF documents: one engine, fonts for every script of the 21 economies, a closed door for everything else."""

from .coverage import MissingGlyphs, needed_families, printable
from .door import load_engine, render_parts, render_pdf
from .measure import fitted_size, text_width
from .qr import qr_data_uri, qr_svg

__all__ = [
    "MissingGlyphs",
    "fitted_size",
    "load_engine",
    "needed_families",
    "printable",
    "qr_data_uri",
    "qr_svg",
    "render_parts",
    "render_pdf",
    "text_width",
]
