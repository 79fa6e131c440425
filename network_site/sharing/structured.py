"""One graph of schema.org's words for each page: who we are, what the page is, and what stands on it."""

import json
from collections.abc import Callable, Iterator
from typing import Any

from django.conf import settings
from django.templatetags.static import static
from django.utils.html import strip_tags
from django.utils.safestring import SafeString, mark_safe
from wagtail.blocks import StreamValue
from wagtail.models import Page

from network_site.base.crumbs import structured as crumbs_data
from network_site.sharing.registry import ByModel
from network_site.sharing.shared import Shared

Node = dict[str, Any]
CONTEXT = "https://schema.org"
QUESTION_MARKS = ("?", "？", "؟")
# What each kind of thing is, besides a page with a title: a conference, an article, a person.
describes: ByModel[Callable[[Any, Shared], list[Node]]] = ByModel()


@describes(Page)
def plain(page: Page, told: Shared) -> list[Node]:
    """A page is a page and nothing else, until a room says more."""
    return []


def graph(thing: object, told: Shared, *, picture: str) -> Node:
    """Everything the page says to machines, its parts joined by their names.

    Args:
        picture: the full address of the picture it is shared with.
    """
    said = describes.of(thing)
    things = said(thing, told) if said else []
    nodes = [organisation(), site(told), webpage(thing, told, picture=picture, about=things), *way(told), *things]
    return {"@context": CONTEXT, "@graph": [known(node) for node in nodes]}


def organisation() -> Node:
    """Us."""
    return {
        "@type": "Organization",
        "@id": organisation_id(),
        "name": settings.SITE_NAME,
        "url": f"{settings.SITE_URL}/",
        "logo": f"{settings.SITE_URL}{static('sharing/icons/icon-512.png')}",
    }


def site(told: Shared) -> Node:
    """The site; on its first page also how it is searched."""
    search = {
        "@type": "SearchAction",
        "target": {"@type": "EntryPoint", "urlTemplate": f"{settings.SITE_URL}/search/?q={{search_term_string}}"},
        "query-input": "required name=search_term_string",
    }
    return {
        "@type": "WebSite",
        "@id": site_id(),
        "name": settings.SITE_NAME,
        "url": f"{settings.SITE_URL}/",
        "publisher": {"@id": organisation_id()},
        "potentialAction": search if told.is_home else None,
    }


def webpage(thing: object, told: Shared, *, picture: str, about: list[Node]) -> Node:
    """The page itself; with questions and their answers it is a page of those too."""
    asked = list(questions(thing))
    main = asked or ({"@id": about[0]["@id"]} if about and "@id" in about[0] else None)
    return {
        "@type": ["WebPage", "FAQPage"] if asked else "WebPage",
        "@id": page_id(told),
        "url": told.url,
        "name": told.title,
        "description": told.description,
        "inLanguage": told.language,
        "isPartOf": {"@id": site_id()},
        "primaryImageOfPage": {"@type": "ImageObject", "url": picture},
        "datePublished": moment(told.published_at),
        "dateModified": moment(told.changed_at),
        "breadcrumb": {"@id": f"{told.url}#breadcrumb"} if told.way else None,
        "mainEntity": main,
    }


def article(told: Shared, *, picture: str, kind: str = "Article", authors: list[Node] | None = None) -> Node:
    """Something to read, told as search engines want it; without authors it is the network's own.

    Args:
        picture: the full address of its picture.
        kind: "Article" or "NewsArticle".
        authors: people or organisations, with a name and, where they have a page, an address.
    """
    return {
        "@type": kind,
        "@id": f"{told.url}#article",
        "headline": told.title,
        "description": told.description,
        "image": [picture],
        "datePublished": moment(told.published_at),
        "dateModified": moment(told.changed_at or told.published_at),
        "inLanguage": told.language,
        "author": authors or [us()],
        "publisher": {"@id": organisation_id()},
        "mainEntityOfPage": {"@id": page_id(told)},
    }


def us() -> Node:
    """The network as author or organiser: a name and an address, for readers that follow no links."""
    return {
        "@type": "Organization",
        "@id": organisation_id(),
        "name": settings.SITE_NAME,
        "url": f"{settings.SITE_URL}/",
    }


def way(told: Shared) -> list[Node]:
    """The way from home, where there is one."""
    if not told.way:
        return []
    return [{"@id": f"{told.url}#breadcrumb", **crumbs_data(list(told.way), site=settings.SITE_URL)}]


def questions(thing: object) -> Iterator[Node]:
    """What a page's body asks and answers; details that are no questions stay details."""
    body = getattr(thing, "body", None)
    for block in body.blocks_by_name("details") if isinstance(body, StreamValue) else ():
        for item in block.value["items"]:
            if str(item["question"]).strip().endswith(QUESTION_MARKS):
                answer = {"@type": "Answer", "text": words(str(item["answer"]))}
                yield {"@type": "Question", "name": str(item["question"]).strip(), "acceptedAnswer": answer}


def words(html: str) -> str:
    """HTML as words in one line."""
    return " ".join(strip_tags(html.replace("<", " <")).split())


def organisation_id() -> str:
    """Our name in every graph."""
    return f"{settings.SITE_URL}/#organization"


def site_id() -> str:
    """The site's name in every graph."""
    return f"{settings.SITE_URL}/#website"


def page_id(told: Shared) -> str:
    """The page's name in its graph."""
    return f"{told.url}#webpage"


def moment(value: Any) -> str | None:
    """A date or time as ISO 8601 writes it, to the second."""
    return value.replace(microsecond=0).isoformat() if value else None


def known(node: Node) -> Node:
    """The node without what is not known."""
    return {name: value for name, value in node.items() if value not in (None, "", [])}


def written(data: Node) -> SafeString:
    """The graph as text for a data block; no sign in it can end the block or begin another."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return mark_safe(text)  # noqa: S308  escaped above, as Django's json_script does
