"""PDF documents: one engine, fonts for every script of the 21 economies, a closed door for everything else."""

from .coverage import MissingGlyphs, needed_families, printable
from .door import load_engine, render_fitting, render_long, render_parts, render_pdf, words_of
from .measure import fitted_size, lines_needed, text_width
from .page import page_html
from .printing import DocumentPage, Pictures, Printed, print_all
from .qr import qr_address, qr_data_uri, qr_svg

__all__ = [
    "DocumentPage",
    "MissingGlyphs",
    "Pictures",
    "Printed",
    "fitted_size",
    "lines_needed",
    "load_engine",
    "needed_families",
    "page_html",
    "print_all",
    "printable",
    "qr_address",
    "qr_data_uri",
    "qr_svg",
    "render_fitting",
    "render_long",
    "render_parts",
    "render_pdf",
    "text_width",
    "words_of",
]
