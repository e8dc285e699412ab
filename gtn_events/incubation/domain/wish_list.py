"""The order of hosts in a draft: adding, moving, taking out and putting back; never judged, only kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from gtn_events.questionnaire.domain.step_drafts import TYPED

from ..errors import WishRefused

HOSTS = "hosts"


@dataclass(frozen=True)
class WishList:
    """Ids of intakes, the most wished first, and what was taken out last: its id and its place, counted from 0."""

    order: tuple[int, ...] = ()
    removed: tuple[int, int] | None = None

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> "WishList":
        """Return the order that the data of a draft hold."""
        typed = data.get(HOSTS, {}).get(TYPED, {})
        numbers = [int(each) for each in typed.get("removed", ()) if each.isdecimal()]
        order = dict.fromkeys(int(each) for each in typed.get("order", ()) if each.isdecimal() and len(each) < 19)
        return cls(tuple(order), (numbers[0], numbers[1]) if len(numbers) == 2 else None)

    def as_typed(self) -> dict[str, list[str]]:
        """Return what a draft keeps."""
        return {"order": [str(each) for each in self.order], "removed": [str(each) for each in self.removed or ()]}

    def with_added(self, intake_id: int, *, most: int) -> "WishList":
        """Put a host at the end.

        Raises:
            WishRefused: it is there already, or there are as many as there may be.
        """
        if intake_id in self.order:
            raise WishRefused("This host is in your order already.")
        if len(self.order) >= most:
            raise WishRefused(f"You can name {most} hosts. Take one out before you add another.")
        return WishList((*self.order, intake_id))

    def with_moved(self, intake_id: int, *, by: int) -> "WishList":
        """Move a host up (-1) or down (1); at the end of the list it stays where it is."""
        place = self._place(intake_id)
        order = [each for each in self.order if each != intake_id]
        order.insert(max(0, place + by), intake_id)
        return replace(self, order=tuple(order))

    def in_order(self, ids: Sequence[int]) -> "WishList":
        """Take over a whole order that was dragged.

        Raises:
            WishRefused: it does not hold the same hosts, so another tab has changed them.
        """
        if sorted(ids) != sorted(self.order):
            raise WishRefused("The list was changed in another tab. This is how it stands now.")
        return replace(self, order=tuple(ids))

    def without(self, intake_id: int) -> "WishList":
        """Take a host out; it can be put back."""
        place = self._place(intake_id)
        return WishList(tuple(each for each in self.order if each != intake_id), (intake_id, place))

    def put_back(self, *, most: int) -> "WishList":
        """Put the host that was taken out last back to its place.

        Raises:
            WishRefused: there is none, or no room for it.
        """
        if self.removed is None:
            raise WishRefused("There is nothing to put back.")
        intake_id, place = self.removed
        added = WishList(self.order).with_added(intake_id, most=most)
        return added.with_moved(intake_id, by=place - len(self.order))

    def _place(self, intake_id: int) -> int:
        if intake_id not in self.order:
            raise WishRefused("This host is not in your order any more.")
        return self.order.index(intake_id)
