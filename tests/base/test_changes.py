"""What editors change is seen at once: each change counts, a draft does not."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from wagtail.models import Page, PageViewRestriction, Site

from network_site.base import changes, freshness
from network_site.base.models import NetworkDocument, NetworkImage
from network_site.people.models import User

pytestmark = pytest.mark.django_db
Counted = Callable[[Callable[[], Any]], int]


@pytest.fixture
def counted(django_capture_on_commit_callbacks: Any) -> Counted:
    """How many changes a deed counted."""

    def count(deed: Callable[[], Any]) -> int:
        before = freshness.current()
        with django_capture_on_commit_callbacks(execute=True):
            deed()
        return freshness.current() - before

    return count


@pytest.fixture
def page() -> Page:
    root = Page.objects.get(depth=1)
    return root.add_child(instance=Page(title="A page", slug="a-page"))


def picture() -> ImageFile:
    from PIL import Image

    out = BytesIO()
    Image.new("RGB", (2, 2)).save(out, "PNG")
    return ImageFile(BytesIO(out.getvalue()), name="x.png")


def test_publishing_and_taking_down_count(page: Page, counted: Counted) -> None:
    page.title = "Another title"
    revision = page.save_revision()
    assert counted(revision.publish) > 0
    assert counted(page.unpublish) > 0


def test_a_draft_does_not_count(page: Page, counted: Counted) -> None:
    page.title = "Half a sent"
    assert counted(page.save_revision) == 0


def test_moving_and_deleting_count(page: Page, counted: Counted) -> None:
    other = Page.objects.get(depth=1).add_child(instance=Page(title="Other", slug="other"))
    assert counted(lambda: page.move(other, pos="last-child")) > 0
    assert counted(lambda: Page.objects.get(pk=page.pk).delete()) > 0


def test_a_new_page_counts(counted: Counted) -> None:
    root = Page.objects.get(depth=1)
    assert counted(lambda: root.add_child(instance=Page(title="New", slug="new"))) > 0


def test_pictures_documents_and_sites_count(counted: Counted) -> None:
    image = NetworkImage(title="x", file=picture())
    assert counted(image.save) == 1
    assert counted(image.delete) == 1
    assert counted(NetworkDocument(title="x", file=ContentFile(b"x", name="x.txt")).save) == 1
    assert counted(Site.objects.get().save) == 1


def test_closing_a_page_to_the_public_counts(counted: Counted) -> None:
    restriction = PageViewRestriction(page=Page.objects.first(), restriction_type=PageViewRestriction.LOGIN)
    assert counted(restriction.save) == 1
    assert counted(restriction.delete) == 1


def test_settings_count(counted: Counted) -> None:
    from wagtail.contrib.settings.registry import registry

    for model in registry:
        setting = model.for_site(Site.objects.get()) if hasattr(model, "for_site") else model.load()
        assert counted(setting.save) == 1, model


def test_what_no_page_shows_does_not_count(counted: Counted) -> None:
    assert counted(lambda: User.objects.create_user("ada@example.org")) == 0
    assert counted(lambda: User.objects.get().delete()) == 0


def test_a_change_taken_back_does_not_count(page: Page) -> None:
    before = freshness.current()
    changes.something_changed()  # its transaction never commits
    assert freshness.current() == before


def test_watching_twice_counts_once(counted: Counted) -> None:
    changes.watch()
    assert counted(Site.objects.get().save) == 1
