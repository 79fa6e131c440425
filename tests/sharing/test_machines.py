"""Sitemap, robots, feed, security contact, icons: what machines ask for, and that nothing private is in it."""

import struct
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any
from xml.etree import ElementTree as ET

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from PIL import Image
from wagtail.models import PageViewRestriction, Site

from network_site.base.offers import Writing, newest_writing
from network_site.pages.models import HomePage, StandardPage
from network_site.people.models import Organisation, Person
from network_site.sharing import feed, robots, sitemap, views
from network_site.sharing.robots import NotToBeFound
from network_site.sharing.sitemap import Place, places

pytestmark = pytest.mark.django_db
Add = Callable[..., Any]
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
ATOM = "{http://www.w3.org/2005/Atom}"


def xml(content: bytes) -> ET.Element:
    return ET.fromstring(content)  # noqa: S314  our own


def addresses(client: Client, path: str = "/sitemap.xml") -> list[str]:
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/xml"
    return [str(found.text) for found in xml(answer.content).iter(f"{MAP}loc")]


@pytest.fixture
def offered() -> Iterator[None]:
    """What a test offers is taken back."""
    before, writings = dict(places._offers), dict(newest_writing._offers)
    yield
    places._offers, newest_writing._offers = before, writings


# --- sitemap ------------------------------------------------------------------------------------------


def test_every_public_page_is_there_and_no_other(home: HomePage, add: Add, client: Client) -> None:
    about = add(StandardPage, title="About", slug="about")
    add(StandardPage, under=about, title="Below", slug="below")
    add(StandardPage, title="Draft", slug="draft", live=False)
    closed = add(StandardPage, title="Closed", slug="closed")
    add(StandardPage, under=closed, title="In a closed one", slug="in-it")
    PageViewRestriction.objects.create(page=closed, restriction_type=PageViewRestriction.PASSWORD, password="x")
    assert addresses(client) == [f"http://testserver{path}" for path in ("/", "/about/", "/about/below/")]


def test_each_says_when_it_changed(home: HomePage, add: Add, client: Client) -> None:
    page = add(StandardPage, title="About", slug="about")
    with time_machine.travel(datetime(2027, 3, 1, 12, tzinfo=UTC), tick=False):
        page.save_revision().publish()
    assert b"<loc>http://testserver/about/</loc><lastmod>2027-03-01</lastmod>" in client.get("/sitemap.xml").content


def test_people_and_partners_with_pages_are_there(home: HomePage, client: Client) -> None:
    person = Person.objects.create(name="Ada", role="Chair", about="x", is_public=True)
    Person.objects.create(name="Not asked", role="Chair", about="x")
    partner = Organisation.objects.create(name="Trust", about="x", is_partner=True)
    found = addresses(client)
    assert {f"http://testserver{thing.get_absolute_url()}" for thing in (person, partner)} <= set(found)
    assert not [path for path in found if "not-asked" in path]


def test_other_letters_and_signs_are_written_as_addresses(home: HomePage, client: Client, offered: None) -> None:
    places.add("test")(lambda: [Place("/tŷ/?a=1&b=<2>", date(2027, 1, 2))])
    assert "http://testserver/t%C5%B7/?a=1&b=%3C2%3E" in addresses(client)


def test_an_address_is_there_once(home: HomePage, client: Client, offered: None) -> None:
    places.add("test")(lambda: [Place("/"), Place("/extra/"), Place("/extra/")])
    found = addresses(client)
    assert sorted(found) == sorted(set(found))


def test_many_are_parted(home: HomePage, client: Client, offered: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sitemap, "MOST", 3)
    places.add("test")(lambda: [Place(f"/p/{n}/") for n in range(6)])
    parts = addresses(client)
    assert parts == [f"http://testserver/sitemap-{number}.xml" for number in (1, 2, 3)]
    found = [path for part in parts for path in addresses(client, part.removeprefix("http://testserver"))]
    assert len(found) == len(set(found)) == 7
    assert client.get("/sitemap-4.xml").status_code == 404
    assert client.get("/sitemap-0.xml").status_code == 404


def test_pages_to_be_used_not_found_are_left_out(home: HomePage, add: Add, client: Client, monkeypatch) -> None:
    add(StandardPage, slug="about")
    monkeypatch.setattr(StandardPage, "is_listed", False, raising=False)
    assert addresses(client) == ["http://testserver/"]


@pytest.mark.parametrize("number", [1, 3, 30])
def test_it_asks_the_same_for_1_3_and_30(home: HomePage, add: Add, client: Client, number: int) -> None:
    for n in range(number):
        add(StandardPage, title=f"Page {n}")
        Person.objects.create(name=f"P {n}", role="x", about="x", is_public=True)
    client.get("/sitemap.xml")
    with CaptureQueriesContext(connection) as queries:
        assert len(addresses(client)) == 1 + 2 * number
    assert len(queries) <= 7, [query["sql"] for query in queries]  # a kind of thing each, and what the site is


def test_a_site_without_pages_has_an_empty_one(client: Client) -> None:
    Site.objects.all().delete()
    assert addresses(client) == []


# --- robots -------------------------------------------------------------------------------------------


def test_the_public_site_closes_what_is_nobodys_business(client: Client, settings: Any) -> None:
    settings.IS_DEMONSTRATION = False
    text = client.get("/robots.txt").content.decode()
    for path in (
        "/admin/",
        "/accounts/",
        "/orders/",
        "/places/",
        "/tickets/",
        "/my/",
        "/payments/",
        "/search/?",
        "/search/suggest",
    ):
        assert f"\nDisallow: {path}\n" in text
    assert "Disallow: /\n" not in text
    assert "Sitemap: http://testserver/sitemap.xml\n" in text


def test_a_demonstration_asks_not_to_be_found(client: Client, settings: Any) -> None:
    settings.IS_DEMONSTRATION = True
    text = client.get("/robots.txt").content.decode()
    assert "Disallow: /\n" in text
    assert "Sitemap" not in text


def test_a_demonstration_may_be_shown_to_search_engines_on_purpose(client: Client, settings: Any) -> None:
    settings.IS_DEMONSTRATION, settings.MAY_BE_FOUND = True, True
    assert "Disallow: /\n" not in client.get("/robots.txt").content.decode()


@pytest.mark.parametrize(
    ("demonstration", "path", "hidden"),
    [(True, "/", True), (True, "/orders/x/", True), (False, "/", False), (False, "/orders/x/", True)],
)
def test_a_header_says_the_same(settings: Any, demonstration: bool, path: str, hidden: bool) -> None:
    settings.IS_DEMONSTRATION = demonstration

    def answer(request: HttpRequest) -> HttpResponse:
        return HttpResponse()

    response = NotToBeFound(answer)(RequestFactory().get(path))
    assert (response.headers.get("X-Robots-Tag") == robots.HIDDEN) is hidden


def test_a_page_that_says_so_itself_is_left_alone(settings: Any) -> None:
    settings.IS_DEMONSTRATION = True

    def answer(request: HttpRequest) -> HttpResponse:
        return HttpResponse(headers={"X-Robots-Tag": "none"})

    assert NotToBeFound(answer)(RequestFactory().get("/")).headers["X-Robots-Tag"] == "none"


# --- feed ---------------------------------------------------------------------------------------------


def writing(number: int = 1, **more: Any) -> Writing:
    facts = {"published_on": date(2027, 1, number), "url": f"/news/{number}/", "title": f"News {number}", "text": "T"}
    return Writing(**{**facts, "kind": "news", **more})


def entries(client: Client) -> list[ET.Element]:
    answer = client.get("/feed.xml")
    assert answer["Content-Type"].startswith("application/atom+xml")
    return list(xml(answer.content).iter(f"{ATOM}entry"))


def test_the_newest_of_every_room_comes_first(client: Client, offered: None) -> None:
    newest_writing._offers = {"a": lambda most: [writing(3), writing(1)], "b": lambda most: [writing(2)]}
    assert [entry.findtext(f"{ATOM}title") for entry in entries(client)] == ["News 3", "News 2", "News 1"]
    first = entries(client)[0]
    assert first.findtext(f"{ATOM}id") == "http://testserver/news/3/"
    assert first.findtext(f"{ATOM}updated") == "2027-01-03T00:00:00+00:00"


def test_the_feed_says_where_it_is(client: Client) -> None:
    root = xml(client.get("/feed.xml").content)
    links = {link.get("rel"): link.get("href") for link in root.findall(f"{ATOM}link")}
    assert links == {"alternate": "http://testserver/", "self": "http://testserver/feed.xml"}
    assert root.get("{http://www.w3.org/XML/1998/namespace}lang") == "en-GB"


def test_signs_that_xml_cannot_write_are_left_out(client: Client, offered: None) -> None:
    newest_writing._offers = {"a": lambda most: [writing(1, title="A\x00\x1b<b>&", text="\ufffe]]>")]}
    [entry] = entries(client)
    assert entry.findtext(f"{ATOM}title") == "A<b>&"


def test_a_feed_is_no_longer_than_it_should_be(offered: None) -> None:
    newest_writing._offers = {str(n): lambda most: [writing(day) for day in range(1, 29)] for n in range(5)}
    assert len(feed.newest()) == feed.MOST


def test_nothing_new_is_an_empty_feed(client: Client, offered: None) -> None:
    newest_writing._offers = {}
    assert entries(client) == []


# --- contact, icons -----------------------------------------------------------------------------------


@time_machine.travel(datetime(2027, 1, 1, 12, 30, tzinfo=UTC), tick=False)
def test_who_finds_a_hole_knows_whom_to_tell(client: Client, settings: Any) -> None:
    settings.CONTACT_EMAIL = "safe@example.org"
    answer = client.get("/.well-known/security.txt")
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert answer.content.decode().splitlines() == [
        "Contact: mailto:safe@example.org",
        "Expires: 2027-06-30T00:00:00Z",
        "Preferred-Languages: en, cy",
        "Canonical: http://testserver/.well-known/security.txt",
    ]


def test_icons_are_pictures_of_the_right_size(client: Client) -> None:
    answer = client.get("/apple-touch-icon.png")
    assert answer["Content-Type"] == "image/png"
    assert Image.open(BytesIO(b"".join(answer.streaming_content))).size == (180, 180)
    answer.close()
    answer = client.get("/favicon.ico")
    content = b"".join(answer.streaming_content)
    answer.close()
    assert struct.unpack("<HHH", content[:6]) == (0, 1, 3)
    assert {Image.open(BytesIO(content)).ico.sizes() == {(16, 16), (32, 32), (48, 48)}} == {True}


def test_the_manifest_names_icons_that_are_there(client: Client) -> None:
    facts = client.get("/site.webmanifest").json()
    assert facts["start_url"] == "/"
    assert {icon["purpose"] for icon in facts["icons"]} == {"any", "maskable"}
    for icon in facts["icons"]:
        path = views.finders.find(icon["src"].removeprefix("/static/"))
        assert path
        side = int(icon["sizes"].split("x")[0])
        with Image.open(str(path)) as image:
            assert image.size == (side, side)


def test_a_maskable_icon_keeps_its_mark_in_the_middle(client: Client) -> None:
    """A phone cuts a circle of four fifths; only the thread runs on beyond it."""
    path = views.finders.find("sharing/icons/icon-maskable-512.png")
    with Image.open(str(path)) as image:
        pixels = image.convert("RGBA")
        outside = [
            (x, y)
            for x in range(0, 512, 4)
            for y in range(0, 512, 4)
            if (x - 256) ** 2 + (y - 256) ** 2 > 205**2 and pixels.getpixel((x, y))[0] < 100
        ]
    assert {y // 16 for _, y in outside} <= {16, 17, 18}
    assert all(x > 256 for x, _ in outside)


def test_icons_that_are_not_there_are_not_found(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views.finders, "find", lambda name: None)
    assert client.get("/favicon.ico").status_code == 404


@pytest.mark.parametrize(
    "path", ["/robots.txt", "/sitemap.xml", "/feed.xml", "/.well-known/security.txt", "/site.webmanifest"]
)
def test_machines_get_no_cookie_and_may_keep_it(home: HomePage, client: Client, path: str) -> None:
    answer = client.get(path)
    assert answer.cookies == {}
    assert "public" in answer["Cache-Control"]
    assert client.post(path).status_code == 405
    assert not answer.wsgi_request.session.accessed


def test_the_project_is_in_order() -> None:
    call_command("check")
