"""Cancelling every order of a cancelled conference, and seeing how far that is."""

from typing import Any

from django import forms
from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django_tasks_db.models import DBTaskResult

from events.admin import rights
from events.admin.chores import STUCK, cancel_every_order, orders_to_cancel
from events.admin.stock import OfTickets
from events.models import Conference, Order
from network_site.base.audit import record
from network_site.base.models import Incident


class CancelOrdersForm(forms.Form):
    """Whether the money goes back, and why."""

    refund = forms.BooleanField(label=gettext_lazy("Give the money back"), required=False, initial=True)
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=200,
        help_text=gettext_lazy("Kept with each order and told to whoever booked."),
    )


def newest_run(conference: Conference) -> DBTaskResult | None:
    """The chore asked for last."""
    runs = DBTaskResult.objects.filter(task_path=cancel_every_order.module_path)
    return runs.filter(args_kwargs__kwargs__conference=conference.pk).order_by("-enqueued_at").first()


def stuck_orders(conference: Conference) -> list[Order]:
    """Orders somebody has to look at."""
    asked = Incident.objects.filter(kind=STUCK, resolved_at=None).values_list("subject", flat=True)
    references = [subject.removeprefix("order:") for subject in asked]
    return list(Order.objects.filter(conference=conference, reference__in=references, status__in=Order.HOLDING))


class CancelOrders(OfTickets):
    """Ask, hand it to the worker, and show the progress on the same page."""

    needs = (rights.SEE_ORDERS, rights.CHANGE_ORDERS, rights.GIVE_MONEY_BACK)
    template_name = "events/admin/cancel_orders.html"
    page_title = gettext_lazy("Cancel every order")
    form_class = CancelOrdersForm
    yes = gettext_lazy("Yes, cancel every order")
    is_serious = True

    def sentences(self) -> list[str]:
        if self.conference.status != Conference.Status.CANCELLED:
            return [_("Only a cancelled conference’s orders are cancelled all at once. Cancel the conference first.")]
        number = orders_to_cancel(self.conference).count()
        if not number:
            return [_("No order is left to cancel.")]
        each = ngettext("%(n)s order will be cancelled.", "%(n)s orders will be cancelled, one by one.", number)
        return [each % {"n": number}, _("Everybody who booked gets an e-mail. This cannot be undone.")]

    @property
    def is_possible(self) -> bool:
        """Whether there is anything to do."""
        return self.conference.status == Conference.Status.CANCELLED and orders_to_cancel(self.conference).exists()

    @property
    def is_running(self) -> bool:
        """Whether the worker has it, or will take it."""
        run = newest_run(self.conference)
        return run is not None and run.status in {"READY", "RUNNING"}

    def do(self, form: Any) -> str:
        if self.is_running:
            return _("The worker is at it already. Nothing was asked twice.")
        if not self.is_possible:
            return _("No order was left to cancel.")
        asked = form.cleaned_data
        record("asked to cancel every order", subject=f"conference:{self.conference.pk}", by=self.request.user, **asked)  # type: ignore[arg-type]
        cancel_every_order.enqueue(conference=self.conference.pk, by=self.request.user.pk, **asked)
        return _("The worker cancels the orders one by one. This page shows how far it is.")

    def back(self) -> str:
        if self.request.method == "POST":
            return reverse("conferences:cancel_orders", args=[self.conference.pk])
        return super().back()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        mine = Order.objects.filter(conference=self.conference)
        done, left = Q(status=Order.Status.CANCELLED), Q(status__in=Order.HOLDING)
        counts = mine.aggregate(done=Count("pk", filter=done), left=Count("pk", filter=left))
        return {
            **super().get_context_data(**kwargs),
            **counts,
            "total": counts["done"] + counts["left"],
            "run": newest_run(self.conference),
            "is_running": self.is_running,
            "is_possible": self.is_possible,
            "stuck": stuck_orders(self.conference),
        }
