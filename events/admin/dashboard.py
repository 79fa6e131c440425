"""What a conference manager sees first in the admin: what waits, and what was sold today."""

from collections.abc import Mapping
from datetime import datetime, time
from typing import Any

from django.db.models import Count, Sum
from django.http import HttpRequest
from django.utils import timezone
from wagtail.admin.ui.components import Component

from events.admin import rights
from events.models import OrderLine
from network_site.base.dates import LONDON
from network_site.base.models import Incident
from network_site.payments.models import Payment, Refund

SHOWN = 5


def today(now: datetime) -> datetime:
    """Midnight in London."""
    return datetime.combine(now.astimezone(LONDON).date(), time(), tzinfo=LONDON)


def sales(since: datetime) -> dict[str, int]:
    """Places booked, pence that came in and pence that went back since then."""
    booked = OrderLine.objects.filter(status=OrderLine.Status.VALID, parent=None, order__paid_at__gte=since)
    paid = Payment.objects.filter(received_at__gte=since).aggregate(pence=Sum("amount_pence"))["pence"]
    back = Refund.objects.filter(status=Refund.Status.SUCCEEDED, settled_at__gte=since)
    counts = booked.aggregate(places=Count("pk"), orders=Count("order", distinct=True))
    return {**counts, "paid": paid or 0, "back": back.aggregate(pence=Sum("amount_pence"))["pence"] or 0}


class DeskPanel(Component):
    """Open incidents and today's sales, each for those who may see them."""

    name = "conference_desk"
    template_name = "events/admin/dashboard.html"
    order = 90

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        user: Any = self.request.user
        shown: dict[str, Any] = {"request": self.request}
        if user.has_perm(rights.SEE_INCIDENTS):
            waiting = Incident.objects.filter(resolved_at=None)
            shown |= {"incidents": waiting[:SHOWN], "waiting": waiting.count()}
        if user.has_perms((rights.SEE_ORDERS, rights.SEE_MONEY)):
            shown["sales"] = sales(today(timezone.now()))
        return shown
