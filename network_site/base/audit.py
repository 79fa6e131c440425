"""Writing the audit trail."""

from typing import TYPE_CHECKING, Any

from django.utils import timezone

from network_site.base.models import AuditEntry

if TYPE_CHECKING:
    from network_site.people.models import User


def record(verb: str, *, subject: str, by: "User | None" = None, **data: Any) -> AuditEntry:
    """Add a line to the audit trail, in the transaction of the deed itself.

    Args:
        verb: what was done, such as "cancelled".
        subject: what it was done to, such as "order:ABC123".
        by: who did it; None for the house itself (a job, a webhook, a visitor without an account).
        data: whatever a later reader needs, as JSON.
    """
    return AuditEntry.objects.create(at=timezone.now(), by=by, verb=verb, subject=subject, data=data)
