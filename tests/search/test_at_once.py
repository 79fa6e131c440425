"""What an editor does is so at the next search, with everything committed as it is on the site."""

from datetime import UTC, datetime

from wagtail.models import Page, Site

from network_site.pages.models import HomePage, StandardPage
from network_site.search import asking

NOW = datetime(2027, 3, 1, tzinfo=UTC)


def count() -> int:
    return asking.answer("otters", now=NOW).count


def test_publishing_and_unpublishing_are_known_at_once(real_db: str) -> None:
    home = Page.objects.get(depth=1).add_child(instance=HomePage(title="Home", slug="front", headline="h", lead="l"))
    Site.objects.update(root_page=home)
    Site.clear_site_root_paths_cache()
    page = home.add_child(instance=StandardPage(title="Otters"))
    assert count() == 1
    page.unpublish()
    assert count() == 0
    page.save_revision()
    assert count() == 0
    page.save_revision().publish()
    assert count() == 1
    page.delete()
    assert count() == 0
