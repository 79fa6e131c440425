"""The transaction in which places and money move: it waits for others, but not for ever."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import OperationalError, connection, transaction
from django.utils.translation import gettext as _

from events.domain.errors import TicketingError

# PostgreSQL's lock_not_available and deadlock_detected.
WAITED_TOO_LONG = {"55P03", "40P01"}


@contextmanager
def money_path() -> Iterator[None]:
    """An atomic block that waits at most three seconds; then TicketingError, and nothing happened."""
    try:
        with transaction.atomic():
            if connection.vendor == "postgresql":
                with connection.cursor() as cursor:
                    cursor.execute("SET LOCAL lock_timeout = '3s'")
            yield
    except OperationalError as error:
        if not is_busy(error):
            raise
        raise TicketingError(
            _("Many people are booking at this moment, and your turn did not come. Nothing was taken. Try again.")
        ) from error


def is_busy(error: OperationalError) -> bool:
    """Whether the database gave up waiting for somebody else."""
    if connection.vendor == "postgresql":
        return getattr(error.__cause__, "sqlstate", None) in WAITED_TOO_LONG
    return "locked" in str(error)
