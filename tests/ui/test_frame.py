"""What stands round every page comes from the site's settings, in a fixed number of queries."""

import json
from typing import Any

import html5lib
import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client, RequestFactory
from wagtail.models import Page, Site

from network_site.base import freshness
from network_site.ui import frame
from network_site.ui.models import Announcement, Footer, Navigation
from network_site.ui.models.links import Link

pytestmark = pytest.mark.django_db


@pytest.fixture
def site() -> Site:
    found = Site.objects.filter(is_default_site=True).first()
    if found:
        return found
    return Site.objects.create(hostname="testserver", root_page=Page.objects.get(depth=1), is_default_site=True)


def link(text: str, url: str = "", page: int | None = None) -> dict[str, Any]:
    return {"text": text, "url": url, "page": page}


def navigate(site: Site, *links: dict[str, Any]) -> Navigation:
    items = json.dumps([{"type": "link", "value": value} for value in links])
    return Navigation.objects.update_or_create(site=site, defaults={"items": items})[0]


def page(site: Site, title: str, **facts: Any) -> Page:
    return site.root_page.add_child(instance=Page(title=title, slug=title.lower(), **facts))


def of(path: str = "/") -> frame.Frame:
    return frame.of(RequestFactory().get(path))


def test_navigation_is_what_the_editors_chose(site: Site) -> None:
    about = page(site, "About")
    navigate(site, link("Conferences", url="/conferences/"), link("", page=about.pk))
    assert of().links == (Link("Conferences", "/conferences/"), Link("About", about.url))


def test_a_page_that_is_not_published_is_left_out(site: Site) -> None:
    hidden = page(site, "Hidden", live=False)
    navigate(site, link("Hidden", page=hidden.pk), link("Shown", url="/shown/"))
    assert of().links == (Link("Shown", "/shown/"),)


def test_without_navigation_the_pages_marked_for_menus_are_used(site: Site) -> None:
    page(site, "Unmarked")
    marked = page(site, "Marked", show_in_menus=True)
    assert of().links == (Link("Marked", marked.url),)


@pytest.mark.parametrize(
    ("path", "current"),
    [("/conferences/", "page"), ("/conferences/closer-to-home/", "true"), ("/conference/", ""), ("/", "")],
)
def test_the_link_to_where_one_is_is_marked(site: Site, path: str, current: str) -> None:
    navigate(site, link("Home", url="/"), link("Conferences", url="/conferences/"))
    assert of(path).links[1].current == current


def test_home_is_current_only_at_home(site: Site) -> None:
    navigate(site, link("Home", url="/"))
    assert [of(path).links[0].current for path in ("/", "/about/")] == ["page", ""]


def test_the_footer_has_the_columns_that_lead_somewhere(site: Site) -> None:
    gone = page(site, "Gone", live=False)
    columns = [
        {"type": "column", "value": {"heading": "Take part", "links": [link("Book", url="/conferences/")]}},
        {"type": "column", "value": {"heading": "Empty", "links": [link("Gone", page=gone.pk)]}},
    ]
    Footer.objects.create(site=site, columns=json.dumps(columns), small_print="Since 2015.")
    drawn = of()
    assert [(column.heading, column.links) for column in drawn.columns] == [
        ("Take part", (Link("Book", "/conferences/"),))
    ]
    assert drawn.small_print == "Since 2015."


def test_an_announcement_shows_only_while_it_is_on(site: Site) -> None:
    notice = Announcement.objects.create(
        site=site, text="The office is closed.", link_text="More", link_url="/about/", is_active=True
    )
    assert (of().announcement, of().announcement_link) == ("The office is closed.", Link("More", "/about/"))
    notice.is_active = False
    notice.save()
    assert frame.read(site).announcement == ""


def test_a_link_without_an_address_is_no_link(site: Site) -> None:
    Announcement.objects.create(site=site, text="Closed.", link_text="More", is_active=True)
    assert of().announcement_link is None


def test_an_announcement_that_says_nothing_cannot_be_shown(site: Site) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Announcement.objects.create(site=site, text="", is_active=True)


def test_an_address_that_could_run_something_is_refused(site: Site) -> None:
    notice = Announcement(site=site, text="Closed.", link_text="More", link_url="javascript:alert(1)")
    with pytest.raises(ValidationError) as refused:
        notice.full_clean()
    assert list(refused.value.message_dict) == ["link_url"]


def test_a_second_look_asks_nothing(site: Site, django_assert_num_queries) -> None:
    navigate(site, *(link(f"Page {n}", page=page(site, f"Page{n}").pk) for n in range(7)))
    of()
    with django_assert_num_queries(0):
        of()


def test_a_first_look_costs_the_same_for_one_link_and_for_seven(site: Site, django_assert_num_queries) -> None:
    pages = [page(site, f"Page{n}") for n in range(7)]
    assert pages[0].url  # Wagtail keeps the sites' roots from here on
    for few in (pages[:1], pages):
        navigate(site, *(link("", page=one.pk) for one in few))
        with django_assert_num_queries(4):
            frame.read(site)


def test_a_saved_setting_is_seen_at_once(site: Site, django_capture_on_commit_callbacks) -> None:
    navigate(site, link("Old", url="/old/"))
    of()
    before = freshness.current()
    with django_capture_on_commit_callbacks(execute=True):
        navigate(site, link("New", url="/new/"))
    assert freshness.current() == before + 1
    assert of().links == (Link("New", "/new/"),)


def test_a_page_made_without_a_request_has_an_empty_frame() -> None:
    assert frame.of(None) == frame.Frame()


def test_an_address_of_no_site_has_an_empty_frame() -> None:
    Site.objects.all().delete()
    assert of() == frame.Frame()


def test_the_page_draws_it_all(site: Site, client: Client) -> None:
    navigate(site, link("Patterns", url="/patterns/"))
    Announcement.objects.create(site=site, text="The office is closed.", is_active=True)
    html = client.get("/patterns/").content.decode()
    root = html5lib.parse(html, namespaceHTMLElements=False)
    links = [(a.text, a.get("aria-current")) for nav in root.findall(".//header//nav") for a in nav.iter("a")]
    assert links == [("Patterns", "page"), ("Patterns", "page")]
    assert html.index("The office is closed.") < html.index("<header")


def test_settings_name_themselves_in_the_admin() -> None:
    names = [str(model._meta.verbose_name) for model in (Navigation, Footer, Announcement)]
    assert names == ["navigation", "footer", "announcement"]


def test_each_language_has_its_own_footer(monkeypatch) -> None:
    asked = []
    monkeypatch.setattr(frame, "render_to_string", lambda name, context: asked.append(name) or name)
    frame.part.cache_clear()
    for language in ("en-gb", "cy", "en-gb"):
        frame.part("ui/footer.html", frame.Frame(), language, "en-gb", False)
    assert asked == ["ui/footer.html", "ui/footer.html"]
    frame.part.cache_clear()


def test_the_demonstration_says_so_in_the_footer_only_there() -> None:
    around = frame.Frame()
    said = ["demonstration" in frame.part("ui/footer.html", around, "en-gb", "en-gb", shown) for shown in (True, False)]
    assert said == [True, False]
