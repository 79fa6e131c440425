"""What tests of several parts of the database use."""

from collections.abc import Callable

import pytest
from wagtail.models import Page, Site

from network_site.pages.models import HomePage
from network_site.people.models import User
from research_db.models import ResearchPage


@pytest.fixture
def editor() -> User:
    return User.objects.create_superuser(email="editor@example.org")


@pytest.fixture
def research() -> Callable[[], ResearchPage]:
    """Puts the list at /research/."""

    def make() -> ResearchPage:
        root = Page.objects.get(depth=1)
        home = root.add_child(instance=HomePage(title="The network", slug="front", headline="We link", lead="All."))
        Site.objects.update(root_page=home)
        Site.clear_site_root_paths_cache()
        return home.add_child(instance=ResearchPage(title="What do we know?", slug="research", intro="All we know."))

    return make
