"""Questions about money: what came in, what went back, what staff should look at."""

from django.db.models import QuerySet, Sum

from network_site.payments.models import CheckoutAttempt, Dispute, Payment, Refund, WebhookEvent

ON_ITS_WAY = (Refund.Status.REQUESTED, Refund.Status.SUBMITTED)


def payments_of(reference: str) -> QuerySet[Payment]:
    """Every payment for a reference, oldest first, with its refunds and disputes."""
    return Payment.objects.filter(reference=reference).prefetch_related("refunds__requested_by", "disputes")


def paid_pence(reference: str) -> int:
    """What came in for a reference, refunded or not."""
    return Payment.objects.filter(reference=reference).aggregate(sum=Sum("amount_pence"))["sum"] or 0


def refunded_pence(reference: str) -> int:
    """What has gone back for good."""
    return _refunds(reference, (Refund.Status.SUCCEEDED,))


def going_back_pence(reference: str) -> int:
    """What was decided to go back and has not arrived yet."""
    return _refunds(reference, ON_ITS_WAY)


def lost_pence(reference: str) -> int:
    """What a bank took back after a dispute."""
    lost = Dispute.objects.filter(payment__reference=reference, status="lost")
    return lost.aggregate(sum=Sum("amount_pence"))["sum"] or 0


def balance_pence(reference: str) -> int:
    """What is ours to keep: paid, less what went back, is on its way back, or was lost."""
    return paid_pence(reference) - refunded_pence(reference) - going_back_pence(reference) - lost_pence(reference)


def attempts_of(reference: str) -> QuerySet[CheckoutAttempt]:
    """Every payable page for a reference, in order."""
    return CheckoutAttempt.objects.filter(reference=reference)


def payable_attempt(reference: str) -> CheckoutAttempt | None:
    """The page that can still be paid, if there is one."""
    return attempts_of(reference).filter(status__in=["creating", "open"]).first()


def open_disputes() -> QuerySet[Dispute]:
    """Disputes a human must answer, the most urgent first."""
    return Dispute.objects.filter(is_open=True).select_related("payment").order_by("due_at", "pk")


def refunds_on_their_way() -> QuerySet[Refund]:
    """Refunds that have not arrived yet, oldest first."""
    return Refund.objects.filter(status__in=ON_ITS_WAY).select_related("payment", "requested_by")


def messages_in_trouble() -> QuerySet[WebhookEvent]:
    """Messages of the gateway that could not be handled yet, newest first."""
    return WebhookEvent.objects.filter(status=WebhookEvent.Status.FAILED)


def _refunds(reference: str, statuses: tuple[Refund.Status, ...]) -> int:
    found = Refund.objects.filter(payment__reference=reference, status__in=statuses)
    return found.aggregate(sum=Sum("amount_pence"))["sum"] or 0
