"""Technology readiness levels in own words, on the scale of nine that research programmes use."""

from collections.abc import Mapping

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

LEVELS: Mapping[int, LazyString] = {
    1: _l("principle observed"),
    2: _l("concept formed"),
    3: _l("concept shown by experiment"),
    4: _l("works in the laboratory"),
    5: _l("works in relevant surroundings"),
    6: _l("demonstrated in relevant surroundings"),
    7: _l("prototype in working surroundings"),
    8: _l("complete and tested"),
    9: _l("proven in use, on the market"),
}
