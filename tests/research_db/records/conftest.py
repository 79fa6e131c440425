"""Publications as the pages need them: with everything, or with next to nothing."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.utils import timezone

from research_db.models import (
    Appraisal,
    Contribution,
    Facet,
    Identifier,
    Notice,
    Publication,
    ReadingList,
    ReadingListEntry,
    Relation,
    Source,
    Term,
)

Make = Callable[..., Publication]


@pytest.fixture
def make(db: None) -> Make:
    """Make a public record; `authors` is how many wrote it."""

    def publication(*, authors: int = 1, **facts: Any) -> Publication:
        facts = {"title": "Company on prescription", "year": 2021, "first_published_at": timezone.now(), **facts}
        made = Publication.objects.create(**facts)
        for number in range(authors):
            Contribution.objects.create(publication=made, sort_order=number, family=f"Name{number}", given="Ann")
        return made

    return publication


@pytest.fixture
def full(make: Make) -> Publication:
    """A record about which everything is known."""
    source = Source.objects.create(title="Journal of Invented Examples", issn="1234-5678")
    found = make(
        authors=2,
        source=source,
        month=3,
        day=12,
        volume="12",
        issue="3",
        pages="107-9",
        abstract="Background: we asked 31 people.",
        plain_summary="People felt less alone.",
        licence="CC BY 4.0",
        open_access="gold",
        open_access_url="https://example.org/free",
        keywords=["company", "walking"],
        language="en",
    )
    Contribution.objects.filter(publication=found, sort_order=0).update(orcid="0000-0002-1825-0097")
    Contribution.objects.create(publication=found, sort_order=5, role="editor", literal="The Invented Press")
    Identifier.objects.create(publication=found, scheme="doi", value="10.5555/spn.1")
    Identifier.objects.create(publication=found, scheme="isbn", value="9780000000002", is_container=True)
    Notice.objects.create(publication=found, kind="correction", words="Table 2 was wrong.", on=date(2022, 1, 5))
    Appraisal.objects.create(publication=found, tool="casp", judgement="moderate", by="Two readers", words="Small.")
    facet = Facet.objects.create(key="population", label="Who took part")
    found.terms.add(Term.objects.create(facet=facet, slug="older-people", label="Older people"))
    found.save()
    relate(make(title="What we plan to ask"), "protocol-of", found)
    relate(make(title="A review of it all"), "updates", found)
    relate(make(title="Hidden", live=False), "comment-on", found)
    reading = ReadingList.objects.create(slug="start-here", title="Start here")
    ReadingListEntry.objects.create(reading_list=reading, publication=found, why="Short and clear.")
    return found


def relate(one: Publication, kind: str, other: Publication) -> None:
    Relation.objects.create(publication=one, kind=kind, other=other)
