"""What others need is not deleted: whoever tries is told what needs it, instead of the database's refusal."""

from collections import Counter
from collections.abc import Sequence

from django.db import DEFAULT_DB_ALIAS
from django.db.models import Model, ProtectedError
from django.db.models.deletion import Collector
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.admin import messages


def needed_by(things: Sequence[Model]) -> str:
    """What keeps these, of one kind, from being deleted: kinds of things with how many of each; empty for nothing."""
    try:
        Collector(using=DEFAULT_DB_ALIAS).collect(things)
    except ProtectedError as error:
        kinds = Counter(str(one._meta.verbose_name_plural) for one in error.protected_objects)
        return ", ".join(f"{capfirst(kind)}: {count}" for kind, count in sorted(kinds.items()))
    return ""


def keep_what_is_needed(
    request: HttpRequest, things: Sequence[Model], *, back: str, instead: str
) -> HttpResponse | None:
    """A hook's answer before things of one kind are deleted.

    Args:
        request: somebody's who may delete them.
        things: what is to go.
        back: the name of the list that they are in.
        instead: what to do where that cannot be, as a sentence.

    Returns:
        The way back to the list, where it says why; None where nothing keeps them.
    """
    if not (found := needed_by(list(things))):
        return None
    said = _("Nothing was deleted, because something else needs it. %(found)s. %(instead)s")
    messages.error(request, said % {"found": found, "instead": instead})
    return redirect(back)
