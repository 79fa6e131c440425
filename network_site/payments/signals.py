"""What payments tell the features; sent inside the transaction that records the fact."""

from django.dispatch import Signal

# payment: Payment. Sent once for each payment, in the transaction that inserts it.
payment_settled = Signal()

# refund: Refund. Sent once when a refund reaches "succeeded", in the transaction that marks it.
payment_refunded = Signal()
