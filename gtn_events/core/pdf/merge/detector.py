"""The detector: whether anything of a page but its fields depends on how long their texts are."""

from dataclasses import replace

from ..printing import Pictures
from .errors import CannotMerge
from .marks import MarkedPage, PictureField
from .skeleton import Plan, Skeleton, build_skeleton

_LONGER = 3


class Detector:
    """Compares a page laid out with short and with long texts, once for each template and set of fields."""

    def __init__(self, template: str, lang: str, pictures: Pictures = ()) -> None:
        self._ground = template, lang, pictures
        self._verdicts: dict[tuple[str, ...], str] = {}

    def check(self, page: MarkedPage, plan: Plan, skeleton: Skeleton) -> None:
        """Check that the page stays as it is when texts get longer.

        Raises:
            CannotMerge: the place of a field, or what stands around it, depends on the text.
        """
        fields = tuple(field.name for field in page.fields)
        if fields not in self._verdicts:
            longer = build_skeleton(page, _longer(page, plan), *self._ground)
            self._verdicts[fields] = _difference(skeleton, longer)
        if reason := self._verdicts[fields]:
            raise CannotMerge(reason)


def _longer(page: MarkedPage, plan: Plan) -> Plan:
    return tuple(
        own
        if isinstance(field, PictureField)
        else tuple(tuple(replace(box, letters=_LONGER * box.letters) for box in line) for line in own)
        for field, own in zip(page.fields, plan, strict=True)
    )


def _difference(one: Skeleton, other: Skeleton) -> str:
    """Return what differs, in words, or an empty text."""
    for name, places in one.lines.items():
        if places != other.lines[name]:
            return f"the place or the width of the field “{name}” depends on its text"
    return "" if one == other else "what stands around the fields depends on their texts"
