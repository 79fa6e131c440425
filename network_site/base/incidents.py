"""Opening and settling incidents."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from network_site.base.models import Incident

if TYPE_CHECKING:
    from network_site.people.models import User


def open_incident(
    kind: str, *, subject: str, sentence: str, advice: str = "", data: dict[str, Any] | None = None
) -> Incident:
    """Ask staff to look at `subject`; asking the same again while it is open returns the open one.

    Safe inside a transaction: the insert has its own savepoint.
    """
    try:
        with transaction.atomic():
            return Incident.objects.create(
                kind=kind,
                subject=subject,
                sentence=sentence,
                advice=advice,
                data=data or {},
                opened_at=timezone.now(),
            )
    except IntegrityError:
        return Incident.objects.get(kind=kind, subject=subject, resolved_at=None)


def resolve_incident(incident: Incident, *, by: "User | None", resolution: str, now: datetime | None = None) -> bool:
    """Say that an incident is settled and how; False when somebody did so before."""
    return bool(
        Incident.objects.filter(pk=incident.pk, resolved_at=None).update(
            resolved_at=now or timezone.now(), resolved_by=by, resolution=resolution
        )
    )
