"""Addresses people asked for in vain, and a short way to a redirect."""

from typing import Any

from django.db.models import Max, QuerySet, Sum
from django.urls import URLPattern, path, reverse
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.admin.viewsets.base import ViewSet
from wagtail.contrib.redirects.models import Redirect
from wagtail.contrib.redirects.views import CreateView

from network_site.contact.admin import rights
from network_site.contact.models import MissedAddress
from network_site.editing.desk.menu import GuardedItem
from network_site.editing.desk.pages import Guarded
from network_site.editing.reports.base import SafeCellsMixin


def redirect_form(row: dict[str, Any]) -> str:
    """The form that makes a redirect from this address, filled in."""
    return f"{reverse('missed_addresses:redirect')}?{urlencode({'old_path': row['path']})}"


class MissedReport(SafeCellsMixin, Guarded, ReportView):
    """The most asked for first."""

    needs = (rights.SEE_MISSED,)
    model = MissedAddress
    page_title = gettext_lazy("Asked for in vain")
    header_icon = "redirect"
    index_url_name = "missed_addresses:index"
    index_results_url_name = "missed_addresses:index_results"
    export_filename = "asked-for-in-vain"
    list_export = ["path", "sum", "last_on"]
    export_headings = {
        "path": gettext_lazy("Address"),
        "sum": gettext_lazy("Times"),
        "last_on": gettext_lazy("Last on"),
    }

    @cached_property
    def columns(self) -> list[Any]:
        is_maker = self.request.user.has_perm(rights.ADD_REDIRECTS)
        way = TitleColumn("path", label=_("Address: open it to make a redirect"), get_url=redirect_form)
        return [
            way if is_maker else Column("path", label=_("Address")),
            Column("sum", label=_("Times in 90 days")),
            Column("last_on", label=_("Last on"), accessor=lambda row: date_format(row["last_on"], "j F Y")),
        ]

    def get_queryset(self) -> QuerySet[Any]:
        counted = MissedAddress.objects.values("path").annotate(sum=Sum("times"), last_on=Max("asked_on"))
        return counted.order_by("-sum", "path")


class MakeRedirect(Guarded, CreateView):
    """Wagtail's form with the address filled in; once saved, the address is no longer missed."""

    needs = (rights.SEE_MISSED, rights.ADD_REDIRECTS)
    add_url_name = "missed_addresses:redirect"

    def get_initial_form_instance(self) -> Redirect:
        return Redirect(old_path=self.request.GET.get("old_path", "")[:255])

    def save_instance(self) -> Redirect:
        made: Redirect = super().save_instance()
        MissedAddress.objects.filter(path=made.old_path).delete()
        return made

    def get_success_url(self) -> str:
        return reverse("missed_addresses:index")


class MissedViewSet(ViewSet):
    """The addresses of the report."""

    name = "missed_addresses"
    url_prefix = "asked-for-in-vain"
    icon = "redirect"
    menu_label = gettext_lazy("Asked for in vain")
    menu_item_class = GuardedItem.for_right(rights.SEE_MISSED)

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", MissedReport.as_view(), name="index"),
            path("results/", MissedReport.as_view(results_only=True), name="index_results"),
            path("redirect/", MakeRedirect.as_view(), name="redirect"),
        ]
