"""Forgetting to whom letters went, when a person or a term asks for it."""

from django.db.models import QuerySet

from network_site.base.models import Incident
from network_site.mail.models import OutgoingMail

NOBODY = "erased@erased.invalid"
Status = OutgoingMail.Status


def forget(letters: QuerySet[OutgoingMail], *, sentence: str, why: str) -> None:
    """Drop those that have not left, and what servers said of the others. To whom they went is the caller's to erase.

    Args:
        sentence: what incidents about these letters say from now on.
        why: stands where the server's answer was.
    """
    letters.filter(status__in=[Status.QUEUED, Status.SENDING]).delete()
    named = [f"mail:{pk}" for pk in letters.values_list("pk", flat=True)]
    Incident.objects.filter(subject__in=named).update(sentence=sentence, data={})
    letters.exclude(error="").update(error=why)
