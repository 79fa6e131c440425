"""News as RSS and Atom, with the full text of every article."""

from collections.abc import Iterator
from datetime import UTC, datetime, time
from typing import Any
from urllib.parse import urljoin

import nh3
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed, SyndicationFeed
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.utils.xmlutils import SimplerXMLGenerator
from django.views.decorators.http import require_safe

from network_site.base import body as bodies
from network_site.base import feeds
from network_site.base.dates import LONDON
from network_site.base.feeds import writable
from network_site.news.models import NewsIndexPage, NewsPage
from network_site.news.reading import authors_by_article
from network_site.people.models import Person

MOST = 20
CONTENT = "http://purl.org/rss/1.0/modules/content/"
# What a feed reader understands; everything else, such as forms and drawings, is left out.
TAGS = {
    "a", "abbr", "b", "blockquote", "br", "caption", "cite", "dd", "div", "dl", "dt", "em", "figcaption", "figure",
    "h2", "h3", "h4", "hr", "i", "img", "li", "ol", "p", "q", "s", "span", "strong", "sub", "sup", "table", "tbody",
    "td", "th", "thead", "time", "tr", "ul",
}  # fmt: skip
ATTRIBUTES = {
    "a": {"href"},
    "img": {"src", "alt", "width", "height"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "time": {"datetime"},
}
DROPPED = {"button", "script", "style", "svg", "form", "noscript"}


class FullTextRss(Rss201rev2Feed):
    """RSS 2.0 that carries each article's HTML."""

    def rss_attributes(self) -> dict[str, str]:
        return {**super().rss_attributes(), "xmlns:content": CONTENT}

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        handler.addQuickElement("content:encoded", item["content"])


class FullTextAtom(Atom1Feed):
    """Atom that carries each article's HTML."""

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        handler.addQuickElement("content", item["content"], {"type": "html"})


CONTENT_TYPES = {"rss": "application/rss+xml; charset=utf-8", "atom": "application/atom+xml; charset=utf-8"}
FORMATS: dict[str, type[SyndicationFeed]] = {"rss": FullTextRss, "atom": FullTextAtom}


@require_safe
def feed(request: HttpRequest, kind: str) -> HttpResponse:
    """The newest articles as a feed, "rss" or "atom"; a reader that has it already is told so."""
    index = get_object_or_404(NewsIndexPage.objects.live().public()[:1])
    articles = list(index.articles().select_related("picture").prefetch_related("topics")[:MOST])
    changed_at = max(map(_changed_at, articles), default=None)
    written = write(index, articles, kind=kind)
    return feeds.answer(request, written, content_type=CONTENT_TYPES[kind], changed_at=changed_at)


def write(index: NewsIndexPage, articles: list[NewsPage], *, kind: str) -> SyndicationFeed:
    """A feed of these articles."""
    home = f"{settings.SITE_URL}{index.url}"
    feed = FORMATS[kind](
        title=f"{settings.SITE_NAME}: {index.title}",
        link=home,
        description=index.summary or index.intro or _("News of the network"),
        language=settings.LANGUAGE_CODE,
        author_name=settings.SITE_NAME,
        feed_url=settings.SITE_URL + reverse(f"news:{kind}"),
    )
    authors = authors_by_article(articles)
    for article in articles:
        feed.add_item(**_item(article, authors[article.pk]))
    return feed


def _item(article: NewsPage, authors: list[Person]) -> dict[str, Any]:
    """One article in the words of Django's feeds; its number never changes, even if its address does."""
    address = f"{settings.SITE_URL}{article.url}"
    return {
        "title": writable(article.title),
        "link": address,
        "description": escape(writable(article.in_short)),
        "author_name": writable(", ".join(author.name for author in authors)) or settings.SITE_NAME,
        "pubdate": came_out_at(article),
        "updateddate": _changed_at(article),
        "unique_id": f"urn:uuid:{article.translation_key}",
        "unique_id_is_permalink": False,
        "categories": [writable(topic.name) for topic in article.topics.all()],
        "content": writable("".join(_words(article, address))),
    }


def _words(article: NewsPage, address: str) -> Iterator[str]:
    """The lead and the body as HTML that stands alone."""
    yield clean(f"<p>{escape(article.lead)}</p>", address=address)
    yield clean(bodies.render(article.body, {"page": article}).html, address=address)


def clean(html: str, *, address: str) -> str:
    """HTML for feed readers: only what they understand, every address a full one.

    Args:
        html: the article's own HTML.
        address: the article's full address.
    """

    def whole(tag: str, attribute: str, value: str) -> str:
        return urljoin(address, value) if attribute in {"href", "src"} else value

    return nh3.clean(
        html, tags=TAGS, attributes=ATTRIBUTES, clean_content_tags=DROPPED, attribute_filter=whole, link_rel=None
    )


def came_out_at(article: NewsPage) -> datetime:
    """The moment for feeds: when it was published, or noon of its date where that is another day."""
    first = article.first_published_at
    if first and first.astimezone(LONDON).date() == article.published_on:
        return first
    return datetime.combine(article.published_on, time(12), tzinfo=LONDON).astimezone(UTC)


def _changed_at(article: NewsPage) -> datetime:
    return max(came_out_at(article), article.last_published_at or came_out_at(article))
