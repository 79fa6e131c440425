"""What the index is told of each public publication."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tantivy import SchemaBuilder

from network_site.base.gathering import grouped
from network_site.search.engine import Entry
from research_db.finding.vocabulary import FREE, KIND, ONLY, PLAIN, RETRACTED, Code, Vocabulary, load
from research_db.folding import folded
from research_db.models import Contribution, Identifier, Notice, Publication

CHUNK = 500
# A publication's day as a number, before its own number; ones without a date come last in either order.
NUMBERS = 1 << 36
NO_DATE = 9_999_99_99
LONGEST_TITLE = 120
COLUMNS = (
    "pk", "kind", "title", "abstract", "plain_summary", "year", "month", "day", "open_access", "open_access_url",
    "keywords", "source__title", "source__short_title", "first_published_at",
)  # fmt: skip
# Where visitors may look besides everywhere: title: is the engine's own.
AUTHOR, JOURNAL, YEAR, IDENTIFIER = "author", "journal", "year", "identifier"


def fields(builder: SchemaBuilder) -> None:
    """What publications have besides words: names, numbers, terms to choose and to count, four orders."""
    for name in (AUTHOR, JOURNAL):
        builder.add_text_field(name, tokenizer_name="stems")
    # Every term in one, because counting them together takes half as long as facet by facet.
    builder.add_text_field("codes", tokenizer_name="raw", index_option="basic", fast=True)
    builder.add_text_field(IDENTIFIER, tokenizer_name="raw", index_option="basic")
    for name in (YEAR, "newest", "oldest", "added"):
        builder.add_integer_field(name, indexed=True, fast=True)
    builder.add_text_field("sorting", tokenizer_name="raw", index_option="basic", fast=True)
    builder.add_json_field("facets", tokenizer_name="raw", index_option="basic", fast=True)


@dataclass(frozen=True)
class Around:
    """What other tables say of some publications, by their numbers."""

    authors: Mapping[int, list[str]]
    identifiers: Mapping[int, list[str]]
    terms: Mapping[int, list[int]]
    retracted: Collection[int]


def entries(numbers: Collection[int]) -> list[Entry]:
    """What the index is told of those of these publications that are public; a query for each table."""
    rows = Publication.objects.public().filter(pk__in=numbers).order_by("pk").values(*COLUMNS)
    return _entries(list(rows), load(), publication__in=numbers)


def every_entry() -> Iterator[Entry]:
    """The same of all, some hundreds at a time: more are held no quicker."""
    vocabulary, last = load(), 0
    while rows := list(Publication.objects.public().filter(pk__gt=last).order_by("pk").values(*COLUMNS)[:CHUNK]):
        # A list of so many numbers would take longer than what it asks for.
        yield from _entries(rows, vocabulary, publication__gte=rows[0]["pk"], publication__lte=rows[-1]["pk"])
        last = rows[-1]["pk"]


def _entries(rows: list[dict[str, Any]], vocabulary: Vocabulary, **of: Any) -> list[Entry]:
    """Of these rows; `of`: a condition that holds for what belongs to them, and may for more."""
    around = _around(**of)
    return [_entry(row, around, vocabulary) for row in rows]


def _around(**of: Any) -> Around:
    people = Contribution.objects.filter(**of).order_by("sort_order", "pk")
    named = people.values_list("publication", "given", "family", "suffix", "literal")
    known = Identifier.objects.filter(**of, is_container=False).values_list("publication", "scheme", "value")
    about = Publication.terms.through.objects.filter(**of).values_list("publication", "term")
    retracted = Notice.objects.filter(**of, kind=Notice.Kind.RETRACTION).values_list("publication", flat=True)
    return Around(
        authors=grouped((number, " ".join(filter(None, names))) for number, *names in named),
        identifiers=grouped((number, f"{scheme}:{value}".lower()) for number, scheme, value in known),
        terms=grouped(about),
        retracted=set(retracted),
    )


def _entry(row: dict[str, Any], around: Around, vocabulary: Vocabulary) -> Entry:
    number, terms = row["pk"], sorted(around.terms.get(row["pk"], []))
    authors = around.authors.get(number, [])
    source = "\n".join(filter(None, [row["source__title"], row["source__short_title"]]))
    names = [name for term in terms if term in vocabulary.rows for name in vocabulary.rows[term].names]
    codes = sorted(vocabulary.codes(terms) | {(KIND, row["kind"])} | set(_flags(row, around)))
    return Entry(
        number=number,
        kind="publication",
        title=row["title"],
        facts="\n".join([*authors, source, *map(str, row["keywords"] or ()), *names]),
        summary=row["plain_summary"],
        text=row["abstract"],
        more={
            AUTHOR: "\n".join(authors),
            JOURNAL: source,
            IDENTIFIER: around.identifiers.get(number, []),
            "codes": [address(code) for code in codes],
            "facets": grouped(codes),
            **orders(number, row),
        },
    )


def _flags(row: Mapping[str, Any], around: Around) -> Iterator[Code]:
    if is_free(row["open_access"], row["open_access_url"]):
        yield ONLY, FREE
    if row["plain_summary"]:
        yield ONLY, PLAIN
    if row["pk"] in around.retracted:
        yield ONLY, RETRACTED


def is_free(open_access: str, url: str) -> bool:
    """Whether anybody may read it without paying."""
    return bool(url) or open_access not in {Publication.OpenAccess.UNKNOWN, Publication.OpenAccess.CLOSED}


def address(code: Code) -> str:
    """A code in one piece."""
    return "/".join(code)


def code_of(address: str) -> Code:
    """The code that was written in one piece; no facet has a stroke in its address."""
    facet, _stroke, slug = address.partition("/")
    return facet, slug


def orders(number: int, row: Mapping[str, Any]) -> dict[str, int | str]:
    """Where it stands by date, by title and by when it came here; no two publications stand in the same place."""
    year = row["year"]
    date = (year * 100 + (row["month"] or 0)) * 100 + (row["day"] or 0) if year else 0
    title = folded(row["title"])[:LONGEST_TITLE]
    came = row["first_published_at"]
    return {
        **({YEAR: year} if year else {}),
        "newest": date * NUMBERS + NUMBERS - number,
        "oldest": (date or NO_DATE) * NUMBERS + number,
        "sorting": f"{title} {number:012}",
        "added": (earliest_of(came) if came else 0) + number,
    }


def earliest_of(moment: datetime) -> int:
    """Where what came in the minute of this moment begins in the order in which publications came."""
    return int(moment.timestamp()) // 60 * NUMBERS
