"""What pages ask of the database: at most fifteen statements as they are served cold, as many for thirty things as for one.

Cold is how a page is made anew after a place was sold: whole pages are not kept (the page cache is taken away here), and
what depends on editors' words alone is still known from the request before. "With nothing known" is the first page of a
process after an editor's change: it may ask more, but as little as the other does it depend on how much there is.
"""

from collections import OrderedDict
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from events.models import Conference, ConferencePage
from network_site.base import freshness
from network_site.demo.addresses import ASKED, BUYING, READING
from network_site.history.models import Era
from network_site.learning.models import CoursePage
from network_site.news.models import NewsPage
from research_db.models import Contribution, Publication, ReadingList, ReadingListEntry, Relation, SearchChange
from tests.factories.conferences import ConferenceFactory, SessionFactory, TicketTypeFactory
from tests.factories.history import TimelineEventFactory
from tests.factories.people import OrganisationFactory

# It proves other things than lines, and counting these would make it twice as slow.
pytestmark = pytest.mark.no_cover

PAGES = [*READING, *ASKED, *BUYING]
# Words alone: nothing on them is listed.
OF_WORDS = {
    "/about/every-block/",
    "/what-is-social-prescribing/",
    "/accessibility/",
    "/privacy/",
    "/contact/",
    "/search/",
}
LISTING = [path for path in PAGES if path not in OF_WORDS and "nothing-of-the-kind" not in path]
MOST = 15


@pytest.fixture
def visitor(demo_db: str, settings: Any) -> Iterator[Client]:
    """Somebody who reads the demonstration, and meets no page that is kept."""
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if "page_cache" not in name]
    settings.PAGE_CACHE_SECONDS = 60
    cache.clear()
    return Client()


def forget(monkeypatch: pytest.MonkeyPatch) -> None:
    """What this process knows, down to the parts it has drawn."""
    cache.clear()
    freshness.seen.forget()
    monkeypatch.setattr("network_site.ui.remembered._drawings", OrderedDict())


def statements(client: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(path).status_code == 200, path
    return len(asked)


def test_every_kind_of_page_is_served_cold_by_few_statements(visitor: Client) -> None:
    asked = {}
    for path in PAGES:
        for _warming in range(2):  # the first cuts pictures and measures files, which counts as a change
            statements(visitor, path)
        asked[path] = statements(visitor, path)
    assert {path: number for path, number in asked.items() if number > MOST} == {}


def grow(number: int) -> None:
    """So many more of everything that a page lists."""
    conference = Conference.objects.get(slug="closer-to-home")
    _write(NewsPage, number)
    _write(CoursePage, number)
    for place in range(number):
        TimelineEventFactory(era=Era.objects.all()[0], title=f"Choir {number} {place}")
        SessionFactory(conference=conference)
        TicketTypeFactory(conference=conference, on_sale_from=None)
        partner = OrganisationFactory(slug=f"partner-{number}-{place}")
        conference.partners.add(partner)
        _announce(f"more-{number}-{place}")
    _publish(number)


def _write(kind: Any, number: int) -> None:
    """Copies of the first page of a kind, with its pictures and topics."""
    for place in range(number):
        new = {"title": f"Choir {number} {place}", "slug": f"choir-{number}-{place}"}
        kind.objects.order_by("pk")[0].copy(update_attrs=new, copy_revisions=False)


def _announce(slug: str) -> None:
    for year, kind in ((2019, {"past": True}), (2031, {})):
        made = ConferenceFactory(**{**kind, "slug": f"{slug}-{year}", "starts_on": date(year, 6, 16)})
        page = ConferencePage.objects.order_by("pk")[0]
        page.copy(update_attrs={"slug": made.slug, "title": made.title, "conference": made}, copy_revisions=False)


def _publish(number: int) -> None:
    """Publications tied to those whose pages are read, in the reading list that is read and in a list of their own."""
    known = list(Publication.objects.filter(code__in=["p2vzrk", "rj9rv2"]))
    start = ReadingList.objects.get(slug="start-here")
    for place in range(number):
        made = Publication.objects.create(title=f"A choir against loneliness {number} {place}", year=2020)
        made.terms.set(known[0].terms.all())
        Contribution.objects.create(publication=made, family="Wool")
        ReadingListEntry.objects.create(reading_list=start, publication=made, sort_order=100 + place)
        own = ReadingList.objects.create(slug=f"list-{number}-{place}", title="Choirs")
        for one in known:
            Contribution.objects.create(publication=one, family="Wool", sort_order=100 + place)
            Relation.objects.create(publication=made, kind=Relation.Kind.COMMENT_ON, other=one)
            ReadingListEntry.objects.create(reading_list=own, publication=one)
        SearchChange.note([made.pk])


def test_no_page_asks_more_for_more_things(visitor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    counts: dict[str, list[tuple[int, int]]] = {path: [] for path in LISTING}
    for number in (1, 3, 30):
        grow(number)
        for path in LISTING:
            forget(monkeypatch)
            visitor.get(path)  # the indexes of the searches are brought up to date by whoever asks first
            forget(monkeypatch)
            counts[path].append((statements(visitor, path), statements(visitor, path)))
    assert {path: found for path, found in counts.items() if len(set(found)) > 1} == {}
