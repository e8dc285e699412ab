"""In which order the places of a frozen live final are shown, and what has been shown so far."""

from ..enums import RevealOrder
from ..models import LiveFinal
from ..queries.live import Place, places_by_category, places_from_first


def places_to_reveal(final: LiveFinal) -> list[Place]:
    """Return the places that are shown, in that order; nothing before the first is asked for."""
    if final.result is None:
        return []
    by_category = final.reveal_order is RevealOrder.BY_CATEGORY
    found = places_by_category(final.result) if by_category else places_from_first(final.result)
    together: dict[str, list[Place]] = {}
    for place in found:
        if place[1] > final.reveal_places:
            continue
        together.setdefault(place[0], []).append(place)
    return [place for places in together.values() for place in reversed(places)]


def revealed_places(final: LiveFinal) -> list[Place]:
    """Return what everybody has seen so far, in the order in which it was shown."""
    return places_to_reveal(final)[: final.revealed]
