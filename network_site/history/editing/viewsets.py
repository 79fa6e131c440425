"""The history in the menu of the admin: moments, eras, themes."""

from typing import Any

from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from network_site.editing.approving import SnippetApproval
from network_site.history.editing.forms import GroupingForm
from network_site.history.editing.importing import Check, Template, Upload
from network_site.history.editing.lists import MomentIndex
from network_site.history.editing.panels import EDIT_HANDLER
from network_site.history.editing.ties import Reorder, Ties
from network_site.history.editing.writing import CopyMoment, DatesInWords, EditMoment, SeeMoment
from network_site.history.models import Era, Theme, TimelineEvent


class MomentViewSet(SnippetViewSet):
    """What happened, and when."""

    model = TimelineEvent
    icon = "history"
    menu_label = _("Moments")
    menu_order = 100
    admin_url_namespace = "history_moments"
    base_url_path = "history/moments"
    index_view_class = MomentIndex
    edit_view_class = EditMoment
    copy_view_class = CopyMoment
    workflow_action_view_class = SnippetApproval
    edit_handler = EDIT_HANDLER
    inspect_view_enabled = True
    inspect_view_class = SeeMoment
    inspect_view_fields = (
        *("when", "title", "summary", "era", "themes", "conference", "people", "kinds", "delegates_in_words"),
        *("image", "alt_text", "links", "status_string", "get_absolute_url"),
    )
    list_per_page = 50

    def get_urlpatterns(self) -> list[URLPattern]:
        own = [
            path("dates/", DatesInWords.as_view(), name="dates"),
            path("ties/", Ties.as_view(), name="ties"),
            path("reorder/<int:pk>/", Reorder.as_view(), name="reorder"),
            path("import/", Upload.as_view(), name="import"),
            path("import/check/", Check.as_view(), name="import_check"),
            path("import/template.csv", Template.as_view(), name="import_template"),
        ]
        return [*own, *super().get_urlpatterns()]


class EraViewSet(SnippetViewSet):
    """The chapters."""

    model = Era
    icon = "list-ol"
    menu_label = _("Eras")
    menu_order = 200
    admin_url_namespace = "history_eras"
    base_url_path = "history/eras"
    list_display = ("title", "years", "starts_on")
    ordering = ("starts_on", "pk")
    search_fields = ("title", "intro")
    inspect_view_enabled = True
    edit_handler = ObjectList(
        [
            MultiFieldPanel(
                [
                    FieldPanel("title", help_text=_("Such as “The founding years”.")),
                    FieldPanel("years"),
                    FieldPanel("intro"),
                ],
                heading=_("What visitors read"),
            ),
            MultiFieldPanel([FieldPanel("starts_on"), FieldPanel("slug")], heading=_("Order and address")),
        ],
        base_form_class=GroupingForm,
    )


class ThemeViewSet(SnippetViewSet):
    """What moments are about."""

    model = Theme
    icon = "tag"
    menu_label = _("Themes")
    menu_order = 300
    admin_url_namespace = "history_themes"
    base_url_path = "history/themes"
    list_display = ("name", "icon", "colour")
    ordering = ("name",)
    search_fields = ("name",)
    inspect_view_enabled = True
    edit_handler = ObjectList(
        [
            FieldPanel("name", help_text=_("One or two words, such as “Research”.")),
            MultiFieldPanel(
                [FieldPanel("icon"), FieldPanel("colour")],
                heading=_("Look"),
                help_text=_("The name and the icon always stand beside the colour: not everybody sees colours."),
            ),
            FieldPanel("slug"),
        ],
        base_form_class=GroupingForm,
    )


class HistoryGroup(SnippetViewSetGroup):
    """All three in one place of the menu."""

    items: tuple[Any, ...] = (MomentViewSet, EraViewSet, ThemeViewSet)
    menu_label = _("History")
    menu_icon = "history"
    menu_order = 250
