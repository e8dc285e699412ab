"""The figures that are asked at the start, at the end and 6, 12 and 24 months later: keys, words and units.

After the indicators that incubators report to their association and those of the network's own
report: heads and money as they stand now, never averages.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from flask_babel import LazyString, format_decimal
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from .errors import FiguresRefused


@dataclass(frozen=True)
class Figure:
    """One figure; a ``whole`` one counts things."""

    key: str
    label: LazyString
    unit: LazyString
    help: LazyString
    whole: bool = True
    highest: int = 10**12


FIGURES: Mapping[str, Figure] = {
    figure.key: figure
    for figure in (
        Figure("revenue", _l("Revenue of the last twelve months"), _l("USD"), _l("Gross, all markets.")),
        Figure("exports", _l("Of it from abroad"), _l("USD"), _l("Sales outside the home economy.")),
        Figure(
            "jobs_women", _l("Women employed"), _l("people"), _l("Full-time, 32 hours a week or more."), highest=10**6
        ),
        Figure("jobs_men", _l("Men employed"), _l("people"), _l("Full-time, 32 hours a week or more."), highest=10**6),
        Figure("jobs_other", _l("Others employed"), _l("people"), _l("Another gender, or not said."), highest=10**6),
        Figure("capital", _l("Capital raised in the last twelve months"), _l("USD"), _l("Equity, loans and grants.")),
        Figure(
            "contracts",
            _l("Contracts in the host economy"),
            _l("contracts"),
            _l("Signed since the start."),
            highest=10**5,
        ),
        Figure("pilots", _l("Pilots in the host economy"), _l("pilots"), _l("Begun since the start."), highest=10**5),
        Figure(
            "partners", _l("Partners in the host economy"), _l("partners"), _l("Signed since the start."), highest=10**5
        ),
        Figure("patents", _l("Patents and other rights"), _l("rights"), _l("Filed since the start."), highest=10**5),
        Figure(
            "co2",
            _l("Emissions avoided in the last twelve months"),
            _l("t CO₂e"),
            _l("With the method in the field below; a claim without a method is not counted."),
            whole=False,
        ),
    )
}
METHOD = "co2_method"
_PLAIN = re.compile(r"(\d{1,15}|\d{1,3}(,\d{3}){1,4})(\.\d{1,4})?", re.ASCII)


def read_figures(given: Mapping[str, str]) -> dict[str, str]:
    """Return the figures that were given, as decimal text by key, and the method where emissions are claimed.

    Raises:
        FiguresRefused: one is not a number, negative, too large or not whole; or they do not go together.
    """
    found = {key: read_figure(FIGURES[key], text) for key in FIGURES if (text := given.get(key, "").strip())}
    method = given.get(METHOD, "").strip()
    check_together(found | {METHOD: method})
    return found | ({METHOD: method} if method else {})


def read_figure(figure: Figure, text: str) -> str:
    """Return one typed figure as decimal text.

    Raises:
        FiguresRefused: it is not a number, negative, too large or not whole.
    """
    bare = text.strip().replace(" ", "").replace("\N{NO-BREAK SPACE}", "")
    # A lone comma may be a decimal one; only thousands are taken as such.
    if not _PLAIN.fullmatch(bare):
        raise FiguresRefused(_("Write a number such as 12500 or 12,500, and decimals with a point."), field=figure.key)
    value = Decimal(bare.replace(",", ""))
    if value > figure.highest:
        raise FiguresRefused(_("This is more than can be right."), field=figure.key)
    if figure.whole and value != value.to_integral_value():
        raise FiguresRefused(_("Write a whole number."), field=figure.key)
    return format(value.to_integral_value() if value == value.to_integral_value() else value.normalize(), "f")


def check_together(found: Mapping[str, str | None]) -> None:
    """Refuse figures that cannot stand beside one another; those that are None or absent are not known.

    Raises:
        FiguresRefused: emissions without a method, or more sold abroad than sold at all.
    """
    if Decimal(found.get("co2") or 0) and not found.get(METHOD):
        raise FiguresRefused(_("Say how the emissions were worked out."), field=METHOD)
    revenue, exports = found.get("revenue"), found.get("exports")
    if revenue is not None and exports is not None and Decimal(exports) > Decimal(revenue):
        raise FiguresRefused(_("This is more than the revenue of all markets together."), field="exports")


def written(value: object) -> str:
    """Return a figure as a person reads it, in the manner of the reader's language."""
    return "" if value is None or value == "" else format_decimal(Decimal(str(value)))
