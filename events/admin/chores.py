"""What takes longer than a page may: done by the worker, one order at a time."""

from importlib.util import find_spec
from typing import Any

from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from events.domain.cancellation import cancel_order
from events.models import Conference, Order
from network_site.base.errors import HouseError
from network_site.base.incidents import open_incident
from network_site.people.models import User

# Django 6 has tasks of its own; Django 5.2 has them from the package Wagtail brings.
task: Any = import_string("django.tasks.task" if find_spec("django.tasks") else "django_tasks.task")
STUCK = "order_not_cancelled"


def orders_to_cancel(conference: Conference) -> Any:
    """Orders that still hold a place, oldest first."""
    return Order.objects.filter(conference=conference, status__in=Order.HOLDING).order_by("placed_at", "pk")


@task(backend="db")
def cancel_every_order(*, conference: int, by: int, refund: bool, reason: str) -> dict[str, int]:
    """Cancel a conference's orders one by one; one that cannot be cancelled is asked about and does not stop the rest.

    Safe to repeat and to kill: what is cancelled stays cancelled, and the next run takes up the others.
    """
    actor = User.objects.get(pk=by)
    counts = {"cancelled": 0, "stuck": 0}
    for order in orders_to_cancel(Conference.objects.get(pk=conference)).iterator():
        try:
            cancel_order(order, by=actor, now=timezone.now(), refund=refund, reason=reason)
        except HouseError as error:
            counts["stuck"] += 1
            ask_about(order, error)
        else:
            counts["cancelled"] += 1
    return counts


def ask_about(order: Order, error: HouseError) -> None:
    """Leave the order to a person."""
    open_incident(
        STUCK,
        subject=order.subject,
        sentence=_("Order %(ref)s could not be cancelled with the others. %(error)s")
        % {"ref": order.reference, "error": error},
        advice=_("Open the order and cancel it there, or ask for all orders to be cancelled once more."),
    )
