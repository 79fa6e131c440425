"""What a visitor asks of the history, as the address says it. Whatever stands there, it is safe to ask."""

import re
import unicodedata
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict

SLUG = re.compile(r"[-\w]{1,80}", re.ASCII)
MOST_THEMES = 20
LONGEST_WORDS = 100
OURS, AROUND = "us", "around"
NEWEST, TABLE = "newest", "table"


@dataclass(frozen=True)
class Filters:
    """Which moments, in which order, on the thread or as a table. Nothing asked is every moment, oldest first.

    `themes` and `era` are slugs; a moment fits with any one of the themes. `who` is "us", "around" or empty.
    """

    themes: tuple[str, ...] = ()
    era: str = ""
    who: str = ""
    is_milestones: bool = False
    words: str = ""
    is_newest: bool = False
    is_table: bool = False

    @property
    def is_narrowed(self) -> bool:
        """Whether some moments may be left out."""
        return bool(self.themes or self.era or self.who or self.is_milestones or self.words)

    @property
    def is_asked(self) -> bool:
        """Whether the page differs at all from the plain one, which alone search engines shall list."""
        return self != Filters()

    @property
    def query(self) -> str:
        """The address's question, always in the same order: "?theme=research&order=newest"; empty for none."""
        asked = [("theme", theme) for theme in self.themes]
        asked += [("era", self.era), ("who", self.who), ("milestones", "1" if self.is_milestones else "")]
        asked += [("q", self.words), ("order", NEWEST if self.is_newest else "")]
        asked += [("view", TABLE if self.is_table else "")]
        given = [(name, value) for name, value in asked if value]
        return f"?{urlencode(given)}" if given else ""

    def but(self, **changes: Any) -> "Filters":
        """The same question with these differences."""
        return replace(self, **changes)

    @property
    def widest(self) -> "Filters":
        """Every moment, in the same order and form."""
        return Filters(is_newest=self.is_newest, is_table=self.is_table)


def read(asked: QueryDict) -> Filters:
    """The question an address asks; what cannot be a slug is left out, and words are cut to a hundred characters."""
    themes = [slug for slug in asked.getlist("theme") if SLUG.fullmatch(slug)]
    era, who = asked.get("era", ""), asked.get("who", "")
    return Filters(
        themes=tuple(sorted(set(themes))[:MOST_THEMES]),
        era=era if SLUG.fullmatch(era) else "",
        who=who if who in {OURS, AROUND} else "",
        is_milestones=asked.get("milestones") == "1",
        words=" ".join(_printable(asked.get("q", ""))[:LONGEST_WORDS].split()),
        is_newest=asked.get("order") == NEWEST,
        is_table=asked.get("view") == TABLE,
    )


def _printable(text: str) -> str:
    """Without control signs and halves of characters, which no database and no page can hold."""
    return "".join(" " if unicodedata.category(sign) in {"Cc", "Cs"} else sign for sign in text)


def folded(text: str) -> str:
    """For comparing words: without case and accents, so that "wyl" finds "Ŵyl"."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in apart if not unicodedata.combining(sign)).replace("’", "'")
