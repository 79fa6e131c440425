"""The orders desk: finding an order, and everything that is known about one."""

from typing import Any

import django_filters
from django.db.models import Count, F, Q, QuerySet, Sum, Value
from django.db.models.functions import Concat
from django.http import Http404
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, StatusTagColumn, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.base import ViewSet

from events.admin import rights
from events.admin.deeds import deed_urls, deeds_of
from events.domain.queries import incidents_of, orders_for_desk
from events.models import CapacityClaim, Conference, Order, OrderLine
from network_site.base.models import AuditEntry
from network_site.base.money import pounds
from network_site.editing.desk.menu import GuardedItem
from network_site.editing.desk.pages import DeskPage, Guarded, crumb
from network_site.editing.desk.trail import tell
from network_site.mail.models import OutgoingMail
from network_site.payments.models import CheckoutAttempt, Payment, Refund

PLACES = Count("lines", filter=Q(lines__parent=None))


class OrderFilters(WagtailFilterSet):
    """Which conference, which status."""

    conference = django_filters.ModelChoiceFilter(queryset=Conference.objects.all(), label=_("Conference"))
    status = django_filters.MultipleChoiceFilter(choices=Order.Status.choices, label=_("Status"))

    class Meta:
        model = Order
        fields = ["conference", "status"]


def money_of(orders: QuerySet[Order]) -> dict[str, int]:
    """Pence that came in for these orders and pence that went back; two queries."""
    subjects = orders.order_by().annotate(subject_key=Concat(Value("order:"), F("reference"))).values("subject_key")
    paid = Payment.objects.filter(reference__in=subjects).aggregate(pence=Sum("amount_pence"))["pence"]
    back = Refund.objects.filter(payment__reference__in=subjects, status=Refund.Status.SUCCEEDED)
    return {"paid": paid or 0, "back": back.aggregate(pence=Sum("amount_pence"))["pence"] or 0}


class OrderIndex(Guarded, generic.IndexView):
    """Orders, the newest first, with what they add up to."""

    needs = (rights.SEE_ORDERS,)
    model = Order
    any_permission_required = ["view"]
    page_title = _("Orders")
    header_icon = "clipboard-list"
    template_name = "wagtailadmin/generic/index.html"
    results_template_name = "events/admin/orders_results.html"
    index_url_name = "orders:index"
    index_results_url_name = "orders:index_results"
    paginate_by = 30
    table_classname = "listing desk-table"
    is_searchable = True
    filterset_class = OrderFilters
    default_ordering = "-placed_at"

    @cached_property
    def columns(self) -> list[Any]:
        return [
            TitleColumn(
                "reference", label=_("Order"), url_name="orders:order", sort_key="reference", classname="desk-short"
            ),
            Column("buyer", label=_("Who"), accessor=who),
            Column("conference", label=_("Conference"), accessor="conference.title"),
            StatusTagColumn("get_status_display", label=_("Status"), primary=lambda one: one.status == "paid"),
            Column("places", label=_("Places"), sort_key="places"),
            Column("total", label=_("Total"), accessor=lambda one: pounds(one.total_pence), sort_key="total_pence"),
            DateColumn("placed_at", label=_("Placed"), sort_key="placed_at"),
        ]

    def get_base_queryset(self) -> QuerySet[Order]:
        found = orders_for_desk(text=self.search_query)
        return found.select_related("conference").annotate(places=PLACES)

    def search_queryset(self, queryset: QuerySet[Order]) -> QuerySet[Order]:
        return queryset

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        found = self.get_queryset().order_by()
        sums = found.aggregate(number=Count("pk", distinct=True))
        places = OrderLine.objects.filter(order__in=found.values("pk"), status=OrderLine.Status.VALID, parent=None)
        totals = {**sums, "booked": places.count()}
        if self.may(rights.SEE_MONEY):
            totals |= money_of(found)
        return {**super().get_context_data(*args, **kwargs), "totals": totals}


def who(order: Order) -> str:
    """The buyer in one line."""
    return " · ".join(part for part in (order.buyer_name or order.buyer_email, order.organisation) if part) or "–"


class OrderPage(DeskPage):
    """Everything that is known about one order, and what can be done with it."""

    needs = (rights.SEE_ORDERS,)
    template_name = "events/admin/order.html"
    page_title = _("Order")
    header_icon = "clipboard-list"

    @cached_property
    def order(self) -> Order:
        """The one in the address."""
        found = Order.objects.select_related("conference", "cancelled_by").filter(pk=self.kwargs["pk"]).first()
        if found is None:
            raise Http404
        return found

    def get_page_subtitle(self) -> str:
        return self.order.reference

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        home, orders = crumb(_("Home"), "wagtailadmin_home"), crumb(_("Orders"), "orders:index")
        return [home, orders, crumb(self.order.reference)]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        order = self.order
        shown: dict[str, Any] = {
            **super().get_context_data(**kwargs),
            "order": order,
            "lines": order.lines.select_related("ticket_type", "parent"),
            "claims": CapacityClaim.objects.filter(order_line__order=order).select_related("quota", "order_line"),
            "deeds": deeds_of(order, user=self.request.user),
            "may_correct": self.may(rights.CHANGE_ORDERS),
        }
        return shown | self._money() | self._trail()

    def _money(self) -> dict[str, Any]:
        if not self.may(rights.SEE_MONEY):
            return {}
        reference = self.order.subject
        payments = Payment.objects.filter(reference=reference).prefetch_related("refunds__requested_by", "disputes")
        return {"payments": payments, "attempts": CheckoutAttempt.objects.filter(reference=reference)}

    def _trail(self) -> dict[str, Any]:
        shown: dict[str, Any] = {}
        if self.may(rights.SEE_INCIDENTS):
            shown["incidents"] = incidents_of(self.order)
        if self.may(rights.SEE_MAIL):
            shown["mails"] = OutgoingMail.objects.filter(payload__order=self.order.pk)
        if self.may(rights.SEE_TRAIL):
            shown["trail"] = tell(AuditEntry.objects.filter(subject=self.order.subject).select_related("by"))
        return shown


class OrderViewSet(ViewSet):
    """The desk's addresses."""

    name = "orders"
    icon = "clipboard-list"
    menu_label = _("Orders")
    menu_item_class = GuardedItem.for_right(rights.SEE_ORDERS)

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", OrderIndex.as_view(), name="index"),
            path("results/", OrderIndex.as_view(results_only=True), name="index_results"),
            path("<int:pk>/", OrderPage.as_view(), name="order"),
            *deed_urls(),
        ]

    @property
    def menu_url(self) -> str:
        return reverse("orders:index")
