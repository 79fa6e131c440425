"""Links that are broken, have moved, or could not be checked, with the pages that use them."""

from collections.abc import Callable
from typing import Any, ClassVar

from django.db.models import Case, IntegerField, Prefetch, QuerySet, Value, When
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, DateColumn, StatusTagColumn

from network_site.editing.models import LinkCheck, LinkUse
from network_site.editing.reports.base import HouseReport, edit_url, page_policy
from network_site.editing.reports.filters import LinkFilters

Status = LinkCheck.Status
# What an editor has to do something about comes first.
ORDER = (Status.BROKEN, Status.MOVED, Status.UNSURE)


class AddressColumn(Column):
    """The address, to try it; where it is now; and what happened."""

    cell_template_name = "editing/reports/address_cell.html"


class UsesColumn(Column):
    """The pages that use it, each leading to where it is edited."""

    cell_template_name = "editing/reports/uses_cell.html"

    def get_value(self, instance: LinkCheck) -> list[dict[str, str]]:
        return [
            {"title": use.page.get_admin_display_title(), "words": use.words, "url": edit_url(use.page)}
            for use in instance.uses.all()
        ]


class LinksReport(HouseReport):
    """Links in published pages that need a look."""

    page_title = _("Broken links")
    header_icon = "link"
    model = LinkCheck
    lead = _(
        "Broken ones first, then those that have moved, then those we could not check: some sites do not answer "
        "programs, so try these yourself. Every link is asked for again by itself."
    )
    nothing = _("Every link that was checked works.")
    guide_topic = "links"
    index_url_name = "editing_reports:links"
    index_results_url_name = "editing_reports:links_results"
    filterset_class = LinkFilters
    columns = [
        AddressColumn("address", label=_("Address")),
        StatusTagColumn(
            "status", label=_("State"), accessor="get_status_display", primary=lambda link: link.status != Status.BROKEN
        ),
        UsesColumn("uses", label=_("Used on")),
        DateColumn("checked_at", label=_("Checked"), sort_key="checked_at"),
    ]
    cells: ClassVar[dict[str, Callable[[Any], object]]] = {
        "address": str,
        "get_status_display": LinkCheck.get_status_display,
        "pages": lambda link: "; ".join(f"{use.page} ({use.page.full_url or ''})" for use in link.uses.all()),
    }
    list_export = ["address", "get_status_display", "code", "note", "moved_to", "pages", "checked_at"]
    export_headings = {"get_status_display": _("State"), "pages": _("Used on")}

    @cached_property
    def asks_for_all(self) -> bool:
        """Whether somebody chose which ones to see."""
        return bool(self.request.GET.getlist("status"))

    def get_base_queryset(self) -> "QuerySet[LinkCheck]":
        mine = page_policy().explorable_instances(self.request.user).order_by().values("pk")
        used = LinkUse.objects.filter(page__in=mine, page__live=True).select_related("page__content_type")
        found = LinkCheck.objects.filter(pk__in=used.values("link"))
        found = found if self.asks_for_all else found.filter(status__in=ORDER)
        urgency = [When(status=status, then=Value(place)) for place, status in enumerate(ORDER)]
        order = Case(*urgency, default=Value(len(ORDER)), output_field=IntegerField())
        return found.order_by(order, "failing_since", "pk").prefetch_related(Prefetch("uses", queryset=used))


def broken(user: Any) -> "QuerySet[LinkCheck]":
    """Broken links on published pages the user looks after."""
    mine = page_policy().instances_user_has_any_permission_for(user, {"change", "publish"}).order_by().values("pk")
    uses = LinkUse.objects.filter(page__in=mine, page__live=True)
    return LinkCheck.objects.filter(status=Status.BROKEN, pk__in=uses.values("link"))
