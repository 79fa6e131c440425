"""News in the Wagtail admin: a list with dates and topics."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.ui.tables.pages import BulkActionsColumn, PageStatusColumn, PageTitleColumn
from wagtail.admin.viewsets.base import ViewSet
from wagtail.admin.viewsets.pages import PageListingViewSet

from network_site.base.dates import when
from network_site.editing.desk.menu import PagesItem
from network_site.editing.page_admin import HousePageViewSet
from network_site.news.models import NewsIndexPage, NewsPage


def day(article: NewsPage) -> str:
    """The date readers see."""
    return when(article.published_on)


def topics(article: NewsPage) -> str:
    """What it is about."""
    return ", ".join(topic.name for topic in article.topics.all())


COLUMNS = [
    BulkActionsColumn("bulk_actions"),
    PageTitleColumn("title", label=_("Title"), sort_key="title", classname="title"),
    Column("published_on", label=_("Date"), accessor=day, sort_key="published_on", width="14%"),
    Column("topics", label=_("Topics"), accessor=topics, width="18%"),
    DateColumn("latest_revision_created_at", label=_("Updated"), sort_key="latest_revision_created_at", width="12%"),
    PageStatusColumn("status", label=_("Status"), sort_key="live", width="12%"),
]
FILTERS = ["topics", "live"]
NEWEST_FIRST = ("-published_on", "-pk")


class NewsInTheTree(HousePageViewSet):
    """Articles where an editor meets them in the tree, below the list."""

    model = NewsPage
    parent_models = [NewsIndexPage]
    ordering = NEWEST_FIRST
    list_display = COLUMNS
    list_filter = FILTERS


class NewsListing(PageListingViewSet):
    """All articles, from the menu."""

    model = NewsPage
    icon = "doc-full-inverse"
    menu_label = _("News")
    menu_order = 210
    menu_item_class = PagesItem.of(NewsPage)
    add_to_admin_menu = True
    ordering = NEWEST_FIRST
    list_display = COLUMNS
    list_filter = FILTERS
    list_export = ["title", "published_on", "summary", "live"]


@hooks.register("register_admin_viewset")
def news_pages() -> list[ViewSet]:
    """Both; the listing is at /admin/articles/."""
    return [NewsInTheTree("news_in_the_tree"), NewsListing("articles")]
