"""Research in the menu of the admin."""

from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import Coalesce
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel, ObjectList, PublishingPanel
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.snippets.views.snippets import IndexView, SnippetViewSet, SnippetViewSetGroup

from network_site.editing.approving import SnippetApproval
from research_db.admin.addresses import AddressesReport
from research_db.admin.alerts import SavedSearchViewSet
from research_db.admin.completeness import Completeness
from research_db.admin.duplicates import DuplicateViewSet
from research_db.admin.imports import ImportViewSet
from research_db.admin.look_up import Begin, LookUp
from research_db.admin.publication_form import EDIT_HANDLER
from research_db.admin.publication_list import PublicationIndex
from research_db.admin.suggestions import SuggestionViewSet
from research_db.admin.term_deeds import MoveTerm, ReplaceTerm
from research_db.models import Facet, Publication, ReadingList, Source, Term


class PublicationViewSet(SnippetViewSet):
    """Records."""

    model = Publication
    icon = "doc-full"
    menu_label = _("Publications")
    menu_order = 100
    admin_url_namespace = "research_publications"
    base_url_path = "research/publications"
    index_view_class = PublicationIndex
    workflow_action_view_class = SnippetApproval
    edit_handler = EDIT_HANDLER
    list_per_page = 50

    def get_urlpatterns(self) -> list[URLPattern]:
        own = [
            path("completeness/", Completeness.as_view(), name="completeness"),
            path("addresses/", AddressesReport.as_view(), name="addresses"),
            path("addresses/results/", AddressesReport.as_view(results_only=True), name="addresses_results"),
            path("look-up/", Begin.as_view(), name="begin"),
            path("look-up/<int:pk>/", LookUp.as_view(), name="look_up"),
        ]
        return [*super().get_urlpatterns(), *own]


class ReadingListViewSet(SnippetViewSet):
    """Collections with a sentence why."""

    model = ReadingList
    icon = "list-ul"
    menu_label = _("Reading lists")
    menu_order = 200
    admin_url_namespace = "research_lists"
    base_url_path = "research/lists"
    list_display = ("title", Column("number", label=_("Publications")))
    search_fields = ("title", "introduction")
    edit_handler = ObjectList(
        [
            MultiFieldPanel(
                [FieldPanel("title"), FieldPanel("slug"), FieldPanel("introduction")], heading=_("The list")
            ),
            InlinePanel("entries", heading=_("Publications"), label=_("publication")),
            PublishingPanel(),
        ]
    )

    def get_queryset(self, request: Any) -> QuerySet[ReadingList]:
        return ReadingList.objects.annotate(number=Count("entries"))


def in_its_place(term: Term) -> str:
    """The label, further in for a part."""
    return f"– {term.label}" if term.parent_id else term.label


class TermIndex(IndexView):
    """Trees as a list: parts under what they are part of, with how many publications each names."""

    list_display = (
        "label",
        Column("facet", label=_("Facet")),
        Column("number", label=_("Publications")),
        Column("retired_into", label=_("Replaced by")),
    )
    search_fields = ("label", "synonyms", "slug")
    search_backend_name = None
    list_filter = ("facet",)

    def _get_title_column(self, field_name: str, column_class: Any = TitleColumn, **facts: Any) -> Any:
        """Wagtail’s own, which has the buttons of the row, with the tree shown."""
        column = super()._get_title_column(field_name, column_class, **facts)
        column.accessor = in_its_place
        return column

    def get_base_queryset(self) -> QuerySet[Term]:
        found = Term.objects.select_related("facet", "parent", "retired_into")
        return found.annotate(number=Count("publications", filter=Q(publications__live=True)))

    def order_queryset(self, queryset: QuerySet[Term]) -> QuerySet[Term]:
        """Always as a tree: each upper term, then its parts."""
        upper = (Coalesce("parent__order", "order"), Coalesce("parent__label", "label"))
        inner = (F("parent__order").asc(nulls_first=True), "order", "label")
        return queryset.order_by("facet__order", "facet", *upper, *inner)


class TermViewSet(SnippetViewSet):
    """What publications can be about."""

    model = Term
    icon = "tag"
    menu_label = _("Terms")
    menu_order = 300
    admin_url_namespace = "research_terms"
    base_url_path = "research/terms"
    index_view_class = TermIndex
    list_per_page = 200
    panels = (
        FieldPanel("facet"),
        FieldPanel("parent"),
        FieldPanel("label"),
        FieldPanel("slug"),
        FieldPanel("definition"),
        FieldPanel("synonyms"),
        FieldPanel("same_as"),
        FieldPanel("order"),
    )

    def get_urlpatterns(self) -> list[URLPattern]:
        own = [
            path("move/<int:pk>/", MoveTerm.as_view(), name="move"),
            path("replace/<int:pk>/", ReplaceTerm.as_view(), name="replace"),
        ]
        return [*super().get_urlpatterns(), *own]


class FacetViewSet(SnippetViewSet):
    """The questions one can ask of every publication."""

    model = Facet
    icon = "list-ol"
    menu_label = _("Facets")
    menu_order = 400
    admin_url_namespace = "research_facets"
    base_url_path = "research/facets"
    list_display = ("label", "key", "order")
    panels = (FieldPanel("label"), FieldPanel("key"), FieldPanel("help"), FieldPanel("order"))


class SourceViewSet(SnippetViewSet):
    """Journals and books."""

    model = Source
    icon = "openquote"
    menu_label = _("Journals and books")
    menu_order = 500
    admin_url_namespace = "research_sources"
    base_url_path = "research/sources"
    list_display = ("title", "short_title", "issn")
    search_fields = ("title", "short_title", "issn")
    panels = (FieldPanel("title"), FieldPanel("short_title"), FieldPanel("issn"))


class ResearchGroup(SnippetViewSetGroup):
    """All of it in one place of the menu."""

    items: tuple[Any, ...] = (
        *(PublicationViewSet, ReadingListViewSet, TermViewSet, FacetViewSet, SourceViewSet),
        *(ImportViewSet(), SuggestionViewSet(), DuplicateViewSet()),
        SavedSearchViewSet,
    )
    menu_label = _("Research")
    menu_icon = "doc-full"
    menu_order = 260
