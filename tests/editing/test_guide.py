"""The editors' guide: every chapter there, found by its words, and reached from the screens it explains."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from network_site.editing.checks import report_on
from network_site.editing.guide import topics
from network_site.editing.guide.blocks import blocks_by_group
from network_site.editing.guide.topics import TOPICS, for_path, matching
from network_site.pages.models import StandardPage
from network_site.people.models import User
from tests.editing.conftest import said

pytestmark = pytest.mark.any_database

SLUGS = [topic.slug for topic in TOPICS]


def test_the_list_has_every_chapter(desk: Client) -> None:
    page = said(desk.get(reverse("editing:guide")))
    for slug in SLUGS:
        assert reverse("editing:topic", args=[slug]) in page


@pytest.mark.parametrize("slug", SLUGS)
def test_each_chapter(slug: str, desk: Client) -> None:
    page = said(desk.get(reverse("editing:topic", args=[slug])))
    assert page.count('aria-current="page"') == 1
    assert "house-chapter" in page


def test_a_chapter_nobody_wrote(desk: Client) -> None:
    assert desk.get(reverse("editing:topic", args=["nothing"])).status_code == 404


def test_the_whole_guide_on_one_page(desk: Client) -> None:
    page = said(desk.get(reverse("editing:everything")))
    assert all(f'id="{slug}"' in page for slug in SLUGS)
    assert "<iframe" not in page


@pytest.mark.parametrize(
    ("query", "first"), [("transcript", "accessibility"), ("REDIRECT", "links"), ("focal  point", "pictures")]
)
def test_chapters_are_found_by_their_words(query: str, first: str, desk: Client) -> None:
    page = said(desk.get(reverse("editing:guide"), {"q": query}))
    assert reverse("editing:topic", args=[first]) in page.partition("house-chapters")[2]
    assert 0 < len(matching(query)) < len(TOPICS)


def test_titles_come_before_texts() -> None:
    assert matching("conferences")[0].slug == "conferences"
    assert matching("") == list(TOPICS)


@pytest.mark.parametrize("query", ["<script>alert(1)</script>", "%%", "' or 1=1", "x" * 5000, "\x00", "{{ 1 }}"])
def test_any_words_may_be_looked_for(query: str, desk: Client) -> None:
    page = said(desk.get(reverse("editing:guide"), {"q": query}))
    assert "<script>alert" not in page
    assert "0 chapters speak of" in page


def test_every_block_is_explained_with_a_picture(desk: Client, home: Any) -> None:
    names = {shown.label for _group, blocks in blocks_by_group() for shown in blocks}
    body = StandardPage._meta.get_field("body").stream_block  # type: ignore[union-attr]
    assert {str(block.label) for block in body.child_blocks.values()} <= names
    page = said(desk.get(reverse("editing:topic", args=["blocks"])))
    previews = [shown.preview for _group, blocks in blocks_by_group() for shown in blocks if shown.preview]
    assert len(previews) >= len(names) // 2
    for preview in previews:
        assert preview.replace("&", "&amp;") in page
        assert desk.get(preview).status_code == 200


@pytest.mark.parametrize(
    ("path", "slug"),
    [
        ("/admin/pages/3/edit/", "making-a-page"),
        ("/admin/pages/add/pages/standardpage/3/", "making-a-page"),
        ("/admin/images/", "pictures"),
        ("/admin/documents/4/", "pictures"),
        ("/admin/redirects/add/", "links"),
        ("/admin/reports/house/review/", "review-dates"),
        ("/admin/reports/house/links/", "links"),
        ("/admin/reports/workflow_tasks/", "workflow"),
        ("/admin/before-you-publish/3/", "accessibility"),
        ("/admin/orders/", "conferences"),
        ("/admin/searchpicks/", "search"),
        ("/admin/history/moments/", "moments"),
        ("/admin/articles/", "news"),
        ("/admin/courses/", "learning"),
        ("/admin/messages/4/", "messages"),
        ("/admin/asked-for-in-vain/", "links"),
        ("/admin/research/publications/addresses/", "links"),
    ],
)
def test_screens_and_their_chapters(path: str, slug: str) -> None:
    topic = for_path(path)
    assert topic
    assert topic.slug == slug


def test_a_screen_leads_to_its_chapter_and_others_to_the_list(desk: Client, home: Any) -> None:
    assert reverse("editing:topic", args=["making-a-page"]) in said(desk.get(f"/admin/pages/{home.pk}/edit/"))
    assert reverse("editing:topic", args=["pictures"]) in said(desk.get("/admin/images/"))
    assert for_path("/admin/users/") is None
    assert topics.find("nothing") is None


def test_the_help_menu_stays_in_the_house(desk: Client, home: Any) -> None:
    page = said(desk.get("/admin/"))
    assert "keyboard-shortcuts-trigger" in page
    assert "whats-new-in-wagtail" not in page
    assert "docs.wagtail" not in page


def test_the_guide_is_for_staff(home: Any) -> None:
    visitor = Client()
    visitor.force_login(User.objects.create_user("visitor@example.org"))
    for name, arguments in (("guide", []), ("everything", []), ("topic", ["news"])):
        assert visitor.get(reverse(f"editing:{name}", args=arguments)).status_code in {302, 403}
        assert Client().get(reverse(f"editing:{name}", args=arguments)).status_code == 302


@pytest.mark.parametrize("slug", SLUGS)
def test_the_guide_keeps_its_own_rules(slug: str, desk: Client) -> None:
    """What it asks of others: short sentences, clear links, a reading age, headings in order."""
    page = desk.get(reverse("editing:topic", args=[slug])).content.decode()
    article = page.partition('<article class="house-chapter">')[2].partition("</article>")[0]
    report = report_on(f"<main><h1>The guide</h1>{article}</main>")
    assert [(finding.rule, finding.excerpt) for finding in report.findings] == []
    assert "!" not in article
