"""What a record's page tells machines, read back as they read it."""

import json
import re
from html import unescape
from urllib.parse import parse_qs

import pytest
from django.test import Client

from research_db.domain.telling import first_and_last_page
from research_db.models import Identifier, Publication
from tests.research_db.records.conftest import Make

pytestmark = pytest.mark.any_database

META = re.compile(r'<meta\s+name="([\w.]+)"\s+content="([^"]*)"\s*>')


def head_of(client: Client, record: Publication) -> tuple[dict[str, list[str]], str]:
    html = client.get(record.get_absolute_url()).content.decode()
    tags: dict[str, list[str]] = {}
    for name, content in META.findall(html):
        tags.setdefault(name, []).append(unescape(content))
    return tags, html


def test_scholar_finds_what_it_needs(client: Client, full: Publication) -> None:
    tags, _html = head_of(client, full)
    assert tags["citation_title"] == ["Company on prescription"]
    assert tags["citation_author"] == ["Name0, Ann", "Name1, Ann"]
    assert tags["citation_publication_date"] == ["2021/3/12"]
    assert tags["citation_journal_title"] == ["Journal of Invented Examples"]
    assert (tags["citation_firstpage"], tags["citation_lastpage"]) == (["107"], ["109"])
    assert tags["citation_doi"] == ["10.5555/spn.1"]
    assert tags["citation_abstract"] == [full.abstract]
    assert "citation_pdf_url" not in tags
    assert all(all(values) for values in tags.values())


def test_a_month_without_a_day_is_only_a_year_there(client: Client, make: Make) -> None:
    tags, _html = head_of(client, make(month=5))
    assert tags["citation_publication_date"] == ["2021"]
    assert tags["DC.date"] == ["2021-05"]


@pytest.mark.parametrize("lacks", [{"authors": 0}, {"year": None}])
def test_without_author_or_year_scholar_is_told_nothing(client: Client, make: Make, lacks: dict[str, object]) -> None:
    tags, _html = head_of(client, make(**lacks))
    assert not any(name.startswith("citation_") for name in tags)
    assert tags["DC.title"] == ["Company on prescription"]


def test_the_graph_names_the_publication(client: Client, full: Publication) -> None:
    _tags, html = head_of(client, full)
    graph = json.loads(re.search(r"ld\+json\">(.*?)</script>", html, re.DOTALL)[1])["@graph"]  # type: ignore[index]
    article = next(node for node in graph if node["@type"] == "ScholarlyArticle")
    assert article["author"][0]["sameAs"] == "https://orcid.org/0000-0002-1825-0097"
    assert article["datePublished"] == "2021-03-12"
    assert article["keywords"] == ["Older people"]
    page = next(node for node in graph if node["@type"] == "WebPage")
    assert page["mainEntity"] == {"@id": article["@id"]}


def test_coins_can_be_read_back(client: Client, full: Publication) -> None:
    _tags, html = head_of(client, full)
    facts = parse_qs(unescape(re.search(r'class="Z3988"\s+title="([^"]+)"', html)[1]))  # type: ignore[index]
    assert facts["rft.atitle"] == ["Company on prescription"]
    assert facts["rft.spage"] == ["107"]
    assert "info:doi/10.5555/spn.1" in facts["rft_id"]


def test_the_doi_is_what_one_cites(client: Client, full: Publication) -> None:
    _tags, html = head_of(client, full)
    assert 'rel="cite-as" href="https://doi.org/10.5555/spn.1"' in html


def test_it_is_in_the_sitemap_while_it_is_public(client: Client, make: Make) -> None:
    shown, hidden = make(), make(live=False)
    sitemap = client.get("/sitemap.xml").content.decode()
    assert shown.get_absolute_url() in sitemap
    assert hidden.code not in sitemap


@pytest.mark.parametrize(
    ("pages", "ends"),
    [("107-9", ("107", "109")), ("e12–e19", ("e12", "e19")), ("44", ("44", "")), ("", ("", "")), ("5-12", ("5", "12"))],
)
def test_the_last_page_is_written_out(pages: str, ends: tuple[str, str]) -> None:
    assert first_and_last_page(pages) == ends


def test_a_doi_leads_where_it_should_whatever_its_signs(client: Client, make: Make) -> None:
    record = make()
    Identifier.objects.create(publication=record, scheme="doi", value='10.5555/a#b?c%41<d>"(e);f')
    expected = "https://doi.org/10.5555/a%23b%3Fc%2541%3Cd%3E%22(e);f"
    tags, html = head_of(client, record)
    assert tags["DC.identifier"][0] == expected
    assert re.findall(r'rel="cite-as" href="([^"]*)"', html) == [expected]
    assert f'href="{expected}"' in html.partition("</head>")[2]
    assert f'<{expected}>; rel="cite-as"' in client.get(record.get_absolute_url()).headers["Link"]
    assert client.get("/doi/10.5555/a%23b%3Fc%2541%3Cd%3E%22(e);f").url == record.get_absolute_url()  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("kind", "whole"),
    [("journal-article", "Periodical"), ("chapter", "Book"), ("conference-paper", "Book"), ("book", "BookSeries")],
)
def test_the_graph_says_what_it_is_part_of_and_under_which_licence(
    client: Client, full: Publication, kind: str, whole: str
) -> None:
    full.kind = kind
    full.save()
    _tags, html = head_of(client, full)
    graph = json.loads(re.search(r"ld\+json\">(.*?)</script>", html, re.DOTALL)[1])["@graph"]  # type: ignore[index]
    (one,) = (node for node in graph if node.get("@id", "").endswith("#publication"))
    assert one["isPartOf"] == {"@type": whole, "name": "Journal of Invented Examples"}
    assert one["license"] == "https://creativecommons.org/licenses/by/4.0/"
