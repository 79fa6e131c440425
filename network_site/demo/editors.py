"""What editors of the demonstration find to do: pages of theirs to read again, and writing that waits for them."""

from datetime import date, timedelta
from typing import Any

from wagtail.models import Page, WorkflowMixin

from events.models import ConferenceIndexPage, ConferencePage
from network_site.demo.directory import Directory
from network_site.demo.history import write_moment
from network_site.demo.news import write_article
from network_site.demo.tree import Tree, read
from network_site.news.models import NewsPage
from network_site.people.models import User


def date_reviews(tree: Tree, *, today: date) -> None:
    """Say by when pages are to be read again, one of them some days ago; kept when they are filled and published."""
    for slug, days in read("waiting.json")["review_in_days"].items():
        tree[slug].review_on = today + timedelta(days=days)


def give_owners(accounts: dict[str, User]) -> None:
    """Every page is somebody's: conferences the manager's, articles the author's, all others the editor's."""
    pages = Page.objects.filter(depth__gt=1)
    conferences = pages.exact_type(ConferenceIndexPage, ConferencePage)
    conferences.update(owner=accounts["conference manager"])
    pages.exact_type(NewsPage).update(owner=accounts["author"])
    pages.filter(owner=None).update(owner=accounts["editor"])


def send_in(tree: Tree, directory: Directory, *, by: User) -> None:
    """An article and a moment that their author has sent in, and no editor has read yet."""
    waiting: dict[str, Any] = read("waiting.json")
    for draft in (
        write_article({**waiting["article"], "live": False}, tree["news"], directory),
        write_moment({**waiting["moment"], "live": False}, tree, directory),
    ):
        _start(draft, by=by)


def _start(draft: WorkflowMixin, *, by: User) -> None:
    draft.save_revision(user=by)
    workflow = draft.get_workflow()
    if workflow is not None:  # a site may have done without
        workflow.start(draft, by)
