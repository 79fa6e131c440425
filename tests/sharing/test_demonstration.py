"""The whole demonstration, page by page, as a search engine walks it."""

import re
from collections import Counter
from io import BytesIO
from xml.etree import ElementTree as ET

import pytest
from django.conf import settings
from django.test import Client
from PIL import Image
from wagtail.models import Page, PageViewRestriction

from tests.sharing.conftest import Head, parse, types
from tests.sharing.test_head import references
from tests.sharing.test_machines import MAP
from tests.sharing.test_structured import REQUIRED, missing

# It proves other things than lines, and counting these would make it twice as slow.
pytestmark = [pytest.mark.no_cover, pytest.mark.any_database]


@pytest.fixture
def addresses(demo_db: str) -> list[str]:
    content = Client().get("/sitemap.xml").content
    return [str(loc.text).removeprefix(settings.SITE_URL) for loc in ET.fromstring(content).iter(f"{MAP}loc")]  # noqa: S314  our own


@pytest.fixture(scope="module")
def walked() -> dict[str, Head]:
    """What was found on a walk through the demonstration, which is the same in each test."""
    return {}


@pytest.fixture
def heads(addresses: list[str], walked: dict[str, Head]) -> dict[str, Head]:
    client = Client()
    for path in [] if walked else addresses:
        answer = client.get(path)
        assert answer.status_code == 200, path
        walked[path] = parse(answer.content.decode())
    return walked


def test_every_page_in_the_sitemap_tells_itself(heads: dict[str, Head]) -> None:
    assert len(heads) > 25
    wrong = {}
    for path, head in heads.items():
        names = [node["@id"] for node in head.graph]
        # The history lists what was long ago: it is told as far as it is known, and is no event to go to.
        problems = missing([node for node in head.graph if node["@type"] != "ItemList"], REQUIRED)
        problems += [f"points nowhere: {name}" for name in set(references(head.graph)) - set(names)]
        problems += [f"twice: {name}" for name, count in Counter(names).items() if count > 1]
        if head.rel("canonical") != [f"{settings.SITE_URL}{path}"]:
            problems.append(f"canonical {head.rel('canonical')}")
        if len(re.findall(r"<h1[\s>]", head.html)) != 1:
            problems.append("not one h1")
        if head.meta("og:url") != f"{settings.SITE_URL}{path}":
            problems.append("og:url")
        if problems:
            wrong[path] = problems
    assert wrong == {}


def test_no_two_pages_are_described_alike(heads: dict[str, Head]) -> None:
    for name in ("description", "og:description", "og:title"):
        said = Counter(head.meta(name) for head in heads.values())
        assert [text for text, count in said.items() if count > 1] == [], name
    assert not [path for path, head in heads.items() if not 20 <= len(head.meta("og:description")) <= 420]


def test_every_picture_is_there(heads: dict[str, Head]) -> None:
    """Each is drawn, of the size its page says, and not blank; no two pages of words look alike."""
    client, seen = Client(), Counter[bytes]()
    for path, head in heads.items():
        address = head.meta("og:image")
        if "/share/" not in address:
            continue
        answer = client.get(address.removeprefix(settings.SITE_URL))
        assert answer.status_code == 200, path
        image = Image.open(BytesIO(answer.content))
        assert image.size == (1200, 630), path
        assert len(image.convert("RGB").getcolors(1 << 20) or []) > 20, path
        seen[answer.content] += 1
    assert max(seen.values()) == 1
    assert len(seen) > 20


def test_conferences_are_events_and_guides_articles(heads: dict[str, Head]) -> None:
    event = heads["/conferences/closer-to-home/"].node("Event")
    assert event["offers"]
    assert event["organizer"]["name"] == settings.SITE_NAME
    assert heads["/what-is-social-prescribing/"].node("Article")
    assert heads["/"].node("WebSite")["potentialAction"]
    assert [path for path, head in heads.items() if any("Event" in types(node) for node in head.graph)]


def test_what_is_not_public_is_nowhere(demo_db: str) -> None:
    client = Client()
    closed = Page.objects.get(slug="people", depth=3)
    PageViewRestriction.objects.create(page=closed, restriction_type=PageViewRestriction.LOGIN)
    Page.objects.filter(slug="about").update(live=False)
    for path in ("/sitemap.xml", "/feed.xml"):
        text = client.get(path).content.decode()
        assert f"{settings.SITE_URL}/people/<" not in text
        assert f"{settings.SITE_URL}/about/<" not in text


def test_a_feed_reader_finds_the_feed(heads: dict[str, Head]) -> None:
    assert all("/feed.xml" in head.rel("alternate") for head in heads.values())
    root = ET.fromstring(Client().get("/feed.xml").content)  # noqa: S314  our own
    client = Client()
    links = [str(link.get("href")) for link in root.iterfind("{*}entry/{*}link")]
    assert links
    for address in links:
        assert client.get(address.removeprefix(settings.SITE_URL)).status_code == 200


def test_anybody_may_see_it_without_a_cookie(heads: dict[str, Head]) -> None:
    client = Client()
    for path in list(heads)[:5]:
        client.get(path)
    assert client.cookies == {}
