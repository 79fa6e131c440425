"""The history page: every public moment in words, whatever is asked, for any number of moments."""

import gzip
import json
import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from network_site.base import freshness
from network_site.history.models import TiedPublication, TimelinePage
from network_site.pages.models import HomePage
from network_site.people.models import Person
from research_db.models import Publication
from tests.factories.conferences import ConferenceFactory
from tests.factories.history import EraFactory, ThemeFactory, TimelineEventFactory

Read = Callable[..., str]
HOSTILE = "<script>alert(1)</script> “ŵ ŷ” ' \" & {{ x }} %s \u202e" + "W" * 40
NINETY = "Gŵyl y ŷd a’r ŵyn: cynhadledd genedlaethol am bresgripsiynu cymdeithasol yng Nghymru he"


def ids(html: str) -> list[str]:
    return re.findall(r'<(?:li|tr) id="([^"]+)"', html)


@pytest.fixture
def two_eras(db: None) -> None:
    first = EraFactory(slug="first", title="Finding each other", starts_on=date(2015, 1, 1))
    second = EraFactory(slug="second", title="Everywhere", starts_on=date(2018, 1, 1), intro="It is asked for.")
    research = ThemeFactory(slug="research", name="Research", icon="book", colour="sage")
    TimelineEventFactory(slug="begin", era=first, starts_on=date(2015, 10, 1), month=True, milestone=True)
    TimelineEventFactory(slug="report", era=first, themes=[research])
    TimelineEventFactory(slug="plan", era=second, starts_on=date(2019, 1, 1), month=True, around=True)
    TimelineEventFactory(slug="secret", era=second, draft=True)


def test_each_era_is_a_section_with_its_moments_in_a_list(two_eras: None, read: Read) -> None:
    html = read()
    assert ids(html) == ["begin", "report", "plan"]
    assert re.findall(r'<section class="chapter" aria-labelledby="([^"]+)"', html) == ["era-first", "era-second"]
    assert re.findall(r'<h2 id="(era-[^"]+)">([^<]+)', html) == [
        ("era-first", "Finding each other"),
        ("era-second", "Everywhere"),
    ]
    assert html.count('<ol class="moments" role="list">') == 2
    assert '<time class="when" datetime="2015-10">October 2015</time>' in html
    assert "All 3 moments, oldest first." in html
    assert "It is asked for." in html


def test_a_moment_is_told_in_words_the_thread_is_not_read(two_eras: None, read: Read) -> None:
    html = read()
    for column in re.findall(r"<div class=\"t-col[^>]*>", html):
        assert 'aria-hidden="true"' in column
    assert '<li class="tag tag--teal">Milestone</li>' in html
    assert '<li class="tag tag--around">Around us</li>' in html
    assert "2015-10-01" not in html


def test_years_and_eras_can_be_jumped_to(two_eras: None, read: Read) -> None:
    html = read()
    targets = re.findall(r'href="#((?:year|era)-[^"]+)"', html)
    assert targets == ["year-2015", "year-2016", "year-2019", "era-first", "era-second"]
    assert all(html.count(f'id="{target}"') == 1 for target in targets)


def test_many_years_are_gathered_in_decades(read: Read) -> None:
    era = EraFactory()
    for year in range(1984, 2024):
        TimelineEventFactory(era=era, starts_on=date(year, 1, 1), year=True)
    assert re.findall(r'href="#year-(\d+)">([^<]+)<', read()) == [
        ("1984", "1980s"),
        ("1990", "1990s"),
        ("2000", "2000s"),
        ("2010", "2010s"),
        ("2020", "2020s"),
    ]
    assert 'href="#year-1989"' in read("?order=newest")


def test_the_newest_first(two_eras: None, read: Read) -> None:
    html = read("?order=newest")
    assert ids(html) == ["plan", "report", "begin"]
    assert "All 3 moments, newest first." in html
    assert '<a data-tool="order" href="/history/">Oldest first</a>' in html


def test_only_what_was_asked_for(two_eras: None, read: Read) -> None:
    html = read("?theme=research&order=newest")
    assert ids(html) == ["report"]
    assert "1 of 3 moments, newest first." in html
    assert re.search(r'name="theme"\s*value="research"\s*checked', html)
    assert '<input type="hidden" name="order" value="newest">' in html
    assert 'href="/history/?order=newest">Show every moment</a>' in html
    assert '<details class="filters" open>' in html


def test_each_choice_says_how_many_it_would_leave(two_eras: None, read: Read) -> None:
    counts = dict(re.findall(r'data-count="([^"]+)"\s*>(\d+)', read("?era=first")))
    assert counts == {"theme-research": "1", "milestones": "1"}
    assert dict(re.findall(r'data-count="([^"]+)"\s*>(\d+)', read("?era=second"))) == {
        "theme-research": "0",
        "milestones": "0",
    }


def test_search_engines_list_the_plain_page_only(two_eras: None, read: Read) -> None:
    robots = '<meta name="robots" content="noindex, follow">'
    assert robots not in read()
    assert robots not in read("?utm_source=letter")
    for question in ("?theme=research", "?order=newest", "?view=table", "?q=x"):
        html = read(question)
        assert robots in html
        assert re.search(r'<link rel="canonical" href="[^"?]+/history/">', html)


def test_nothing_fits(two_eras: None, read: Read) -> None:
    html = read("?q=nobody+says+this")
    assert ids(html) == []
    assert "No moment fits." in html
    assert "Take away a tick" in html
    assert '<nav class="jump"' not in html


@pytest.mark.parametrize("view", ["", "?view=table", "?order=newest"])
def test_before_anything_is_told(read: Read, view: str) -> None:
    html = read(view)
    assert "The first moment is still to come" in html
    assert "Nothing is told yet." in html


@pytest.mark.parametrize("count", [1, 3, 18])
@pytest.mark.parametrize("question", ["", "?view=table", "?order=newest", "?who=us"])
def test_any_number_of_moments(read: Read, count: int, question: str) -> None:
    era = EraFactory()
    for n in range(count):
        TimelineEventFactory(era=era, starts_on=date(2016, 1, 1) + timedelta(days=40 * n), sold_out=n % 3 == 0)
    assert len(ids(read(question))) == count


def test_as_a_table(two_eras: None, read: Read) -> None:
    html = read("?view=table")
    assert ids(html) == ["begin", "report", "plan"]
    assert "<caption>Our history<span" in html
    assert re.findall(r'<th scope="col">([^<]+)', html) == ["When", "What happened", "Themes"]
    assert html.count('<th scope="row">') == 3
    assert "has-thread" not in html
    assert 'class="t-col t-wide"' not in html
    assert '<input type="hidden" name="view" value="table">' in html


@pytest.mark.parametrize("question", ["", "?view=table"])
def test_hostile_words_stay_words(read: Read, question: str) -> None:
    theme, era = ThemeFactory(name=HOSTILE[:60]), EraFactory(title=HOSTILE[:80], years="<b>2015</b>", intro=HOSTILE)
    TimelineEventFactory(
        title=HOSTILE, summary=HOSTILE, themes=[theme], era=era, delegates_words=HOSTILE[:80], when_words=HOSTILE[:80]
    )
    html = read(question)
    assert "<script>alert" not in html
    assert "<b>2015" not in html
    assert "{{ x }}" in html


@pytest.mark.parametrize("words", ["\x00", "'; drop table", "%", "_", "\\", "🧶", "<b>", "ŵ", "٣", '"', "a" * 5000])
def test_any_words_may_be_looked_for(two_eras: None, page: TimelinePage, client: Client, words: str) -> None:
    response = client.get("/history/", {"q": words})
    assert response.status_code == 200
    assert "<b>" not in re.sub(r"<svg.*?</svg>", "", response.content.decode())


def test_a_long_welsh_title_is_a_title(read: Read) -> None:
    TimelineEventFactory(title=NINETY)
    assert f"<h3>{NINETY}</h3>" in read()


def test_people_conference_and_links_lead_on(home: HomePage, read: Read) -> None:
    from events.models import ConferenceIndexPage, ConferencePage

    index = home.add_child(instance=ConferenceIndexPage(title="Conferences", slug="conferences"))
    conference = ConferenceFactory(past=True, slug="first-one")
    index.add_child(instance=ConferencePage(title="x", slug="first-one", conference=conference))
    ada = Person.objects.create(name="Ada Lark", slug="ada-lark", about="A founder.", is_public=True)
    shy = Person.objects.create(name="Shy Person", slug="shy")
    hidden = home.add_child(instance=ConferenceIndexPage(title="Draft", slug="draft", live=False))
    links = [
        {"type": "link", "value": {"text": "The report", "page": None, "url": "https://example.org/?a=1&b=2"}},
        {"type": "link", "value": {"text": "", "page": index.pk, "url": ""}},
        {"type": "link", "value": {"text": "Gone", "page": hidden.pk, "url": ""}},
        {"type": "link", "value": {"text": "Gone", "page": 999_999, "url": ""}},
    ]
    TimelineEventFactory(conference=conference, people=[ada, shy], links=json.dumps(links))
    html = read()
    assert '<a href="https://example.org/?a=1&amp;b=2">The report</a>' in html
    assert '<a href="/conferences/">Conferences</a>' in html
    assert '<a href="/people/ada-lark/">Ada Lark</a>' in html or "Ada Lark</a>" in html
    assert 'href="/conferences/first-one/"' in html
    assert "Gone" not in html
    assert "Shy Person" not in html


def test_publications_are_shown_in_order_while_they_are_public(page: TimelinePage, client: Client) -> None:
    made = [
        Publication.objects.create(title=title, live=title != "Draft") for title in ("Second", "First & last", "Draft")
    ]
    moment = TimelineEventFactory()
    for place, one in zip((1, 0, 2), made, strict=True):
        moment.tied_publications.add(TiedPublication(publication=one, sort_order=place))
    moment.save()
    html = client.get("/history/").content.decode()
    first, second = (f'<a href="{one.get_absolute_url()}">' for one in (made[1], made[0]))
    assert 0 < html.index(first) < html.index(second)
    assert "First &amp; last</a>" in html
    assert "Draft" not in html
    record = client.get(made[0].get_absolute_url()).content.decode()
    assert f'<a href="/history/#{moment.slug}">{moment.title}</a>' in record
    assert "Part of our history" in record


def test_a_picture_has_its_alternative(read: Read) -> None:
    from wagtail.images.tests.utils import get_test_image_file

    from network_site.base.models import NetworkImage

    picture = NetworkImage.objects.create(title="Hands", description="Hands at work", file=get_test_image_file())
    TimelineEventFactory(image=picture)
    TimelineEventFactory(image=picture, is_decorative=True)
    html = read()
    assert re.findall(r'<img[^>]*alt="([^"]*)"', html) == ["Hands at work", ""]
    assert html.count("<picture") == 2
    assert html.count('loading="lazy"') == 2


def test_where_the_thread_goes_on(read: Read) -> None:
    assert "Its next knot is being tied now." in read()


def test_the_next_conference_is_where_it_goes_on(home: HomePage, read: Read) -> None:
    from events.models import ConferenceIndexPage, ConferencePage

    index = home.add_child(instance=ConferenceIndexPage(title="Conferences", slug="conferences"))
    soon = timezone.localdate() + timedelta(days=40)
    for day, status, slug in ((soon, "on_sale", "soon"), (soon + timedelta(days=9), "announced", "later")):
        conference = ConferenceFactory(slug=slug, title=slug.title(), starts_on=day, status=status)
        index.add_child(instance=ConferencePage(title=slug, slug=slug, conference=conference))
    html = read()
    assert "Next on it is Soon" in html
    assert 'href="/conferences/soon/"' in html


class TestWhatItCosts:
    @pytest.fixture(autouse=True)
    def kept(self, settings: Any) -> None:
        settings.PAGE_CACHE_SECONDS = 60

    def asked(self, client: Client, question: str = "") -> int:
        """Queries for a page of which nothing is kept; what is kept per site is warm."""
        cache.clear()
        freshness.seen.forget()
        with CaptureQueriesContext(
            connection,
        ) as queries:
            response = client.get(f"/history/{question}", headers={"authorization": "Basic nobody-keeps-this"})
        assert response.status_code == 200
        return len([query for query in queries if "base_freshness" not in query["sql"]])  # asked by the clock

    def fill(self, count: int) -> None:
        era, theme = EraFactory(), ThemeFactory()
        ada = Person.objects.create(name="Ada", slug=f"ada-{count}", about="x", is_public=True)
        for n in range(count):
            conference = ConferenceFactory(past=True)
            tied = TiedPublication(publication=Publication.objects.create(title=f"About {n}"))
            link = {"type": "link", "value": {"text": "Home", "page": HomePage.objects.first().pk, "url": ""}}
            TimelineEventFactory(
                era=era, themes=[theme], people=[ada], conference=conference, links=json.dumps([link]),
                starts_on=date(2016, 1, 1) + timedelta(days=n), tied_publications=[tied],
            )  # fmt: skip

    @pytest.mark.parametrize("question", ["", "?view=table", "?q=people", "?theme=theme-1&order=newest"])
    def test_the_same_for_one_three_and_thirty(self, page: TimelinePage, client: Client, question: str) -> None:
        self.asked(client, question)
        found = []
        for more in (1, 2, 27):
            self.fill(more)
            found.append(self.asked(client, question))
        assert found[0] == found[1] == found[2]

    def test_few_enough(self, page: TimelinePage, client: Client, django_assert_max_num_queries: Any) -> None:
        self.asked(client)
        self.fill(18)
        assert self.asked(client) <= 21, "the first after an editor changed something reads what is round it, too"
        with django_assert_max_num_queries(15):
            client.get("/history/?q=people", headers={"authorization": "Basic nobody-keeps-this"})

    def test_drawn_once_until_an_editor_changes_something(self, page: TimelinePage, client: Client) -> None:
        self.fill(3)
        client.get("/history/")
        with CaptureQueriesContext(connection) as queries:
            client.get("/history/", headers={"authorization": "Basic nobody-keeps-this"})
        assert not [query for query in queries if "history_timelineevent" in query["sql"]]

    def test_what_somebody_looks_for_is_not_kept(self, page: TimelinePage, client: Client) -> None:
        self.fill(1)
        for _again in range(2):
            with CaptureQueriesContext(connection) as queries:
                client.get("/history/?q=people", headers={"authorization": "Basic nobody-keeps-this"})
        assert [query for query in queries if "history_timelineevent" in query["sql"]]


def test_three_hundred_moments_are_a_page_a_phone_can_load(page: TimelinePage, client: Client) -> None:
    eras = [EraFactory(starts_on=date(2014 + 2 * n, 1, 1)) for n in range(6)]
    themes = [ThemeFactory() for _ in range(5)]
    for n in range(300):
        TimelineEventFactory(
            era=eras[n // 50], starts_on=date(2014 + n // 25, n % 12 + 1, n % 28 + 1), themes=themes[n % 5 : n % 5 + 2],
            around=n % 3 == 0, milestone=n % 5 == 0, sold_out=n % 10 == 1, delegates=n if n % 10 == 1 else None,
            summary=f"People from {n} places met and wrote down what they want to do next, and who will do it by when.",
        )  # fmt: skip
    content = client.get("/history/").content
    assert len(ids(content.decode())) == 300
    assert len(gzip.compress(content, 6)) < 60_000
