"""Permissions as rooms name them: "app.codename"."""

from collections.abc import Iterable

from django.contrib.auth.models import Permission
from django.db.models import Q, QuerySet


def permissions(names: Iterable[str]) -> QuerySet[Permission]:
    """Those of these names that there are, so that a group can be given them in the admin's settings."""
    wanted = Q(pk__in=())
    for label, codename in (name.split(".") for name in names):
        wanted |= Q(content_type__app_label=label, codename=codename)
    return Permission.objects.filter(wanted)
