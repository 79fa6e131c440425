"""The picture of a page where it is shared: 1200 by 630, drawn by the site, at an address that holds what is in it."""

import hashlib
import json
import unicodedata
from collections.abc import Callable
from dataclasses import asdict, dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import translation
from wagtail.models import Page

from network_site.base.languages import code_of
from network_site.pdf import engine
from network_site.sharing import yarn
from network_site.sharing.registry import ByModel
from network_site.sharing.shared import Whole, usual_description

TEMPLATE = Path(__file__).parent / "card.typ"
WIDTH, HEIGHT = 1200, 630
MOST_LETTERS, MOST_OF_LEAD, MOST_OF_FACT = 180, 130, 80
HASH_LETTERS = 16
RIGHT_TO_LEFT = {"R", "AL"}


@dataclass(frozen=True)
class Card:
    """All that is drawn.

    Args:
        title: what it is called, in the largest letters that fit.
        tag: the kind of thing, such as "Conference".
        facts: one or two lines, such as when and where.
        lead: a sentence instead of facts.
        colour: of the thread: teal, madder, ochre, sage or indigo.
        mark: what is tied into the thread: "loop" (full), "bight" (room for more), "knot", "beads" or "stitch".
    """

    title: str
    tag: str = ""
    facts: tuple[str, ...] = ()
    lead: str = ""
    colour: str = "teal"
    mark: str = "stitch"

    @property
    def alt(self) -> str:
        """The same in words."""
        said = f"{self.tag}: {self.title}" if self.tag else self.title
        return ". ".join([said, *self.facts])

    @property
    def digest(self) -> str:
        """A name that changes with whatever is drawn, and with how."""
        drawn = json.dumps(asdict(self), ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(f"{drawn}\n{drawing()}".encode()).hexdigest()[:HASH_LETTERS]

    def png(self) -> bytes:
        """The picture; the same bytes for the same card."""
        data = {
            **asdict(self),
            "title": shortened(self.title, MOST_LETTERS),
            "lead": shortened(self.lead, MOST_OF_LEAD),
            "facts": [shortened(fact, MOST_OF_FACT) for fact in self.facts],
            "direction": "rtl" if is_right_to_left(self.title) else "ltr",
        }
        files = {"thread.svg": yarn.thread(colour=self.colour, mark=self.mark)}
        return engine.draw(TEMPLATE, data=data, files=files)


# How a room's things look; without a word of its room a page has its title and nothing else.
drawn: ByModel[Callable[[Any], Card]] = ByModel()


def card(thing: object) -> Card:
    """The card of a page or of anything else a room registered, in the language of the thing itself."""
    said = drawn.of(thing)
    if said is None:
        raise LookupError(f"Nobody says how {type(thing).__name__} looks.")
    with translation.override(code_of(thing) if isinstance(thing, Page) else None):
        return said(thing)


@drawn(Page)
def page(page: Page) -> Card:
    """A plain page."""
    return Card(title=str(page.title), lead=str(getattr(page, "summary", "")))


@drawn(Whole)
def whole(_whole: Whole) -> Card:
    """The network."""
    return Card(title=settings.SITE_NAME, lead=usual_description(), mark="bight")


@cache
def drawing() -> str:
    """What the look depends on besides the card."""
    digest = hashlib.sha256(TEMPLATE.read_bytes() + engine.base() + yarn.source())
    return f"{digest.hexdigest()} typst {version('typst')}"


def shortened(words: str, most: int) -> str:
    """The words in one line without breaks, cut at a space where there are too many."""
    words = " ".join(words.split())
    if len(words) <= most:
        return words
    return words[:most].rsplit(" ", 1)[0].rstrip(" ,;:–-") + "…"


def is_right_to_left(words: str) -> bool:
    """Whether the first letter that has a direction is written from right to left."""
    strong = (unicodedata.bidirectional(letter) for letter in words)
    return next((kind in RIGHT_TO_LEFT for kind in strong if kind in RIGHT_TO_LEFT | {"L"}), False)
