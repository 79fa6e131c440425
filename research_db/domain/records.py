"""Finding a record by what its address says."""

from research_db.models import Publication

# A merge of merges is followed this far; further would be a circle.
MOST_MERGES = 10


# Read with every record.
WITH = ("source", "merged_into")


def by_code(code: str) -> Publication | None:
    """The record with this code, whatever its state, with its source; None where there never was one."""
    return Publication.objects.select_related(*WITH).filter(code=code).first()


def by_doi(doi: str) -> Publication | None:
    """The public record that this DOI names; a DOI is the same in capitals and small letters."""
    named = {"identifiers__scheme": "doi", "identifiers__value": doi.lower(), "identifiers__is_container": False}
    return Publication.objects.public().filter(**named).first()


def standing_for(record: Publication) -> Publication:
    """The record that a merged one became part of, or itself."""
    for _merge in range(MOST_MERGES):
        if record.merged_into is None:
            break
        record = record.merged_into
    return record


def was_withdrawn(record: Publication) -> bool:
    """Whether visitors could once read it and no longer may."""
    return not record.live and record.first_published_at is not None
