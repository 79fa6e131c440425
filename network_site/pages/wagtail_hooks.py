"""Callouts in the Wagtail admin."""

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.admin.ui.tables import Column
from wagtail.models import ReferenceIndex
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from network_site.pages.callouts import Callout


class CalloutViewSet(SnippetViewSet):
    """Words written once and shown on several pages, and on how many."""

    model = Callout
    icon = "thumbtack"
    menu_label = _("Callouts")
    menu_order = 320
    add_to_admin_menu = True
    list_display = ["name", "heading", Column("uses", label=_("Shown in so many places"))]
    list_filter = ["tone"]
    search_fields = ["name", "heading", "text"]
    panels = [
        FieldPanel("name"),
        MultiFieldPanel([FieldPanel("heading"), FieldPanel("text"), FieldPanel("tone")], heading=_("What it says")),
        MultiFieldPanel(
            [FieldPanel("link_words"), FieldPanel("page"), FieldPanel("url")], heading=_("Where it leads, if anywhere")
        ),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Callout]:
        """Callouts with the number of places that show them."""
        return Callout.objects.annotate(uses=ReferenceIndex.usage_count_subquery(Callout)).order_by("name")


register_snippet(CalloutViewSet)
