"""The list page without scripts: what it says, where its links lead, and what it costs."""

import re
from collections.abc import Callable
from html import unescape

import pytest
from django.test import Client
from wagtail.models import Page, Site

from network_site.pages.models import HomePage
from research_db import rows
from research_db.finding import index
from research_db.finding.facets import Face, Row
from research_db.finding.index import Index
from research_db.models import Contribution, Facet, Notice, Publication, ResearchPage, Source, Term
from tests.pages.reading import Html
from tests.research_db.factory import make_publications
from tests.research_db.finding.conftest import ask

pytestmark = pytest.mark.django_db
Read = Callable[..., Html]


@pytest.fixture
def page(found: Index) -> ResearchPage:
    root = Page.objects.get(depth=1)
    home = root.add_child(instance=HomePage(title="The network", slug="front", headline="We link people", lead="All."))
    Site.objects.update(root_page=home)
    Site.clear_site_root_paths_cache()
    return home.add_child(instance=ResearchPage(title="What do we know?", slug="research", intro="All we know."))


@pytest.fixture
def read(page: ResearchPage, client: Client) -> Read:
    def get(question: str = "") -> Html:
        response = client.get(f"/research/{question}")
        assert response.status_code == 200
        return Html(response.content.decode())

    return get


@pytest.fixture
def two() -> tuple[Publication, Publication]:
    who = Facet.objects.create(key="population", label="Who took part")
    adults = Term.objects.create(facet=who, slug="adults", label="Adults")
    carers = Term.objects.create(facet=who, slug="carers", label="Carers", parent=adults)
    one = Publication(
        title="Walking <together>", kind="review", year=2024, plain_summary="People walk & talk.", volume="12", issue="3",
        source=Source.objects.create(title="Journal of Walks"), open_access_url="https://example.org/free",
    )  # fmt: skip
    one.save()
    for family in ("Okafor", "Lindqvist", "Price", "Singh"):
        one.contributions.add(Contribution(family=family))
    one.terms.add(carers)
    one.save()
    other = Publication(title="Singing alone", kind="report")
    other.save()
    other.notices.add(Notice(kind="retraction"))
    other.save()
    return one, other


def test_an_empty_database_says_so(read: Read) -> None:
    assert "Nothing here yet" in read()
    assert "<h1>What do we know?</h1>" in read("?q=walking&kind=review")


def test_before_the_first_index_is_made(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index, "FEW", -1)
    Publication.objects.create(title="Zebras")
    assert "The search is being prepared" in read("?q=zebras&from=2015")


def test_what_a_result_says(read: Read, two: tuple[Publication, Publication]) -> None:
    said = read()
    assert "Search 2 studies, reviews and reports" in said
    assert ">2 publications</h2>" in said
    assert '<span class="tag tag--research">Review, 2024</span>' in said
    assert f'<h3><a href="{two[0].get_absolute_url()}">Walking &lt;together&gt;</a></h3>' in said
    assert "Okafor and 3 others. Journal of Walks 12(3)" in said
    assert "People walk &amp; talk." in said
    assert 'href="https://example.org/free"' in said
    assert '<span class="tag tag--sold">Retracted</span>' in said
    assert "<mark>Walking</mark> &lt;together&gt;" in read("?q=walk")


def test_a_list_leads_to_where_it_is_saved_and_an_empty_one_to_suggesting(
    read: Read, two: tuple[Publication, Publication]
) -> None:
    said = read()
    assert said.index('href="#take"') < said.index("<h3>") < said.index('id="take"')
    nothing = read("?q=zebras&exact=1")
    assert 'href="#take"' not in nothing
    assert 'href="/research/suggest/"' in nothing


def test_facets_are_a_form_that_works_by_itself(read: Read, two: tuple[Publication, Publication]) -> None:
    said = read("?population=carers")
    assert "<legend>Who took part</legend>" in said
    assert 'name="population" value="carers" id="f-population-carers" checked' in said
    assert 'data-depth="1"' in said
    assert "1 publication of 2" in said
    assert '<a href="?" data-in-place><span>Carers' in said
    assert "noindex" not in said
    assert "noindex,follow" in read("?population=carers&kind=review")
    assert "<b>not</b> Carers" in read("?not.population=carers")


def test_what_is_left_out_stays_left_out_wherever_one_goes_on(
    read: Read, client: Client, two: tuple[Publication, Publication]
) -> None:
    said = read("?not.population=carers")
    assert "1 publication of 2" in said
    assert ("Walking &lt;together" in said, "Singing alone" in said) == (False, True)
    # The chip says “not”, and pressing it takes the restriction away; the form sends it along with new words.
    assert '<a href="?" data-in-place><span><b>not</b> Carers' in said
    assert 'form="ask" name="not.population" value="carers" id="f-population-carers" checked' in said
    assert ">2 publications</h2>" in read("?")
    # An upper term leaves out its parts as well.
    assert "1 publication of 2" in read("?not.population=adults")
    moved = client.get("/research/?q=singing&not.population=carers&from=&to=")
    assert (moved.status_code, moved["Location"]) == (302, "/research/?q=singing&not.population=carers")
    file = b"".join(client.get("/research/export.ris?not.population=carers").streaming_content)  # type: ignore[attr-defined]
    assert re.findall(rb"TI  - (.*)\n", file) == [b"Singing alone"]


def test_what_is_chosen_can_be_left_out_instead_and_the_other_way_round(
    read: Read, two: tuple[Publication, Publication]
) -> None:
    def turned(question: str) -> list[tuple[str, str]]:
        return re.findall(r'href="([^"]*)" id="other-population-(\w+)" data-in-place>', str(read(question)))

    assert turned("") == []
    chosen = "?q=s*&amp;population=carers"
    left_out = "?q=s*&amp;not.population=carers"
    assert turned("?q=s*&population=carers&page=2") == [(left_out.replace("*", "%2A"), "carers")]
    assert turned("?q=s*&not.population=carers") == [(chosen.replace("*", "%2A"), "carers")]
    both = "?population=carers&not.population=adults"
    assert turned(both) == [
        ("?population=adults&amp;population=carers", "adults"),
        ("?not.population=adults&amp;not.population=carers", "carers"),
    ]
    # A term of a facet in which something else is left out is no second choice, so there is no “all of the chosen”.
    assert "all-population" not in read(both)
    assert "all-population" in read("?population=carers&population=adults")


def test_the_form_leads_to_the_address_people_share(client: Client, page: ResearchPage) -> None:
    Publication.objects.create(title="Zebras")
    response = client.get("/research/?q=+zebras+&from=2015&to=&kind=review")
    assert (response.status_code, response["Location"]) == (302, "/research/?q=zebras&kind=review&year=2015..")


def test_a_replaced_term_leads_to_what_replaced_it(
    client: Client, page: ResearchPage, two: tuple[Publication, Publication]
) -> None:
    facet = Facet.objects.get()
    old = Term.objects.create(
        facet=facet, slug="helpers", label="Helpers", retired_into=Term.objects.get(slug="carers")
    )
    response = client.get(f"/research/?population={old.slug}&page=2")
    assert (response.status_code, response["Location"]) == (301, "/research/?population=carers&page=2")


def test_nothing_fits_and_what_would(read: Read, two: tuple[Publication, Publication]) -> None:
    said = read("?q=singing&population=carers")
    assert "Nothing yet about “singing”" in said
    assert '<a href="?q=singing" data-in-place>without Carers</a>: 1' in said
    assert "without “singing”" in said
    assert "Try fewer words" in read("?q=xylophones+quagga")


def test_words_are_explained(read: Read, two: tuple[Publication, Publication]) -> None:
    assert "We searched for: author:okafor" in read("?q=author:okafor")
    assert "Nothing was found for “wallking”." in read("?q=wallking")
    Publication.objects.create(title="General practitioners")
    said = read("?q=gp")
    assert 'href="?q=gp&amp;strict=gp"' in said
    assert "general practitioner, family doctor" in said
    assert "Just as typed:" in read("?q=gp&strict=gp")


@pytest.mark.parametrize("words", ["100%", "50% (s)", "<script>", "%(count)s"])
def test_words_with_signs_in_them(read: Read, two: tuple[Publication, Publication], words: str) -> None:
    from urllib.parse import quote

    said = read(f"?q=walking+OR+{quote(words)}")
    assert "<script>" not in said.replace('<script type="module"', "")
    assert "publication" in said


def test_orders_and_pages(read: Read) -> None:
    make_publications(45)
    said = read("?sort=title&page=2")
    assert 'aria-current="true">Title</a>' in said
    assert '<ol class="results" role="list" start="21">' in said
    assert 'href="?sort=title" rel="prev"' in said
    assert said.count("<h3>") == 20
    assert "page 2 of 3" in said


@pytest.mark.parametrize(
    ("question", "first", "last", "kept", "chosen"),
    [
        ("?q=walking", "", "", [], "1"),
        ("?q=walking&year=0000..2020", "0", "2020", [], "1"),
        ("?q=walking&year=2015..&sort=oldest", "2015", "", [("sort", "oldest")], "3"),
        ("?q=gp&strict=gp&strict=%22%3Cb%3E&sort=title", "", "", [("strict", '"<b>'), ("strict", "gp"), ("sort", "title")], "4"),
        ("?sort=added", "", "", [("sort", "added")], "4"),
    ],
)  # fmt: skip
def test_the_form_keeps_years_orders_and_words_meant_as_typed(
    read: Read, question: str, first: str, last: str, kept: list[tuple[str, str]], chosen: str
) -> None:
    make_publications(30)
    said = str(read(question))
    years = [re.search(rf'id="{name}"[^>]*value="([^"]*)"', said) for name in ("from", "to")]
    assert [found and found[1] for found in years] == [first, last]
    hidden = re.findall(r'<input type="hidden" form="ask" name="([^"]*)" value="([^"]*)">', said)
    assert [(name, unescape(value)) for name, value in hidden] == kept
    assert "".join(re.findall(r'id="order-(\d)" data-in-place aria-current="true"', said)) == chosen


def test_a_long_facet_opens_without_scripts(read: Read) -> None:
    make_publications(200)
    said = read()
    assert re.search(r'<details class="[^"]*" id="more-country"\s*>', said)
    assert "Show all 40" in said
    counts = ask().counts["country"]
    last = max(counts, key=lambda slug: (-counts[slug], slug))
    assert re.search(r'<details class="[^"]*" id="more-country" open', read(f"?country={last}"))


@pytest.mark.parametrize("question", ["", "?q=walking&kind=review"])
def test_the_same_queries_for_few_and_many(
    page: ResearchPage, client: Client, django_assert_max_num_queries: Callable[..., object], question: str
) -> None:
    Publication.objects.create(title="Walking", kind="review")
    client.get("/research/")
    with django_assert_max_num_queries(30) as few:
        client.get(f"/research/{question}")
    make_publications(60)
    index.site().catch_up_with_all()
    client.get("/research/")
    with django_assert_max_num_queries(30) as many:
        client.get(f"/research/{question}")
    assert len(few) == len(many)  # type: ignore[arg-type]


def test_what_editors_call_a_term_is_escaped() -> None:
    terms = (
        Row(("population", "carers"), '<b>"Carers" & others</b>', 1_234, 1, other="?not.population=carers"),
        Row(("population", "adults"), "Adults", 2, 0),
    )
    said = str(rows.facets([Face("population", "Who & <whom>", terms, is_all=False, takes_all=False)]))
    assert "<legend>Who &amp; &lt;whom&gt;</legend>" in said
    assert "<span>&lt;b&gt;&quot;Carers&quot; &amp; others&lt;/b&gt;</span>" in said
    assert 'data-depth="1"' in said
    assert 'name="population" value="carers" id="f-population-carers" checked>' in said
    assert 'name="population" value="adults" id="f-population-adults">' in said


def test_what_a_publication_says_of_itself_is_escaped_and_its_words_are_marked(
    page: ResearchPage, client: Client
) -> None:
    odd = Publication.objects.create(
        title='"<i>Walking</i>" & more', kind="review", year=2020, plain_summary="<b>Walking</b>",
        open_access="gold", open_access_url='https://example.org/?a=1&b="2',
        source=Source.objects.create(title="<u>Journal</u>"),
    )  # fmt: skip
    Contribution.objects.create(publication=odd, family="O'<s>", role="author")
    Notice.objects.create(publication=odd, kind=Notice.Kind.RETRACTION)
    said = client.get("/research/?q=walking").content.decode()
    row = said[said.index('<li><abbr class="unapi-id"') : said.index("</ol>", said.index("unapi-id"))]
    assert "&quot;&lt;i&gt;<mark>Walking</mark>&lt;/i&gt;&quot; &amp; more</a></h3>" in row
    assert '<p class="meta">O&#x27;&lt;s&gt;. &lt;u&gt;Journal&lt;/u&gt;</p>' in row
    assert "<p>&lt;b&gt;<mark>Walking</mark>&lt;/b&gt;</p>" in row
    assert 'href="https://example.org/?a=1&amp;b=&quot;2"' in row
    assert '<span class="tag tag--sold">Retracted</span>' in row
    assert not {"<i>", "<s>", "<u>", "<b>"} & set(re.findall(r"<[^>]*>", row))
