"""One moment, one conference on sale with its page, and a strict reader of HTML."""

from collections.abc import Callable, Iterator

import html5lib
import pytest
import time_machine
from django.test import Client
from wagtail.models import Site

from events.domain.fsck import findings
from events.models import Conference, ConferenceIndexPage, ConferencePage
from tests.factories.conferences import NOW, ConferenceFactory, SessionFactory, TicketTypeFactory


@pytest.fixture(autouse=True)
def _one_moment() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture(autouse=True)
def _proved_ledger(db: None) -> Iterator[None]:
    yield
    assert findings(now=NOW) == []


@pytest.fixture
def index(db: None) -> ConferenceIndexPage:
    home = Site.objects.get(is_default_site=True).root_page
    return home.add_child(instance=ConferenceIndexPage(title="Conferences", slug="conferences", intro="Come."))


@pytest.fixture
def publish(index: ConferenceIndexPage) -> Callable[[Conference], ConferencePage]:
    def page_of(conference: Conference, **more: object) -> ConferencePage:
        page = ConferencePage(title=conference.title, slug=conference.slug, conference=conference, **more)
        return index.add_child(instance=page)

    return page_of


@pytest.fixture
def conference(db: None) -> Conference:
    return ConferenceFactory(slug="closer", title="Closer to home")


@pytest.fixture
def place(conference: Conference):
    return TicketTypeFactory(conference=conference, name="NHS", quota__size=100, quota__name="Hall")


@pytest.fixture
def workshop(conference: Conference):
    session = SessionFactory(conference=conference, title="Counting", workshop=True)
    return TicketTypeFactory(
        conference=conference, name="Counting", session=session, price_pence=0, quota__size=30, quota__name="Room"
    )


@pytest.fixture
def browser_client() -> Client:
    """A client that looks for forgotten tokens, as Django's own does not."""
    return Client(enforce_csrf_checks=True)


def well_formed(content: bytes) -> object:
    """Parse a page strictly; the tree."""
    return html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(content)


@pytest.fixture
def read(client: Client) -> Callable[..., tuple[int, str]]:
    """Get a page, prove that it is well formed and sets no cookie; its status and text."""

    def get(path: str, **more: object) -> tuple[int, str]:
        response = client.get(path, **more)
        if response.content and response.headers["Content-Type"].startswith("text/html"):
            well_formed(response.content)
        assert not response.cookies
        return response.status_code, response.content.decode()

    return get
