"""The index: schema, writing and reading. In memory for a site's pages, on disk for many records.

Visitors' words come as a tree (`words`), never as text: the engine's own query language is not used. What a document
is to its owner is a number here; everything shown is the owner's.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from typing import Any

from tantivy import (
    Document,
    FieldType,
    Index,
    IndexWriter,
    Occur,
    Query,
    Schema,
    SchemaBuilder,
    Searcher,
    SnippetGenerator,
)

from network_site.search import analysis
from network_site.search.queries import FIELDS, NAMES, query_of
from network_site.search.spelling import Vocabulary
from network_site.search.words import Part

HEAP = 15_000_000
FOR_EVER = 2**62
FRAGMENT = 220
MOST_BEGINNINGS = 64


@dataclass(frozen=True)
class Entry:
    """What the index is told of one document: its number, its kind, its words, when it ends, and fields of its own."""

    number: int
    kind: str
    title: str
    facts: str = ""
    summary: str = ""
    text: str = ""
    until: datetime | None = None
    more: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Found:
    """How many there are, and the numbers of the best with their scores, best first."""

    count: int
    hits: tuple[tuple[int, float], ...]


def schema_of(more: Callable[[SchemaBuilder], None] | None = None) -> Schema:
    """The fields of every index, and those that `more` adds.

    Numbers are signed: deleting by an unsigned one deletes nothing.
    """
    builder = SchemaBuilder()
    builder.add_integer_field("number", indexed=True, fast=True)
    builder.add_integer_field("until", indexed=True, fast=True)
    builder.add_text_field("kind", tokenizer_name="raw", fast=True, index_option="basic")
    for name in FIELDS:
        builder.add_text_field(name, tokenizer_name="stems")
    builder.add_text_field("words", tokenizer_name="words", index_option="basic")
    if more:
        more(builder)
    return builder.build()


class Busy(Exception):
    """Somebody else is writing this index."""


class Writing:
    """What is being written."""

    def __init__(self, writer: IndexWriter) -> None:
        self._writer = writer

    def forget(self, number: int) -> None:
        """Let go of what has this number, if anything has."""
        self._writer.delete_documents_by_term("number", number)

    def add(self, entry: Entry) -> None:
        """Take this in; what had its number is not let go of."""
        self._writer.add_document(document_of(entry))


class Store:
    """One index. `path`: a directory of its own on disk; none: memory. One writer at a time: the caller's care."""

    def __init__(self, schema: Schema | None = None, *, path: str | None = None) -> None:
        self.schema = schema or schema_of()
        self.index = Index(self.schema, path=path)
        self.index.register_tokenizer("stems", analysis.stemming())
        self.index.register_tokenizer("words", analysis.folding())

    def write(self, entries: Iterable[Entry], *, forget: Iterable[int] = ()) -> None:
        """Take in these entries in place of those of the same number, and let go of others, all at once."""
        with self.writing() as writing:
            for number in forget:
                writing.forget(number)
            for entry in entries:
                writing.forget(entry.number)
                writing.add(entry)

    @contextmanager
    def writing(self, *, heap: int = HEAP) -> Iterator["Writing"]:
        """Nobody else writes while the block runs; all of it is there when the block ends well, and nothing otherwise.

        Args:
            heap: bytes of memory for what is added; the more, the fewer pieces the index is in.

        Raises:
            Busy: somebody else is writing.
            ValueError: the index is damaged.
        """
        try:
            writer = self.index.writer(heap, 1)
        except ValueError as error:
            raise Busy(str(error)) if "LockBusy" in str(error) else error from error
        try:
            yield Writing(writer)
            writer.commit()
        except BaseException:
            writer.rollback()
            raise
        finally:
            # Without waiting, the index falls into ever more pieces.
            writer.wait_merging_threads()
        self.index.reload()

    def reader(self) -> "Reader":
        """The index as it is now; later writing does not change it."""
        return Reader(self.index.searcher(), self.schema)


def document_of(entry: Entry) -> Document:
    """An entry as the engine takes it."""
    document = Document()
    document.add_integer("number", entry.number)
    document.add_text("kind", entry.kind)
    document.add_integer("until", int(entry.until.timestamp()) if entry.until else FOR_EVER)
    texts = {name: analysis.prepared(getattr(entry, name)) for name in FIELDS}
    for name, text in texts.items():
        document.add_text(name, text)
    document.add_text("words", "\n".join(texts.values()))
    document.extend(dict(entry.more), None)
    return document


class Reader:
    """Questions to one state of an index; safe in many threads."""

    def __init__(self, searcher: Searcher, schema: Schema) -> None:
        self.searcher = searcher
        self.schema = schema

    @property
    def size(self) -> int:
        """How many documents there are."""
        return int(self.searcher.num_docs)

    def query(self, tree: Part, *, kind: str = "", now: datetime | None = None, names_only: bool = False) -> Query:
        """A query for what fits the tree, is of the kind, and has not ended."""
        asked = query_of(tree, self.schema, begins=self.beginning, fields=NAMES if names_only else FIELDS)
        still = int((now or datetime.now(UTC)).timestamp()) + 1
        asked = asked.and_must_match(
            Query.const_score_query(Query.range_query(self.schema, "until", FieldType.Integer, lower_bound=still), 0)
        )
        if kind:
            asked = asked.and_must_match(Query.const_score_query(Query.term_query(self.schema, "kind", kind), 0))
        return asked

    def find(self, query: Query, *, most: int) -> Found:
        """The exact count and the best `most`, best first; in no order among equals."""
        result = self.searcher.search(query, most, count=True)
        numbers = self.searcher.fast_field_values("number", [address for _score, address in result.hits])
        scores = [float(score) for score, _address in result.hits]
        count = int(result.count or 0)  # type: ignore[attr-defined]  # missing in the engine's own list of names
        return Found(count, tuple((int(n or 0), s) for n, s in zip(numbers, scores, strict=True)))

    def counts(self, query: Query, *, by: str = "kind", most: int = 100) -> dict[str, int]:
        """How many fit the query for each value of a field, exactly, where there are any."""
        if not self.size:
            return {}
        wanted = {"groups": {"terms": {"field": by, "size": most, "segment_size": most}}}
        found = self.searcher.aggregate(query, wanted)
        return {bucket["key"]: int(bucket["doc_count"]) for bucket in found["groups"]["buckets"]}

    def knows(self, stem: str) -> bool:
        """Whether any document has a word of this stem."""
        return any(self.searcher.doc_freq(name, stem) for name in FIELDS)

    def uses(self, word: str) -> int:
        """How many documents have this very word."""
        return int(self.searcher.doc_freq("words", word))

    def beginning(self, start: str) -> list[str]:
        """The most used words that begin so."""
        found = self.searcher.terms_with_prefix("words", start, limit=MOST_BEGINNINGS)
        return [word for word, _uses in found]

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """Every word there is, read the first time somebody mistypes one."""
        return Vocabulary(self.searcher.terms_with_prefix("words", ""))

    def fragments(self, stems: frozenset[str]) -> Callable[[str], str]:
        """A function that gives the part of a text in which these stems are most at home."""
        # Term by term: a set of terms would not be looked for in the text.
        either = Query.boolean_query([(Occur.Should, Query.term_query(self.schema, "text", stem)) for stem in stems])
        generator = SnippetGenerator.create(self.searcher, either, self.schema, "text")
        generator.set_max_num_chars(FRAGMENT)

        def fragment(text: str) -> str:
            document = Document()
            document.add_text("text", text)
            return str(generator.snippet_from_doc(document).fragment())

        return fragment
