"""Publishing at a time: what editors gave a date appears and goes by itself."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from wagtail.models import Revision

from network_site.base.incidents import open_incident


def publish_scheduled(now: datetime) -> None:
    """Publish and take down what editors set a time for; what cannot be published keeps no other waiting."""
    for revision in Revision.objects.filter(approved_go_live_at__lt=now).order_by("approved_go_live_at", "pk"):
        try:
            with transaction.atomic():
                revision.publish(log_action="wagtail.publish.scheduled")
        except (IntegrityError, ValidationError):
            _give_back(revision)
    call_command("publish_scheduled", verbosity=0)


def _give_back(revision: Revision) -> None:
    """Make a draft without a date of what cannot be published, and ask staff to look at it."""
    Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=None)
    said = _("“%(title)s” could not be published at its time. It is kept as a draft.")
    open_incident(
        "editing.not_published",
        subject=f"revision:{revision.pk}",
        sentence=said % {"title": revision.object_str},
        advice=_("Open it in the admin and publish it there: the form says what is wrong with it."),
    )
