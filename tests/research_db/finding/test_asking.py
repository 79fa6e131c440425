"""What fits, in which order, and how many fit each term: against the plain truth of the same publications."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from itertools import pairwise
from urllib.parse import urlencode

import pytest
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tantivy import Query

from network_site.search import analysis
from network_site.search.engine import Reader
from research_db.finding import asking
from research_db.finding.criteria import Criteria, read
from research_db.finding.documents import is_free
from research_db.finding.index import Index, Now
from research_db.models import Identifier, Notice, Publication, Term
from tests.research_db.factory import FACETS, make_publications
from tests.research_db.finding.conftest import ask

pytestmark = pytest.mark.django_db
NOTHING_NEW = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    database=None,
    derandomize=True,
)
SLUGS = {
    key: sorted({name.lower().replace(" ", "-") for one in names for name in one.split(">")})
    for key, (_label, names) in FACETS.items()
} | {"kind": Publication.Kind.values, "only": ["free", "plain", "retracted"]}
CODES = [(key, slug) for key, slugs in SLUGS.items() for slug in slugs]


@dataclass(frozen=True)
class Truth:
    """A publication as a person would read it."""

    number: int
    codes: frozenset[tuple[str, str]]
    stems: frozenset[str]
    year: int | None
    date: tuple[int, int, int]
    title: str

    def fits(self, asked: Criteria, *, leaving: str = "") -> bool:
        of_facet = {facet: asked.chosen_in(facet) for facet, _slug in asked.chosen if facet != leaving}
        return (
            all(self.fits_facet(facet, slugs, asked) for facet, slugs in of_facet.items())
            and self.codes.isdisjoint(asked.excluded)
            and (not asked.words or all(stem in self.stems for stem in analysis.stems(asked.words)))
            and (asked.years == (None, None) or self.is_between(*asked.years))
        )

    def fits_facet(self, facet: str, slugs: Collection[str], asked: Criteria) -> bool:
        enough = all if facet in {*asked.all_of, "only"} else any
        return enough((facet, slug) in self.codes for slug in slugs)

    def is_between(self, first: int | None, last: int | None) -> bool:
        return self.year is not None and (first or 0) <= self.year <= (last or 9999)


def truths() -> list[Truth]:
    terms = {term.pk: term for term in Term.objects.select_related("facet", "parent")}
    retracted = set(Notice.objects.values_list("publication", flat=True))
    found = []
    for one in Publication.objects.public().select_related("source").prefetch_related("contributions").order_by("pk"):
        own = [terms[number] for number in Publication.terms.through.objects.filter(publication=one).values_list("term", flat=True)]  # fmt: skip
        both = own + [term.parent for term in own if term.parent]
        codes = {(term.facet.key, term.slug) for term in both} | {("kind", one.kind)}
        codes |= {("only", "free")} if is_free(one.open_access, one.open_access_url) else set()
        codes |= {("only", "plain")} if one.plain_summary else set()
        codes |= {("only", "retracted")} if one.pk in retracted else set()
        words = [
            one.title,
            one.abstract,
            one.plain_summary,
            str(one.source),
            *one.keywords,
            *(term.label for term in own),
        ]
        words += [f"{person.given} {person.family}" for person in one.contributions.all()]
        date = (one.year or 0, one.month or 0, one.day or 0)
        found.append(
            Truth(one.pk, frozenset(codes), frozenset(analysis.stems("\n".join(words))), one.year, date, one.title)
        )
    return found


def true_counts(asked: Criteria, all_of_them: list[Truth]) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {}
    for facet in SLUGS:
        takes_all = facet in {*asked.all_of, "only"}
        fitting = [one for one in all_of_them if one.fits(asked, leaving="" if takes_all else facet)]
        found[facet] = dict(Counter(slug for one in fitting for key, slug in one.codes if key == facet))
    return found


@pytest.fixture
def world(found: Index) -> tuple[list[Truth], Now]:
    make_publications(150)
    now = found.now()
    assert now is not None
    return truths(), now


codes = st.lists(st.sampled_from(CODES), max_size=4, unique=True).map(tuple)
questions = st.fixed_dictionaries(
    {
        "words": st.sampled_from(["", "", "walking", "carers", "wellbeing people", "okafor", "garden dementia"]),
        "chosen": codes,
        "excluded": st.lists(st.sampled_from(CODES), max_size=2, unique=True).map(tuple),
        "all_of": st.lists(st.sampled_from(sorted(FACETS)), max_size=2, unique=True).map(tuple),
        "years": st.sampled_from([(None, None), (2005, None), (None, 2015), (2010, 2018), (2012, 2012)]),
        "sort": st.sampled_from(["", "newest", "oldest", "title"]),
    }
)


def test_counts_and_results_equal_brute_force(world: tuple[list[Truth], Now]) -> None:
    all_of_them, now = world

    @NOTHING_NEW
    @given(questions)
    def same(facts: dict[str, object]) -> None:
        asked = Criteria(**facts, is_exact=True, strict=("wellbeing",))  # type: ignore[arg-type]
        expected = {one.number for one in all_of_them if one.fits(asked)}
        got = asking.answer(asked, now)
        assert got.count == len(expected)
        assert set(asking.every_number(asked, now)) == expected
        assert {facet: dict(counts) for facet, counts in got.counts.items()} == true_counts(asked, all_of_them)

    same()


def test_orders_are_whole_and_pages_join(world: tuple[list[Truth], Now]) -> None:
    all_of_them, now = world
    known = {one.number: one for one in all_of_them}
    for asked in (Criteria(), Criteria(sort="oldest"), Criteria(sort="title"), Criteria(words="people")):
        whole = asking.every_number(asked, now)
        pages = [asking.answer(asked.but(page=page), now).numbers for page in range(1, 9)]
        assert tuple(number for page in pages for number in page)[: len(whole)] == whole
    newest = [(known[number].date, -number) for number in asking.every_number(Criteria(), now)]
    assert newest == sorted(newest, reverse=True)
    oldest = [(known[number].date if known[number].year else (9999,), number) for number in asking.every_number(Criteria(sort="oldest"), now)]  # fmt: skip
    assert oldest == sorted(oldest)
    titles = [known[number].title.casefold() for number in asking.every_number(Criteria(sort="title"), now)]
    assert all(one.replace(":", "") <= other.replace(":", "") for one, other in pairwise(titles))


def test_equals_stand_by_their_numbers(found: Index) -> None:
    made = [Publication.objects.create(title="Zebras").pk for _place in range(90)]
    assert [number for page in (1, 2, 3, 4, 5) for number in ask(f"q=zebras&page={page}").numbers] == made


def test_a_page_too_far_is_the_last(world: tuple[list[Truth], Now]) -> None:
    answer = asking.answer(Criteria(page=99_999), world[1])
    assert answer.criteria.page == 8
    assert answer.numbers


class TestWords:
    @pytest.fixture(autouse=True)
    def _two(self, found: Index) -> None:
        one = Publication(title="Walking with Okafor", year=2015)
        one.save()
        from research_db.models import Contribution, Identifier, Source

        one.contributions.add(Contribution(family="Zebra"))
        one.identifiers.add(Identifier(scheme="doi", value="10.1016/S0140-6736(20)30460-8"))
        one.save()
        other = Publication(title="Zebras", year=2020, source=Source.objects.create(title="Walking Quarterly"))
        other.save()
        self.one, self.other = one.pk, other.pk

    @pytest.mark.parametrize(
        ("words", "expected"),
        [
            ("author:zebra", ["one"]),
            ("title:zebra", ["other"]),
            ('title:"walking with"', ["one"]),
            ("journal:(walking quarterly)", ["other"]),
            ("walking -journal:walking", ["one"]),
            ("year:2015", ["one"]),
            ("year:2016..", ["other"]),
            ("zebra year:..2016", ["one"]),
            ("doi:10.1016/S0140-6736(20)30460-8", ["one"]),
            ("https://doi.org/10.1016/s0140-6736(20)30460-8.", ["one"]),
            ("10.1016/S0140-6736(20)30460-8", ["one"]),
            ("author:okafor", []),
            ("year:soon zebra", ["one", "other"]),
            ("title:", []),
            ("AUTHOR:Zebra", ["one"]),
        ],
    )
    def test_places(self, words: str, expected: list[str]) -> None:
        question = QueryDict(mutable=True)
        question.update({"q": words, "exact": "1"})
        assert set(ask(question.urlencode()).numbers) == {getattr(self, name) for name in expected}

    def test_a_slip_is_forgiven(self) -> None:
        answer = ask("q=wallking")
        assert answer.understood.shown_for == "walking"
        assert answer.count == 2
        assert ask("q=wallking&exact=1").count == 0

    def test_a_synonym_is_found_and_can_be_switched_off(self) -> None:
        gp = Publication.objects.create(title="General practitioners and horses")
        assert ask("q=gp").numbers == (gp.pk,)
        assert ask("q=gp").understood.widened == (("gp", ("general practitioner", "family doctor")),)
        assert ask("q=gp&strict=gp&exact=1").count == 0

    def test_what_belongs_to_somebody_is_found_with_them(self) -> None:
        one = Publication.objects.create(title="Women and zebras")
        other = Publication.objects.create(title="Women’s zebras")
        for question in ("women's zebras", "women’s zebras", "women zebras"):
            assert set(ask(f"q={question}").numbers) == {one.pk, other.pk}
        Publication.objects.create(title="General practitioners and horses")
        assert ask("q=gp's horses").count == 1

    @pytest.mark.parametrize(("british", "american"), [("randomised", "randomized"), ("ageing", "aging")])
    def test_words_are_found_in_both_spellings(self, british: str, american: str) -> None:
        both = {Publication.objects.create(title=f"A {word} zebra").pk for word in (british, american)}
        assert set(ask(f"q={british}").numbers) == set(ask(f"q={american}").numbers) == both

    @pytest.mark.parametrize(
        ("asked", "scheme", "value"),
        [
            ("12345678", "pmid", "12345678"),
            ("pmid:12345678", "pmid", "12345678"),
            ("PMC123456", "pmcid", "PMC123456"),
            ("9780306406157", "isbn", "9780306406157"),
            ("978-0-306-40615-7", "isbn", "9780306406157"),
            ("0-306-40615-2", "isbn", "9780306406157"),
            ("isbn:0306406152", "isbn", "9780306406157"),
            ("https://doi.org/10.1002/a%3C1%3E", "doi", "10.1002/a<1>"),
        ],
    )
    def test_a_number_finds_what_it_names(self, asked: str, scheme: str, value: str) -> None:
        one = Publication.objects.create(title="Zebras: 1 of 3")
        one.identifiers.add(Identifier(scheme=scheme, value=value))
        one.save()
        found = ask(urlencode({"q": asked}))
        assert found.numbers == (one.pk,)
        assert "1" not in found.stems

    def test_a_number_in_a_text_is_found_too(self) -> None:
        one = Publication.objects.create(title="Walks of 12345 steps")
        assert ask("q=12345").numbers == (one.pk,)
        assert ask("q=98765").count == 0


@NOTHING_NEW
@given(
    st.lists(
        st.tuples(
            st.one_of(
                st.sampled_from(
                    ["q", "year", "page", "sort", "kind", "not.kind", "only", "all", "strict", "from", "exact"]
                ),
                st.text(max_size=5),
            ),
            st.one_of(st.text(max_size=40), st.text(alphabet='()":-*ORauthoryear: .0129\\ué', max_size=60)),
        ),
        max_size=6,
    )
)
def test_no_address_is_too_strange(found: Index, pairs: list[tuple[str, str]]) -> None:
    now = found.now()
    assert now is not None
    if not now.reader.size:
        Publication.objects.create(title="Zebras (and others)", abstract="author: year 2015")
        now = found.now()
    assert now is not None
    question = QueryDict(mutable=True)
    for name, value in pairs:
        question.appendlist(name, value)
    asked = read(question, now.vocabulary)
    answer = asking.answer(asked, now)
    assert len(answer.numbers) <= answer.count
    # The permalink asks the same, and is its own permalink.
    assert read(QueryDict(asked.query[1:]), now.vocabulary) == asked


def test_everything_is_counted_once_in_each_state_of_the_index(found: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    Publication.objects.create(title="Walking", kind="review")
    walks: list[str] = []
    walked = asking._walked

    def walk(reader: Reader, query: Query, field: str) -> asking.Counted:
        walks.append(field)
        return walked(reader, query, field)

    monkeypatch.setattr(asking, "_walked", walk)
    for question in ("", "page=2", "sort=title", "kind=review"):
        assert ask(question).counts["kind"] == {"review": 1}
    assert walks == ["codes", "codes", "facets.kind"]  # of everything, of reviews, of everything but for its kind
    Publication.objects.create(title="Singing", kind="report")
    assert ask().counts["kind"] == ask("kind=report").counts["kind"] == {"review": 1, "report": 1}
    assert ask("not.kind=report").counts["kind"] == {"review": 1}
