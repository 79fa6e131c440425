"""Finding records by what addresses say."""

import re
from collections.abc import Sequence

from research_db.models import Publication

# A merge of merges is followed this far; further would be a circle.
MOST_MERGES = 10

# What an address or a program can ask for; PostgreSQL takes no text with a zero in it.
CODE = re.compile(r"[a-z0-9]{1,12}")

# Read with every record.
WITH = ("source", "merged_into")


def by_code(code: str) -> Publication | None:
    """The record with this code, whatever its state, with its source; None where there never was one."""
    return Publication.objects.select_related(*WITH).filter(code=code).first()


def public_of(codes: Sequence[str]) -> tuple[list[Publication], list[str]]:
    """The public records these codes name or led to, each once, in their order; and the codes that name none."""
    possible = list(filter(CODE.fullmatch, codes))
    known = Publication.objects.select_related(*WITH).in_bulk(possible, field_name="code")
    standing = {code: standing_for(record) for code, record in known.items()}
    shown = {code: standing[code] for code in codes if code in standing and standing[code].live}
    return list(dict.fromkeys(shown.values())), [code for code in dict.fromkeys(codes) if code not in shown]


def by_doi(doi: str) -> Publication | None:
    """The record that this DOI names, whatever its state; a DOI is the same in capitals and small letters."""
    if "\0" in doi:  # which no database takes
        return None
    named = {"identifiers__scheme": "doi", "identifiers__value": doi.lower(), "identifiers__is_container": False}
    return Publication.objects.select_related(*WITH).filter(**named).first()


def standing_for(record: Publication) -> Publication:
    """The record that a merged one became part of, or itself."""
    for _merge in range(MOST_MERGES):
        if record.merged_into is None:
            break
        record = record.merged_into
    return record


def leads() -> dict[int, int]:
    """The number of each record that became part of another, with the number of that one; one query."""
    return dict(Publication.objects.exclude(merged_into=None).order_by().values_list("pk", "merged_into"))


def was_withdrawn(record: Publication) -> bool:
    """Whether visitors could once read it and no longer may."""
    return not record.live and record.first_published_at is not None
