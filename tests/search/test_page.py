"""The search page as a visitor sees it."""

import html
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wagtail.contrib.search_promotions.models import Query, QueryDailyHits, SearchPromotion

from network_site.pages.models import StandardPage
from tests.pages.reading import Html
from tests.search.conftest import Shelf
from tests.search.test_words import ANYTHING

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now_fresh")]


@pytest.fixture
def page(client: Client, home: Any) -> Callable[..., str]:
    def ask(words: str | None = None, **more: Any) -> str:
        asked = more if words is None else {"q": words, **more}
        response = client.get("/search/", asked)
        assert response.status_code == 200
        return response.content.decode()

    return ask


def text(part: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", part)).split())


def sentence(of: str) -> str:
    return text(re.search(r'<h2 id="found".*?</h2>', of, re.DOTALL)[0])


def titles(of: str) -> list[str]:
    return [text(title) for title in re.findall(r'<li class="hit .*?<h3[^>]*>(.*?)</h3>', of, re.DOTALL)]


def choices(of: str) -> list[str]:
    kinds = re.search(r'<nav class="kinds".*?</nav>', of, re.DOTALL)
    return [text(choice) for choice in re.findall(r"<a .*?</a>", kinds[0], re.DOTALL)] if kinds else []


@pytest.fixture
def two(only: Callable[..., None], home: Any) -> tuple[Shelf, Shelf]:
    """Two kinds of things."""
    walks, songs = Shelf(), Shelf()
    only(walks.kind("walks", "Walks", "Walk", yarn="sage", order=1), songs.kind("songs", "Songs", "Song", order=2))
    return walks, songs


def test_without_words_it_helps_to_start(page: Callable[..., str], shelf: Shelf) -> None:
    shelf.put("Choir")
    start = page()
    assert "<title>Search –" in " ".join(start.split()).replace("<title> ", "<title>")
    assert "You can find things&nbsp;(1)." in " ".join(start.split())
    assert 'role="search"' in start
    assert "noindex" not in start
    assert '<link rel="canonical" href="http' in start


def test_results_say_what_they_are(page: Callable[..., str], two: tuple[Shelf, Shelf]) -> None:
    two[0].put("Along the canal", text="Bring your dog.", line="Tuesdays, Leeds")
    found = page("dog")
    assert sentence(found) == "1 result for “dog”"
    assert '<meta name="robots" content="noindex">' in found
    assert Html('<h3><a href="/1/">Along the canal</a></h3>') in Html(found)
    assert Html('<span class="tag">Walk</span> <span>Tuesdays, Leeds</span>') in Html(found)
    assert "hit--sage" in found
    assert "Bring your <mark>dog</mark>." in found
    assert "1 result for “dog” –" in " ".join(found.split())


def test_kinds_are_counted_and_chosen(page: Callable[..., str], two: tuple[Shelf, Shelf]) -> None:
    for number in range(3):
        two[0].put(f"Dog walk {number}")
    two[1].put("Dog song")
    assert choices(page("dog")) == ["Everything 4 results", "Walks 3 results", "Songs 1 result"]
    songs = page("dog", kind="songs")
    assert sentence(songs) == "1 result in Songs for “dog”"
    assert titles(songs) == ["Dog song"]
    assert choices(songs) == choices(page("dog"))
    assert Html('<a href="?q=dog&amp;kind=songs" aria-current="true">') in Html(songs)
    assert '<input type="hidden" name="kind" value="songs">' in songs


def test_nothing_of_a_kind_leads_to_the_others(page: Callable[..., str], two: tuple[Shelf, Shelf]) -> None:
    two[0].put("Dog walk")
    nothing = page("dog", kind="songs")
    assert sentence(nothing) == "Nothing in Songs for “dog”"
    assert Html('<a href="?q=dog">') in Html(nothing)
    assert "one result in everything" in nothing


def test_a_kind_that_is_none_is_everything(page: Callable[..., str], two: tuple[Shelf, Shelf]) -> None:
    two[0].put("Dog walk")
    assert titles(page("dog", kind="<script>")) == ["Dog walk"]


def test_nothing_found_helps_on(page: Callable[..., str], shelf: Shelf, add: Callable[..., Any]) -> None:
    shelf.put("Choir")
    add(StandardPage, title="About us", show_in_menus=True)
    nothing = page("xyzzy")
    assert sentence(nothing) == "Nothing for “xyzzy”"
    assert "Try fewer words" in nothing
    assert Html('<li><a href="/about-us/">About us</a></li>') in Html(nothing[nothing.index("nothing__tips") :])
    assert "mailto:" in nothing
    shelf.put("Write to us", url="/contact/")
    assert '<a href="/contact/">Write to us</a>' in page("xyzzy")


def test_it_says_how_the_words_were_understood(page: Callable[..., str], shelf: Shelf) -> None:
    shelf.put("Conference in London", text="dogs")
    slip = page("confernce londn")
    assert sentence(slip) == "1 result for “conference london”"
    assert "Nothing was found for “confernce londn”." in slip
    assert "?q=confernce+londn&amp;exact=1" in slip
    assert "Nothing here has “xyzzyplugh”" in page("dogs xyzzyplugh")
    assert "These have some of them" in page("dogs choirs london") or "Nothing here has" in page("dogs choirs london")
    assert "Without: cats." in page("dogs -cats")
    assert "We used the first words of it" in page("dogs " * 100)


def test_pages_of_results(page: Callable[..., str], shelf: Shelf) -> None:
    for number in range(25):
        shelf.put(f"Choir {number:02}")
    first, second, last = page("choir"), page("choir", page=2), page("choir", page=3)
    assert titles(first) + titles(second) + titles(last) == [f"Choir {number:02}" for number in range(25)]
    assert 'rel="next"' in first
    assert 'rel="prev"' not in first
    assert '<ol class="hits" role="list" start="11">' in second
    assert 'rel="next"' not in last
    assert "page 2 of 3" in " ".join(second.split())
    assert Html('<a href="?q=choir" rel="prev">') in Html(second)


@pytest.mark.parametrize("number", ["0", "-1", "99", "9" * 400, "abc", "", "1.5", "²", "１"])
def test_a_page_that_is_none_is_one_that_is(page: Callable[..., str], shelf: Shelf, number: str) -> None:
    for one in range(11):
        shelf.put(f"Choir {one:02}")
    assert len(titles(page("choir", page=number))) == (1 if number == "99" else 10)


def test_a_great_many_results_are_not_all_shown(page: Callable[..., str], shelf: Shelf) -> None:
    for number in range(205):
        shelf.put(f"Choir {number}")
    many = page("choir", page=20)
    assert sentence(many) == "205 results for “choir”"
    assert "These are the 200 best results" in many
    assert 'rel="next"' not in many


HOSTILE = '<script>alert("1")</script> & \' " <mark> </mark><img src=x onerror=alert(1)>'


def test_what_editors_write_cannot_become_markup(page: Callable[..., str], only: Callable[..., None]) -> None:
    shelf = Shelf()
    only(shelf.kind(label=HOSTILE, one=HOSTILE))
    shelf.put(
        f"Choir {HOSTILE}", summary="", text=f"choir {HOSTILE} choir", line=f"choir {HOSTILE}", url="/x/?a=1&b=<b>"
    )
    found = page("choir script alert mark")
    # What stands in the list of results but is neither the house's own tags nor escaped.
    listed = found[found.index('<ol class="hits"') : found.index("</ol>")]
    assert "<script" not in listed
    assert "<img" not in listed
    assert listed.count("<mark>") == listed.count("</mark>") > 0
    assert "&lt;<mark>script</mark>&gt;" in listed
    assert found.count("<script") == page("nothingatall").count("<script")


def test_what_visitors_type_cannot_become_markup(page: Callable[..., str], shelf: Shelf) -> None:
    shelf.put("Choir")
    plain = page("zzz")
    for typed in (HOSTILE, f"choir {HOSTILE}", f"choir -{HOSTILE}", f'"{HOSTILE}" OR choir'):
        found = page(typed)
        assert found.count("<script") == plain.count("<script")
        assert "onerror=alert(1)&gt;" in found or "onerror=alert(1)>" not in found


@given(ANYTHING, st.sampled_from(["", "things", "x"]), st.text(max_size=5))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=80, deadline=None)
def test_no_search_is_an_error(client: Client, shelf: Shelf, home: Any, typed: str, kind: str, number: str) -> None:
    shelf.put("Choir", key="it", text="-(walk) OR sing")
    asked = {
        "q": typed.encode("utf-8", "replace").decode(),
        "kind": kind,
        "page": number.encode("utf-8", "replace").decode(),
    }
    assert client.get("/search/", asked).status_code == 200
    assert client.get("/search/suggest", {"q": asked["q"]}).status_code == 200


@pytest.mark.parametrize(
    "query", ["q=%00", "q=%ff%fe", "q=a&q=b", "q[]=a", "%", "q=" + quote("'; DROP TABLE x; --"), "q=" + "a" * 10_000]
)
def test_no_address_is_an_error(client: Client, shelf: Shelf, home: Any, query: str) -> None:
    assert client.get(f"/search/?{query}").status_code == 200
    assert client.get(f"/search/suggest?{query}").status_code == 200


@pytest.mark.parametrize("address", ["/search/", "/search/suggest"])
def test_it_is_only_read(client: Client, home: Any, address: str) -> None:
    assert client.post(address, {"q": "a"}).status_code == 405
    assert client.head(address).status_code == 200


def test_no_cookie_is_set(client: Client, home: Any) -> None:
    response = client.get("/search/", {"q": "choir"})
    assert not response.cookies
    assert response["Cache-Control"] == "private, no-cache"


# --- suggestions ------------------------------------------------------------------------------------------


def test_suggestions_lead_straight_there(client: Client, shelf: Shelf) -> None:
    shelf.put('Choir "of" <b>all</b>')
    response = client.get("/search/suggest", {"q": "cho"})
    assert response.json() == {"suggestions": [{"title": 'Choir "of" <b>all</b>', "url": "/1/", "kind": "Thing"}]}
    assert response["Content-Type"] == "application/json"
    assert response["Cache-Control"] == "public, max-age=30"


def test_suggestions_have_a_limit(client: Client, shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("network_site.search.views.SUGGESTIONS_A_MINUTE", 2)
    answers = [client.get("/search/suggest", {"q": "cho"}).status_code for _ in range(3)]
    assert answers == [200, 200, 429]


# --- promoted results ---------------------------------------------------------------------------------------


def promote(words: str, **pick: Any) -> None:
    SearchPromotion.objects.create(query=Query.get(words), **pick)


def test_editors_suggestions_come_first(page: Callable[..., str], shelf: Shelf, add: Callable[..., Any]) -> None:
    shelf.put("Choir")
    promote("Choir", page=add(StandardPage, title="Sing with us", summary="Every Tuesday."), sort_order=1)
    promote("choir", external_link_url="https://example.org/", external_link_text="A <b>film</b>", sort_order=0)
    found = page("  CHOIR ")
    shown = text(re.search(r'<section class="promoted".*?</section>', found, re.DOTALL)[0])
    assert shown == "Suggested by our editors A <b>film</b> on another site Sing with us Every Tuesday."
    assert "promoted" not in page("choirs")
    assert "promoted__title" not in page("choir", page=2) or titles(page("choir", page=2))


def test_what_is_not_public_is_not_suggested(page: Callable[..., str], shelf: Shelf, add: Callable[..., Any]) -> None:
    shelf.put("Choir")
    promote("choir", page=add(StandardPage, title="Sing with us", live=False))
    assert "promoted" not in page("choir")


def test_a_suggestion_is_shown_where_nothing_is_found(
    page: Callable[..., str], shelf: Shelf, add: Callable[..., Any]
) -> None:
    shelf.put("Choir")
    promote("xyzzy", page=add(StandardPage, title="Sing with us"))
    assert "Sing with us" in page("xyzzy")


# --- the log ------------------------------------------------------------------------------------------------


def logged() -> dict[str, int]:
    return dict(QueryDailyHits.objects.values_list("query__query_string", "hits"))


def test_searches_are_counted_by_day(page: Callable[..., str], shelf: Shelf) -> None:
    for typed in ("Choir", "choir ", "walks", '"bring shoes" -dogs'):
        page(typed)
    assert logged() == {"choir": 2, "walks": 1, '"bring shoes" -dogs': 1}


def test_turning_pages_and_choosing_kinds_is_no_new_search(page: Callable[..., str], shelf: Shelf) -> None:
    page("choir", page=2)
    page("choir", kind="things")
    page("choir", exact=1)
    assert logged() == {}


@pytest.mark.parametrize(
    "typed",
    [
        "amira@example.org",
        "amira at example dot org amira@example",
        "020 7946 0000",
        "0 2 0 7 9 4 6",
        "943 476 5919",
        "SW1A 1AA",
        "flat 2 m1 1ae",
        "https://example.org/x",
        "www.example.org",
        "word " * 9,
        "x" * 61,
        "=cmd",
        "-2",
        "<script>",
        "choir\u202efeel",
        "",
    ],
)
def test_what_may_say_who_somebody_is_is_not_kept(page: Callable[..., str], shelf: Shelf, typed: str) -> None:
    page(typed)
    assert [words for words in logged() if "feel" not in words] == []


@pytest.mark.parametrize(
    "typed", ["conference 2027", "2015 to 2016", "gŵyl", "co-chair", "what is social prescribing", "covid 19"]
)
def test_what_is_harmless_is_kept(page: Callable[..., str], shelf: Shelf, typed: str) -> None:
    page(typed)
    assert logged() == {typed: 1}


def test_a_log_that_cannot_be_written_stops_no_search(
    page: Callable[..., str], shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.db import OperationalError

    def fail(*args: Any, **kwargs: Any) -> None:
        raise OperationalError("locked")

    shelf.put("Choir")
    monkeypatch.setattr(Query, "get", fail)
    assert titles(page("choir")) == ["Choir"]


def test_what_many_look_for_is_offered(page: Callable[..., str], shelf: Shelf) -> None:
    shelf.put("Choir")
    for typed in ("choir", "choir", "choir", "xyzzy", "xyzzy", "xyzzy", "choirs"):
        page(typed)
    offered = page()
    assert Html('<li><a href="?q=choir">choir</a></li>') in Html(offered)
    assert "xyzzy" not in offered
    assert "choirs" not in offered


COUNTS: set[int] = set()


# --- queries --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", [1, 3, 30])
def test_queries_are_few_however_much_is_found(
    client: Client,
    add: Callable[..., Any],
    django_assert_max_num_queries: Any,
    number: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from network_site.search import corpus

    for one in range(number):
        add(StandardPage, title=f"Otters {one}", lead="They swim.")
    promote("otters", page=add(StandardPage, title="Otters and more"))
    monkeypatch.setattr(corpus.site, "_now", lambda: ("one", 1))
    for _ in range(2):  # what is read once: the index, the frame, the sites
        client.get("/search/", {"q": "otters"})
    with django_assert_max_num_queries(15) as counted:
        found = client.get("/search/", {"q": "otters"}).content.decode()
    assert sentence(found) == f"{number + 1} results for “otters”"
    COUNTS.add(len(counted))
    assert len(COUNTS) == 1, "the number of queries depends on the number of results"


def test_the_address_is_as_short_as_it_can_be(page: Callable[..., str], shelf: Shelf) -> None:
    shelf.put("Choir é & =")
    found = page("choir é & =")
    assert f"?{urlencode({'q': 'choir é & ='})}".replace("&", "&amp;") in found
