"""Plots as SVG, made on the server: the same drawing stands on a page and in a PDF.

Every function takes plain tuples, gives the same text for the same data, and colours by
CSS class. A page gets the drawing twice, for wide and for narrow screens (the style
sheet shows one of them). With ``standalone=True`` it is one drawing that carries the
colours of the light theme in itself, for PDFs.
"""

from .bars import seat_bar_svg, stacked_bars_svg
from .columns import columns_svg
from .designs import TriedDesign, designs_svg
from .funnel import funnel_svg
from .matrix import MatrixCell, matrix_svg
from .medians import MomentMedian, medians_svg
from .ranks import RankAxis, moves_svg, rank_axis_svg, rank_bar_svg, severity_svg
from .ring import ring_svg, seal_svg
from .seats import SeatDay, seats_over_time_svg
from .spread import spread_svg

__all__ = [
    "MatrixCell",
    "MomentMedian",
    "RankAxis",
    "SeatDay",
    "TriedDesign",
    "columns_svg",
    "designs_svg",
    "funnel_svg",
    "matrix_svg",
    "medians_svg",
    "moves_svg",
    "rank_axis_svg",
    "rank_bar_svg",
    "ring_svg",
    "seal_svg",
    "seat_bar_svg",
    "seats_over_time_svg",
    "severity_svg",
    "spread_svg",
    "stacked_bars_svg",
]
