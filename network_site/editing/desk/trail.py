"""The audit trail in words."""

from collections.abc import Iterable

from network_site.base.models import AuditEntry
from network_site.base.money import pounds


def told(entry: AuditEntry) -> str:
    """What an entry says beside its verb, in a line; pence become pounds, and what is empty is left out."""
    # PostgreSQL keeps no order of keys, so one is made here: what was comes before what is.
    facts = sorted(entry.data.items(), key=lambda fact: (fact[0] != "before", fact[0]))
    return ", ".join(_part(key, value) for key, value in facts if value not in (None, "", [], {}))


def _part(key: str, value: object) -> str:
    if key.endswith("pence") and isinstance(value, int):
        return f"{key.removesuffix('pence').rstrip('_') or 'amount'}: {pounds(value, exact=True)}"
    return f"{key.replace('_', ' ')}: {_value(value)}"


def _value(value: object) -> str:
    if isinstance(value, dict):
        return " / ".join(str(value[key]) for key in sorted(value))
    return ", ".join(str(one) for one in value) if isinstance(value, list) else str(value)


def tell(entries: Iterable[AuditEntry]) -> list[AuditEntry]:
    """The entries, each with its line as `told`."""
    found = list(entries)
    for entry in found:
        entry.told = told(entry)  # type: ignore[attr-defined]
    return found
