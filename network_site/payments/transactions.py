"""The transactions of payments: short, never around a call to the gateway, and in one lock order.

Lock order: a checkout attempt or a refund, then what the receivers of our signals lock (an order, its quotas), then a
payment. `refunds.request` and `attempts.begin` run inside a feature's transaction that already holds its order: they
lock a payment or insert rows nobody else can wait for, so no circle can close.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import OperationalError, connection, transaction
from django.utils.translation import gettext_lazy as _

from network_site.payments.errors import PaymentBusy

# PostgreSQL's lock_not_available and deadlock_detected.
WAITED_TOO_LONG = frozenset({"55P03", "40P01"})


@contextmanager
def short(*, durable: bool = True) -> Iterator[None]:
    """A transaction that gives up after three seconds of waiting; raises PaymentBusy then, and nothing happened.

    Durable: the caller cannot wrap it, so what it wrote is committed when it returns, and no call to the gateway
    beside it can have run inside a transaction.
    """
    try:
        with transaction.atomic(durable=durable):
            wait_three_seconds()
            yield
    except OperationalError as error:
        if not is_busy(error):
            raise
        raise PaymentBusy(
            _("This payment is being worked on at this moment. Nothing is lost. Please try again in a minute.")
        ) from error


def wait_three_seconds() -> None:
    """Let PostgreSQL wait no longer for a lock in this transaction; SQLite has its time-out in the settings."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = '3s'")


def is_busy(error: OperationalError) -> bool:
    """Whether the database gave up waiting for somebody else."""
    return getattr(error.__cause__, "sqlstate", None) in WAITED_TOO_LONG or "locked" in str(error)
