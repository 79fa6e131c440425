"""What an editor sees in a block before there is anything of their own to put into it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from network_site.base.pictures import SamplePicture

WOOL = SamplePicture(
    "base/samples/wool.svg", 1200, 800, "A ball of wool and two needles", "Drawn for the network", "CC BY 4.0"
)
CLOTH = SamplePicture("base/samples/cloth.svg", 1200, 800, "A knitted cloth, half finished", "Drawn for the network")
CUPS = SamplePicture("base/samples/cups.svg", 1200, 800, "Three cups on a table", "Drawn for the network")
NOWHERE: dict[str, Any] = {"text": "", "page": None, "url": ""}


@dataclass(frozen=True)
class SampleDocument:
    """A document as a template asks for it."""

    title: str = "What we learned in 2026"
    url: str = "#"
    kind_and_size: str = "PDF, 1.2 MB"
    changed_on: date = date(2026, 5, 4)


@dataclass(frozen=True)
class SamplePage:
    """A page as a card asks for it."""

    title: str
    summary: str
    url: str = "#"
    is_open_to_all: bool = True

    @property
    def specific(self) -> "SamplePage":
        """Itself, as a page of its own kind is."""
        return self


def link(text: str, url: str) -> dict[str, Any]:
    """A link's value."""
    return {"text": text, "page": None, "url": url}
