"""Reading drawings back."""

from xml.etree import ElementTree as ET


def parsed(drawing: object) -> ET.Element:
    """A drawing of ours as XML; fails where it is not sound."""
    return ET.fromstring(str(drawing))  # noqa: S314
