"""Topics in the Wagtail admin; pages that speak their own language."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.panels import FieldPanel, TitleFieldPanel
from wagtail.admin.widgets.slug import SlugInput
from wagtail.models import Page
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from network_site.base import languages
from network_site.base.models import Topic


class TopicViewSet(SnippetViewSet):
    """What news, courses and resources are about."""

    model = Topic
    icon = "tag"
    menu_label = _("Topics")
    menu_order = 310
    add_to_admin_menu = True
    list_display = ["name", "slug"]
    search_fields = ["name", "slug"]
    ordering = ["name"]
    panels = [TitleFieldPanel("name", placeholder=False), FieldPanel("slug", widget=SlugInput)]


register_snippet(TopicViewSet)


@hooks.register("before_serve_page")
def speak(page: Page, request: HttpRequest, args: list[Any], kwargs: dict[str, Any]) -> None:
    """Everything on a page of the tree is in the page's language, its dates and buttons too."""
    languages.speak(page)
