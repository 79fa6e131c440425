"""Our own pages, read as a visitor reads them, when they change."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from network_site.base import stopping
from network_site.editing import checks, reading
from network_site.editing.models import LinkCheck, LinkUse, PageReading
from network_site.editing.reading import read_pages, to_be_read

LATER = timedelta(minutes=5)


def of(page: Any) -> PageReading:
    return PageReading.objects.get(page=page)


def test_every_published_page_is_read_once(add: Callable[..., Any]) -> None:
    page = add(text="<p>See <a href='/x/'>click here</a>. The PCN met.</p>", summary="")
    add("A draft", live=False)
    now = timezone.now() + LATER
    assert read_pages(now) == 2  # the home page and this one
    assert read_pages(now) == 0
    assert [finding["rule"] for finding in of(page).findings] == [
        "house-summary",
        "house-link-words",
        "house-abbreviation",
    ]
    assert of(page).finding_count == 3
    assert ("/x/", "click here") in LinkUse.objects.filter(page=page).values_list("link__address", "words")


def test_a_page_is_read_again_when_it_is_published_again(add: Callable[..., Any]) -> None:
    page = add(text="<p>The PCN met.</p>")
    read_pages(timezone.now())
    assert of(page).finding_count == 1
    page.body = [("text", "<p>The practices met.</p>")]
    page.save_revision()
    assert not to_be_read(timezone.now()).exists()
    page.get_latest_revision().publish()
    assert list(to_be_read(timezone.now())) == [Page.objects.get(pk=page.pk)]
    read_pages(timezone.now() + LATER)
    assert of(page).finding_count == 0


def test_a_page_is_read_again_after_a_week_and_with_new_rules(
    add: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    add()
    now = timezone.now() + LATER
    read_pages(now)
    assert not to_be_read(now + timedelta(days=6)).exists()
    assert to_be_read(now + timedelta(days=8)).count() == 2
    monkeypatch.setattr(checks, "VERSION", checks.VERSION + 1)
    assert to_be_read(now).count() == 2


def test_a_page_taken_away_has_no_findings_left(add: Callable[..., Any]) -> None:
    page = add()
    read_pages(timezone.now())
    page.unpublish()
    read_pages(timezone.now())
    assert not PageReading.objects.filter(page=page).exists()


def test_a_page_not_everybody_may_read_says_so_and_keeps_quiet(add: Callable[..., Any]) -> None:
    page = add(text="<p>The PCN met.</p>")
    PageViewRestriction.objects.create(page=page, restriction_type="login")
    read_pages(timezone.now())
    assert of(page).finding_count == 0
    assert of(page).problem == "A visitor does not see the page: the answer is 302."


def test_the_frame_of_every_page_is_read_with_the_home_page_only(add: Callable[..., Any], home: Any) -> None:
    page = add()
    read_pages(timezone.now())
    of_home = set(LinkUse.objects.filter(page=home).values_list("link__address", flat=True))
    of_page = set(LinkUse.objects.filter(page=page).values_list("link__address", flat=True))
    assert of_home
    assert of_page <= {"/"}  # the way back home, above the page's title


def test_rounds_are_small_and_end_when_asked(add: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(4):
        add(f"Page {number}")
    assert read_pages(timezone.now(), most=3) == 3
    monkeypatch.setattr(stopping, "is_asked", lambda: True)
    assert read_pages(timezone.now()) == 0


def test_a_link_to_a_page_that_is_gone_is_found_and_is_broken(add: Callable[..., Any]) -> None:
    there = add("There", slug="there")
    page = add(text=f'<p>Read <a linktype="page" id="{there.pk}">our guide</a>.</p>')
    read_pages(timezone.now())
    assert of(page).finding_count == 0
    Page.objects.get(pk=there.pk).delete()
    read_pages(timezone.now() + timedelta(days=8))
    assert [finding["excerpt"] for finding in of(page).findings] == ["our guide"]
    assert LinkCheck.objects.get(uses__page=page, address="").status == LinkCheck.Status.WAITING


def test_a_page_without_an_address_is_passed_over(home: Any) -> None:
    from wagtail.models import Site

    Site.objects.all().delete()
    Site.clear_site_root_paths_cache()
    reading.read(home, now=timezone.now())
    assert of(home).problem == "The page has no address."
    assert str(of(home)) == f"reading of page {home.pk}"
