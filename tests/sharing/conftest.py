"""A small tree of pages, as the pages' own tests have it, and ways to read what a page tells machines."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import html5lib
import pytest
from django.test import Client
from wagtail.models import Page

from events.models import Conference, ConferenceIndexPage, ConferencePage
from network_site.pages.models import HomePage
from tests.factories.conferences import ConferenceFactory

DATA = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
Node = dict[str, Any]


@dataclass(frozen=True)
class Head:
    """What stands in the head of a page."""

    html: str
    metas: list[dict[str, str]]
    links: list[dict[str, str]]

    def meta(self, name: str) -> str:
        """The content of the one meta element of this name or property."""
        [found] = [m["content"] for m in self.metas if name in {m.get("name"), m.get("property")}]
        return found

    def has(self, name: str) -> bool:
        return any(name in {m.get("name"), m.get("property")} for m in self.metas)

    def rel(self, rel: str) -> list[str]:
        return [link["href"] for link in self.links if link.get("rel") == rel]

    @property
    def graph(self) -> list[Node]:
        """The nodes of the one graph."""
        [text] = DATA.findall(self.html)
        data = json.loads(text)
        assert data["@context"] == "https://schema.org"
        nodes: list[Node] = data["@graph"]
        return nodes

    def node(self, kind: str) -> Node:
        """The one node of this type."""
        [found] = [node for node in self.graph if kind in types(node)]
        return found


def types(node: Node) -> list[str]:
    kind = node["@type"]
    return kind if isinstance(kind, list) else [kind]


def parse(html: str) -> Head:
    document = html5lib.HTMLParser(namespaceHTMLElements=False).parse(html)
    head = document.find("head")
    return Head(
        html=html,
        metas=[dict(element.attrib) for element in head.iter("meta")],
        links=[dict(element.attrib) for element in head.iter("link")],
    )


@pytest.fixture
def read(client: Client) -> Callable[[str | Page], Head]:
    """The head of the page at this address."""

    def ask(page: str | Page) -> Head:
        answer = client.get(page if isinstance(page, str) else page.url)
        assert answer.status_code == 200
        return parse(answer.content.decode())

    return ask


@pytest.fixture
def conference_page(home: HomePage) -> Callable[..., ConferencePage]:
    """A conference with its page in the tree."""
    index = home.add_child(instance=ConferenceIndexPage(title="Conferences", slug="conferences"))

    def make(conference: Conference | None = None, **facts: Any) -> ConferencePage:
        conference = conference or ConferenceFactory(**facts)
        page = ConferencePage(title=conference.title, slug=conference.slug, conference=conference)
        return index.add_child(instance=page)

    return make
