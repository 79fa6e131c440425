"""Addresses of publications that no longer answer, each with the way to mend it."""

from collections.abc import Callable
from typing import Any, ClassVar

import django_filters
from django import forms
from django.db.models import Case, IntegerField, QuerySet, Value, When
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, StatusTagColumn, TitleColumn
from wagtail.permissions import policy_registry

from network_site.base.offers import Waiting, waiting
from network_site.editing.models import LinkCheck
from network_site.editing.reports.base import HouseReport
from research_db.models import AddressUse, Publication

MAY_MEND = "research_db.change_publication"
Status = LinkCheck.Status
# What an editor has to do something about, the most urgent first.
ORDER = (Status.BROKEN, Status.MOVED)


@waiting.add("research addresses")
def broken_addresses(request: HttpRequest) -> list[Waiting]:
    """How many are broken, for those who may mend them; one query."""
    if not request.user.has_perm(MAY_MEND):
        return []
    number = AddressUse.objects.filter(link__status=Status.BROKEN).count()
    words = ngettext("address of a publication is broken", "addresses of publications are broken", number)
    url = f"{reverse('research_publications:addresses')}?status={Status.BROKEN}"
    return [Waiting(number, words, url)] if number else []


def edit_url(use: AddressUse) -> str:
    """Where the address is mended."""
    return reverse("research_publications:edit", args=[use.publication_id])


class AddressColumn(Column):
    """The address, to try it; where it is now; and what happened."""

    cell_template_name = "research_db/admin/address_cell.html"


class AddressFilters(WagtailFilterSet):
    """By what was found, and by which address of the publication it is."""

    status = django_filters.MultipleChoiceFilter(
        label=_("State"), field_name="link__status", choices=Status.choices, widget=forms.CheckboxSelectMultiple
    )
    part = django_filters.MultipleChoiceFilter(
        label=_("Which address"), choices=AddressUse.Part.choices, widget=forms.CheckboxSelectMultiple
    )
    host = django_filters.CharFilter(label=_("Site"), field_name="link__host", lookup_expr="icontains")

    class Meta:
        model = AddressUse
        fields: list[str] = []


class AddressesReport(HouseReport):
    """Addresses of public publications that are broken or have moved, those that failed longest first."""

    page_title = _("Addresses that no longer answer")
    header_icon = "link"
    model = AddressUse
    any_permission_required = ["view", "add", "change"]
    lead = _(
        "Broken ones first, then those that have moved for good. Open the publication to mend it. Some sites do not "
        "answer programs: choose “could not be checked” to see these. Every address is asked for again by itself, and "
        "one that failed only once is not yet called broken."
    )
    nothing = _("Every address that was checked works.")
    guide_topic = "links"
    index_url_name = "research_publications:addresses"
    index_results_url_name = "research_publications:addresses_results"
    filterset_class = AddressFilters
    columns = [
        TitleColumn("publication", label=_("Publication"), get_url=edit_url),
        Column("part", label=_("Which address"), accessor="get_part_display"),
        AddressColumn("address", label=_("Address")),
        StatusTagColumn(
            "status",
            label=_("State"),
            accessor="link.get_status_display",
            primary=lambda use: use.link.status != Status.BROKEN,
        ),
        DateColumn("since", label=_("Since"), accessor="link.failing_since"),
        DateColumn("checked", label=_("Checked"), accessor="link.checked_at"),
    ]
    cells: ClassVar[dict[str, Callable[[Any], object]]] = {
        "publication": lambda use: use.publication.title,
        "code": lambda use: use.publication.code,
        "part": AddressUse.get_part_display,
        "address": lambda use: use.link.address,
        "status": lambda use: use.link.get_status_display(),
        "answer": lambda use: use.link.code,
        "note": lambda use: use.link.note,
        "moved_to": lambda use: use.link.moved_to,
        "since": lambda use: use.link.failing_since,
        "checked": lambda use: use.link.checked_at,
    }
    list_export = list(cells)
    export_headings = {
        "publication": _("Publication"),
        "code": _("Code"),
        "part": _("Which address"),
        "address": _("Address"),
        "status": _("State"),
        "answer": _("Answer"),
        "note": _("What happened"),
        "moved_to": _("Where it is now"),
        "since": _("Since"),
        "checked": _("Checked"),
    }

    @cached_property
    def permission_policy(self) -> Any:
        """For those who work on publications."""
        return policy_registry.get_by_type(Publication)

    def get_base_queryset(self) -> QuerySet[AddressUse]:
        found = AddressUse.objects.select_related("link", "publication")
        found = found.only("part", "link", "publication__title", "publication__code")
        if not self.request.GET.getlist("status"):
            found = found.filter(link__status__in=ORDER)
        urgency = [When(link__status=status, then=Value(place)) for place, status in enumerate(ORDER)]
        order = Case(*urgency, default=Value(len(ORDER)), output_field=IntegerField())
        return found.order_by(order, "link__failing_since", "pk")
