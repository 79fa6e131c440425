"""How a page looks where others show it: in our lists, on other sites that share it, in a search engine's results."""

from contextlib import suppress
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

LIST, SHARED, SEARCH = "list", "shared", "search"
# The page itself is the first; its name is empty, as Wagtail has it.
MODES: list[tuple[str, Any]] = [
    ("", _("The page")),
    (LIST, _("In a list")),
    (SHARED, _("When shared")),
    (SEARCH, _("In a search result")),
]
# Nearly what search engines show on one line and under it.
LONGEST_TITLE, LONGEST_DESCRIPTION = 60, 155


@dataclass(frozen=True)
class Told:
    """What a page's head says of it to others; `picture` is a path on this site."""

    title: str = ""
    description: str = ""
    address: str = ""
    picture: str = ""
    shared_title: str = ""
    shared_description: str = ""

    @property
    def steps(self) -> list[str]:
        """The address as search engines write it: the site, then each step."""
        parts = urlsplit(self.address)
        return [parts.netloc, *(step for step in parts.path.split("/") if step)]

    @property
    def short_title(self) -> str:
        """What is left of the title on one line."""
        return Truncator(self.title).chars(LONGEST_TITLE)

    @property
    def short_description(self) -> str:
        """What is left of the description."""
        return Truncator(self.description).chars(LONGEST_DESCRIPTION)


class _Head(HTMLParser):
    """Reads the title, the metas and the canonical address, up to the body."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, str] = {}
        self.in_title = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        facts = {name: value or "" for name, value in attrs}
        self.in_title = tag == "title" and "title" not in self.found
        if tag == "meta":
            self.found.setdefault(facts.get("property") or facts.get("name", ""), facts.get("content", ""))
        if tag == "link" and facts.get("rel") == "canonical":
            self.found.setdefault("canonical", facts.get("href", ""))

    def handle_endtag(self, tag: str) -> None:
        self.in_title = False

    def handle_data(self, data: str) -> None:
        if self.in_title:
            self.found["title"] = f"{self.found.get('title', '')}{data}"


def told(html: str) -> Told:
    """What a page's HTML says of it; anything may be given."""
    reader = _Head()
    with suppress(AssertionError):  # Python's parser stops at a declaration it does not know
        reader.feed(html.partition("<body")[0])
    found = {name: " ".join(value.split()) for name, value in reader.found.items()}
    return Told(
        title=found.get("title", ""),
        description=found.get("description", ""),
        address=found.get("canonical", "") or settings.SITE_URL,
        picture=urlsplit(found.get("og:image", "")).path,
        shared_title=found.get("og:title", "") or found.get("title", ""),
        shared_description=found.get("og:description", "") or found.get("description", ""),
    )


def preview(page: Any, request: HttpRequest, mode: str, *, html: str) -> TemplateResponse:
    """One of the ways others show a page.

    Args:
        page: the page as it would be saved.
        request: the one who previews.
        mode: LIST, SHARED or SEARCH.
        html: the page itself, whose head says what others get to know.
    """
    context = {"page": page, "told": told(html), "mode": dict(MODES)[mode], "site": urlsplit(settings.SITE_URL).netloc}
    return TemplateResponse(request, f"base/previews/{mode}.html", context)
