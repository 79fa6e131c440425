"""What was ever public is withdrawn and never deleted: citations and links of others go on saying what became of it."""

from typing import Any

from django.db.models import ProtectedError
from django.db.models.signals import pre_delete
from django.utils.translation import gettext as _

from research_db.models import Publication


def watch() -> None:
    """Refuse every way of deleting a publication that visitors could once read; once, when the apps are ready."""
    pre_delete.connect(refuse, sender=Publication, dispatch_uid="research_db.keeping")


def refuse(instance: Publication, **facts: Any) -> None:
    """Raise ProtectedError for a record that was published."""
    if instance.first_published_at is not None:
        said = _("“%(title)s” was published. Withdraw it instead: its address then says that it was.")
        raise ProtectedError(said % {"title": instance.title}, {instance})
