"""The page of patterns, and what a visitor sees when something goes wrong."""

import re
from pathlib import Path

import html5lib
import pytest
from allauth.core.ratelimit import respond_429
from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.test import Client, RequestFactory, override_settings
from django.urls import include, path

from network_site.ui.icons import ICONS
from network_site.ui.views import csrf_failure

pytestmark = pytest.mark.any_database

UI = Path(settings.ROOT) / "network_site" / "ui"


def fail(request: HttpRequest, how: str) -> HttpResponse:
    raise {"broken": RuntimeError, "refused": PermissionDenied, "unreadable": BadRequest}[how]("as asked")


urlpatterns = [path("fail/<how>/", fail), path("", include("network_site.urls"))]


def tree(html: str):
    return html5lib.HTMLParser(strict=False, namespaceHTMLElements=False).parse(html)


def text(node) -> str:
    return " ".join("".join(node.itertext()).split())


@pytest.fixture
def patterns(client: Client, db: None) -> str:
    return client.get("/patterns/").content.decode()


def test_the_patterns_are_shown_without_a_cookie(client: Client, db: None) -> None:
    response = client.get("/patterns/")
    assert (response.status_code, dict(response.cookies)) == (200, {})
    assert response["Content-Type"] == "text/html; charset=utf-8"


def test_the_patterns_cannot_be_posted_to(client: Client, db: None) -> None:
    assert client.post("/patterns/").status_code == 405


def test_the_patterns_show_every_part(patterns: str) -> None:
    headings = [text(h2) for h2 in tree(patterns).find(".//main").iter("h2")]
    assert headings == [
        "Colour",
        "Type",
        "Mark, stitch, bead, knot, loops",
        "Pictograms, always beside words",
        "Buttons",
        "Fields",
        "Fields that need help",
        "Three answers need your help",
        "A search",
        "Tags",
        "Swatches, for things one can open",
        "Notices",
        "Progress",
        "Capacity: none, some, all; 0, 1 and 300 places",
        "Booking",
        "Facts",
        "Table and pages",
        "Prose, quote, disclosure",
        "Nothing here yet",
        "Page not found",
        "Our own mistake",
        "Light and dark, side by side",
    ]
    assert [name for name in ICONS if f"{name}</li>" not in re.sub(r"\s+", "", patterns)] == []


def test_no_two_parts_share_a_name(patterns: str) -> None:
    ids = re.findall(r'\sid="([^"]+)"', patterns)
    assert sorted(ids) == sorted(set(ids))


def test_what_is_named_as_label_or_description_is_there(patterns: str) -> None:
    root = tree(patterns)
    ids = {node.get("id") for node in root.iter()}
    wanted = {
        name
        for node in root.iter()
        for key in ("for", "aria-labelledby", "aria-describedby")
        for name in (node.get(key) or "").split()
    }
    assert wanted - ids == set()


@pytest.mark.parametrize("template", sorted(UI.rglob("*.html")), ids=lambda file: file.name)
def test_no_template_needs_a_hole_in_the_content_policy(template: Path) -> None:
    source = template.read_text()
    assert re.findall(r"<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)|javascript:", source) == []


@pytest.mark.parametrize("sheet", sorted(UI.rglob("*.css")), ids=lambda file: file.name)
def test_no_style_asks_another_site(sheet: Path) -> None:
    css = sheet.read_text()
    assert re.findall(r"@import|https?:|//", css) == []
    assert css.count("{") == css.count("}")


def test_colours_are_written_in_one_place_only() -> None:
    sheets = [sheet for sheet in UI.rglob("*.css") if sheet.name not in {"tokens.css", "print.css"}]
    raw = {sheet.name: re.findall(r"#[0-9a-fA-F]{3,8}\b|rgba?\(", sheet.read_text()) for sheet in sheets}
    assert {name: found for name, found in raw.items() if found} == {}


def test_every_file_a_page_asks_for_is_there(patterns: str) -> None:
    asked = re.findall(r'"/static/([^"]+)"', patterns)
    assert len(asked) > 10
    assert [file for file in asked if not finders.find(file)] == []


def test_fonts_come_with_their_licences_and_cover_welsh() -> None:
    assert [
        name
        for name in ("Fraunces", "AtkinsonHyperlegibleNext")
        if not finders.find(f"ui/fonts/LICENSE-{name}-OFL.txt")
    ] == []
    tokens = Path(str(finders.find("ui/css/tokens.css"))).read_text()
    fonts = re.findall(r'url\("\.\./(fonts/[^"]+)"\)', tokens)
    assert [font for font in fonts if not finders.find(f"ui/{font}")] == []
    assert tokens.count("unicode-range: U+0100-017F") == 2


@pytest.mark.parametrize(
    ("how", "status", "heading"),
    [
        ("broken", 500, "We dropped a stitch"),
        ("refused", 403, "This page is not open to you"),
        ("unreadable", 400, "We could not read that"),
        ("missing", 404, "We lost the thread"),
    ],
)
@override_settings(ROOT_URLCONF="tests.ui.test_pages")
def test_what_went_wrong_is_said_in_our_words(db: None, how: str, status: int, heading: str) -> None:
    client = Client(raise_request_exception=False)
    response = client.get(f"/fail/{how}/" if how != "missing" else "/no/such/page/")
    root = tree(response.content.decode())
    assert (response.status_code, text(root.find(".//h1"))) == (status, heading)
    assert text(root.find(".//title")) == f"{heading} – Social Prescribing Network"
    assert root.find(".//main").get("id") == "main"
    assert "as asked" not in response.content.decode()


def test_our_own_mistake_needs_no_database_and_no_context() -> None:
    html = render_to_string("500.html")
    assert text(tree(html).find(".//h1")) == "We dropped a stitch"
    assert "do not pay a second time" in html


def test_a_form_without_its_token_says_what_to_do(db: None) -> None:
    response = csrf_failure(RequestFactory().post("/accounts/login/"), reason="CSRF cookie not set.")
    assert response.status_code == 403
    assert "send the form once more" in response.content.decode()
    assert "CSRF" not in response.content.decode()


def test_a_message_says_what_could_not_be_done_and_what_to_do(db: None) -> None:
    facts = {
        "title": "Not now",
        "sentence": "Nothing was booked.",
        "next_url": "/conferences/",
        "next_words": "Look again",
    }
    root = tree(render_to_string("ui/message.html", facts, RequestFactory().get("/")))
    [link] = root.find(".//main").iter("a")
    assert [text(root.find(".//h1")), text(root.find(".//main//p"))] == ["Not now", "Nothing was booked."]
    assert (link.get("href"), text(link)) == ("/conferences/", "Look again")


def test_a_title_says_so_when_the_form_needs_help(db: None, patterns: str) -> None:
    assert text(tree(patterns).find(".//title")) == "Patterns – Social Prescribing Network"
    from network_site.ui.patterns import Specimen

    html = render_to_string("ui/message.html", {"title": "Names", "form": Specimen({})}, RequestFactory().get("/"))
    assert text(tree(html).find(".//title")) == "Error: Names – Social Prescribing Network"


def test_the_skip_link_leads_to_the_content(patterns: str) -> None:
    root = tree(patterns)
    first = next(root.find(".//body").iter("a"))
    assert (first.get("class"), first.get("href")) == ("skip", "#main")
    assert root.find(".//main").get("tabindex") == "-1"


@override_settings(ROOT_URLCONF="tests.ui.test_pages")
def test_a_page_under_a_password_asks_for_it_in_our_words(db: None) -> None:
    from django import forms

    class Password(forms.Form):
        password = forms.CharField(widget=forms.PasswordInput)

    facts = {"form": Password(), "action_url": "/open/"}
    root = tree(render_to_string("wagtailcore/password_required.html", facts, RequestFactory().get("/")))
    assert text(root.find(".//h1")) == "This page needs a password"
    assert root.find(".//main//form").get("action") == "/open/"


def test_who_tries_to_log_in_too_often_is_told_so_on_a_page_of_ours(client: Client, db: None) -> None:
    response = respond_429(client.get("/accounts/login/").wsgi_request)
    assert response.status_code == 429
    page = tree(response.content.decode())
    assert text(page.find(".//h1")) == "Too many tries at once"
    assert page.find(".//main") is not None
