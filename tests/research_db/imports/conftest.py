"""Files to bring in, and somebody who may."""

from collections.abc import Callable

from network_site.people.models import User
from research_db.imports import deciding, files
from research_db.models import ImportBatch

Ris = Callable[..., bytes]


def record(title: str = "", **tags: str) -> str:
    """One record of a RIS file; two letters are a tag."""
    facts = {"TI": title, **tags} if title else tags
    return "\n".join(["TY  - JOUR", *(f"{tag}  - {value}" for tag, value in facts.items()), "ER  - ", ""])


def upload(*records: str, by: User | None = None, name: str = "some.ris") -> ImportBatch:
    """A file of these records, read."""
    batch = files.take_in(["\n".join(records).encode()], name=name, by=by)
    deciding.WORK[ImportBatch.Stage.WAITING](batch)
    return batch


def bring_in(batch: ImportBatch, *, by: User, publishes: bool = True, fills: bool = False) -> ImportBatch:
    """Decide for it, and do the worker's part."""
    deciding.bring_in(batch, by=by, publishes=publishes, fills=fills)
    deciding.WORK[ImportBatch.Stage.CHOSEN](batch)
    return batch
