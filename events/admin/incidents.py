"""Incidents: what staff must look at, what it is about, and saying that it is settled."""

from typing import Any

import django_filters
from django import forms
from django.db.models import F, QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, StatusTagColumn, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.base import ViewSet

from events.admin import rights
from events.models import Order
from network_site.base.incidents import resolve_incident
from network_site.base.models import AuditEntry, Incident
from network_site.editing.desk.menu import CountingItem
from network_site.editing.desk.pages import Deed, Guarded, crumb
from network_site.editing.desk.trail import tell
from network_site.people.models import User


def order_of(subject: str) -> Order | None:
    """The order a subject such as "order:ABC123" names."""
    kind, _colon, reference = subject.partition(":")
    return Order.objects.filter(reference=reference).first() if kind == "order" else None


class IncidentFilters(WagtailFilterSet):
    """Open ones, or settled ones."""

    resolved_at = django_filters.BooleanFilter(
        lookup_expr="isnull",
        label=gettext_lazy("State"),
        widget=forms.RadioSelect(
            choices=[("", gettext_lazy("All")), ("true", gettext_lazy("Open")), ("false", gettext_lazy("Settled"))]
        ),
    )

    class Meta:
        model = Incident
        fields = ["resolved_at"]


class IncidentIndex(Guarded, generic.IndexView):
    """Open ones first, then the newest."""

    needs = (rights.SEE_INCIDENTS,)
    model = Incident
    any_permission_required = ["view"]
    page_title = gettext_lazy("Incidents")
    header_icon = "warning"
    index_url_name = "incidents:index"
    index_results_url_name = "incidents:index_results"
    paginate_by = 30
    table_classname = "listing desk-table"
    search_fields = ["subject", "kind", "sentence"]
    filterset_class = IncidentFilters

    @cached_property
    def columns(self) -> list[Any]:
        return [
            TitleColumn("sentence", label=_("What happened"), url_name="incidents:incident"),
            Column("subject", label=_("About")),
            DateColumn("opened_at", label=_("Since")),
            StatusTagColumn("state", label=_("State"), accessor=state, primary=lambda one: one.resolved_at is None),
        ]

    def get_base_queryset(self) -> QuerySet[Incident]:
        return Incident.objects.order_by(F("resolved_at").desc(nulls_first=True), "-opened_at", "-pk")


def state(incident: Incident) -> str:
    """Open or settled."""
    return _("Settled") if incident.resolved_at else _("Open")


class ResolveForm(forms.Form):
    """How it was settled."""

    resolution = forms.CharField(
        label=gettext_lazy("How it was settled"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        help_text=gettext_lazy("A line or two for whoever reads this later."),
    )


class IncidentPage(Deed):
    """What happened, what to do, and a form to settle it."""

    needs = (rights.SEE_INCIDENTS,)
    needs_to_post = (rights.RESOLVE_INCIDENTS,)
    template_name = "events/admin/incident.html"
    page_title = gettext_lazy("Incident")
    header_icon = "warning"
    form_class = ResolveForm

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.incident = get_object_or_404(Incident.objects.select_related("resolved_by"), pk=kwargs["pk"])

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            crumb(_("Home"), "wagtailadmin_home"),
            crumb(_("Incidents"), "incidents:index"),
            crumb(self.incident.subject),
        ]

    def do(self, form: Any) -> str:
        by: User = self.request.user  # type: ignore[assignment]
        said = form.cleaned_data["resolution"]
        if not resolve_incident(self.incident, by=by, resolution=said, now=timezone.now()):
            return _("Somebody settled it before. Nothing was changed.")
        return _("Settled.")

    def back(self) -> str:
        return reverse("incidents:incident", args=[self.incident.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        subject = self.incident.subject
        trail = AuditEntry.objects.filter(subject=subject).select_related("by")
        return {
            **super().get_context_data(**kwargs),
            "incident": self.incident,
            "order": order_of(subject) if self.may(rights.SEE_ORDERS) else None,
            "may_resolve": self.incident.resolved_at is None and self.may(rights.RESOLVE_INCIDENTS),
            "trail": tell(trail[:50]) if self.may(rights.SEE_TRAIL) else None,
        }


class IncidentItem(CountingItem):
    """Says how many are open."""

    right = rights.SEE_INCIDENTS

    def count(self) -> int:
        return Incident.objects.filter(resolved_at=None).count()


class IncidentViewSet(ViewSet):
    """The incidents' addresses."""

    name = "incidents"
    icon = "warning"
    menu_label = gettext_lazy("Incidents")
    menu_item_class = IncidentItem

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", IncidentIndex.as_view(), name="index"),
            path("results/", IncidentIndex.as_view(results_only=True), name="index_results"),
            path("<int:pk>/", IncidentPage.as_view(), name="incident"),
        ]
