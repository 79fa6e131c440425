"""The list of news: by year, by topic, page by page, and at a constant cost."""

import re
from collections import Counter
from datetime import date
from itertools import product

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from network_site.news.listing import ON_A_PAGE
from network_site.news.models import NewsIndexPage, NewsPage
from network_site.pages.models import HomePage
from tests.news.conftest import Write
from tests.pages.reading import Html

ENTRY = re.compile(r'<h3><a href="([^"]+)">([^<]+)</a></h3>')
FRESHNESS = "base_freshness"


def read(client: Client, path: str = "/news/") -> Html:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return Html(answer.content.decode())


def titles(html: str) -> list[str]:
    return [title for _url, title in ENTRY.findall(html)]


def choices(html: str) -> dict[str, int]:
    """The years and topics one may choose, with how many articles they promise."""
    found = re.findall(r'>([^<>]+)<span class="sr">,\s*</span><span class="news-choices__number">(\d+)<', html)
    return {words: int(number) for words, number in found}


def test_the_newest_comes_first_and_of_one_day_the_one_written_last(write: Write, client: Client) -> None:
    for title, day in (("Old", "2025-03-01"), ("New", "2026-11-05"), ("Same day", "2026-11-05"), ("Mid", "2026-01-01")):
        write(title, day)
    assert titles(read(client)) == ["Same day", "New", "Mid", "Old"]


def test_nothing_yet_says_so(index: NewsIndexPage, client: Client) -> None:
    html = read(client)
    assert "No news yet. The first article will be here." in html
    assert titles(html) == []
    assert 'aria-labelledby="news-topics"' not in html


def test_a_year_has_its_own_address_and_a_year_without_news_has_none(write: Write, client: Client) -> None:
    write("Then", "2024-12-31")
    write("Now", "2025-01-01")
    assert titles(read(client, "/news/2025/")) == ["Now"]
    assert titles(read(client, "/news/2024/")) == ["Then"]
    for path in ("/news/2023/", "/news/0000/", "/news/9999/", "/news/20255/", "/news/202/", "/news/2025/01/"):
        assert client.get(path).status_code == 404, path


def test_a_draft_is_nowhere(write: Write, client: Client) -> None:
    write("Public", "2025-05-05", topics=("History",))
    write("Secret", "2026-06-06", topics=("Plans",), live=False)
    for path in ("/news/", "/news/?topic=history", "/news/?topic=plans", "/news/2025/", "/news/public/"):
        html = read(client, path)
        assert "Secret" not in html, path
        assert "Plans" not in html, path
        assert "2026/" not in html, path
    assert client.get("/news/secret/").status_code == 404
    assert client.get("/news/2026/").status_code == 404


def test_an_article_behind_a_password_is_not_listed(write: Write, client: Client) -> None:
    page = write("For members")
    write("For all")
    PageViewRestriction.objects.create(page=page, restriction_type="password", password="wool")
    assert titles(read(client)) == ["For all"]
    assert "For members" not in read(client, "/news/for-all/")
    answer = client.get("/news/for-members/")
    assert b"For members, in short." not in answer.content


def test_a_list_that_is_not_published_has_no_years(index: NewsIndexPage, write: Write, client: Client) -> None:
    write("One", "2025-01-01")
    NewsIndexPage.objects.update(live=False)
    assert client.get("/news/").status_code == 404
    assert client.get("/news/2025/").status_code == 404


def test_years_and_topics_choose_what_counting_by_hand_chooses(write: Write, client: Client) -> None:
    names = ("Evidence", "Policy", "People")
    made = []
    for number, (year, *has) in enumerate(product((2024, 2025), (0, 1), (0, 1), (0, 1))):
        topics = tuple(name for name, one in zip(names, has, strict=True) if one)
        write(f"Article {number}", f"{year}-01-{number % 8 + 1:02}", topics=topics)
        made.append((f"Article {number}", year, topics))
    for year, name in product((None, 2024, 2025), (None, *names)):
        path = f"/news/{year}/" if year else "/news/"
        html = read(client, path + (f"?topic={name.lower()}" if name else ""))
        wanted = {title for title, of, topics in made if (not year or of == year) and (not name or name in topics)}
        assert set(titles(html)) == wanted, (year, name)
        counted = Counter(topic for _title, of, topics in made if not year or of == year for topic in topics)
        for topic, number in counted.items():
            assert choices(html)[topic] == number


def test_a_topic_nobody_knows_shows_everything_and_says_so(write: Write, client: Client) -> None:
    write("One", topics=("Evidence",))
    for asked in ("nothing", "%3Cscript%3E", "%00", "evidence' or 1=1 --", "a" * 5000):
        html = read(client, f"/news/?topic={asked}")
        assert titles(html) == ["One"]
        assert "No article is about the topic you asked for. Here is everything." in html
        assert "<script>alert" not in html


def test_what_is_chosen_is_marked_and_can_be_undone(write: Write, client: Client) -> None:
    write("One", "2025-01-01", topics=("Evidence",))
    write("Two", "2026-01-01", topics=("Evidence",))
    html = read(client, "/news/2025/?topic=evidence")
    assert "<h1>News in 2025</h1>" in html
    assert re.findall(r'href="([^"]+)" ?aria-current="true"', html) == ["/news/2025/", "/news/2025/?topic=evidence"]
    assert choices(html) == {"2026": 1, "2025": 1, "Evidence": 1}
    assert "1 article about “Evidence”." in html
    assert '<a href="/news/2025/">Show every topic</a>' in html
    assert '<a href="/news/">Show every year</a>' in read(client, "/news/2025/")


def test_many_articles_are_shown_page_by_page_without_losing_one(write: Write, client: Client) -> None:
    for number in range(ON_A_PAGE * 2 + 1):
        write(f"Article {number}", topics=("Evidence",))
    seen = [titles(read(client, f"/news/?topic=evidence&page={page}")) for page in (1, 2, 3)]
    assert [len(page) for page in seen] == [ON_A_PAGE, ON_A_PAGE, 1]
    assert len({title for page in seen for title in page}) == ON_A_PAGE * 2 + 1
    html = read(client, "/news/?topic=evidence&page=2")
    assert 'href="/news/?topic=evidence&amp;page=3"' in html
    assert 'href="/news/?topic=evidence"' in html
    assert '<span aria-current="page"><span class="sr">Page</span>2</span>' in html


@pytest.mark.parametrize("page", ["0", "-1", "99", "two", "%00", "1e9", ""])
def test_a_page_there_is_not_shows_the_nearest(write: Write, client: Client, page: str) -> None:
    write("One")
    assert titles(read(client, f"/news/?page={page}")) == ["One"]


def test_only_the_newest_of_all_is_shown_large_and_with_its_picture(write: Write, picture, client: Client) -> None:
    write("Old", "2025-01-01", picture=picture("Old hands"))
    write("New", "2026-01-01", picture=picture("New hands"))
    html = read(client)
    assert html.count("news-entry--front") == 1
    assert html.count("<picture>") == 1
    assert html.index("news-entry--front") < html.index("New</a>")
    for path in ("/news/2026/", "/news/2025/"):
        assert "news-entry--front" not in read(client, path)


def test_each_year_is_said_once(write: Write, client: Client) -> None:
    for day in ("2024-01-01", "2025-01-01", "2025-02-01", "2026-01-01"):
        write(day, day)
    assert re.findall(r'<p class="strand__year">(\d+)</p>', read(client)) == ["2026", "2025", "2024"]


def test_the_cost_does_not_grow_with_the_news(write: Write, picture, client: Client) -> None:
    counts = {}
    for number in (1, 3, 30):
        while NewsPage.objects.count() < number:
            count = NewsPage.objects.count()
            write(
                f"A {count}", f"{2020 + count % 3}-01-01", topics=("One", f"T{count % 5}"), picture=picture(f"P{count}")
            )
        for path in ("/news/", "/news/2020/", "/news/?topic=one"):
            read(client, path)
            with CaptureQueriesContext(connection) as queries:
                read(client, path)
            counts[path, number] = len([q for q in queries if FRESHNESS not in q["sql"]])
    for path in ("/news/", "/news/2020/", "/news/?topic=one"):
        assert counts[path, 1] == counts[path, 3] == counts[path, 30] <= 15, counts


def test_where_a_list_and_an_article_may_stand() -> None:
    assert NewsIndexPage.allowed_subpage_models() == [NewsPage]
    assert NewsPage.allowed_subpage_models() == []
    assert NewsPage.allowed_parent_page_models() == [NewsIndexPage]
    assert NewsIndexPage.allowed_parent_page_models() in ([], [HomePage])


def test_there_is_one_list(index: NewsIndexPage, home: HomePage) -> None:
    assert not NewsIndexPage.can_create_at(home)


@pytest.mark.parametrize(
    ("slug", "is_fine"), [("2025", False), ("1999", False), ("feed", False), ("2025-review", True)]
)
def test_an_article_cannot_take_the_address_of_a_year_or_of_the_feeds(
    index: NewsIndexPage, slug: str, is_fine: bool
) -> None:
    page = NewsPage(title="A", slug=slug, lead="A", published_on=date(2025, 1, 1))
    index.refresh_from_db()
    if is_fine:
        index.add_child(instance=page)
    else:
        with pytest.raises(Exception, match="This address belongs to the list of news"):
            index.add_child(instance=page)
