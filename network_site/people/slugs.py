"""The last part of the address of somebody's page."""

from django.db.models import Model
from django.utils.text import slugify

LONGEST = 80


def free_slug(row: Model, *, name: str) -> str:
    """A slug made from `name` that no other row of this kind has; "person-2" where a name has no Latin letters."""
    wanted = slugify(name)[:LONGEST].strip("-") or str(row._meta.model_name)
    others = type(row)._default_manager.exclude(pk=row.pk)
    taken = set(others.filter(slug__startswith=wanted[: LONGEST - 6]).values_list("slug", flat=True))
    if wanted not in taken:
        return wanted
    stem = wanted[: LONGEST - 6]
    return next(slug for number in range(2, len(taken) + 3) if (slug := f"{stem}-{number}") not in taken)
