"""Deeds on one order, and on one place of it."""

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from events.admin import rights
from events.models import Order, OrderLine
from network_site.editing.desk.pages import Deed, crumb
from network_site.people.models import User


class OfOrder(Deed):
    """A deed on one order; `possible` are the statuses in which it is offered."""

    needs: tuple[str, ...] = (rights.SEE_ORDERS, rights.CHANGE_ORDERS)
    possible: frozenset[str] = frozenset(Order.Status)
    url_name = ""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.order = get_object_or_404(Order.objects.select_related("conference"), pk=kwargs["pk"])

    @property
    def by(self) -> User:
        """Who does it."""
        user: User = self.request.user  # type: ignore[assignment]
        return user

    def get_page_subtitle(self) -> str:
        return self.order.reference

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            crumb(_("Home"), "wagtailadmin_home"),
            crumb(_("Orders"), "orders:index"),
            crumb(self.order.reference, "orders:order", self.order.pk),
            crumb(self.get_page_title()),
        ]

    def back(self) -> str:
        return reverse("orders:order", args=[self.order.pk])


class OfLine(OfOrder):
    """A deed on one place of an order."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.line = get_object_or_404(
            OrderLine.objects.select_related("ticket_type"), order=self.order, pk=kwargs["line"]
        )

    def get_page_subtitle(self) -> str:
        return f"{self.order.reference} / {self.line.number}"
