"""Disputes: somebody asked their bank for the money back. We record it and alert; a human answers."""

from network_site.payments import alarms, transactions
from network_site.payments.gateway import DisputeFacts
from network_site.payments.models import Dispute, Payment


def note(payment: Payment, *, facts: DisputeFacts) -> Dispute:
    """Bring a dispute up to date; staff are told once when it opens and once when it is over."""
    with transactions.short():
        locked = Payment.objects.select_for_update().get(pk=payment.pk)
        before = Dispute.objects.filter(external_id=facts.dispute_id).first()
        dispute, _new = Dispute.objects.update_or_create(
            external_id=facts.dispute_id,
            defaults={
                "payment": locked,
                "status": facts.status,
                "amount_pence": facts.amount_pence,
                "due_at": facts.due_at,
                "is_open": facts.is_open,
                "opened_at": facts.opened_at,
            },
        )
        if facts.is_open and not (before and before.is_open):
            alarms.dispute_opened(locked, facts=facts)
        if not facts.is_open and (before is None or before.is_open):
            alarms.dispute_over(locked, facts=facts)
    return dispute
