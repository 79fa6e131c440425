"""The files in which records can be taken away: what each is called, and where it is."""

from dataclasses import dataclass
from functools import lru_cache

from django.urls import reverse

from research_db.formats.writing import WRITERS, Target
from research_db.models import Publication, ReadingList


@dataclass(frozen=True)
class File:
    """A file of what a page shows."""

    target: Target
    address: str

    @property
    def label(self) -> str:
        """The name of its format."""
        return WRITERS[self.target].label

    @property
    def media_type(self) -> str:
        """Its type, without how its letters are written."""
        return WRITERS[self.target].content_type.partition(";")[0]


def of_record(record: Publication) -> list[File]:
    """The files of one record."""
    return [File(target, address(record, target)) for target in Target]


def address(record: Publication, target: Target) -> str:
    """Where a record is in a format."""
    return reverse("research:record_file", args=[record.code, record.slug, target])


def of_list(found: ReadingList) -> list[File]:
    """The files of a reading list."""
    return _files("research:reading_list_file", found.slug)


def of_search(query: str) -> list[File]:
    """The files of everything that a search finds; `query` is its address's, with the question mark or empty."""
    return [File(one.target, one.address + query) for one in _files("research:export")]


def of_selection() -> list[File]:
    """Where a form of ticked records is sent."""
    return _files("research:selection")


def _files(name: str, *args: str) -> list[File]:
    return [File(target, address) for target, address in _addresses(name, *args)]


@lru_cache(maxsize=256)
def _addresses(name: str, *args: str) -> tuple[tuple[Target, str], ...]:
    """Where each file is; kept, because a page of the list asks three times for a dozen of them."""
    return tuple((target, reverse(name, args=[*args, target])) for target in Target)
