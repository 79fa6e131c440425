"""A page's body as HTML: pictures fetched together, headings that can be linked to, a list of contents."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from typing import Any

from django.db.models import prefetch_related_objects
from django.utils.html import strip_tags
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify
from wagtail.blocks import StreamValue
from wagtail.blocks.list_block import ListValue
from wagtail.images.models import AbstractImage

# A heading of running text: rich text marks its own, blocks with headings of another kind give them a class.
HEADING = re.compile(r"<h2(?: data-block-key=\"[^\"]*\")?>(.*?)</h2>", re.DOTALL)
ENOUGH_FOR_CONTENTS = 4


@dataclass(frozen=True)
class Heading:
    """A heading of a page and the anchor it is reached by."""

    anchor: str
    words: str


@dataclass(frozen=True)
class Body:
    """A body ready to be shown; `contents` is empty where there is too little to need it."""

    html: SafeString
    contents: tuple[Heading, ...]


def pictures(value: Any) -> Iterator[AbstractImage]:
    """Every picture inside a block's value, however deep."""
    if isinstance(value, AbstractImage):
        yield value
    elif isinstance(value, StreamValue):
        for child in value:
            yield from pictures(child.value)
    elif isinstance(value, dict):
        for part in value.values():
            yield from pictures(part)
    elif isinstance(value, list | ListValue):
        for part in value:
            yield from pictures(part)


def fetch_renditions(value: Any) -> None:
    """Ask for the renditions of all pictures at once."""
    prefetch_related_objects(list(pictures(value)), "renditions")


def stored(stream: StreamValue) -> list[Any]:
    """A stream as the database holds it: what is remembered of it is found by this, without making its blocks."""
    return list(stream.raw_data)


def lives(stream: StreamValue) -> bool:
    """Whether a block shows something that changes without an editor, such as the next conference."""
    kinds = stream.stream_block.child_blocks
    types = {raw["type"] for raw in stream.raw_data}
    return any(getattr(kinds[name].meta, "lives", False) for name in types if name in kinds)


def render(stream: StreamValue, context: dict[Any, Any]) -> Body:
    """The stream's blocks, one after the other."""
    fetch_renditions(stream)
    found: list[Heading] = []

    def anchored(match: re.Match[str]) -> str:
        words = unescape(strip_tags(match[1]))
        taken = {heading.anchor for heading in found}
        found.append(Heading(_free(slugify(words) or "part", taken), words))
        return f'<h2 id="{found[-1].anchor}">{match[1]}</h2>'

    joined = "".join(child.render(context={**context, "is_first_block": n == 0}) for n, child in enumerate(stream))
    html = mark_safe(HEADING.sub(anchored, joined))  # noqa: S308  the blocks escaped what editors wrote
    return Body(html, tuple(found) if len(found) >= ENOUGH_FOR_CONTENTS else ())


def _free(anchor: str, taken: set[str]) -> str:
    if anchor not in taken:
        return anchor
    return next(name for n in range(2, len(taken) + 3) if (name := f"{anchor}-{n}") not in taken)
