"""An article: its words, who wrote it, what stands round it, and how an editor makes it."""

import json
import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from network_site.base.offers import connections, newest_writing
from network_site.news.models import NewsIndexPage, NewsPage
from network_site.news.reading import reading_of
from network_site.people.models import Organisation, Person, User
from tests.factories.people import UserFactory
from tests.news.conftest import Write, text
from tests.pages.reading import Html

FRESHNESS = "base_freshness"


def read(client: Client, page: NewsPage) -> Html:
    answer = client.get(page.url)
    assert answer.status_code == 200
    return Html(answer.content.decode())


def test_an_article_says_when_by_whom_and_about_what(write: Write, client: Client) -> None:
    known = Person.objects.create(name="Ada Weaver", about="She weaves.", is_public=True)
    other = Person.objects.create(name="Bo <b>Knit</b>")
    html = read(
        client,
        write(
            "The wool",
            "2026-11-05",
            topics=("Evidence",),
            authors=(other, known),
            lead="A & B",
            body=text("<p>All.</p>"),
        ),
    )
    assert "<h1>The wool</h1>" in html
    assert '<p class="lead">A &amp; B</p>' in html
    assert '<time datetime="2026-11-05">5 November 2026</time>' in html
    assert 'Bo &lt;b&gt;Knit&lt;/b&gt; and <a href="/people/ada-weaver/">Ada Weaver</a>.' in html
    assert '<span class="tag">Evidence</span>' in html
    assert "<p>All.</p>" in html


def test_without_author_topic_or_picture_nothing_is_said_of_them(write: Write, client: Client) -> None:
    html = read(client, write())
    for absent in ("news-article__by", 'class="tags"', "<picture>", "Read on", "Other articles", "Last changed"):
        assert absent not in html, absent


@pytest.mark.parametrize(
    ("on", "first", "last", "said"),
    [
        ("2026-11-05", "2026-11-05T09:00", "2026-11-05T17:00", None),
        ("2026-11-05", "2026-11-05T09:00", "2026-11-06T09:00", "6 November 2026"),
        ("2026-11-05", "2026-11-09T09:00", "2026-11-09T09:00", None),  # written up later, not changed
        ("2026-11-05", "2026-11-05T09:00", "2026-06-30T23:30", None),
        ("2026-06-30", "2026-06-30T09:00", "2026-06-30T23:30", "1 July 2026"),  # already tomorrow in London
        ("2026-12-24", "2026-11-05T09:00", "2026-11-06T09:00", None),
    ],
)
def test_a_later_change_is_dated_and_the_first_publication_is_none(
    write: Write, client: Client, on: str, first: str, last: str, said: str | None
) -> None:
    page = write(on=on)
    NewsPage.objects.update(
        first_published_at=datetime.fromisoformat(first).replace(tzinfo=UTC),
        last_published_at=datetime.fromisoformat(last).replace(tzinfo=UTC),
    )
    html = read(client, page)
    assert ("Last changed" in html) == (said is not None)
    assert not said or f">{said}</time>" in html


def test_neighbours_in_time_are_linked_and_the_ends_have_one(write: Write, client: Client) -> None:
    pages = [write(name, day) for name, day in (("A", "2025-01-01"), ("B", "2025-02-01"), ("C", "2025-02-01"))]
    pages.append(write("D", "2026-01-01"))
    write("Draft", "2025-01-15", live=False)
    around = {
        page.title: tuple(one.title if one else None for one in (reading_of(page).earlier, reading_of(page).later))
        for page in pages
    }
    assert around == {"A": (None, "B"), "B": ("A", "C"), "C": ("B", "D"), "D": ("C", None)}
    html = read(client, pages[1])
    assert '<a href="/news/a/" rel="prev">A</a>' in html
    assert '<a href="/news/c/" rel="next">C</a>' in html


def test_what_to_read_on_is_in_the_editors_order_and_never_a_draft(write: Write, client: Client) -> None:
    first, draft, closed, second = (write(name) for name in ("First", "Unfinished", "Closed", "Second"))
    NewsPage.objects.filter(pk=draft.pk).update(live=False)
    PageViewRestriction.objects.create(page=closed, restriction_type="password", password="wool")
    chosen = [{"type": "page", "value": page.pk} for page in (second, draft, closed, first)]
    html = read(client, write("This", "2020-01-01", related=json.dumps(chosen)))
    related = html[html.index("Read on") : html.index("Other articles")]
    assert re.findall(r'<h3><a href="[^"]+">([^<]+)</a>', related) == ["Second", "First"]
    assert "Unfinished" not in html


def test_the_picture_has_its_decided_alternative(write: Write, picture: Callable[..., Any], client: Client) -> None:
    shown = picture(description="Two hands knitting")
    html = read(client, write("One", picture=shown))
    assert 'alt="Two hands knitting"' in html
    assert 'alt="A blue sock"' in read(client, write("Two", picture=shown, picture_alt="A blue sock"))
    decorative = read(client, write("Three", picture=shown, is_picture_decorative=True, picture_alt="ignored"))
    assert "ignored" not in decorative[decorative.index("<main") :]
    assert re.search(r'<img[^>]*alt=""', decorative)


def test_the_cost_does_not_grow_with_authors_topics_and_neighbours(
    write: Write, picture: Callable[..., Any], client: Client
) -> None:
    counts = {}
    for number in (1, 3, 30):
        people = tuple(Person.objects.create(name=f"P{number}-{n}", about="x", is_public=True) for n in range(number))
        for n in range(number):
            write(f"N{number} {n}")
        page = write(
            f"With {number}",
            "2021-05-05",
            authors=people,
            topics=tuple(f"T{n}" for n in range(number)),
            picture=picture(),
        )
        read(client, page)
        with CaptureQueriesContext(connection) as queries:
            assert read(client, page).count('href="/people/p') == number
        counts[number] = len([q for q in queries if FRESHNESS not in q["sql"]])
    assert counts[1] == counts[3] == counts[30] <= 15, counts


def test_news_is_offered_to_the_home_page_newest_first_and_never_a_draft(write: Write) -> None:
    write("Old", "2025-01-01", summary="In short.")
    write("New", "2026-01-01")
    write("Draft", live=False)
    offered = dict(newest_writing._offers)["news"](5)
    assert [(one.title, one.text, one.kind, one.url) for one in offered] == [
        ("New", "New, in short.", "news", "/news/new/"),
        ("Old", "In short.", "news", "/news/old/"),
    ]
    assert [one.title for one in dict(newest_writing._offers)["news"](1)] == ["New"]


def test_a_persons_articles_are_told_and_nobody_elses(write: Write) -> None:
    ada, bo = Person.objects.create(name="Ada"), Person.objects.create(name="Bo")
    write("By Ada", "2025-01-01", authors=(ada,))
    write("By both", "2026-01-01", authors=(bo, ada))
    write("Draft of Ada", authors=(ada,), live=False)
    write("By nobody")
    tell = dict(connections._offers)["news"]
    assert [(told.title, told.url, told.fact) for told in tell(ada)] == [
        ("By both", "/news/by-both/", "1 January 2026"),
        ("By Ada", "/news/by-ada/", "1 January 2025"),
    ]
    assert [told.title for told in tell(bo)] == ["By both"]
    assert tell(Organisation.objects.create(name="The Mill")) == []


@pytest.fixture
def editor(db: None, client: Client) -> User:
    user: User = UserFactory(email="editor@example.org", is_staff=True, is_superuser=True)
    client.force_login(user)
    return user


def form_data(**fields: Any) -> dict[str, Any]:
    return {
        "title": "Made by hand", "slug": "made-by-hand", "published_on": "2026-11-05", "lead": "A lead.",
        "picture": "", "picture_alt": "", "body-count": "0", "related-count": "0", "summary": "", "seo_title": "",
        "search_description": "", "review_on": "", "social_image": "", "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0", "authorships-TOTAL_FORMS": "0", "authorships-INITIAL_FORMS": "0",
        "authorships-MIN_NUM_FORMS": "0", "authorships-MAX_NUM_FORMS": "1000", "go_live_at": "", "expire_at": "",
        **fields,
    }  # fmt: skip


def test_a_picture_without_words_can_be_a_draft_but_not_be_published(
    index: NewsIndexPage, picture: Callable[..., Any], editor: User, client: Client
) -> None:
    shown = picture()
    path = f"/admin/pages/add/news/newspage/{index.pk}/"
    refused = client.post(path, form_data(picture=shown.pk, **{"action-publish": "1"}))
    assert refused.status_code == 200
    assert "Say what the picture shows, or that it is only decoration." in refused.content.decode()
    kept = client.post(path, form_data(picture=shown.pk))
    assert kept.status_code == 302
    assert not NewsPage.objects.get(slug="made-by-hand").live


@pytest.mark.parametrize(
    "decided", [{"picture_alt": "A sock"}, {"is_picture_decorative": "on"}, {"described": "A hand"}]
)
def test_a_picture_that_is_decided_is_published(
    index: NewsIndexPage, picture: Callable[..., Any], editor: User, client: Client, decided: dict[str, str]
) -> None:
    shown = picture(description=decided.pop("described", ""))
    data = form_data(picture=shown.pk, **decided, **{"action-publish": "1"})
    answer = client.post(f"/admin/pages/add/news/newspage/{index.pk}/", data)
    assert answer.status_code == 302, answer.content.decode()[:500]
    assert NewsPage.objects.get(slug="made-by-hand").live


def test_editors_see_dates_topics_and_state_and_may_filter(write: Write, editor: User, client: Client) -> None:
    write("One", "2026-11-05", topics=("Evidence", "Policy"))
    two = write("Two", "2025-11-05", live=False)
    for path in ("/admin/articles/", f"/admin/pages/{two.get_parent().pk}/"):
        html = Html(client.get(path).content.decode())
        assert "5 November 2026" in html, path
        assert "Evidence, Policy" in html, path
        assert html.index("One") < html.index("Two"), path
    topic = write("Three", topics=("Policy",)).topics.get()
    filtered = client.get(f"/admin/articles/?topics={topic.pk}").content.decode()
    assert "5 November 2026" in filtered
    assert "5 November 2025" not in filtered


@pytest.mark.parametrize("mode", ["", "entry"])
def test_an_article_can_be_previewed_before_it_is_in_the_tree(
    index: NewsIndexPage, editor: User, client: Client, mode: str
) -> None:
    path = f"/admin/pages/add/news/newspage/{index.pk}/preview/"
    assert client.post(path, form_data(title="A draft", lead="Not yet.")).json()["is_valid"]
    html = client.get(path, {"mode": mode}).content.decode()
    assert "A draft" in html
    assert "Not yet." in html
    assert NewsPage.objects.count() == 0
