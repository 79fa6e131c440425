"""Findings: which rule, what about it, and where; and a whole page's report."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property

from django.utils.functional import Promise

from network_site.editing.checks.document import Element
from network_site.editing.checks.words import Reading, reading

# Where sentences are looked for. Headings and captions of tables are no sentences.
PARAGRAPHS = ("p", "li", "dd", "td", "figcaption", "blockquote")
Words = str | Promise


@dataclass(frozen=True)
class Rule:
    """One thing that is looked for: its name, what is said of it, and what to do about it."""

    name: str
    sentence: Words
    advice: Words
    find: Callable[["Seen"], Iterable[str]]


@dataclass(frozen=True)
class Finding:
    """A rule that found something, and the words it is about; empty where it is about the whole page."""

    rule: str
    sentence: str
    advice: str
    excerpt: str = ""


@dataclass(frozen=True)
class Facts:
    """What the page's fields say and its HTML does not; None where nobody can know."""

    has_summary: bool | None = None


@dataclass
class Seen:
    """A page as the rules see it."""

    main: Element
    facts: Facts = field(default_factory=Facts)

    @cached_property
    def paragraphs(self) -> list[tuple[Element, str]]:
        """Elements that hold sentences, each with its own words."""
        silent = {id(below) for element in self.main.walk() if element.is_silent() for below in element.walk()}
        spoken = (element for element in self.main.all(*PARAGRAPHS) if id(element) not in silent)
        return [(element, text) for element in spoken if (text := element.own_text())]

    @cached_property
    def words(self) -> str:
        """All words of the page."""
        titles = (abbreviation.attributes.get("title", "") for abbreviation in self.main.all("abbr"))
        return " ".join([self.main.text(), *(title for title in titles if title)])

    @cached_property
    def reading(self) -> Reading:
        """How hard its sentences are to read."""
        return reading(text for element, text in self.paragraphs if element.tag in {"p", "li", "dd"})


@dataclass(frozen=True)
class Report:
    """What was found in a page, rule by rule, and how long and how hard it is."""

    findings: tuple[Finding, ...]
    reading: Reading
