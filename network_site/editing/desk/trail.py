"""The audit trail in words."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from network_site.base.models import AuditEntry
from network_site.base.money import pounds

Words = Mapping[str, Any]


def told(entry: AuditEntry, words: Words | None = None) -> str:
    """What an entry says beside its verb, in a line; pence become pounds, and what is empty is left out.

    Args:
        entry: of the trail.
        words: how people say the names of its facts; a name without any is said as it was written down.
    """
    # PostgreSQL keeps no order of keys, so one is made here: what was comes before what is.
    facts = sorted(entry.data.items(), key=lambda fact: (fact[0] != "before", fact[0]))
    return ", ".join(_part(key, value, words or {}) for key, value in facts if value not in (None, "", [], {}))


def _part(key: str, value: object, words: Words) -> str:
    if key.endswith("pence") and isinstance(value, int):
        return f"{key.removesuffix('pence').rstrip('_') or 'amount'}: {pounds(value, exact=True)}"
    said = filesizeformat(value) if key == "bytes" and isinstance(value, int) else _value(value)
    return f"{words.get(key, key.replace('_', ' '))}: {said}"


def _value(value: object) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, dict):
        return " / ".join(str(value[key]) for key in sorted(value))
    return ", ".join(str(one) for one in value) if isinstance(value, list) else str(value)


def tell(entries: Iterable[AuditEntry], *, words: Words | None = None) -> list[AuditEntry]:
    """The entries, each with its verb as `said` and its line as `told`; `words` say verbs and facts as people do."""
    found = list(entries)
    for entry in found:
        entry.said = (words or {}).get(entry.verb, entry.verb)  # type: ignore[attr-defined]
        entry.told = told(entry, words)  # type: ignore[attr-defined]
    return found
