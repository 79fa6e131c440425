"""The feeds, read as strictly as a feed reader may: XML, dates, addresses, what is left out."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

import html5lib
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st
from wagtail.models import PageViewRestriction

from network_site.news import feeds
from network_site.news.models import NewsIndexPage, NewsPage
from network_site.people.models import Person
from tests.news.conftest import Write, text

RSS, ATOM = "/news/feed/rss.xml", "/news/feed/atom.xml"
A = "{http://www.w3.org/2005/Atom}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
CREATOR = "{http://purl.org/dc/elements/1.1/}creator"
HOSTILE = "<script>alert(1)</script> & “quotes” ]]> \x0b\x00\ufffe 🧶"


def strictly(xml: bytes | str) -> ET.Element:
    return ET.fromstring(xml)  # noqa: S314  our own feed


def rss(client: Client) -> ET.Element:
    answer = client.get(RSS)
    assert answer["Content-Type"] == "application/rss+xml; charset=utf-8"
    channel = strictly(answer.content).find("channel")
    assert channel is not None
    return channel


def atom(client: Client) -> ET.Element:
    answer = client.get(ATOM)
    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    return strictly(answer.content)


def test_both_feeds_have_what_their_formats_ask_for(write: Write, client: Client) -> None:
    author = Person.objects.create(name="Ada Weaver")
    write("One", "2026-11-05", topics=("Evidence",), authors=(author,), body=text("<p>All of <b>it</b>.</p>"))
    channel = rss(client)
    assert [channel.findtext(tag) for tag in ("title", "link", "description", "language")] == [
        "Social Prescribing Network: News", "http://testserver/news/", "What is new.", "en-gb",
    ]  # fmt: skip
    item = channel.find("item")
    assert item is not None
    assert item.findtext("title") == "One"
    assert item.findtext("link") == "http://testserver/news/one/"
    assert item.findtext(CREATOR) == "Ada Weaver"
    assert item.findtext("category") == "Evidence"
    assert parsedate_to_datetime(item.findtext("pubDate", "")).date().isoformat() == "2026-11-05"
    assert item.findtext(CONTENT, "").strip() == "<p>One, in short.</p><div><p>All of <b>it</b>.</p></div>"
    entry = atom(client).find(f"{A}entry")
    assert entry is not None
    assert entry.findtext(f"{A}title") == "One"
    assert entry.findtext(f"{A}author/{A}name") == "Ada Weaver"
    content = entry.find(f"{A}content")
    assert content is not None
    assert content.get("type") == "html"
    assert content.text == item.findtext(CONTENT)
    for tag in ("published", "updated"):
        assert datetime.fromisoformat(entry.findtext(f"{A}{tag}", "")).tzinfo


def test_each_feed_says_where_it_is_and_the_list_points_to_both(write: Write, client: Client) -> None:
    write()
    assert rss(client).find(f"{A}link").get("href") == f"http://testserver{RSS}"  # type: ignore[union-attr]
    own = [link.get("href") for link in atom(client).findall(f"{A}link") if link.get("rel") == "self"]
    assert own == [f"http://testserver{ATOM}"]
    tree = html5lib.parse(client.get("/news/").content, namespaceHTMLElements=False)
    found = {link.get("type"): link.get("href") for link in tree.iter("link") if link.get("rel") == "alternate"}
    assert found["application/rss+xml"] == RSS
    assert "/news/feed/atom.xml" in [link.get("href") for link in tree.iter("link")]


def test_an_empty_list_has_empty_feeds_and_no_list_has_none(index: NewsIndexPage, client: Client) -> None:
    assert rss(client).findall("item") == []
    assert atom(client).findall(f"{A}entry") == []
    NewsIndexPage.objects.update(live=False)
    for path in (RSS, ATOM):
        assert client.get(path).status_code == 404


@pytest.mark.parametrize("path", ["/news/feed/", "/news/feed/json.xml", "/news/feed/rss", "/news/feed/rss.xml/x"])
def test_there_are_no_other_feeds(index: NewsIndexPage, client: Client, path: str) -> None:
    assert client.get(path, follow=True).status_code == 404


def test_drafts_and_closed_articles_are_in_no_feed(write: Write, client: Client) -> None:
    write("Public")
    write("Secret", live=False)
    PageViewRestriction.objects.create(page=write("Members"), restriction_type="password", password="wool")
    for path in (RSS, ATOM):
        content = client.get(path).content.decode()
        assert "Public" in content
        assert "Secret" not in content
        assert "Members" not in content


def test_only_the_newest_twenty_are_told_newest_first(write: Write, client: Client) -> None:
    for number in range(25):
        write(f"N{number:02}", f"2026-01-{number + 1:02}")
    assert [item.findtext("title") for item in rss(client).findall("item")] == [f"N{n:02}" for n in range(24, 4, -1)]


def test_an_article_keeps_its_number_when_its_address_changes(write: Write, client: Client) -> None:
    page = write("One")
    before = rss(client).findtext("item/guid"), atom(client).findtext(f"{A}entry/{A}id")
    page.slug = "another"
    page.save()
    after = rss(client).findtext("item/guid"), atom(client).findtext(f"{A}entry/{A}id")
    assert before == after
    assert rss(client).findtext("item/link") == "http://testserver/news/another/"
    assert rss(client).find("item/guid").get("isPermaLink") == "false"  # type: ignore[union-attr]


def test_hostile_words_stay_words(write: Write, client: Client) -> None:
    page = write("One", topics=("Evidence",), authors=(Person.objects.create(name="A & <b>B</b>"),))
    NewsPage.objects.filter(pk=page.pk).update(title=HOSTILE.replace("\x00", ""), lead=HOSTILE.replace("\x00", ""))
    for item, html in (
        (rss(client).find("item"), rss(client).findtext(f"item/{CONTENT}")),
        (atom(client).find(f"{A}entry"), atom(client).findtext(f"{A}entry/{A}content")),
    ):
        assert item is not None
        assert html is not None
        assert "<script" not in html
        assert "&lt;script&gt;" in html
        assert "🧶" in html
    assert rss(client).findtext("item/description", "").startswith("&lt;script&gt;")


def test_every_address_in_a_feed_is_a_full_one_and_nothing_runs(
    write: Write, picture: Callable[..., Any], client: Client
) -> None:
    shown = picture(description="Hands")
    body = (
        '[{"type": "text", "value": "<p><a href=\\"/about/\\">us</a> <a href=\\"https://example.org/x\\">them</a></p>"},'
        f'{{"type": "picture", "value": {{"image": {{"image": {shown.pk}, "decorative": false, "alt_text": "Hands"}},'
        ' "caption": "", "size": "column"}},'
        '{"type": "video", "value": {"address": "https://www.youtube.com/watch?v=O9azfXNcqD8", "title": "A film",'
        ' "duration": "", "summary": "", "poster": null}}]'
    )
    write("One", body=body)
    html = rss(client).findtext(f"item/{CONTENT}", "")
    addresses = re.findall(r'(?:src|href)="([^"]+)"', html)
    assert "http://testserver/about/" in addresses
    assert "https://example.org/x" in addresses
    assert any("/media/" in address for address in addresses)
    assert all(urlsplit(address).scheme in {"http", "https"} for address in addresses)
    for never in ("<script", "<button", "<svg", "<form", "<input", " class=", " style=", "srcset", "data-video"):
        assert never not in html, never
    assert 'alt="Hands"' in html


def test_a_reader_that_has_the_feed_is_told_so(write: Write, client: Client) -> None:
    page = write("One")
    for path in (RSS, ATOM):
        first = client.get(path)
        assert client.get(path, headers={"if-none-match": first["ETag"]}).status_code == 304
        assert first["Cache-Control"] == "max-age=900"
        assert not first.cookies
        assert client.head(path).status_code == 200
        assert client.post(path).status_code == 405
    seen = client.get(RSS)["ETag"]
    page.title = "Two"
    page.save()
    assert client.get(RSS, headers={"if-none-match": seen}).status_code == 200


def test_the_moment_is_the_publication_or_noon_of_the_date(write: Write) -> None:
    page = write("One", "2026-07-01")
    page.first_published_at = datetime(2026, 6, 30, 23, 30, tzinfo=UTC)  # half past midnight in London
    assert feeds.came_out_at(page) == page.first_published_at
    page.first_published_at = datetime(2026, 7, 2, 9, 0, tzinfo=UTC)
    assert feeds.came_out_at(page) == datetime(2026, 7, 1, 11, 0, tzinfo=UTC)


def test_the_cost_of_a_feed_grows_with_nothing_but_authors_of_twenty(write: Write, client: Client) -> None:
    counts = []
    for number in (1, 3, 30):
        while NewsPage.objects.count() < number:
            write(f"A {NewsPage.objects.count()}", topics=("One", "Two"), authors=(Person.objects.create(name="P"),))
        client.get(RSS)
        with CaptureQueriesContext(connection) as queries:
            client.get(RSS)
        counts.append(len(queries))
    assert counts[0] == counts[1] == counts[2] <= 15, counts


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=60))
def test_whatever_text_can_be_written_as_xml(words: str) -> None:
    written = feeds.writable(words)
    assert strictly(f"<t>{written.replace('&', '&amp;').replace('<', '&lt;')}</t>") is not None
    assert feeds.writable(written) == written


@given(st.text(alphabet="<>/='\" abcdefghijklmnopqrstuvwxyz:&;#", max_size=80))
def test_whatever_html_comes_in_nothing_that_runs_comes_out(html: str) -> None:
    found = feeds.clean(html, address="https://example.org/news/one/")
    tree = html5lib.parseFragment(found, namespaceHTMLElements=False)
    for element in tree.iter():
        if isinstance(element.tag, str) and element.tag != "DOCUMENT_FRAGMENT":
            assert element.tag in feeds.TAGS
            assert not [name for name in element.attrib if name.startswith("on")]
            assert not element.attrib.get("href", "").startswith("javascript:")
