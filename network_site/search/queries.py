"""From a tree of words to the engine's query: where a word may stand, and how much each place counts."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from tantivy import Occur, Query, Schema

from network_site.search import analysis
from network_site.search.words import All, Most, Not, OneOf, Part, Phrase, Within, Word

FIELDS = {"title": 5.0, "facts": 3.0, "summary": 2.0, "text": 1.0}
# What names a thing; suggestions while one types look only here.
NAMES = {name: FIELDS[name] for name in ("title", "facts")}
# How much the best place of a word counts beside its other places: between only the best (0) and their sum (1).
OTHER_PLACES = 0.3
TOGETHER = {"title": 12.0, "text": 2.0}
SLIGHTLY = 0.1
Begins = Callable[[str], list[str]]
# What asks for a part in one place; None where it says nothing there.
Places = Mapping[str, Callable[[Part], Query | None]]


class _Builder:
    def __init__(self, schema: Schema, begins: Begins, fields: dict[str, float], places: Places) -> None:
        self.schema, self.begins, self.fields, self.places = schema, begins, fields, places

    def build(self, part: Part) -> Query | None:
        """The query of one part; None where it has no word."""
        match part:
            case Word(text, begins):
                return self.beginning(text) if begins else self.together(analysis.stems(text))
            case Phrase(text):
                return self.together(analysis.stems(text))
            case OneOf() | Most():
                return self.some_of(part)
            case Not() | All():
                return self.all_of(part.parts if isinstance(part, All) else (part,))
            case Within(place, inner) if place in self.places:
                return self.places[place](inner)
        return None

    def together(self, stems: list[str], *, slop: int = 0) -> Query | None:
        """One stem, or several one after the other, in any field."""
        if not stems:
            return None
        return self.anywhere(lambda name: self.in_field(name, stems, slop))

    def in_field(self, name: str, stems: list[str], slop: int = 0) -> Query:
        # The engine panics at a phrase of one word.
        if len(stems) == 1:
            return Query.term_query(self.schema, name, stems[0])
        return Query.phrase_query(self.schema, name, list(stems), slop)

    def anywhere(self, within: Callable[[str], Query]) -> Query:
        places = [Query.boost_query(within(name), weight) for name, weight in self.fields.items()]
        return Query.disjunction_max_query(places, OTHER_PLACES)

    def beginning(self, text: str) -> Query | None:
        """Any word that begins so; of several words typed as one, the last."""
        typed = analysis.words(text)
        if not typed:
            return None
        *whole, last = typed
        stems = sorted({analysis.stem(word) for word in self.begins(last)} | {analysis.stem(last)})
        begun = self.anywhere(lambda name: Query.term_set_query(self.schema, name, stems))
        return combined([*self.each(map(Word, whole)), begun], [], [])

    def all_of(self, parts: tuple[Part, ...]) -> Query | None:
        """Every part but the frequent words, which only help; words that stand together as typed come first."""
        asked = [part for part in parts if not isinstance(part, Not)]
        needed, helping = needed_and_helping(asked)
        unwanted = self.each(part.part for part in parts if isinstance(part, Not))
        must = self.each(needed) or ([Query.all_query()] if unwanted else [])
        helps = [Query.boost_query(query, SLIGHTLY) for query in self.each(helping)]
        return combined(must, helps + self.as_typed(asked), unwanted)

    def some_of(self, part: OneOf | Most) -> Query | None:
        """Any of the parts; or so many of them, those where they stand together as typed first."""
        found = self.each(part.parts)
        if isinstance(part, OneOf) or not found:
            return combined([], found, [])
        most = Query.boolean_query([(Occur.Should, query) for query in found], part.least)
        return combined([most], self.as_typed(part.parts), [])

    def each(self, parts: Iterable[Part]) -> list[Query]:
        """The queries of these parts, of those that have words."""
        return [query for query in map(self.build, parts) if query is not None]

    def as_typed(self, parts: Sequence[Part]) -> list[Query]:
        """The words of the whole search one after the other, worth more."""
        stems = analysis.stems(" ".join(part.text for part in parts if isinstance(part, Word | Phrase)))
        if len(stems) < 2:  # noqa: PLR2004
            return []
        return [
            Query.boost_query(self.in_field(name, stems, 1), weight)
            for name, weight in TOGETHER.items()
            if name in self.fields
        ]


def combined(must: list[Query], should: list[Query], must_not: list[Query]) -> Query | None:
    """What has all of the first, more of the second if it can be, and none of the third."""
    clauses = [(Occur.Must, query) for query in must]
    clauses += [(Occur.Should, query) for query in should]
    clauses += [(Occur.MustNot, query) for query in must_not]
    return Query.boolean_query(clauses) if clauses else None


def needed_and_helping(parts: Sequence[Part]) -> tuple[list[Part], list[Part]]:
    """The telling parts, and the frequent words among them; where there are only those, they are the telling ones."""
    telling = [part for part in parts if not is_frequent(part)]
    return (telling, [part for part in parts if is_frequent(part)]) if telling else (list(parts), [])


def is_frequent(part: Part) -> bool:
    """Whether a part is a word like "the"."""
    return isinstance(part, Word) and not part.begins and set(analysis.words(part.text)) <= analysis.FREQUENT


def query_of(
    tree: Part, schema: Schema, *, begins: Begins, fields: dict[str, float] = FIELDS, places: Places | None = None
) -> Query:
    """The engine's query for a tree; finds nothing where the tree has no word.

    Args:
        tree: what is asked.
        schema: of an index made by `engine.schema_of`.
        begins: the words of the index that begin with some letters.
        fields: where to look, and how much each counts.
        places: what `Within` may name.
    """
    return _Builder(schema, begins, fields, places or {}).build(tree) or Query.empty_query()
