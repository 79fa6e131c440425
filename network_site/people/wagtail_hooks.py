"""People and organisations in the Wagtail admin."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.admin.ui.tables import BooleanColumn
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from network_site.people.models import Organisation, Person


class PersonViewSet(SnippetViewSet):
    """Co-chairs, founders, speakers, judges."""

    model = Person
    icon = "user"
    menu_label = _("People")
    list_display = ["name", "role", "organisation", BooleanColumn("is_public", label=_("Own page"))]
    list_filter = ["organisation", "is_public"]
    search_fields = ["name", "role", "organisation__name"]
    sort_order_field = "sort_order"
    ordering = ["sort_order", "name"]
    panels = [
        FieldPanel("name"),
        FieldPanel("role"),
        FieldPanel("organisation"),
        FieldPanel("about"),
        FieldPanel("portrait"),
        MultiFieldPanel(
            [FieldPanel(name) for name in ("is_public", "story", "website", "slug")], heading=_("Their own page")
        ),
        FieldPanel("user"),
    ]


class OrganisationViewSet(SnippetViewSet):
    """Partners, hosts, employers."""

    model = Organisation
    icon = "globe"
    menu_label = _("Organisations")
    list_display = ["name", "website", BooleanColumn("is_partner", label=_("Partner"))]
    list_filter = ["is_partner"]
    search_fields = ["name", "website"]
    ordering = ["name"]
    panels = [
        FieldPanel("name"),
        FieldPanel("website"),
        FieldPanel("logo"),
        FieldPanel("about"),
        MultiFieldPanel([FieldPanel(name) for name in ("is_partner", "together", "slug")], heading=_("Their page")),
    ]


class DirectoryGroup(SnippetViewSetGroup):
    """Both in one place of the menu."""

    items: tuple[Any, ...] = (PersonViewSet, OrganisationViewSet)
    menu_label = _("Directory")
    menu_icon = "group"
    menu_order = 300


register_snippet(DirectoryGroup)
