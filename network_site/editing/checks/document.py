"""A page's HTML as a small tree, so that checks can ask it about its headings, links, pictures and sentences."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Union

VOID = frozenset({
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr",
})  # fmt: skip
# What no reader reads: drawings, scripts, and whatever is said to be for nobody.
SILENT = frozenset({"script", "style", "template", "svg", "noscript", "nav", "button", "select", "textarea"})
# A sentence never goes on from one of these into the next.
BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "br", "caption", "dd", "details", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html",
    "legend", "li", "main", "ol", "p", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
})  # fmt: skip

Node = Union["Element", str]


@dataclass
class Element:
    """A tag with its attributes and what is inside it."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Node] = field(default_factory=list)

    def walk(self) -> Iterator["Element"]:
        """This element and everything below it, in reading order; an explicit stack, so depth costs no frames."""
        stack: list[Element] = [self]
        while stack:
            element = stack.pop()
            yield element
            stack.extend(child for child in reversed(element.children) if isinstance(child, Element))

    def all(self, *tags: str) -> Iterator["Element"]:
        """Every element below this one with one of these tags."""
        return (element for element in self.walk() if element.tag in tags and element is not self)

    def first(self, *tags: str) -> "Element | None":
        """The first of them."""
        return next(self.all(*tags), None)

    def is_silent(self) -> bool:
        """Whether a reader passes over it."""
        hidden = self.attributes.get("aria-hidden") == "true" or "hidden" in self.attributes
        return hidden or self.tag in SILENT

    def text(self) -> str:
        """The words inside, spaces and line breaks made one space."""
        return " ".join("".join(_pieces(self, into_blocks=True)).split())

    def own_text(self) -> str:
        """The words inside without those of blocks inside it: a list item without its sub-list."""
        return " ".join("".join(_pieces(self, into_blocks=False)).split())


def _pieces(root: Element, *, into_blocks: bool) -> Iterator[str]:
    stack: list[Node] = list(reversed(root.children))
    while stack:
        node = stack.pop()
        if isinstance(node, str):
            yield node
        elif node.tag in BLOCKS:
            yield " "
            stack.extend(reversed([*node.children, " "]) if into_blocks and not node.is_silent() else ())
        elif not node.is_silent():
            stack.extend(reversed(node.children))


class _Builder(HTMLParser):
    """Reads HTML of any quality: an end tag without a start is passed over, what is left open ends with the page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("document")
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open[-1].children.append(Element(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        for place in range(len(self.open) - 1, 0, -1):
            if self.open[place].tag == tag:
                del self.open[place:]
                return

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)


def parse(html: str) -> Element:
    """The tree of any HTML; never fails."""
    builder = _Builder()
    # A declaration of a kind it does not know stops Python's parser; what was read up to there stands.
    with suppress(AssertionError):
        builder.feed(html)
        builder.close()
    return builder.root


def main_of(document: Element) -> Element:
    """The part of a page that is its own: its `main`, or all of it where it has none."""
    return document.first("main") or document
