"""Old addresses lead on: what Wagtail promises, in our stack with its page cache."""

from collections.abc import Callable
from typing import Any

import html5lib
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from wagtail.contrib.redirects.models import Redirect

from network_site.pages.models import HomePage, StandardPage
from tests.contact.conftest import logged_boss

pytestmark = pytest.mark.django_db
Rename = Callable[[StandardPage, str], None]


def way(client: Client, path: str) -> list[tuple[str, int]]:
    return client.get(path, follow=True).redirect_chain  # type: ignore[attr-defined]


@pytest.fixture
def child(about: StandardPage) -> StandardPage:
    page: StandardPage = about.add_child(instance=StandardPage(title="Team", slug="team"))
    return page


@pytest.fixture
def rename(django_capture_on_commit_callbacks: Any) -> Rename:
    """Publish with a new slug; redirects are made once that is committed."""

    def publish(page: StandardPage, slug: str) -> None:
        page.slug = slug
        with django_capture_on_commit_callbacks(execute=True):
            page.save_revision().publish()
        page.refresh_from_db()

    return publish


def test_a_new_slug_leads_old_addresses_on_with_everything_below(
    client: Client, about: StandardPage, child: StandardPage, rename: Rename
) -> None:
    rename(about, "about-us")
    assert way(client, "/about/") == [("/about-us/", 301)]
    assert way(client, "/about/team/") == [("/about-us/team/", 301)]


def test_renamed_twice_is_still_one_step(client: Client, about: StandardPage, rename: Rename) -> None:
    for slug in ("second", "third"):
        rename(about, slug)
    assert way(client, "/about/") == way(client, "/second/") == [("/third/", 301)]


def test_renamed_and_back_leads_nowhere_in_circles(client: Client, about: StandardPage, rename: Rename) -> None:
    for slug in ("second", "about"):
        rename(about, slug)
    assert way(client, "/about/") == []
    assert way(client, "/second/") == [("/about/", 301)]


def test_a_page_that_moves_leads_on(client: Client, about: StandardPage, child: StandardPage, home: HomePage) -> None:
    child.move(home, pos="last-child")
    assert way(client, "/about/team/") == [("/team/", 301)]


def test_a_live_page_wins_over_a_redirect(client: Client, about: StandardPage, home: HomePage) -> None:
    Redirect.add_redirect("/about/", home)
    assert client.get("/about/").status_code == 200


def test_a_page_taken_down_lets_the_redirect_in(client: Client, about: StandardPage, home: HomePage) -> None:
    Redirect.add_redirect("/about/", home)
    about.unpublish()
    assert way(client, "/about/") == [("/", 301)]


@pytest.mark.parametrize(("permanent", "status"), [(True, 301), (False, 302)])
def test_for_good_or_for_a_while(client: Client, about: StandardPage, permanent: bool, status: int) -> None:
    Redirect.add_redirect("/old/", about, is_permanent=permanent)
    assert way(client, "/old/") == [("/about/", status)]
    assert way(client, "/old") == [("/about/", status)] or way(client, "/old")[-1] == ("/about/", status)


@pytest.mark.parametrize("query", ["?a=1", "?b=2&a=1", "?utm_source=x", "?a=%00"])
def test_a_question_in_the_address_does_not_matter(client: Client, about: StandardPage, query: str) -> None:
    Redirect.add_redirect("/old/", about)
    assert way(client, f"/old/{query}") == [("/about/", 301)]


def test_a_redirect_of_one_question_is_taken_first(client: Client, about: StandardPage, home: HomePage) -> None:
    Redirect.add_redirect("/old/", home)
    Redirect.add_redirect("/old/?page=about&x=1", about)
    assert way(client, "/old/?x=1&page=about") == [("/about/", 301)]
    assert way(client, "/old/?x=2") == [("/", 301)]


def test_chains_arrive(client: Client, about: StandardPage) -> None:
    Redirect.add_redirect("/first/", "http://testserver/second/")
    Redirect.add_redirect("/second/", about)
    assert [address for address, _status in way(client, "/first/")] == ["http://testserver/second/", "/about/"]


def test_a_new_redirect_is_seen_though_pages_are_kept(
    client: Client, about: StandardPage, settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    settings.PAGE_CACHE_SECONDS = 60
    assert client.get("/old/").status_code == 404
    with django_capture_on_commit_callbacks(execute=True):
        Redirect.add_redirect("/old/", about)
    assert client.get("/old/").status_code == 301


@pytest.mark.parametrize("path", ["/a\x00b/", "/%00/", "/\ufffd/", "/" + "x" * 3000 + "/", "/%C0%AE/"])
def test_odd_addresses_are_missing_and_nothing_worse(client: Client, about: StandardPage, path: str) -> None:
    assert client.get(path).status_code in {301, 404}


def test_a_list_of_redirects_is_taken_in_the_admin(client: Client, about: StandardPage) -> None:
    boss = logged_boss()
    rows = b"from,to\n/a/,http://www.example.org/about/\n/b/,http://www.example.org/b/\n/c/,javascript:alert(1)\n"
    file = SimpleUploadedFile("old.csv", rows)
    shown = boss.post("/admin/redirects/import/", {"import_file": file})
    assert shown.status_code == 200
    hidden = {name: shown.context["form"].initial[name] for name in ("import_file_name", "input_format")}
    chosen = {**hidden, "from_index": "0", "to_index": "1", "permanent": "on"}
    done = boss.post("/admin/redirects/import/process/", chosen)
    assert "Enter a valid URL" in done.content.decode()
    made = dict(Redirect.objects.values_list("old_path", "redirect_link"))
    assert made == {"/a": "http://www.example.org/about/", "/b": "http://www.example.org/b/"}
    assert client.get("/a/")["Location"] == "http://www.example.org/about/"


def test_an_address_of_this_site_leads_on_from_a_list(client: Client, about: StandardPage) -> None:
    Redirect.add_redirect("/old/", "http://testserver/about/")
    assert client.get("/old/", follow=True).status_code == 200


# --- redirects lead somewhere, and straight there ------------------------------------------------------

SITE = "http://www.example.org"


@pytest.fixture
def here(settings: Any, home: HomePage) -> None:
    """This site by a name that is an address."""
    settings.SITE_URL = SITE


def make(boss: Client, old_path: str, redirect_link: str = "", **more: Any) -> str:
    """Make one by hand; what the screen says against it, empty if it was made."""
    form = {"old_path": old_path, "redirect_link": redirect_link, "is_permanent": "on", **more}
    response = boss.post("/admin/redirects/add/", form)
    return "" if response.status_code == 302 else " ".join(response.context["form"].non_field_errors())


@pytest.mark.parametrize(
    ("there", "old", "to", "says"),
    [
        ({}, "/old/", "", "Say where it leads"),
        ({}, "/old/", "/old", "This leads in a circle: /old → /old."),
        ({}, "/old/", f"{SITE}/old/", "This leads in a circle"),
        ({"/new": "/old/"}, "/old/", "/new/", "This leads in a circle: /old → /new → /old."),
        ({"/b": "/c/", "/c": "/old/"}, "/old/", "/b/", "/old → /b → /c → /old"),
        ({"/new": "/newest/"}, "/old/", "/new/", "leads on to “/newest”. Lead there at once."),
        ({"/new": "https://elsewhere.example/x"}, "/old/", "/new/", "leads on to “https://elsewhere.example/x”"),
        ({"/older": "/old/"}, "/old/", "/new/", "“/older” leads to this address."),
        ({"/older": "/old-books/"}, "/old/", "/new/", ""),
        ({}, "/old/", "https://elsewhere.example/old/", ""),
        ({}, "/old/", "/new/", ""),
    ],
)
def test_a_redirect_made_by_hand_leads_straight(
    here: None, there: dict[str, str], old: str, to: str, says: str
) -> None:
    for path, target in there.items():
        Redirect.add_redirect(path, target if "//" in target else f"{SITE}{target}")
    found = make(logged_boss(), old, to)
    assert says in found
    assert Redirect.objects.filter(old_path="/old").exists() is (found == "")


def test_a_page_that_is_led_to_is_asked_as_well(here: None, about: StandardPage) -> None:
    boss = logged_boss()
    assert "circle" in make(boss, "/about/", redirect_page=str(about.pk))
    assert make(boss, "/story/", redirect_page=str(about.pk)) == ""


def test_a_redirect_is_changed_without_meeting_itself(here: None, about: StandardPage) -> None:
    one = Redirect.add_redirect("/old/", f"{SITE}/new/")
    form = {"old_path": "/old/", "redirect_link": "/newer/", "is_permanent": "on"}
    logged_boss().post(f"/admin/redirects/{one.pk}/", form)
    one.refresh_from_db()
    assert one.redirect_link == f"{SITE}/newer/"


def test_a_list_keeps_what_is_good_and_says_what_is_not(here: None) -> None:
    boss = logged_boss()
    rows = b"from,to\n/a/,/about/\n/b/,\n/c/,/a/\n/d/,/d/\n/e/,https://www.example.com/e/\n"
    shown = boss.post("/admin/redirects/import/", {"import_file": SimpleUploadedFile("old.csv", rows)})
    hidden = {name: shown.context["form"].initial[name] for name in ("import_file_name", "input_format")}
    chosen = {**hidden, "from_index": "0", "to_index": "1", "permanent": "on"}
    said = boss.post("/admin/redirects/import/process/", chosen).context["import_summary"]["errors"]
    assert [(row[0], row[2].split(":")[0].strip("* ")) for row in said] == [
        ("/b/", "Say where it leads"),
        ("/c/", "“/a” is an old address itself and leads on to “/about”. Lead there at once."),
        ("/d/", "This leads in a circle"),
    ]
    assert set(Redirect.objects.values_list("old_path", flat=True)) == {"/a", "/e"}


# --- what helps where nothing is found ----------------------------------------------------------------


def test_the_missing_page_offers_a_search_and_ways_on(client: Client, about: StandardPage) -> None:
    about.show_in_menus = True
    about.save()
    response = client.get("/nothing-here/")
    words = response.content.decode()
    assert response.status_code == 404
    assert 'action="/search/"' in words
    assert 'name="q"' in words
    links = html5lib.parse(words, namespaceHTMLElements=False).iterfind(".//nav[@aria-labelledby='lost-ways']//a")
    assert [(link.get("href"), link.text) for link in links] == [("/about/", "About us"), ("/", "Home")]
    assert response.cookies == {}


def test_the_missing_page_without_a_menu_leads_home(client: Client, home: HomePage) -> None:
    assert "Start again from home" in client.get("/nothing-here/").content.decode()
