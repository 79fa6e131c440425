"""A record becomes rows and a record again, and nothing of it is lost on the way."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.db.models import prefetch_related_objects
from hypothesis import given, settings
from hypothesis import strategies as st

from research_db.domain.drafts import Draft, draft_of, keep
from research_db.domain.exporting import NEEDED, record_of
from research_db.formats.record import Contributor, Identifier, Name, PartialDate, Record
from research_db.models import Contribution, Facet, Publication, SearchChange, Source, Term
from research_db.models import Identifier as Number

WHOLE = Record(
    kind="journal-article",
    title="Company on prescription",
    contributors=(
        Contributor(Name(family="Okafor", given="Ada", suffix="Jr", orcid="0000-0002-1825-0097")),
        Contributor(Name(literal="National Academy of Company")),
        Contributor(Name(family="Price", given="Bo"), role="editor"),
        Contributor(Name(family="Singh"), role="translator"),
    ),
    container="Journal of Invented Examples",
    container_short="J Inv Ex",
    date=PartialDate(2021, 3, 12),
    online_date=PartialDate(2020, 12),
    volume="12",
    issue="3",
    pages="107-9",
    article_number="e12",
    publisher="Leeds",
    place="York",
    edition="2nd",
    language="en",
    abstract="We asked.\nThey answered.",
    keywords=("Company", "Walking"),
    identifiers=(
        Identifier("doi", "10.5555/spn.1", raw="10.5555/spn.1"),
        Identifier("pmid", "7", raw="7"),
        Identifier("issn", "1234-5678", raw="1234-5678"),
    ),
    urls=("https://example.org/a", "https://example.org/b"),
    notes=("Printed twice.", "Read aloud."),
    licence="CC BY 4.0",
    open_access_url="https://example.org/free",
    extra={"C1": ("Leeds", "York"), "custom": ("x",)},
)


def publication_of(draft: Draft) -> Publication:
    """The rows of a draft round their publication, in memory."""
    publication = Publication(**draft.facts, source=Source(**draft.source) if draft.source else None)
    publication.contributions = [Contribution(**one) for one in draft.contributions]
    publication.identifiers = [Number(**one) for one in draft.identifiers]
    return publication


def there_and_back(record: Record) -> Record:
    return record_of(publication_of(draft_of(record)))


@pytest.mark.parametrize("container", ["", "Journal of Invented Examples"])
def test_every_number_of_a_journal_comes_back(container: str) -> None:
    numbers = tuple(Identifier("issn", value, raw=value) for value in ("1234-5678", "8765-4321"))
    back = there_and_back(Record(container=container, identifiers=numbers))
    assert (back.identifiers, back.extra) == (numbers, {})


# --- Without a database --------------------------------------------------------------------------------

WORD = st.text("abcÅß —&<'\"\\\n0", min_size=1, max_size=8)
NAMES = st.builds(Name, family=WORD, given=WORD, suffix=WORD) | st.builds(Name, literal=WORD)
PEOPLE = st.lists(st.builds(Contributor, NAMES, st.sampled_from(["author", "editor", "translator"])), max_size=3)
DATES = st.none() | st.builds(PartialDate, st.integers(1000, 2200), st.integers(1, 12), st.none() | st.integers(1, 28))
TAGS = st.sampled_from(["C1", "custom", "too-long", "online"])


@settings(max_examples=50, deadline=None)
@given(
    st.builds(
        Record,
        kind=st.sampled_from(Publication.Kind.values),
        title=WORD,
        contributors=PEOPLE.map(tuple),
        date=DATES,
        online_date=DATES,
        keywords=st.lists(WORD, max_size=3).map(tuple),
        urls=st.lists(WORD, max_size=3).map(tuple),
        notes=st.lists(WORD, max_size=2).map(tuple),
        extra=st.dictionaries(TAGS, st.lists(WORD, min_size=1, max_size=2).map(tuple)),
    )
)
def test_any_record_comes_back(record: Record) -> None:
    assert there_and_back(record) == record


@pytest.mark.parametrize("kind", Publication.Kind.values)
def test_a_whole_record_of_every_kind_comes_back(kind: str) -> None:
    record = replace(WHOLE, kind=kind)
    assert there_and_back(record) == record


@pytest.mark.parametrize(
    "name",
    ["volume", "issue", "pages", "article_number", "publisher", "place", "edition", "language", "licence",
     "open_access_url"],
)  # fmt: skip
def test_what_was_too_long_for_its_column_comes_back_whole(name: str) -> None:
    long: dict[str, Any] = {name: "https://example.org/" + "long " * 400}
    record = replace(WHOLE, **long)
    back = there_and_back(record)
    assert back == record
    assert not [tag for tag in back.extra if tag.startswith("too-long")]


def test_a_too_long_address_comes_back_before_the_others() -> None:
    urls = ("https://example.org/" + "a" * 1000, "https://example.org/b")
    assert there_and_back(Record(urls=urls)).urls == urls


def test_the_isbn_of_a_book_comes_back_with_its_chapter() -> None:
    isbn = Identifier("isbn", "9780000000002", raw="978-0-00-000000-2")
    assert there_and_back(Record(kind="chapter", identifiers=(isbn,))).identifiers == (replace(isbn, raw=isbn.value),)


def test_a_number_of_a_scheme_we_do_not_know_comes_back_beside() -> None:
    back = there_and_back(Record(identifiers=(Identifier("eid", "2-s2.0-1"),)))
    assert (back.identifiers, back.extra) == ((), {"eid": ("2-s2.0-1",)})


@pytest.mark.parametrize("date", [PartialDate(2021), PartialDate(2021, 2), PartialDate(2021, 2, 28)])
def test_dates_come_back_no_finer_than_they_were(date: PartialDate) -> None:
    back = there_and_back(Record(date=date, online_date=date))
    assert (back.date, back.online_date) == (date, date)


def test_nothing_is_made_of_nothing() -> None:
    assert there_and_back(Record()) == Record()


# --- In a database -------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_record_comes_back_from_the_database() -> None:
    chapter = Record(kind="chapter", title="In a book", identifiers=(Identifier("isbn", "9780000000002", "x"),))
    first, second = keep([draft_of(WHOLE), draft_of(chapter)], publishes=True)
    assert record_of(Publication.objects.get(pk=first)) == WHOLE
    back = record_of(Publication.objects.get(pk=second))
    assert [one.value for one in back.identifiers] == ["9780000000002"]


@pytest.mark.django_db
def test_chapters_of_one_book_are_kept_side_by_side() -> None:
    isbn = Identifier("isbn", "9780000000002")
    drafts = [draft_of(Record(kind="chapter", title=f"Chapter {n}", container="A book", identifiers=(isbn,)))
              for n in range(3)]  # fmt: skip
    keep(drafts, publishes=False)
    assert Source.objects.count() == 1
    assert Publication.objects.filter(identifiers__value=isbn.value, identifiers__is_container=True).count() == 3


@pytest.mark.django_db
@pytest.mark.parametrize(("publishes", "shown"), [(True, (True, False)), (False, (False, True))])
def test_what_is_kept_is_shown_or_a_draft_and_the_search_is_told(publishes: bool, shown: tuple[bool, bool]) -> None:
    (number,) = keep([draft_of(WHOLE)], publishes=publishes)
    one = Publication.objects.get(pk=number)
    assert (one.live, one.has_unpublished_changes) == shown
    assert (one.first_published_at is not None, one.origin) == (publishes, Publication.Origin.IMPORT)
    assert list(SearchChange.objects.values_list("publication", flat=True)) == [one.pk]


@pytest.mark.django_db
def test_a_code_that_is_taken_is_drawn_again(monkeypatch: pytest.MonkeyPatch) -> None:
    Publication.objects.create(title="Zebras", code="bbbbbb")
    drawn = iter(["bbbbbb", "cccccc", "cccccc", "cccccc", "dddddd", "ffffff"])
    monkeypatch.setattr("research_db.domain.drafts.new_code", lambda: next(drawn))
    written = keep([draft_of(Record(title=f"Title {n}")) for n in range(3)], publishes=False)
    kept = dict(Publication.objects.filter(pk__in=written).values_list("code", "title"))
    assert set(kept) == {"cccccc", "dddddd", "ffffff"}
    assert [Publication.objects.get(pk=one).title for one in written] == ["Title 0", "Title 1", "Title 2"]


@pytest.mark.django_db
@pytest.mark.parametrize("printed", ["older people", "OLDER PEOPLE", "Older  people.", "elderly", "Older adults"])
def test_a_keyword_finds_its_term_by_any_of_its_names(printed: str) -> None:
    facet = Facet.objects.create(key="population", label="Who took part")
    term = Term.objects.create(facet=facet, slug="older", label="Older adults", synonyms="older people\nelderly")
    Term.objects.create(facet=facet, slug="aged", label="Elderly", retired_into=term)
    (one,) = keep([draft_of(Record(title="One", keywords=(printed, "elderly", "tea")))], publishes=True)
    assert [found.slug for found in Publication.objects.get(pk=one).terms.all()] == ["older"]


def kept(number: int) -> None:
    people = tuple(Contributor(Name(family=f"Name{place}")) for place in range(3))
    keep(
        [
            draft_of(replace(WHOLE, title=f"Title {n}", contributors=people, container=f"Journal {n}",
                             identifiers=(Identifier("doi", f"10.5555/{n}"),)))
            for n in range(number)
        ],
        publishes=True,
    )  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize("number", [1, 3, 30])
def test_writing_takes_as_many_queries_however_many_there_are(
    number: int, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    # The thirteenth is PostgreSQL's lock.
    with django_assert_max_num_queries(13):
        kept(number)


@pytest.mark.django_db
@pytest.mark.parametrize("number", [1, 3, 30])
def test_an_export_asks_beforehand_and_then_nothing(number: int, django_assert_num_queries: Callable[..., Any]) -> None:
    kept(number)
    publications = list(Publication.objects.select_related("source"))
    prefetch_related_objects(publications, *NEEDED)
    with django_assert_num_queries(0):
        told = [record_of(one) for one in publications]
    assert {one.title for one in told} == {f"Title {n}" for n in range(number)}
    assert all(len(one.contributors) == 3 for one in told)
