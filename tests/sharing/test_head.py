"""Every page says once where it is, what it is called and how it is shared; nothing an editor types breaks out of it."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.template import Context, Template
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from wagtail.models import Locale, Page

from network_site.base.models import NetworkImage
from network_site.pages.models import ExplainerPage, HomePage, PeoplePage, StandardPage
from network_site.people.models import Organisation, Person
from network_site.sharing import cards
from network_site.sharing.shared import shared
from network_site.sharing.structured import written
from tests.sharing.conftest import Head, parse, types

pytestmark = pytest.mark.django_db
Read = Callable[[Any], Head]
Add = Callable[..., Any]
HOSTILE = "</script><script>alert(1)</script>\"'&<b>\u2028"


def references(value: Any) -> Iterator[str]:
    """Every "@id" that only points elsewhere."""
    if isinstance(value, dict):
        if set(value) == {"@id"}:
            yield value["@id"]
        for part in value.values():
            yield from references(part)
    elif isinstance(value, list):
        for part in value:
            yield from references(part)


def test_a_page_is_told_once_and_whole(add: Add, read: Read) -> None:
    page = add(StandardPage, title="About us", summary="Who we are.", slug="about-us")
    head = read(page)
    address = f"{settings.SITE_URL}/about-us/"
    assert head.rel("canonical") == [address]
    assert head.meta("og:url") == address
    assert head.meta("og:title") == "About us"
    assert head.meta("og:description") == "Who we are."
    assert head.meta("og:type") == "website"
    assert head.meta("og:site_name") == settings.SITE_NAME
    assert head.meta("og:locale") == "en_GB"
    assert head.meta("og:image").startswith(f"{settings.SITE_URL}/share/page-{page.pk}-")
    assert (head.meta("og:image:width"), head.meta("og:image:height")) == ("1200", "630")
    assert head.meta("og:image:alt") == "About us"
    assert head.meta("twitter:card") == "summary_large_image"
    assert head.rel("alternate") == ["/feed.xml"]


def test_filters_are_no_part_of_the_address(home: HomePage, client: Client) -> None:
    html = client.get("/?page=2&utm_source=x").content.decode()
    assert f'<link rel="canonical" href="{settings.SITE_URL}/">' in html


def test_every_name_in_the_graph_leads_somewhere(home: HomePage, add: Add, read: Read) -> None:
    middle = add(StandardPage, title="Middle")
    for page in (home, middle, add(ExplainerPage, under=middle, title="Below"), add(PeoplePage, title="People")):
        head = read(Page.objects.get(pk=page.pk))
        names = [node["@id"] for node in head.graph]
        assert len(names) == len(set(names))
        assert set(references(head.graph)) <= set(names), page.title
        for kind in ("Organization", "WebSite", "WebPage"):
            assert head.node(kind)


def test_home_says_who_we_are_and_how_to_search(home: HomePage, read: Read) -> None:
    head = read("/")
    site = head.node("WebSite")
    assert site["potentialAction"]["target"]["urlTemplate"] == (f"{settings.SITE_URL}/search/?q={{search_term_string}}")
    assert site["potentialAction"]["query-input"] == "required name=search_term_string"
    assert head.node("Organization")["logo"].endswith(".png")
    assert head.meta("og:description") == "All."
    assert not [node for node in head.graph if "BreadcrumbList" in types(node)]


def test_only_home_is_searched(add: Add, read: Read) -> None:
    assert "potentialAction" not in read(add(StandardPage)).node("WebSite")


def test_words_for_search_engines_come_first(add: Add, read: Read) -> None:
    head = read(add(StandardPage, title="T", seo_title="Better", summary="S", search_description="For engines."))
    assert (head.meta("og:title"), head.meta("og:description")) == ("Better", "For engines.")


def test_a_page_nobody_described_is_described(add: Add, read: Read) -> None:
    assert len(read(add(StandardPage, title="T")).meta("og:description")) > 20


def test_nothing_typed_breaks_out(add: Add, read: Read) -> None:
    page = add(ExplainerPage, title=HOSTILE, slug="hostile", summary=HOSTILE, seo_title=HOSTILE)
    head = read(page)
    assert head.meta("og:title") == HOSTILE
    assert head.node("Article")["headline"] == HOSTILE
    assert "alert(1)</script>" not in head.html
    assert "\u2028" not in head.html.split("ld+json")[1].split("</script>")[0]


def test_a_graph_stays_in_its_element() -> None:
    text = written({"x": "</script><!--&\u2028\u2029é"})
    assert not set("<>&\u2028\u2029") & set(text)
    assert "é" in text


def test_an_explainer_is_an_article(add: Add, read: Read) -> None:
    page = add(ExplainerPage, title="What is it?", summary="Short.")
    page.save_revision().publish()
    page.refresh_from_db()
    head = read(page)
    assert head.meta("og:type") == "article"
    assert head.meta("article:published_time").startswith(f"{page.first_published_at:%Y-%m-%d}")
    article = head.node("Article")
    assert article["headline"] == "What is it?"
    assert article["image"] == [head.meta("og:image")]
    assert article["author"][0]["name"] == settings.SITE_NAME
    assert article["datePublished"] == page.first_published_at.replace(microsecond=0).isoformat()
    assert head.node("WebPage")["mainEntity"] == {"@id": article["@id"]}


def details(*questions: str) -> tuple[str, Any]:
    items = [{"question": question, "answer": "<p>Often <b>not</b>.</p><p>Ask.</p>"} for question in questions]
    return ("details", {"heading": "", "items": items})


def test_questions_and_answers_are_told(page_with: Callable[..., Any], read: Read) -> None:
    page = page_with(details("Do I need a referral?", "Practical things"), details("Is it free? "), kind=StandardPage)
    told = read(page).node("FAQPage")
    assert [entry["name"] for entry in told["mainEntity"]] == ["Do I need a referral?", "Is it free?"]
    assert told["mainEntity"][0]["acceptedAnswer"] == {"@type": "Answer", "text": "Often not . Ask."}


def test_details_that_ask_nothing_are_no_questions(page_with: Callable[..., Any], read: Read) -> None:
    assert read(page_with(details("Practical things"), kind=StandardPage)).node("WebPage")["@type"] == "WebPage"


def test_an_editors_own_picture_is_used(add: Add, read: Read, picture: Callable[..., NetworkImage]) -> None:
    own = picture(title="Hands", description="Two hands and a thread")
    head = read(add(ExplainerPage, title="T", social_image=own))
    assert "/share/" not in head.meta("og:image")
    assert head.meta("og:image").startswith(settings.SITE_URL)
    assert (head.meta("og:image:width"), head.meta("og:image:height")) == ("1200", "630")
    assert head.meta("og:image:alt") == "Two hands and a thread"
    assert head.node("Article")["image"] == [head.meta("og:image")]


def test_a_picture_that_is_gone_is_replaced(add: Add, read: Read, picture: Callable[..., NetworkImage]) -> None:
    own = picture()
    page = add(StandardPage, title="T", social_image=own)
    own.delete()
    assert "/share/" in read(Page.objects.get(pk=page.pk)).meta("og:image")


def test_people_and_partners_are_told(home: HomePage, read: Read) -> None:
    person = Person.objects.create(name="Ada Example", role="Co-chair", about="Links people.", is_public=True)
    head = read(person.get_absolute_url())
    assert head.meta("og:type") == "profile"
    assert head.node("Person")["name"] == "Ada Example"
    assert head.node("WebPage")["mainEntity"] == {"@id": head.node("Person")["@id"]}
    assert "/share/person-" in head.meta("og:image")
    partner = Organisation.objects.create(name="Example Trust", about="Helps.", is_partner=True)
    told = read(partner.get_absolute_url())
    assert told.meta("og:title") == "Example Trust"
    assert [node["name"] for node in told.graph if node["@type"] == "Organization"] == [
        settings.SITE_NAME,
        "Example Trust",
    ]


def test_a_list_without_a_row_is_told_too(home: HomePage, read: Read) -> None:
    head = read("/partners/")
    assert head.rel("canonical") == [f"{settings.SITE_URL}/partners/"]
    assert head.meta("og:title") == "Partners"
    assert "/share/site-0-" in head.meta("og:image")
    assert [step["name"] for step in head.node("BreadcrumbList")["itemListElement"]] == ["Home", "Partners"]


def test_no_page_no_words() -> None:
    assert Template("{% load sharing %}{% share_head page %}").render(Context({})).strip() == ""


def test_a_stranger_is_not_shared() -> None:
    with pytest.raises(LookupError, match="User is shared"):
        shared(AnonymousUser())


def test_the_same_page_in_another_language_is_named(home: HomePage, add: Add, read: Read, settings: Any) -> None:
    welsh = Locale.objects.create(language_code="cy")
    page = add(StandardPage, title="About us", slug="about")
    other = home.add_child(
        instance=StandardPage(title="Amdanom ni", slug="amdanom", locale=welsh, translation_key=page.translation_key)
    )
    assert not [link for link in read(page).links if "hreflang" in link]  # while languages are off nobody is asked
    settings.WAGTAIL_I18N_ENABLED = True
    told = Template("{% load sharing %}{% share_head page %}")
    html = " ".join(told.render(Context({"page": page, "request": RequestFactory().get("/")})).split())
    assert f'hreflang="en-GB" href="{settings.SITE_URL}/about/"' in html
    assert f'hreflang="cy" href="{settings.SITE_URL}/amdanom/"' in html
    other.unpublish()
    html = told.render(Context({"page": page, "request": RequestFactory().get("/")}))
    assert "hreflang" not in html


@pytest.mark.parametrize("depth", [1, 3, 6])
def test_it_asks_no_more_the_deeper_a_page_lies(home: HomePage, add: Add, depth: int) -> None:
    page: Any = home
    for number in range(depth):
        page = add(StandardPage, under=page, title=f"Level {number}")
    template = Template("{% load sharing %}{% share_head page %}")
    request = RequestFactory().get("/")
    template.render(Context({"page": page, "request": request}))
    page = Page.objects.get(pk=page.pk).specific
    with CaptureQueriesContext(connection) as queries:
        template.render(Context({"page": page, "request": request}))
    assert len(queries) <= 2, [query["sql"] for query in queries]


def preview(page: Any) -> Head:
    return parse(page.make_preview_request(preview_mode="").content.decode())


def test_editors_see_the_picture_before_the_page_is_published(home: HomePage, client: Client) -> None:
    page = StandardPage(title="Not yet <b> ŵ " + "long " * 30, slug="not-yet", summary="Soon.", live=False)
    home.add_child(instance=page)
    path = preview(page).meta("og:image").removeprefix(settings.SITE_URL)
    answer = client.get(path)
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/png")
    assert answer["Cache-Control"] == "private, no-store"
    assert answer.content == cards.card(page).png()


def test_nobody_has_us_draw_what_they_like(home: HomePage, client: Client) -> None:
    page = home.add_child(instance=StandardPage(title="T", slug="t"))
    path = preview(page).meta("og:image").removeprefix(settings.SITE_URL)
    assert client.get(path.replace("/draft/", "/draft/x")).status_code == 404
    assert client.get(path.replace(".png", "x.png")).status_code == 404
    with time_machine.travel(timedelta(days=2)):
        assert client.get(path).status_code == 404


def test_editors_see_their_own_picture(home: HomePage, picture: Callable[..., NetworkImage]) -> None:
    page = home.add_child(instance=StandardPage(title="T", slug="t", social_image=picture()))
    assert preview(page).meta("og:image").endswith(".jpg")
