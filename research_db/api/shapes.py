"""What the JSON answers hold. Each shape is written once: answers are made of it, and their description too.

What is not known is null; what there is none of is an empty list.
"""

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

# An empty text of the database is nothing known.
Text = Annotated[str | None, BeforeValidator(lambda text: text or None)]


class Shape(BaseModel):
    """Nothing that is not written here is ever in an answer."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Maker(Shape):
    """Somebody who made a publication, as printed."""

    role: Annotated[str, Field(description="author, editor or translator")]
    name: Annotated[str, Field(description="As one says it: given names first")]
    family: Text
    given: Text
    orcid: Annotated[Text, Field(description="Such as 0000-0002-1825-0097")]


class Number(Shape):
    """A number by which the world knows a publication."""

    scheme: Annotated[str, Field(description="doi, pmid, pmcid, isbn, arxiv, openalex or handle")]
    value: str
    url: Text
    is_of_whole: Annotated[bool, Field(description="It is that of the book the publication is a part of")]


class Source(Shape):
    """The journal, book or series that a publication came out in."""

    title: str
    issn: Text


class Subject(Shape):
    """A term of a publication."""

    facet: str
    slug: str
    label: str


class Notice(Shape):
    """A notice that changes how a publication may be used."""

    kind: Annotated[str, Field(description="retraction, concern or correction")]
    on: Annotated[Text, Field(description="A date such as 2026-11-30")]
    words: Text
    url: Text


class Publication(Shape):
    """A publication about social prescribing."""

    code: Annotated[str, Field(description="Its name here; never changes")]
    url: Annotated[str, Field(description="Its page for people")]
    api_url: Annotated[str, Field(description="Its address here")]
    is_retracted: Annotated[bool, Field(description="It was taken back: say so wherever you show it")]
    notices: Annotated[list[Notice], Field(description="Retractions, concerns and corrections, the gravest first")]
    kind: str
    title: str
    abstract: Text
    plain_summary: Annotated[Text, Field(description="What was found, for readers who do no research")]
    date: Annotated[Text, Field(description="As far as it is known: 2021-03-12, 2021-03 or 2021")]
    year: int | None
    makers: Annotated[list[Maker], Field(description="In the printed order")]
    source: Source | None
    volume: Text
    issue: Text
    pages: Text
    article_number: Text
    publisher: Text
    place: Text
    edition: Text
    language: Text
    original_url: Annotated[Text, Field(description="Where its publisher has it")]
    free_url: Annotated[Text, Field(description="Where it can be read without paying")]
    open_access: Annotated[Text, Field(description="gold, hybrid, bronze, green or closed")]
    licence: Annotated[Text, Field(description="Of the publication itself")]
    keywords: Annotated[list[str], Field(description="As printed")]
    numbers: list[Number]
    terms: Annotated[list[Subject], Field(description="What it is about, in the words of our facets")]
    published_at: Annotated[datetime | None, Field(description="When it came here")]


class Understood(Shape):
    """How words were taken."""

    words: Annotated[Text, Field(description="As they were asked for")]
    shown_for: Annotated[Text, Field(description="Other words, where those asked for found nothing")]
    suggestion: Annotated[Text, Field(description="What may have been meant, where little was found")]
    is_loose: Annotated[bool, Field(description="Some of the words were enough")]


class Page(Shape):
    """Some publications of a search, and where the others are."""

    count: Annotated[int, Field(description="How many the whole search found, exactly")]
    page: int
    pages: int
    first: str
    previous: Text
    next: Annotated[Text, Field(description="Follow it until it is null")]
    url: Annotated[str, Field(description="The same search for people")]
    understood: Understood
    publications: list[Publication]


class TermCount(Shape):
    """How many publications of a search have a term."""

    slug: str
    label: str
    count: int


class FacetCounts(Shape):
    """A facet with its counts, which leave out what is chosen in it where any one of its terms is enough."""

    key: str
    label: str
    terms: list[TermCount]


class Counts(Shape):
    """A search in numbers."""

    count: int
    facets: list[FacetCounts]


class Term(Shape):
    """One answer to a facet's question."""

    slug: str
    label: str
    definition: Text
    part_of: Annotated[Text, Field(description="The slug of the wider term; who asks for that finds this too")]
    same_as: Annotated[Text, Field(description="Its address in a thesaurus")]


class Facet(Shape):
    """A question that can be asked of every publication."""

    key: Annotated[str, Field(description="The name of its parameter in searches")]
    label: str
    takes_all: Annotated[bool, Field(description="Publications must have all the terms that are chosen")]
    terms: list[Term]


class Facets(Shape):
    """Every facet."""

    facets: list[Facet]


class ListHead(Shape):
    """A reading list."""

    slug: str
    title: str
    introduction: Text
    count: int
    url: str
    api_url: str


class Lists(Shape):
    """Every reading list."""

    lists: list[ListHead]


class Entry(Shape):
    """A publication in a reading list, and why it is there."""

    why: Text
    publication: Publication


class ReadingList(Shape):
    """A reading list with its publications in the editors' order."""

    slug: str
    title: str
    introduction: Text
    url: str
    entries: list[Entry]


class Licence(Shape):
    """What may be done with these data."""

    name: str
    url: Text


class Home(Shape):
    """Where everything is."""

    documentation: str
    openapi: str
    publications: str
    counts: str
    facets: str
    lists: str
    harvest: Annotated[str, Field(description="OAI-PMH 2.0, for whoever keeps a copy of everything")]
    licence: Licence


class Complaint(Shape):
    """A parameter that was not understood, and what to do."""

    name: str
    detail: str


class Problem(Shape):
    """What is wrong, after RFC 9457."""

    type: str
    title: str
    status: int
    detail: Annotated[str, Field(description="What to do")]
    parameters: list[Complaint]
