"""Any search as an Atom feed, what came here last first, in pages as RFC 5005 has them."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from xml.sax.xmlreader import AttributesImpl

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import linebreaks
from django.utils.translation import gettext as _
from django.utils.xmlutils import SimplerXMLGenerator
from django.views.decorators.http import require_safe

from network_site.base import feeds
from network_site.base.feeds import writable
from research_db.domain.heads import SEARCH
from research_db.domain.telling import full_name
from research_db.finding import index
from research_db.finding.asking import A_PAGE, Seeking
from research_db.finding.criteria import ADDED, Criteria, read
from research_db.finding.documents import address
from research_db.finding.index import Now
from research_db.finding.vocabulary import KIND, Code
from research_db.finding.wording import in_words
from research_db.models import Contribution, Notice, Publication

CONTENT_TYPE = "application/atom+xml; charset=utf-8"
A_MINUTE = "60"
# An empty feed has to say when it changed, and must not say that it just did.
NEVER = datetime(2000, 1, 1, tzinfo=UTC)


class RecordFeed(Atom1Feed):
    """Atom with every author by name, every term with its label, and the addresses of its other pages."""

    def latest_post_date(self) -> datetime:
        return max((item["updateddate"] for item in self.items), default=NEVER)

    def add_root_elements(self, handler: SimplerXMLGenerator) -> None:
        super().add_root_elements(handler)
        for rel, href in self.feed["pages"]:
            handler.addQuickElement("link", "", {"rel": rel, "href": href})

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        for name in item["authors"]:
            handler.startElement("author", AttributesImpl({}))
            handler.addQuickElement("name", name)
            handler.endElement("author")
        for term, label in item["terms"]:
            handler.addQuickElement("category", "", {"term": term, "label": label})


@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """The publications that fit, as many as a page of the list; whatever the address asks, there is a feed."""
    now = index.site().now()
    if now is None:
        said = _("The search is being prepared")
        return HttpResponse(said, status=503, content_type="text/plain", headers={"Retry-After": A_MINUTE})
    asked = read(request.GET, now.vocabulary)
    # Words as they stand: a search for something new must not be answered with something else.
    seeking = Seeking(replace(asked.lasting, sort=ADDED, is_exact=True), now)
    count = seeking.count()
    last = max(1, -(-count // A_PAGE))
    page = min(asked.page, last)
    found = _publications(seeking.numbers((page - 1) * A_PAGE, A_PAGE) if count else ())
    written = _write(asked.lasting, found, now, page=page, last=last)
    changed_at = written.latest_post_date() if found else None
    return feeds.answer(request, written, content_type=CONTENT_TYPE, changed_at=changed_at)


def _publications(numbers: Sequence[int]) -> list[Publication]:
    """These in their order, with what a feed says of them; what is gone meanwhile is left out."""
    related = ("contributions", "terms", "notices")
    found = Publication.objects.public().prefetch_related(*related).in_bulk(list(numbers))
    return [found[number] for number in numbers if number in found]


def _write(criteria: Criteria, found: list[Publication], now: Now, *, page: int, last: int) -> RecordFeed:
    words = in_words(criteria, now.vocabulary)
    written = RecordFeed(
        title=writable(f"{settings.SITE_NAME}: {words}"),
        link=f"{settings.SITE_URL}{SEARCH}{criteria.query}",
        description=writable(_("What was added to the research database last: %(search)s") % {"search": words}),
        language=settings.LANGUAGE_CODE,
        author_name=settings.SITE_NAME,
        feed_url=_address(criteria, page),
        pages=[(rel, _address(criteria, to)) for rel, to in _steps(page, last)],
    )
    for publication in found:
        written.add_item(**_item(publication, now))
    return written


def _address(criteria: Criteria, page: int) -> str:
    return f"{settings.SITE_URL}{reverse('research:feed')}{replace(criteria, page=page).query}"


def _steps(page: int, last: int) -> Iterator[tuple[str, int]]:
    yield "first", 1
    if page > 1:
        yield "previous", page - 1
    if page < last:
        yield "next", page + 1
    yield "last", last


def _item(publication: Publication, now: Now) -> dict[str, Any]:
    """One publication in the words of Django's feeds; its number is the address that never changes."""
    came_at = publication.first_published_at or publication.created_at
    return {
        "title": writable(_title(publication)),
        "link": f"{settings.SITE_URL}{publication.get_absolute_url()}",
        "description": writable(linebreaks(publication.plain_summary or publication.abstract, autoescape=True)),
        "pubdate": came_at,
        "updateddate": max(came_at, publication.changed_at),
        "unique_id": f"{settings.SITE_URL}{reverse('research:short', args=[publication.code])}",
        "authors": [writable(name) for name in _authors(publication)],
        "terms": [(address(code), writable(now.vocabulary.entries[code].label)) for code in _codes(publication, now)],
    }


def _title(publication: Publication) -> str:
    is_retracted = any(notice.kind == Notice.Kind.RETRACTION for notice in publication.notices.all())
    return _("Retracted: %(title)s") % {"title": publication.title} if is_retracted else publication.title


def _authors(publication: Publication) -> Iterator[str]:
    """Every author; Atom wants at least one name."""
    makers = publication.contributions.all()
    yield from [full_name(one) for one in makers if one.role == Contribution.Role.AUTHOR] or [settings.SITE_NAME]


def _codes(publication: Publication, now: Now) -> list[Code]:
    codes = {(KIND, publication.kind), *now.vocabulary.codes(term.pk for term in publication.terms.all())}
    return sorted(codes & now.vocabulary.entries.keys(), key=lambda code: (now.vocabulary.places[code[0]], code[1]))
