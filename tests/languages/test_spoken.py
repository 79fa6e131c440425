"""A page says which language each of its parts is in, and is in it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.test import Client, RequestFactory
from django.utils import translation
from django.views import View
from wagtail.models import Locale

from events.models import ConferenceIndexPage, ConferencePage
from network_site.base import languages, page_cache
from network_site.base.page_cache import AnonymousPageCache
from network_site.pages.models import HomePage, StandardPage
from network_site.search import corpus
from network_site.ui import frame
from network_site.ui.models import Announcement
from tests.factories.conferences import ConferenceFactory
from tests.factories.people import UserFactory
from tests.languages.conftest import texts

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
Ask = Callable[..., str]
Add = Callable[..., Any]


def said(html: str) -> dict[str, str]:
    return dict(texts(html))


def test_a_page_is_english_and_what_is_round_it_welsh(add: Add, ask: Ask) -> None:
    page = add(StandardPage, title="About us", lead="Who we are.")
    html = ask(page.url)
    assert '<html lang="en-GB" dir="ltr">' in html
    words = said(html)
    assert words["About us"] == words["Who we are."] == "en-GB"
    assert words["Neidio i’r prif gynnwys"] == "cy"
    assert "Skip to main content" not in words
    # Crumbs belong to the page, and speak as it does.
    assert words["Home"] == "en-GB"


def test_in_english_nothing_is_marked_twice(add: Add, ask: Ask) -> None:
    html = ask(add(StandardPage, title="About us").url, "en-gb")
    assert html.count(" lang=") == 1


def test_editors_words_round_a_welsh_page_are_english(home: HomePage, ask: Ask) -> None:
    home.show_in_menus = True
    home.add_child(instance=StandardPage(title="About us", slug="about", show_in_menus=True))
    Announcement.objects.create(site_id=1, is_active=True, text="The office is closed.")
    html = ask("/accounts/login/")
    assert '<html lang="cy" dir="ltr">' in html
    words = said(html)
    assert words["Mewngofnodi"] == "cy"
    assert words["About us"] == words["The office is closed."] == "en-GB"


def test_a_page_in_welsh_is_welsh_for_everybody(add: Add, ask: Ask) -> None:
    page = add(StandardPage, title="Amdanom ni", locale=Locale.objects.create(language_code="cy"))
    for language in ("cy", "en-gb"):
        html = ask(page.url, language)
        assert '<html lang="cy" dir="ltr">' in html
        assert said(html)["Hafan"] == "cy"
    assert said(ask(page.url, "en-gb"))["Skip to main content"] == "en-GB"
    assert '<meta property="og:locale" content="cy">' in html


def test_a_page_from_right_to_left_turns_round_and_its_frame_does_not(add: Add, ask: Ask, settings: Any) -> None:
    settings.LANGUAGES = [*settings.LANGUAGES, ("ar", "Arabic")]
    languages.own.cache_clear()
    page = add(StandardPage, title="من نحن", locale=Locale.objects.create(language_code="ar"))
    html = ask(page.url, "en-gb")
    assert '<html lang="ar" dir="rtl">' in html
    assert 'lang="en-GB" dir="ltr"' in html
    languages.own.cache_clear()


def test_rooms_without_welsh_stay_english(home: HomePage, ask: Ask) -> None:
    conference = ConferenceFactory()
    html = ask(f"/conferences/{conference.slug}/tickets/")
    assert '<html lang="en-GB"' in html
    assert {language for words, language in texts(html, within="main")} == {"en-GB"}


def test_what_went_wrong_is_told_in_the_visitors_language(home: HomePage, ask: Ask) -> None:
    for path in ("/nothing-here/", "/conferences/nothing/tickets/"):
        html = ask(path, status=404)
        assert '<html lang="cy"' in html
        assert said(html)["Rydym wedi colli’r edau"] == "cy"


def test_a_form_without_its_token_is_refused_in_the_visitors_language() -> None:
    client = Client(enforce_csrf_checks=True)
    answer = client.post("/accounts/login/", {}, headers={"accept-language": "cy"})
    assert answer.status_code == 403
    assert '<html lang="cy"' in answer.content.decode()


def test_the_next_visitor_is_asked_anew(home: HomePage, ask: Ask) -> None:
    assert "Mewngofnodi" in ask("/accounts/login/")
    assert "Mewngofnodi" not in ask("/accounts/login/", "en")
    assert "Mewngofnodi" not in ask("/accounts/login/", "de")
    assert translation.get_language() in {"en-gb", "cy"}


def test_each_language_is_kept_for_itself(add: Add, settings: Any) -> None:
    settings.PAGE_CACHE_SECONDS = 60
    page = add(StandardPage, title="About us")
    client = Client()
    first = [client.get(page.url, headers={"accept-language": code}) for code in ("cy", "en-gb", "cy")]
    assert first[0].content == first[2].content != first[1].content
    assert first[0]["Content-Language"] == "en-gb"
    key = page_cache.key_of(RequestFactory().get("/", headers={"accept-language": "cy"}))
    assert key[-1] == "cy"
    assert AnonymousPageCache


def test_views_are_known_by_their_module() -> None:
    class Seen(View):
        pass

    Seen.__module__ = "allauth.account.views"
    assert languages.is_translated(Seen.as_view())
    assert not languages.is_translated(test_views_are_known_by_their_module)


@pytest.mark.parametrize(
    ("code", "tag", "direction"),
    [("en-gb", "en-GB", "ltr"), ("cy", "cy", "ltr"), ("ar", "ar", "rtl"), ("he", "he", "rtl"), ("xx", "xx", "ltr")],
)
def test_languages_as_html_names_them(code: str, tag: str, direction: str) -> None:
    assert languages.spoken(code) == languages.Spoken(tag, direction)


@pytest.mark.parametrize(("code", "own"), [("en", "en-gb"), ("en-us", "en-gb"), ("cy", "cy"), ("fr", "fr")])
def test_a_language_is_one_of_ours_where_it_can_be(code: str, own: str) -> None:
    assert languages.own(code) == own


def test_a_page_that_was_never_saved_is_in_the_sites_language() -> None:
    page = StandardPage(title="New")
    page.locale_id = None
    assert languages.language_of(page) == "en-GB"


def test_attributes_are_there_only_where_languages_differ() -> None:
    assert frame.named("cy", inside="cy") == ""
    assert frame.named("cy", inside="en-gb") == 'lang="cy"'
    assert frame.named("ar", inside="en-gb") == 'lang="ar" dir="rtl"'


def test_a_letter_is_in_the_sites_language_whoever_asks(
    client: Client, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    UserFactory(email="ada@example.org")
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/accounts/login/", {"login": "ada@example.org"}, headers={"accept-language": "cy"})
    [letter] = mail.outbox
    assert letter.subject.endswith("is your code to log in")
    html = str(letter.alternatives[0][0])
    assert 'lang="en-gb"' in html
    assert 'lang="cy"' not in html


def test_what_is_found_is_written_once_in_the_sites_language(home: HomePage, ask: Ask, add: Add) -> None:
    """The first visitor asks for Welsh; what the index says of a date is English, and says so, for everybody."""
    conference = ConferenceFactory(title="Thread and needle", past=True, precision="month")
    index = add(ConferenceIndexPage, title="Conferences", slug="conferences")
    add(ConferencePage, under=index, title=conference.title, slug=conference.slug, conference=conference)
    corpus.site.forget()
    for language in ("cy", "en-gb"):
        words = said(ask("/search/?q=needle", language))
        assert [found for text, found in words.items() if "July 2019" in text] == ["en-GB"]
        assert not [text for text in words if "Gorffennaf" in text]
    corpus.site.forget()
