"""A calendar as xCal (RFC 6321): the same calendar as iCalendar, in XML.

jCal (RFC 7265) holds each property as name, parameters, type and values, written as xCal writes them.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import Element, SubElement, tostring  # only writes; nothing is parsed here

from .content import plain

if TYPE_CHECKING:
    import icalendar

NAMESPACE = "urn:ietf:params:xml:ns:icalendar-2.0"


def xcal(calendar: "icalendar.Calendar") -> bytes:
    """Return the calendar as an XML document."""
    root = Element("icalendar", xmlns=NAMESPACE)
    _add_component(root, calendar.to_jcal())
    written: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def _add_component(parent: Element, component: Iterable[Any]) -> None:
    name, properties, inner = component
    element = SubElement(parent, name)
    if properties:
        held = SubElement(element, "properties")
        for each in properties:
            _add_property(held, *each)
    if inner:
        components = SubElement(element, "components")
        for each in inner:
            _add_component(components, each)


def _add_property(parent: Element, name: str, parameters: dict[str, str], kind: str, *values: Any) -> None:
    element = SubElement(parent, name)
    if parameters:
        held = SubElement(element, "parameters")
        for key, value in parameters.items():
            SubElement(SubElement(held, key), "text").text = plain(str(value))
    for value in values:
        written = SubElement(element, kind)
        if isinstance(value, dict):
            for part, content in value.items():
                SubElement(written, part).text = plain(str(content))
        else:
            written.text = plain(str(value))
