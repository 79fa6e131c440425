"""Courses and resources in the Wagtail admin."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.panels import FieldPanel, TitleFieldPanel
from wagtail.admin.ui.tables import Column
from wagtail.admin.ui.tables.pages import BulkActionsColumn, PageStatusColumn, PageTitleColumn
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.admin.viewsets.pages import PageListingViewSet
from wagtail.admin.widgets.slug import SlugInput
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from network_site.base.dates import when
from network_site.editing.desk.menu import PagesItem
from network_site.learning import words
from network_site.learning.models import Audience, CoursePage, LearningPage, ResourcePage

TITLE = PageTitleColumn("title", label=_("Title"), sort_key="title", classname="title")
STATUS = PageStatusColumn("status", label=_("Status"), sort_key="live", width="12%")


def next_start(course: CoursePage) -> str:
    """When one can begin, as readers see it."""
    return words.start(course.starts, course.next_start_on, today=timezone.localdate())


def review(page: LearningPage) -> str:
    """By when somebody should read it again."""
    return when(page.review_on) if page.review_on else ""


REVIEW = Column("review_on", label=_("Read again by"), accessor=review, sort_key="review_on", width="14%")


class CoursePageListingViewSet(PageListingViewSet):
    """All courses, with what goes out of date."""

    model = CoursePage
    icon = "form"
    menu_item_class = PagesItem.of(CoursePage)
    menu_label = _("Courses")
    ordering = ("title",)
    list_filter = ["topics", "starts", "is_free", "live"]
    list_display = [
        BulkActionsColumn("bulk_actions"),
        TITLE,
        Column("provider", label=_("Organisation"), width="18%"),
        Column("next_start_on", label=_("Start"), accessor=next_start, sort_key="next_start_on", width="18%"),
        REVIEW,
        STATUS,
    ]
    list_export = ["title", "makers", "address", "is_free", "cost", "starts", "next_start_on", "review_on", "live"]


class ResourcePageListingViewSet(PageListingViewSet):
    """All guides, toolkits, films and documents."""

    model = ResourcePage
    icon = "doc-full"
    menu_item_class = PagesItem.of(ResourcePage)
    menu_label = _("Resources")
    ordering = ("title",)
    list_filter = ["topics", "kind", "is_free", "live"]
    list_display = [
        BulkActionsColumn("bulk_actions"),
        TITLE,
        Column("kind", label=_("Kind"), accessor="get_kind_display", sort_key="kind", width="12%"),
        Column("year", label=_("Year"), sort_key="year", width="10%"),
        REVIEW,
        STATUS,
    ]
    list_export = ["title", "kind", "makers", "year", "licence", "review_on", "live"]


class LearningGroup(ViewSetGroup):
    """Both in one place of the menu."""

    items: tuple[Any, ...] = (CoursePageListingViewSet("courses"), ResourcePageListingViewSet("resources"))
    menu_label = _("Learning")
    menu_icon = "form"
    menu_order = 220


class AudienceViewSet(SnippetViewSet):
    """For whom courses and resources are."""

    model = Audience
    icon = "group"
    menu_label = _("Audiences")
    menu_order = 320
    add_to_settings_menu = True
    list_display = ["name", "slug"]
    sort_order_field = "sort_order"
    ordering = ["sort_order", "name"]
    panels = [TitleFieldPanel("name", placeholder=False), FieldPanel("slug", widget=SlugInput)]


register_snippet(AudienceViewSet)


@hooks.register("register_admin_viewset")
def learning_pages() -> LearningGroup:
    """The group, with its lists at /admin/courses/ and /admin/resources/."""
    return LearningGroup()
