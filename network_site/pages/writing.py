"""The newest writing on the home page: what an editor put first, then what rooms published last, by itself."""

from dataclasses import dataclass

from wagtail.blocks import StreamValue, StructValue
from wagtail.models import Page

from network_site.base.offers import Writing, newest_writing
from network_site.base.pages import closed_branches
from network_site.pages.blocks import KINDS

PLAIN = ("tag--teal", "")
COLOURS = {
    "newsletter": ("tag--time", "c-indigo"),
    "news": ("tag--time", "c-indigo"),
    "research": ("tag--research", "c-sage"),
    "awards": ("tag--awards", "c-ochre"),
    "history": ("tag--time", "c-indigo"),
}
MOST = 4


@dataclass(frozen=True)
class Entry:
    """One thing to read."""

    url: str
    title: str
    text: str
    kind: str
    tag: str
    yarn: str


def entries(chosen: StreamValue) -> list[Entry]:
    """Four things to read: the chosen pages that anybody may read, then the newest writing of all rooms."""
    first = pinned(chosen)
    known = {entry.url for entry in first}
    newest = [_entry_of(writing) for writing in by_itself(MOST + len(first)) if writing.url not in known]
    return (first + newest)[:MOST]


def by_itself(most: int) -> list[Writing]:
    """The newest writing of every room, newest first, at most so many."""
    offered = [writing for offer in newest_writing.all() for writing in offer(most)]
    return sorted(offered, key=lambda writing: writing.published_on, reverse=True)[:most]


def newest(most: int) -> list[Entry]:
    """The newest writing of every room, ready to be shown, at most so many."""
    return [_entry_of(writing) for writing in by_itself(most)]


def pinned(chosen: StreamValue) -> list[Entry]:
    """The first four chosen pages that are published and open to all."""
    closed = closed_branches()
    open_to_all = [child.value for child in chosen if _is_open(child.value["page"], closed=closed)][:MOST]
    summaries = _summaries([value["page"].pk for value in open_to_all if not value["text"]])
    return [_entry(value, summaries) for value in open_to_all]


def _is_open(page: Page | None, *, closed: tuple[str, ...]) -> bool:
    return page is not None and page.live and not page.path.startswith(closed)


def _summaries(pages: list[int]) -> dict[int, str]:
    """Asked only for what has no words of its own: each kind of page keeps its summary in a table of its own."""
    found = Page.objects.filter(pk__in=pages).specific() if pages else ()
    return {page.pk: str(getattr(page, "summary", "")) for page in found}


def _entry(value: StructValue, summaries: dict[int, str]) -> Entry:
    page = value["page"]
    text = value["text"] or summaries.get(page.pk, "")
    return _drawn(str(page.url or ""), value["title"] or str(page.title), text, value["kind"])


def _entry_of(writing: Writing) -> Entry:
    return _drawn(writing.url, writing.title, writing.text, writing.kind)


def _drawn(url: str, title: str, text: str, kind: str) -> Entry:
    tag, yarn = COLOURS.get(kind, PLAIN)
    return Entry(url=url, title=title, text=text, kind=str(KINDS.get(kind, kind)), tag=tag, yarn=yarn)
