"""In which order the places of a frozen live final are shown, and what has been shown so far."""

from ..enums import RevealOrder
from ..models import LiveFinal
from ..queries.live import Place, places_by_category, places_from_first


def places_to_reveal(final: LiveFinal) -> list[Place]:
    """Return every place in the order in which it is shown; nothing before the first is asked for."""
    if final.result is None:
        return []
    if final.reveal_order is RevealOrder.LAST_FIRST:
        return places_from_first(final.result)[::-1]
    together: dict[str, list[Place]] = {}
    for place in places_by_category(final.result):
        together.setdefault(place[0], []).append(place)
    return [place for places in together.values() for place in reversed(places)]


def revealed_places(final: LiveFinal) -> list[Place]:
    """Return what everybody has seen so far, in the order in which it was shown."""
    return places_to_reveal(final)[: final.revealed]
